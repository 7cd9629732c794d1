"""Checking the ledger, by night and on demand, and keeping the outcome."""

from datetime import datetime

from records import ledger
from records.acts import act
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
    return outcome
