"""The figures of the law that this app compares with, from the rule-data.

A date before the first one of the table is judged by the table's first value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from committees.rules.limits import IndependenceLimits, RelatedPartyLimits
from records.rule_data import TABLE, RuleData


def independence_on(day: date, table: RuleData = TABLE) -> IndependenceLimits:
    """What Tests A, B and C compare with on a date."""
    return IndependenceLimits(
        compensation=_usd(table, "independence.compensation", day),
        payments=_usd(table, "independence.payments", day),
        revenue_share=_share(table, "independence.payments_percent", day),
        holding_share=_share(table, "independence.holding_percent", day),
        years=_number(table, "independence.look_back_years", day),
    )


def related_parties_on(day: date, table: RuleData = TABLE) -> RelatedPartyLimits:
    """Above which amount a transaction is disclosed, on a date."""
    return RelatedPartyLimits(
        amount=_usd(table, "related_party.amount", day),
        asset_share=_share(table, "related_party.asset_percent", day),
    )


def _usd(table: RuleData, key: str, day: date) -> Decimal:
    return table.usd_on(key, _in_table(table, key, day))


def _number(table: RuleData, key: str, day: date) -> int:
    return table.number_on(key, _in_table(table, key, day))


def _share(table: RuleData, key: str, day: date) -> Decimal:
    return Decimal(_number(table, key, day)) / 100


def _in_table(table: RuleData, key: str, day: date) -> date:
    return max(day, table.rule(key).values[0].first)
