"""Amounts of money: a Decimal with its currency, never converted without a rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies were added or compared."""


@dataclass(frozen=True)
class Money:
    """An exact amount. Amounts of one currency add and compare; others raise."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} need a rate.")
        return other.amount


@dataclass(frozen=True)
class Rate:
    """Units of the reporting currency for one unit of the other, on a date."""

    value: Decimal
    on: date


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum, zero for none."""
    zero = Money(ZERO, currency)
    return Money(sum((zero._same(each) for each in amounts), ZERO), currency)


def in_currency(money: Money, currency: str, rate: Rate | None) -> Money | None:
    """The amount in the reporting currency, to the cent half up; None where the rate is missing."""
    if money.currency == currency:
        return money
    if rate is None:
        return None
    converted = (money.amount * rate.value).quantize(CENT, ROUND_HALF_UP)
    return Money(converted, currency)


def percent(part: Decimal, whole: Decimal, places: int = 2) -> Decimal:
    """`part` as a percentage of `whole`, rounded once, half up."""
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
