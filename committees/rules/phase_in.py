"""The steps of a newly listed company: Nasdaq 5615(b)(1), Rule 10A-3(b)(1)(iv)(A) (RULE-13).

Two dates count: independence from effectiveness of the registration statement, the number of
members from the listing date. Days are calendar days, and no date rolls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from committees.rules.limits import PhaseIn
from records.calendar import plus_months

MEMBERS = (1, 2, 3)


@dataclass(frozen=True)
class Offering:
    """An initial public offering, and how long its phase-in takes.

    `was_reporting`: the company was an Exchange Act reporter immediately before effectiveness, and
    its independence has no phase-in.
    """

    effective_on: date
    listed_on: date
    phase_in: PhaseIn
    was_reporting: bool = False

    def after_days(self, day: date) -> date:
        return day + timedelta(days=self.phase_in.days)

    def after_years(self, day: date) -> date:
        return plus_months(day, 12 * self.phase_in.years)


@dataclass(frozen=True)
class Step:
    """From the day `by` on, so many members are required."""

    by: date
    members: int


def size_steps(offering: Offering) -> tuple[Step, ...]:
    """RULE-13: one member by the listing date, two within 90 days of it, three within a year."""
    listed = offering.listed_on
    days = (listed, offering.after_days(listed), offering.after_years(listed))
    return tuple(Step(by, members) for by, members in zip(days, MEMBERS, strict=True))


def members_required(offering: Offering, day: date) -> int:
    """RULE-13: how many members the steps ask for on `day`; none before the listing."""
    return max((step.members for step in size_steps(offering) if step.by <= day), default=0)


def next_size_step(offering: Offering, day: date) -> Step | None:
    """The step ahead of `day`; None once three are required."""
    return next((step for step in size_steps(offering) if step.by > day), None)


def independence_dates(offering: Offering) -> tuple[date, date, date]:
    """RULE-13: by when one, a majority, and all of the members are independent."""
    if offering.was_reporting:
        return (offering.listed_on,) * 3
    effective = offering.effective_on
    return (offering.listed_on, offering.after_days(effective), offering.after_years(effective))


def independent_required(offering: Offering, day: date, serving: int) -> int:
    """RULE-13: how many of the members serving on `day` must be independent."""
    one, majority, everyone = independence_dates(offering)
    if day >= everyone:
        return serving
    if day >= majority:
        return serving // 2 + 1
    return min(1, serving) if day >= one else 0


def next_independence_date(offering: Offering, day: date) -> date | None:
    return next((on for on in independence_dates(offering) if on > day), None)
