"""What the home page asks, and what was recorded lately."""

from collections.abc import Iterator

from accounts.models import User
from charter_portal.tests.letters.models import Letter
from charter_portal.tests.letters.queries import letters
from charters.answers import Ask, DatedEntry
from charters.docket import AsOf
from charters.news import News
from charters.registry import HOME, HomePart


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    for each in letters(as_of).unanswered(as_of.day).visible_to(user, on=as_of.day):
        yield Ask("A letter is to be answered.", each.get_absolute_url(), "Open", on=each.due_on)


def activity(as_of: AsOf, user: User) -> Iterator[News]:
    yield News(
        Letter,
        lambda: letters(as_of).visible_to(user, on=as_of.day),
        lambda each: DatedEntry(each.received_on, str(each)),
    )


HOME.add(HomePart("letters.home", asks, activity, order=5))
