"""Checking the ledger, by night and on demand, and keeping the outcome."""

from datetime import datetime

from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.ledger import Actor, Verdict
from records.models import LedgerCheck


def check(*, by: Actor, at: datetime) -> LedgerCheck:
    """Verify the whole ledger. Not one act: nobody is kept from working while it is read."""
    return note(ledger.verify(), by=by, at=at)


@act
def note(verdict: Verdict, *, by: Actor, at: datetime) -> LedgerCheck:
    """Keep the outcome of a verification."""
    fault = verdict.first_fault
    outcome = LedgerCheck.objects.create(
        at=at,
        entries=verdict.entries,
        head_sequence=verdict.head.sequence,
        head_hash=verdict.head.hash,
        is_sound=verdict.sound,
        guards=verdict.guards,
        fault_sequence=fault.sequence if fault else None,
        fault_kind=fault.kind.value if fault else "",
    )
    ledger.record(
        "ledger.checked",
        subject=outcome,
        by=by,
        at=at,
        sound=verdict.sound,
        guards=verdict.guards,
        entries=verdict.entries,
    )
    if not (verdict.sound and verdict.guards):
        _tell_keepers(at)
    return outcome


def _tell_keepers(at: datetime) -> None:
    """Once a day: the page says what was found, and a mail only that something waits there."""
    day = day_of(at)
    for keeper in notices.holders("records.mend_ledger", day):
        notices.owe(notices.LEDGER_FAULT, to=keeper, key=day.isoformat(), at=at)
