"""When a letter is to be answered: five, two and no business days before, then daily."""

from collections.abc import Iterator

from charter_portal.tests.letters.notices import REMINDER
from charter_portal.tests.letters.queries import letters
from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Counting
from charters.registry import DEADLINES, DeadlineSource
from charters.rules.reminders import Pace
from records.facts import label

PACE = Pace((5, 2, 0), Counting.BUSINESS, every=1)


def to_answer(as_of: AsOf) -> Iterator[Deadline]:
    for each in letters(as_of).unanswered(as_of.day):
        yield Deadline(
            key=f"letters.answer:{each.pk}",
            due_on=each.due_on,
            what="Answer a letter",
            because=f"{each}.",
            url=each.get_absolute_url(),
            pace=PACE,
            restriction=each.restriction,
            subject=label(each),
        )


DEADLINES.add(DeadlineSource("letters.answer", to_answer, "letters.view", REMINDER.name))
