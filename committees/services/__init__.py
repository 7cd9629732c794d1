"""Every write to committees, charters and duties: one verb each, under `@act`."""

from committees.services.charter import (
    adopt,
    complete_adoption,
    discard_draft,
    draft,
    note,
    withdraw_note,
)
from committees.services.duties import (
    Upload,
    add_duty,
    apply_again,
    attest,
    change_duty,
    correct,
    declare_not_applicable,
    dispose,
    end_duty,
    withdraw,
)
from committees.services.loading import annotate, attach, ensure_committee, load_charter
from committees.services.people import (
    add_director,
    designate_chair,
    end_chair,
    end_membership,
    establish,
    record_exchange_notice,
    rename_director,
    seat,
)

__all__ = [
    "Upload",
    "add_director",
    "add_duty",
    "adopt",
    "annotate",
    "apply_again",
    "attach",
    "attest",
    "change_duty",
    "complete_adoption",
    "correct",
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
    "withdraw",
    "withdraw_note",
]
