"""The committee's review of the audit plan, before the last quarter of the year (RULE-33).

Good practice: the charter asks for the review, and names no date within the year.
"""

from __future__ import annotations

from datetime import date

from auditors.enums import Ground
from auditors.rules.reasons import Reason, reason
from records.calendar import DAY, Period, plus_months

MONTHS = 9


def review_by(year: Period) -> date:
    """The last date of the third quarter of a fiscal year; of a shorter period, its last date."""
    return min(plus_months(year.first, MONTHS) - DAY, year.last)


def warning(reviewed_on: date | None, *, year: Period, on: date) -> Reason | None:
    """Said once the date has passed without a review by then."""
    last = review_by(year)
    if on <= last or (reviewed_on is not None and reviewed_on <= last):
        return None
    if reviewed_on is None or reviewed_on > on:
        return reason(Ground.PLAN_NOT_REVIEWED, by=last)
    return reason(Ground.PLAN_REVIEWED_LATER, by=last, on=reviewed_on)
