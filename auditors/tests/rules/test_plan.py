"""RULE-33: the review of the audit plan before the last quarter (good practice)."""

from datetime import date

import pytest

from auditors.enums import Ground
from auditors.rules.plan import review_by, warning
from records.calendar import Period

FY26 = Period(date(2026, 1, 1), date(2026, 12, 31), "FY2026")
LAST = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (FY26, LAST),
        (Period(date(2025, 7, 1), date(2026, 6, 30), "FY2026"), date(2026, 3, 31)),
        (Period(date(2025, 3, 1), date(2026, 2, 28), "FY2026"), date(2025, 11, 30)),
        # 53 weeks, whose third quarter ends by the calendar; a transition period of six months.
        (Period(date(2022, 9, 25), date(2023, 9, 30), "FY2023"), date(2023, 6, 24)),
        (Period(date(2026, 1, 1), date(2026, 6, 30), "2026 transition"), date(2026, 6, 30)),
    ],
)
def test_plan_is_reviewed_before_the_last_quarter(year: Period, last: date) -> None:
    assert review_by(year) == last


@pytest.mark.parametrize(
    ("reviewed_on", "on", "expected"),
    [
        (None, LAST, None),
        (None, date(2026, 10, 1), Ground.PLAN_NOT_REVIEWED),
        (LAST, date(2026, 10, 1), None),
        (date(2026, 8, 4), date(2026, 11, 20), None),
        (date(2026, 10, 1), date(2026, 11, 20), Ground.PLAN_REVIEWED_LATER),
        # As of a date before the review.
        (date(2026, 11, 10), date(2026, 10, 15), Ground.PLAN_NOT_REVIEWED),
    ],
)
def test_warning(reviewed_on: date | None, on: date, expected: Ground | None) -> None:
    found = warning(reviewed_on, year=FY26, on=on)
    assert (found.ground if found else None) == expected
