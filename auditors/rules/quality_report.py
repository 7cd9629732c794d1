"""The firm's report on its quality control: the years it covers and when the next is due (RULE-28).

The charter asks for it at least annually, with inquiries within the preceding five years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.calendar import Calendar, plus_months


@dataclass(frozen=True)
class Window:
    """The years before a report, both ends in (C1)."""

    first: date
    last: date

    def covers(self, opened_on: date, closed_on: date | None) -> bool:
        """Whether an inquiry was open on any date of the window; None: still open."""
        return opened_on <= self.last and (closed_on is None or closed_on >= self.first)


def window(report_dated: date, *, years: int) -> Window:
    """The window of a report: so many years back from its date."""
    return Window(plus_months(report_dated, -12 * years), report_dated)


def next_due(
    last_report: date | None, *, on: date, calendar: Calendar, twelve_months: bool
) -> date:
    """When the next report is due: by the end of the fiscal year that has none yet, or with
    `twelve_months` twelve months after the last one (C8)."""
    year = calendar.year_of(on)
    if last_report is None:
        return year.last
    if twelve_months:
        return plus_months(last_report, 12)
    return calendar.year_after(year).last if last_report in year else year.last
