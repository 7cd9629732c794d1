"""The figures of the law that this app compares with, from the rule-data.

A date before the first one of the table is judged by the table's first value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from committees.rules.limits import (
    CurePeriods,
    IndependenceLimits,
    PhaseIn,
    RelatedPartyLimits,
)
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


def phase_in_on(listed_on: date, table: RuleData = TABLE) -> PhaseIn:
    """How long the phase-in of a company listed on a date takes."""
    return PhaseIn(
        days=_number(table, "phase_in.days", listed_on),
        years=_number(table, "phase_in.years", listed_on),
    )


def cures_on(day: date, table: RuleData = TABLE) -> CurePeriods:
    """How long the cure periods are, on a date."""
    return CurePeriods(
        years=_number(table, "cure.years", day),
        vacancy_days=_number(table, "cure.vacancy_days", day),
    )


def exception_years_on(day: date, table: RuleData = TABLE) -> int:
    """How many years a member whose service under exceptional circumstances begins may serve."""
    return _number(table, "exceptional_circumstances.years", day)


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
