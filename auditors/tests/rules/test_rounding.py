"""RULE-58: how a printed table rounds, and which difference rounding can explain."""

from decimal import Decimal

import pytest

from auditors.enums import Ground
from auditors.rules import rounding
from auditors.rules.reasons import reason
from auditors.rules.rounding import (
    DOLLARS,
    MILLIONS,
    MILLIONS_TWO_PLACES,
    THOUSANDS,
    Unit,
    check_sum,
    coarser,
)

CENTS = Unit(places=2)


@pytest.mark.parametrize(
    ("unit", "step", "amount", "printed"),
    [
        (CENTS, "0.01", "0.005", "0.01"),
        (DOLLARS, "1", "2.5", "3"),
        (DOLLARS, "1", "2.4999", "2"),
        (THOUSANDS, "1000", "850400", "850"),
        (THOUSANDS, "1000", "850500", "851"),
        (MILLIONS, "100000", "1249999", "1.2"),
        (MILLIONS, "100000", "1250000", "1.3"),
        (MILLIONS_TWO_PLACES, "10000", "1245000", "1.25"),
    ],
)
def test_step_and_half_up(unit: Unit, step: str, amount: str, printed: str) -> None:
    assert unit.step == Decimal(step)
    assert str(unit.round(Decimal(amount))) == printed


def test_units_of_the_printed_tables() -> None:
    assert Unit(Decimal(1), places=0) == rounding.DOLLARS
    assert Unit(Decimal(1000), places=0) == rounding.THOUSANDS
    assert Unit(Decimal(1000000), places=1) == rounding.MILLIONS
    assert Unit(Decimal(1000000), places=2) == rounding.MILLIONS_TWO_PLACES


@pytest.mark.parametrize(
    ("first", "second"), [(MILLIONS, THOUSANDS), (THOUSANDS, DOLLARS), (DOLLARS, CENTS)]
)
def test_the_coarser_of_two_units(first: Unit, second: Unit) -> None:
    assert coarser(first, second) == coarser(second, first) == first


@pytest.mark.parametrize(
    ("rows", "total", "unit", "under_one", "bound"),
    [
        # Half a step for each row that is not zero, for those under one, and for the total.
        ((), "0", THOUSANDS, 0, None),
        ((), "1", THOUSANDS, 0, "0.5"),
        (("4",), "5", THOUSANDS, 0, ""),
        (("4", "0"), "6", THOUSANDS, 0, "1"),
        (("4", "0"), "3", THOUSANDS, 0, ""),
        (("4", "5"), "10", DOLLARS, 0, ""),
        (("4", "5"), "11", DOLLARS, 0, "1.5"),
        (("4", "5"), "11", DOLLARS, 1, ""),
        (("4.1", "5.1"), "9.3", MILLIONS, 0, ""),
        (("4.1", "5.1"), "9.4", MILLIONS, 0, "0.15"),
        (("4.1", "5.1"), "9.4", MILLIONS, 1, ""),
        (("4.1", "5.1"), "9.2", MILLIONS, 0, None),
    ],
)
def test_a_difference_is_explained_up_to_the_bound(
    rows: tuple[str, ...], total: str, unit: Unit, under_one: int, bound: str | None
) -> None:
    """`bound`: None where nothing differs, "" where rounding explains it."""
    numbers = [Decimal(row) for row in rows]
    expected = None
    if bound == "":
        expected = reason(Ground.MAY_NOT_ADD)
    elif bound is not None:
        difference = abs(Decimal(total) - sum(numbers))
        expected = reason(Ground.TOTAL_NOT_SUM, difference=difference, bound=Decimal(bound))
    assert check_sum(numbers, Decimal(total), unit, under_one=under_one) == expected
