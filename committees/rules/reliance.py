"""Reliance on a cure of lost independence, or on the phase-in of independence, is disclosed.

Exchange Act Rule 10A-3(d) and Item 407(d)(4)(ii)(B) of Regulation S-K: the filing says that the
company relies on it, and whether that would materially harm the committee's independence or its
work. The cure of a vacancy and the phase-in of the number of members ask for nothing (RULE-49).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from committees.rules.look_back import Span
from records.calendar import Calendar, Period

CITATION = "Exchange Act Rule 10A-3(d)"


class FiledForm(Enum):
    ANNUAL = "annual report"
    PROXY = "proxy statement"


@dataclass(frozen=True)
class Filed:
    """A filing, and whether it states the reliance."""

    form: FiledForm
    on: date
    states_reliance: bool


def must_state(filed: Filed, uses: Iterable[Span], calendar: Calendar) -> bool:
    """RULE-49: filed while the exemption was in use, or an annual report for a year of its use."""
    year = reported_year(filed, calendar)
    return any(
        use.covers(filed.on) or (filed.form is FiledForm.ANNUAL and overlaps(use, year))
        for use in uses
    )


def years_of_use(uses: Sequence[Span], calendar: Calendar, day: date) -> list[Period]:
    """The fiscal years, up to that of `day`, whose annual reports state the reliance."""
    if not uses:
        return []
    years = calendar.years(min(use.first for use in uses), day)
    return [year for year in years if any(overlaps(use, year) for use in uses)]


def reported_year(filed: Filed, calendar: Calendar) -> Period:
    """The fiscal year that an annual report is on: the last one completed when it was filed."""
    return calendar.year_before(calendar.year_of(filed.on))


def overlaps(use: Span, year: Period) -> bool:
    return use.first <= year.last and (use.last is None or use.last >= year.first)
