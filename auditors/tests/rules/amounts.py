"""Short words for the tables of these tests."""

from decimal import Decimal

from auditors.rules.money import Money


def usd(amount: str | int) -> Money:
    """usd("48,000.50")"""
    return Money(Decimal(str(amount).replace(",", "")), "USD")
