"""Printed tables: each figure is rounded half up once, from exact sums (RULE-58)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from auditors.enums import Ground
from auditors.rules.money import ZERO
from auditors.rules.reasons import Reason, reason


@dataclass(frozen=True)
class Unit:
    """In what a table is printed: thousands, or millions with one decimal."""

    scale: Decimal = Decimal(1)
    places: int = 0

    @property
    def step(self) -> Decimal:
        """The smallest difference that the table shows, in the currency."""
        return self.scale.scaleb(-self.places)

    def round(self, amount: Decimal) -> Decimal:
        """An exact amount as the table prints it: 850,400 in thousands is 850."""
        return (amount / self.scale).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


DOLLARS = Unit()
THOUSANDS = Unit(Decimal(1_000))
MILLIONS = Unit(Decimal(1_000_000), places=1)
MILLIONS_TWO_PLACES = Unit(Decimal(1_000_000), places=2)


def coarser(first: Unit, second: Unit) -> Unit:
    return max(first, second, key=lambda unit: unit.step)


def check_sum(
    rows: Sequence[Decimal], total: Decimal, unit: Unit, *, under_one: int = 0
) -> Reason | None:
    """What a table as printed asks for: nothing, a note on rounding, or an open item.

    The rows and the total are as printed; `under_one` of the rows that read zero are not none but
    under one. A difference that rounding can explain is at most half a step for each row that is
    not none and for the total.
    """
    difference = abs(total - sum(rows, ZERO))
    step = unit.step / unit.scale
    bound = (sum(1 for row in rows if row) + under_one + 1) * step / 2
    if not difference:
        return None
    if difference <= bound:
        return reason(Ground.MAY_NOT_ADD)
    return reason(Ground.TOTAL_NOT_SUM, difference=difference, bound=bound)
