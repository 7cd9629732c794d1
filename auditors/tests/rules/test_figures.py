"""The figures of rotation and of the waiver, as the law and good practice have them."""

from datetime import date
from decimal import Decimal

import pytest

from auditors.rules import figures
from auditors.rules.figures import Rotation, rotation_on, waiver_share_on
from records.rule_data import TABLE


@pytest.mark.parametrize(
    "day", [date(1999, 12, 31), date(2003, 5, 6), date(2009, 12, 15), date(2026, 12, 31)]
)
def test_figures_of_rotation(day: date) -> None:
    """An audit before the first date of the table is judged by the first value."""
    assert rotation_on(day, TABLE) == Rotation(
        lead_years=5,
        lead_time_out=5,
        other_years=7,
        other_time_out=2,
        reviewer_cooling=2,
        hours=Decimal(10),
        subsidiary_share=Decimal("0.2"),
        outlook_from=4,
        small_firm_clients=5,
        small_firm_partners=10,
        small_firm_review_years=3,
    )


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2003, 5, 6), date(2026, 12, 31)])
def test_share_of_the_waiver(day: date) -> None:
    assert waiver_share_on(day, TABLE) == Decimal("0.05")


def test_figures_of_good_practice_and_of_the_charter() -> None:
    assert figures.EXCEPTION_OPEN_DAYS == 30
    assert figures.LETTER_HINT_MONTHS == 15
    assert figures.QUALITY_WINDOW_YEARS == 5
