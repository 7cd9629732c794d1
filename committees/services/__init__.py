"""Every write to committees, charters and duties: one verb each, under `@act`."""

from committees.services.attestations import Upload, attest, correct, withdraw
from committees.services.backfill import Backfilled, PastDay, backfill
from committees.services.charter import (
    adopt,
    complete_adoption,
    discard_draft,
    draft,
    note,
    withdraw_note,
)
from committees.services.dispositions import dispose
from committees.services.duties import (
    add_duty,
    apply_again,
    change_duty,
    declare_not_applicable,
    end_duty,
)
from committees.services.loading import (
    annotate,
    attach,
    ensure_committee,
    load_charter,
    take_up,
)
from committees.services.people import (
    add_director,
    correct_membership,
    designate_chair,
    end_chair,
    end_membership,
    establish,
    record_exchange_notice,
    rename_director,
    seat,
)
from committees.services.roster import Seating, constitute

__all__ = [
    "Backfilled",
    "PastDay",
    "Seating",
    "Upload",
    "add_director",
    "add_duty",
    "adopt",
    "annotate",
    "apply_again",
    "attach",
    "attest",
    "backfill",
    "change_duty",
    "complete_adoption",
    "constitute",
    "correct",
    "correct_membership",
    "declare_not_applicable",
    "designate_chair",
    "discard_draft",
    "dispose",
    "draft",
    "end_chair",
    "end_duty",
    "end_membership",
    "ensure_committee",
    "establish",
    "load_charter",
    "note",
    "record_exchange_notice",
    "rename_director",
    "seat",
    "take_up",
    "withdraw",
    "withdraw_note",
]
