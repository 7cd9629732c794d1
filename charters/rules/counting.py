"""The arithmetic of an event's deadline: from a day, so many days, to a day. It is shown in full.

The day counted from is never counted itself. Of business days (Monday to Friday and no holiday)
the first after it is day 1, also where it is none itself. Calendar days end where they end; where
a filing is due on a weekend or a holiday, it is due on the next business day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from charters.enums import Counting
from records.calendar import DAY, Calendar


@dataclass(frozen=True)
class Count:
    """`first` is day 1 and `last` the last day counted; `due_on` is later where it moved on.

    `holidays` are the weekdays in between that were no business days.
    """

    start: date
    days: int
    counting: Counting
    first: date
    last: date
    due_on: date
    holidays: tuple[date, ...] = ()

    @property
    def has_moved(self) -> bool:
        return self.due_on != self.last


def count(start: date, days: int, counting: Counting, calendar: Calendar) -> Count:
    """Count `days` from a day on. None at all: the day itself."""
    if counting == Counting.BUSINESS:
        first = calendar.business_days_after(start, min(days, 1))
        last = calendar.business_days_after(start, days)
        holidays = _holidays(start, last, calendar)
        return Count(start, days, counting, first, last, last, holidays)
    first, last = start + DAY * min(days, 1), start + timedelta(days=days)
    moves = counting == Counting.FILING
    due_on = calendar.business_day_on_or_after(last) if moves else last
    return Count(start, days, counting, first, last, due_on, _holidays(last, due_on, calendar, -1))


def _holidays(start: date, last: date, calendar: Calendar, after: int = 0) -> tuple[date, ...]:
    """The weekdays before `last` that were passed over as holidays."""
    days = (start + timedelta(days=each) for each in range(1 + after, (last - start).days))
    return tuple(day for day in days if day.weekday() < 5 and not calendar.is_business_day(day))
