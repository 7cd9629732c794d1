"""The company's fiscal calendar: years, quarters and the days within them.

Pure: no database, no clock. "Annually" in a charter is read per fiscal year, so every judgment
of a duty asks this module which year or quarter a day belongs to. A change of the fiscal year
end makes a transition period of its own, shorter than a year (Rule 13a-10 of the Exchange Act).
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
# A change of a few days to a 52/53-week year end makes no transition period.
SHORTEST_FULL_YEAR = timedelta(days=350)


def plus_months(day: date, months: int) -> date:
    """The same day number `months` later, or the month's last day where that is missing."""
    return day + relativedelta(months=months)


@dataclass(frozen=True)
class YearEnd:
    """A rule for the fiscal year's last day, for years that end on or after `effective_from`.

    `day` beyond the month's length means the month's last day (30 February: the 28th or 29th).
    With `weekday` (Monday is 0) the year ends on that weekday: the last one of the month, or
    with `nearest` the one nearest to the day (52/53-week years).
    """

    effective_from: date
    month: int
    day: int
    weekday: int | None = None
    nearest: bool = False

    def in_year(self, year: int) -> date:
        """The last day of the fiscal year that ends in, or beside, the calendar year `year`."""
        last = date(year, self.month, 1) + relativedelta(day=31)
        if self.weekday is None:
            return last.replace(day=min(self.day, last.day))
        if not self.nearest:
            return last - DAY * ((last.weekday() - self.weekday) % 7)
        anchor = last.replace(day=min(self.day, last.day))
        behind = (anchor.weekday() - self.weekday) % 7
        return anchor - DAY * behind if behind <= 3 else anchor + DAY * (7 - behind)


@dataclass(frozen=True, order=True)
class Period:
    """A fiscal year or quarter, both days included. `key` is stable: FY2026, FY2026Q3."""

    first: date
    last: date
    key: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def is_transition(self) -> bool:
        """Whether it lies between two fiscal year ends and is shorter than a year."""
        return self.key.endswith("T")

    @cached_property
    def months(self) -> int:
        """Whole fiscal months, counted up: 12 in a year, 3 in a quarter."""
        delta = relativedelta(self.last + DAY, self.first)
        return max(1, delta.years * 12 + delta.months + (1 if delta.days > 15 else 0))

    def day_in_month(self, month: int, day: int | None = None) -> date:
        """The last day of fiscal month `month` (1 is the first), or its `day`-th calendar day.

        Never beyond the period's last day, which is also the answer for its last month.
        """
        return _day_in_month(self, month, day)


# Standing asks for the same days of the same years for every duty.
@lru_cache(maxsize=8192)
def _day_in_month(period: Period, month: int, day: int | None) -> date:
    begins = plus_months(period.first, month - 1)
    ends = period.last if month >= period.months else plus_months(period.first, month) - DAY
    if day is None:
        return min(ends, period.last)
    return min(begins + DAY * (day - 1), ends, period.last)


@dataclass(frozen=True)
class Calendar:
    """All of a company's fiscal year ends, oldest rule first; the first also governs the past.

    `holidays` may be read from the database when first asked; two calendars are the same when
    their years are.
    """

    year_ends: tuple[YearEnd, ...]
    holidays: Container[date] = field(default=frozenset(), compare=False, repr=False)

    def year_of(self, day: date) -> Period:
        """The fiscal year in which `day` falls."""
        return _year_of(self.year_ends, day)

    def year_before(self, year: Period) -> Period:
        return self.year_of(year.first - DAY)

    def full_year_before(self, year: Period) -> Period:
        """The last fiscal year before; a transition period is none."""
        before = self.year_before(year)
        while before.is_transition:
            before = self.year_before(before)
        return before

    def year_after(self, year: Period) -> Period:
        return self.year_of(year.last + DAY)

    def years(self, first: date, last: date) -> Iterator[Period]:
        """Every fiscal year that has a day in [first, last], oldest first."""
        year = self.year_of(first)
        while year.first <= last:
            yield year
            year = self.year_after(year)

    def quarters_of(self, year: Period) -> tuple[Period, ...]:
        return _quarters_of(year)

    def quarter_of(self, day: date) -> Period:
        return next(quarter for quarter in _quarters_of(self.year_of(day)) if day in quarter)

    def quarters(self, first: date, last: date) -> Iterator[Period]:
        for year in self.years(first, last):
            yield from (q for q in _quarters_of(year) if q.first <= last and q.last >= first)

    def is_business_day(self, day: date) -> bool:
        """Monday to Friday and not a holiday (C3)."""
        return day.weekday() < 5 and day not in self.holidays

    def business_day_on_or_before(self, day: date) -> date:
        while not self.is_business_day(day):
            day -= DAY
        return day

    def business_day_on_or_after(self, day: date) -> date:
        """Where a filing's due day rolls to (C4)."""
        while not self.is_business_day(day):
            day += DAY
        return day

    def business_days_after(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`, which is never counted itself (C3)."""
        while count:
            day += DAY
            count -= self.is_business_day(day)
        return day


@lru_cache(maxsize=4096)
def _year_of(year_ends: tuple[YearEnd, ...], day: date) -> Period:
    ends = _ends_around(year_ends, day)
    last, number = next((end, number) for end, number in ends if end >= day)
    first = max(end for end, __ in ends if end < day) + DAY
    is_transition = last - first < SHORTEST_FULL_YEAR
    return Period(first, last, f"FY{number}T" if is_transition else f"FY{number}")


def _ends_around(year_ends: tuple[YearEnd, ...], day: date) -> list[tuple[date, int]]:
    """All fiscal year ends from three years before `day` to two years after it.

    Each with the calendar year it is named after: a 52/53-week year that spills a few days into
    January keeps the year it was lived in.
    """
    ends = set()
    for position, rule in enumerate(year_ends):
        is_last = position + 1 == len(year_ends)
        from_ = rule.effective_from if position else date.min
        until = date.max if is_last else year_ends[position + 1].effective_from
        ends |= {
            (end, year)
            for year in range(max(1, day.year - 3), min(9999, day.year + 3))
            if from_ <= (end := rule.in_year(year)) < until
        }
    return sorted(ends)


@lru_cache(maxsize=1024)
def _quarters_of(year: Period) -> tuple[Period, ...]:
    # A last quarter of a few days (a transition period) belongs to the one before.
    found = (_quarter_start(year, n) for n in range(4))
    starts = [start for start in found if start == year.first or year.last - start > DAY * 15]
    ends = [*(start - DAY for start in starts[1:]), year.last]
    return tuple(
        Period(first, last, f"{year.key}Q{n}")
        for n, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _quarter_start(year: Period, n: int) -> date:
    """Months where every year begins on the same day, thirteen weeks in a 52/53-week year."""
    if year.first.day == (year.last + DAY).day:
        return plus_months(year.first, 3 * n)
    return year.first + DAY * (91 * n)
