"""What the procedures show the charter: dated entries in fixed words. Nothing of a case."""

from collections.abc import Iterator, Sequence

from charters.docket import AsOf
from charters.models import Duty
from charters.registry import EVIDENCE, EvidenceSource
from charters.rules.terms import Evidence
from whistleblower.enums import Procedure
from whistleblower.models import ProcedureEntry

IN_FORCE = frozenset({"complaint-procedures", "employee-channel"})
# Which duties of the catalogue an entry serves.
SHOWS: dict[Procedure, frozenset[str]] = {
    Procedure.ADOPTED: IN_FORCE,
    Procedure.REVIEWED: IN_FORCE,
    Procedure.ANNOUNCED: frozenset({"channel-announced"}),
    Procedure.TESTED: frozenset({"channel-tested"}),
    Procedure.QUARTER: frozenset({"concerns-reported"}),
}
SHOWN = frozenset().union(*SHOWS.values())


def entries(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    found = ProcedureEntry.objects.filter(channel__committee=as_of.committee).by(as_of.day)
    for entry in found:
        # The report on a quarter is received in the quarter after it.
        serves = entry.performed_on if entry.procedure == Procedure.QUARTER else entry.serves
        for duty in duties:
            if duty.catalogue_key in SHOWS[Procedure(entry.procedure)]:
                yield (
                    duty.pk,
                    Evidence(
                        entry.performed_on,
                        serves,
                        str(entry),
                        entry.get_absolute_url(),
                        recorded_on=entry.recorded_at.astimezone(as_of.company.zone).date(),
                    ),
                )


EVIDENCE.add(EvidenceSource("whistleblower.procedures", entries, SHOWN))
