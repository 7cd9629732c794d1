"""When a deadline reminds, and whom.

A pace is a value: on which days before the due date, how often after it, and whom. Where nothing
else is said, the owner is reminded 45 and 14 days before and on the date; from then on the
secretary alone, every week, until it is done. A reminder that falls on a weekend or on a holiday of
the company goes out on the business day before. The deadline of an event reminds at once and then
on every business day until it is done, and on its date whatever day that is.

Pure: no database and no clock. The date, the calendar and the due date are arguments.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, dropwhile, pairwise, takewhile

from charters.enums import Counting
from records.calendar import DAY, Calendar

MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Pace:
    """When a deadline reminds, and whom.

    before         days before the due date, the farthest first; 0 is the date itself
    counted_in     what those days are: calendar days or business days
    every          how often it reminds once the date has passed, counted in the same days
    owner_after    whether the owner is still reminded then, rather than the secretary alone
    from_known     remind from the date it became known, on every business day: the pace of events
    """

    before: tuple[int, ...] = ()
    counted_in: Counting = Counting.CALENDAR
    every: int = 7
    owner_after: bool = False
    from_known: bool = False

    def __post_init__(self) -> None:
        if any(day < 0 for day in self.before) or sorted(self.before, reverse=True) != [
            *dict.fromkeys(self.before)
        ]:
            raise ValueError("The days before are given once each, the farthest first.")
        if self.every < 1:
            raise ValueError("Once its date has passed, a deadline reminds again.")
        if self.counted_in is Counting.FILING:
            raise ValueError("A pace counts in calendar days or in business days.")


USUAL = Pace((45, 14, 0))
# The deadline of an event: at once, then every business day until it is done.
DAILY = Pace(counted_in=Counting.BUSINESS, every=1, owner_after=True, from_known=True)


@dataclass(frozen=True)
class Step:
    """One reminder of a deadline. `days`: calendar days until its due date; below 0, past it."""

    on: date
    days: int

    @property
    def is_past(self) -> bool:
        return self.days < 0


def reminds_owner(pace: Pace, step: Step) -> bool:
    """Whether the owner is reminded; past the due date it is the secretary, unless the pace says
    otherwise."""
    return pace.owner_after or not step.is_past


def steps(
    pace: Pace, due_on: date, calendar: Calendar, known_on: date, day: date = date.min
) -> Iterator[Step]:
    """The reminders of a deadline in their order, without end: it is the doing that ends them.

    Of those that repeat after the due date, only those around `day` and later: of a date that
    passed years ago a thousand have gone out, and neither the latest nor the next is among the first.
    """
    if pace.from_known:
        return _every_business_day(due_on, calendar, known_on)
    return _once_a_day(_paced(pace, due_on, calendar, day))


def _once_a_day(found: Iterator[Step]) -> Iterator[Step]:
    """Where holidays in a row put two on one day, the later of them alone goes out."""
    for step, following in pairwise(found):
        if step.on < following.on:
            yield step


def _paced(pace: Pace, due_on: date, calendar: Calendar, day: date) -> Iterator[Step]:
    for days in pace.before:
        yield _step(_before(due_on, days, pace, calendar), due_on, calendar)
    for times in count(_first_times(pace, due_on, day)):
        step = _step(_after(due_on, times * pace.every, pace, calendar), due_on, calendar)
        # That a date has passed is said after it, however many holidays lie there.
        if step.on > due_on:
            yield step


def _first_times(pace: Pace, due_on: date, day: date) -> int:
    """The first repetition that matters: a month before the day, for none lies so far from its date."""
    if pace.counted_in is not Counting.CALENDAR:
        return 1
    return max(1, (day - due_on - MONTH).days // pace.every)


def _step(on: date, due_on: date, calendar: Calendar) -> Step:
    """The business day on or before a date; its days count from the date that was asked for."""
    return Step(calendar.business_day_on_or_before(on), (due_on - on).days)


def _before(due_on: date, days: int, pace: Pace, calendar: Calendar) -> date:
    if pace.counted_in is Counting.CALENDAR:
        return due_on - timedelta(days=days)
    return _business_days(due_on, days, -DAY, calendar)


def _after(due_on: date, days: int, pace: Pace, calendar: Calendar) -> date:
    if pace.counted_in is Counting.CALENDAR:
        return due_on + timedelta(days=days)
    return _business_days(due_on, days, DAY, calendar)


def _business_days(start: date, days: int, step: timedelta, calendar: Calendar) -> date:
    """So many business days from a date on, forward or back."""
    on = start
    while days:
        on += step
        days -= calendar.is_business_day(on)
    return on


def _every_business_day(due_on: date, calendar: Calendar, known_on: date) -> Iterator[Step]:
    for passed in count():
        on = known_on + DAY * passed
        if on in (known_on, due_on) or calendar.is_business_day(on):
            yield Step(on, (due_on - on).days)


def upcoming(steps: Iterable[Step], day: date) -> list[Step]:
    """The reminders from a date on: the next one, and those that follow it up to the due date."""
    ahead = dropwhile(lambda step: step.on < day, steps)
    return [next(ahead), *takewhile(lambda step: not step.is_past, ahead)]


def latest(steps: Iterable[Step], day: date) -> Step | None:
    """The last reminder that has come by a date: it makes up for days that were missed."""
    found = None
    for step in takewhile(lambda step: step.on <= day, steps):
        found = step
    return found
