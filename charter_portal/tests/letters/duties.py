"""What letters show the charter, and what of them contradicts the record."""

from collections.abc import Iterator, Sequence

from charter_portal.tests.letters.queries import letters
from charters.answers import Lapse, OpenItem
from charters.docket import AsOf
from charters.enums import Layer
from charters.models import Duty
from charters.registry import (
    CONDITIONS,
    EVIDENCE,
    OCCURRENCES,
    OPEN_ITEMS,
    Asked,
    ConditionSource,
    EvidenceSource,
    OccurrenceSource,
    OpenItemSource,
)
from charters.rules.terms import Evidence, Holding, Occurrence


def answers(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    for each in letters(as_of).filter(answered_on__lte=as_of.day):
        for duty in duties:
            yield (
                duty.pk,
                Evidence(
                    each.answered_on,
                    each.answered_on,
                    f"{each} answered",
                    each.get_absolute_url(),
                    restriction=each.restriction,
                ),
            )


def arose(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Occurrence]]:
    for each in letters(as_of):
        for duty in duties:
            yield (
                duty.pk,
                Occurrence(
                    each.received_on,
                    each.due_on,
                    each.answered_on,
                    str(each),
                    each.get_absolute_url(),
                    restriction=each.restriction,
                ),
            )


def all_answered(as_of: AsOf) -> Holding:
    count = letters(as_of).unanswered(as_of.day).filter(due_on__lt=as_of.day).count()
    return Holding(not count, f"{count} without an answer.")


def next_due(as_of: AsOf) -> Lapse | None:
    each = letters(as_of).unanswered(as_of.day).filter(due_on__gte=as_of.day).first()
    return Lapse(each.due_on, "An answer is due.", each.get_absolute_url()) if each else None


def unanswered(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    for each in letters(as_of).unanswered(as_of.day).filter(due_on__lt=as_of.day):
        yield OpenItem(
            subject=f"letter-{each.pk}",
            period=each.due_on.isoformat(),
            title=str(each),
            because=f"Not answered by {each.due_on}.",
            layer=Layer.LAW,
            on=each.due_on,
            url=each.get_absolute_url(),
            restriction=each.restriction,
        )


EVIDENCE.add(EvidenceSource("letters.answers", answers, frozenset({"charter-review"})))
OCCURRENCES.add(OccurrenceSource("letters.arose", arose, frozenset({"resolve-disagreements"})))
CONDITIONS.add(
    ConditionSource("letters.answered", "financial-literacy", all_answered, ahead=next_due)
)
OPEN_ITEMS.add(OpenItemSource("letters.unanswered", unanswered))
