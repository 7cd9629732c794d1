"""Every write to bodies, charters, duties, events and actions: one verb each, under `@act`."""

from charters.services.backfill import Backfilled, PastDay, backfill
from charters.services.bodies import establish
from charters.services.charter import (
    adopt,
    complete_adoption,
    discard_draft,
    draft,
    note,
    put_before_board,
    withdraw_note,
)
from charters.services.closings import Found, close_open_item
from charters.services.completions import (
    correct_completion,
    record_completion,
    withdraw_completion,
)
from charters.services.decisions import record_decision
from charters.services.duties import (
    add_duty,
    apply_again,
    change_duty,
    declare_not_applicable,
    end_duty,
    give_owners,
)
from charters.services.loading import (
    annotate,
    attach,
    ensure_committee,
    load_charter,
    take_up,
)
from charters.services.uploads import Upload

__all__ = [
    "Backfilled",
    "Found",
    "PastDay",
    "Upload",
    "add_duty",
    "adopt",
    "annotate",
    "apply_again",
    "attach",
    "backfill",
    "change_duty",
    "close_open_item",
    "complete_adoption",
    "correct_completion",
    "declare_not_applicable",
    "discard_draft",
    "draft",
    "end_duty",
    "ensure_committee",
    "establish",
    "give_owners",
    "load_charter",
    "note",
    "put_before_board",
    "record_completion",
    "record_decision",
    "take_up",
    "withdraw_completion",
    "withdraw_note",
]
