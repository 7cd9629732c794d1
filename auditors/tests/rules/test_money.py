"""Amounts of one currency compare; rounded percentages."""

from decimal import Decimal

import pytest

from auditors.rules.money import percent
from auditors.tests.rules.amounts import usd


def test_smaller_amount_comes_first() -> None:
    assert [usd("1") < usd(other) for other in ("0.99", "1", "1.01")] == [False, False, True]


@pytest.mark.parametrize(
    ("part", "whole", "places", "expected"),
    [("1", "8", 2, "12.50"), ("1", "8", 0, "13"), ("1", "3", 1, "33.3"), ("0", "8", 2, "0.00")],
)
def test_percentage_is_rounded_once_half_up(
    part: str, whole: str, places: int, expected: str
) -> None:
    found = percent(Decimal(part), Decimal(whole), places)
    assert f"{found}" == expected
