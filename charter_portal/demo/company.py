"""Larkmere Instruments: what the company is, and the days of its year.

Fictional. Meetings are set the way small companies set them: by weekday, four with the filings
and one in December to look back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.relativedelta import TH, TU, WE, relativedelta, weekday

from records.calendar import DAY, Calendar, Period

NAME = "Larkmere Instruments, Inc."
TICKER = "LKMR"
STATE = "Delaware"
TIME_ZONE = "America/Chicago"
DOMAIN = "larkmere.example"
ZONE = ZoneInfo(TIME_ZONE)

BOARD = "Board of Directors"
COMMITTEE = "Audit Committee"

_HERE = Path(__file__).resolve().parent
CHARTER = _HERE / "charter.md"
CHARTER_BEFORE = _HERE / "charter_before.md"
# What the draft of the next version changes: the words of today, and those proposed for them.
AMENDMENTS = {
    "   - approve each of the permitted non-audit services that": (
        "   - pre-approve, before it begins, each of the permitted non-audit services that"
    ),
    "the communications for which SAS 61 provides": (
        "the communications that the standards of the PCAOB require of the Auditor"
    ),
}


def next_charter() -> str:
    """The draft of the next version: today's text with the amendments that were suggested."""
    text = CHARTER.read_text(encoding="utf-8")
    for words, proposed in AMENDMENTS.items():
        if words not in text:
            raise ValueError(f"The charter does not say: {words}")
        text = text.replace(words, proposed)
    return text


@dataclass(frozen=True)
class Year:
    """One fiscal year of the company, and the days on which its bodies meet."""

    period: Period
    calendar: Calendar

    @property
    def number(self) -> int:
        return self.period.last.year

    @property
    def last(self) -> date:
        return self.period.last

    def quarter_end(self, n: int) -> date:
        return self.calendar.quarters_of(self.period)[n - 1].last

    def on(self, month: int, day: int) -> date:
        """The business day on or before a day of the month; 31 is its last."""
        return self.calendar.business_day_on_or_before(
            date(self.number, month, 1) + relativedelta(day=day)
        )

    def _nth(self, month: int, which: weekday) -> date:
        return self.calendar.business_day_on_or_before(
            date(self.number, month, 1) + relativedelta(weekday=which)
        )

    @property
    def release_call(self) -> date:
        """Two or three weeks before the annual report, with the release of the year's results."""
        return self._nth(2, TU(+4))

    @property
    def march(self) -> date:
        return self._nth(3, TU(+3))

    @property
    def may(self) -> date:
        return self._nth(5, TU(+1))

    @property
    def annual_meeting(self) -> date:
        return self._nth(5, TH(+4))

    @property
    def august(self) -> date:
        return self._nth(8, TU(+1))

    @property
    def november(self) -> date:
        return self._nth(11, TU(+1))

    @property
    def december(self) -> date:
        return self._nth(12, WE(+1))

    @property
    def meetings(self) -> tuple[date, ...]:
        """The four regular meetings of the Committee."""
        return (self.march, self.may, self.august, self.november)


@dataclass(frozen=True)
class Stage:
    """The days of the story: where the records begin, the years it runs through, where it ends."""

    today: date
    calendar: Calendar

    @property
    def this_year(self) -> Year:
        return Year(self.calendar.year_of(self.today), self.calendar)

    @property
    def last_year(self) -> Year:
        return Year(self.calendar.year_before(self.this_year.period), self.calendar)

    @property
    def year_before(self) -> Year:
        return Year(self.calendar.year_before(self.last_year.period), self.calendar)

    @property
    def records_begin(self) -> date:
        """A year and a half back, or a little more: the first day of a half-year."""
        if self.today >= self.this_year.calendar.quarters_of(self.this_year.period)[2].first:
            return self.last_year.period.first
        return self.calendar.quarters_of(self.year_before.period)[2].first

    @property
    def years(self) -> Iterator[Year]:
        """Every fiscal year that has a day between the beginning of the records and today."""
        for period in self.calendar.years(self.records_begin, self.today):
            yield Year(period, self.calendar)

    def has_come(self, day: date) -> bool:
        return self.records_begin <= day <= self.today

    def business_days_after(self, day: date, count: int) -> date:
        while count:
            day += DAY
            count -= self.calendar.is_business_day(day)
        return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day, by the company's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def a_week(weeks: int = 1) -> timedelta:
    return timedelta(weeks=weeks)
