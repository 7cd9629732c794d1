"""When a clock reminds, and whom.

Of what falls due, the owner is reminded 45 and 14 days before and on the day; from then on the
secretary alone, every week, until it is done. A reminder that falls on a quiet day (a weekend, a
holiday of the company) goes out on the business day before. The clock of an event reminds at once
and then on every business day until it is done, and on its day whatever day that is.

Pure: no database and no clock. The day, the calendar and the due day are arguments.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, dropwhile, pairwise, takewhile

from committees.enums import Pace
from records.calendar import DAY, Calendar

DAYS_BEFORE = (45, 14, 0)
WEEK = 7


@dataclass(frozen=True)
class Step:
    """One reminder of a clock. `days` until its due day, by which it is known; below 0: past it."""

    on: date
    days: int

    @property
    def is_past(self) -> bool:
        """Past the due day it is the secretary who is reminded, and nobody else."""
        return self.days < 0


def steps(pace: Pace, due_on: date, calendar: Calendar, known_on: date) -> Iterator[Step]:
    """The reminders of a clock in their order, without end: it is the doing that ends them."""
    if pace == Pace.EVENT:
        return _every_business_day(due_on, calendar, known_on)
    return _usual(due_on, calendar)


def _usual(due_on: date, calendar: Calendar) -> Iterator[Step]:
    """Where holidays in a row put two on one day, the later of them alone goes out."""
    for step, following in pairwise(_on_business_days(due_on, calendar)):
        if step.on < following.on:
            yield step


def _on_business_days(due_on: date, calendar: Calendar) -> Iterator[Step]:
    for days in _days():
        on = calendar.business_day_on_or_before(due_on - timedelta(days=days))
        # That a day has passed is said after it, however many holidays lie there.
        if days >= 0 or on > due_on:
            yield Step(on, days)


def _days() -> Iterator[int]:
    yield from DAYS_BEFORE
    yield from count(-WEEK, -WEEK)


def _every_business_day(due_on: date, calendar: Calendar, known_on: date) -> Iterator[Step]:
    for passed in count():
        on = known_on + DAY * passed
        if on in (known_on, due_on) or calendar.is_business_day(on):
            yield Step(on, (due_on - on).days)


def upcoming(steps: Iterable[Step], day: date) -> list[Step]:
    """The reminders from a day on: the next one, and those that follow it up to the due day."""
    ahead = dropwhile(lambda step: step.on < day, steps)
    return [next(ahead), *takewhile(lambda step: not step.is_past, ahead)]


def latest(steps: Iterable[Step], day: date) -> Step | None:
    """The last reminder that has come by a day: what a day that was missed is made up for with."""
    found = None
    for step in takewhile(lambda step: step.on <= day, steps):
        found = step
    return found
