"""Larkmere Instruments: what the company is, and the days of its year.

Fictional. Meetings are set the way small companies set them: by weekday, four with the filings
and one in December to look back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.relativedelta import TH, TU, WE, relativedelta, weekday

from records.calendar import DAY, Calendar, Period
from records.models.company import CALENDAR_YEAR
from records.services.company import federal_holidays

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

    @property
    def before(self) -> Year:
        return Year(self.calendar.year_before(self.period), self.calendar)

    @property
    def next(self) -> Year:
        return Year(self.calendar.year_after(self.period), self.calendar)

    def quarter(self, n: int) -> Period:
        return self.calendar.quarters_of(self.period)[n - 1]

    def on(self, month: int, day: int) -> date:
        """The business day on or before a day of the month; 31 is its last."""
        return self.calendar.business_day_on_or_before(
            date(self.number, month, 1) + relativedelta(day=day)
        )

    @property
    def release_call(self) -> date:
        """The release of the year's results, three weeks before the annual report."""
        return self._nth(2, TU(+4))

    @property
    def march(self) -> date:
        return self._nth(3, TU(+3))

    @property
    def april(self) -> date:
        return self.on(4, 17)

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
    def october(self) -> date:
        return self._nth(10, TH(+3))

    @property
    def november(self) -> date:
        return self._nth(11, TU(+1))

    @property
    def december(self) -> date:
        return self._nth(12, WE(+1))

    @property
    def board_in_march(self) -> date:
        """The Board meets on the day after the Committee."""
        return self.after(self.march)

    @property
    def board_in_may(self) -> date:
        return self.after(self.may)

    @property
    def board_in_august(self) -> date:
        return self.after(self.august)

    @property
    def board_in_november(self) -> date:
        return self.after(self.november)

    def quarter_of(self, day: date) -> Period:
        return self.calendar.quarter_of(day)

    def after(self, day: date, count: int = 1) -> date:
        return self.calendar.business_days_after(day, count)

    def _nth(self, month: int, which: weekday) -> date:
        return self.calendar.business_day_on_or_before(
            date(self.number, month, 1) + relativedelta(weekday=which)
        )


@dataclass(frozen=True)
class Stage:
    """The days of the story: where the records begin, what happens when, where it ends."""

    today: date
    calendar: Calendar

    @classmethod
    def until(cls, today: date) -> Stage:
        """The stage of a story that ends today; Larkmere's fiscal year is the calendar year."""
        holidays = federal_holidays(range(today.year - 12, today.year + 2))
        return cls(today, Calendar((CALENDAR_YEAR,), frozenset(holidays)))

    def year_of(self, day: date) -> Year:
        return Year(self.calendar.year_of(day), self.calendar)

    @property
    def this_year(self) -> Year:
        return self.year_of(self.today)

    @property
    def last_year(self) -> Year:
        return self.this_year.before

    @property
    def records_begin(self) -> date:
        """A year and a half back, or a little more: the first day of a half-year."""
        if self.today >= self.this_year.quarter(3).first:
            return self.last_year.period.first
        return self.last_year.before.quarter(3).first

    @property
    def first_day(self) -> date:
        """The day on which the portal was set up."""
        return self.after(self.records_begin - DAY, 1)

    @property
    def last_day(self) -> date:
        """The story has come as far as the evening before."""
        return self.calendar.business_day_on_or_before(self.today - DAY)

    def has_come(self, when: datetime) -> bool:
        return when.date() <= self.last_day

    def years_from(self, day: date) -> Iterator[Year]:
        """Every fiscal year from that in which the day lies to that in which the story ends."""
        for period in self.calendar.years(day, self.last_day):
            yield Year(period, self.calendar)

    @property
    def resigned_on(self) -> date:
        """The first day on which two sat on the Committee."""
        return self.last_year.on(4, 14)

    @property
    def exchange_notified_on(self) -> date:
        return self.after(self.resigned_on, 7)

    @property
    def successor_seated_on(self) -> date:
        return self.last_year.annual_meeting

    @property
    def adopted_on(self) -> date:
        """The Board adopted the present charter on the day after the Committee's May meeting."""
        return self.last_year.board_in_may

    @property
    def effective_on(self) -> date:
        return self.last_year.quarter(2).last.replace(day=1)

    @property
    def closed_year(self) -> Year:
        """The last year whose open items were gone through, in the February after it."""
        is_closed = self.this_year.on(2, 10) <= self.last_day
        return self.last_year if is_closed else self.last_year.before

    @property
    def closed_on(self) -> date:
        return self.closed_year.next.on(2, 10)

    @property
    def reported_year(self) -> Year:
        """The last year on which the Committee reported, with the annual report."""
        return (
            self.last_year
            if self._reported_on(self.this_year) <= self.last_day
            else self.last_year.before
        )

    @property
    def reported_on(self) -> date:
        return self._reported_on(self.reported_year.next)

    def _reported_on(self, year: Year) -> date:
        return year.after(year.board_in_march, 2)

    @property
    def new_duty_on(self) -> date:
        """Four weeks before the end: a duty so new that nothing is on record of it."""
        return self.calendar.business_day_on_or_before(self.today - DAY * 28)

    @property
    def new_duty_due_month(self) -> int:
        return (self.today + DAY * 45).month

    @property
    def drafted_on(self) -> date:
        """The draft of the next charter was put before the Board a week and a half ago."""
        return self.calendar.business_day_on_or_before(self.today - DAY * 10)

    @property
    def letter_received_on(self) -> date:
        """Five business days before the end: the ten of its deadline have not run out."""
        day = self.last_day
        for __ in range(4):
            day = self.calendar.business_day_on_or_before(day - DAY)
        return day

    def annual_meeting_before(self, years: int) -> date:
        """The annual meeting so many years before the one that the records begin with."""
        year = self.year_of(self.records_begin)
        for __ in range(years):
            year = year.before
        return year.annual_meeting

    def after(self, day: date, count: int) -> date:
        return self.calendar.business_days_after(day, count)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day, in the company's time zone."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)
