"""Tests A to C and the related-party threshold compare with the figures of the rule-data."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from committees import figures
from committees.dossier import Dossier
from committees.rules.findings import Line, Outcome
from committees.tests.factories import a_company, an_audit_committee, seats
from committees.tests.recording import TODAY, paid, set_up
from committees.tests.rules.figures import LIMITS, MOVED_YEAR, RELATED
from committees.thresholds import year_ends
from records.calendar import DAY
from records.rule_data import TABLE, RuleData

RAISED = date(2026, 9, 1)


def raised(key: str, amount: int | Decimal) -> RuleData:
    """The table with another value of one rule from September 1, 2026 on."""
    rule = TABLE.rule(key)
    was = replace(rule.values[-1], last=RAISED - DAY)
    now = replace(rule.values[-1], first=RAISED, amount=amount, is_older=False)
    changed = replace(rule, values=(*rule.values[:-1], was, now))
    return RuleData(MappingProxyType({**TABLE.rules, key: changed}))


def test_figures_are_those_in_force() -> None:
    assert figures.independence_on(TODAY) == LIMITS
    assert figures.related_parties_on(TODAY) == RELATED
    assert figures.independence_on(date(1999, 1, 1)) == LIMITS


@pytest.mark.parametrize(
    ("key", "field", "amount", "found"),
    [
        ("independence.compensation", "compensation", Decimal(150_000), Decimal(150_000)),
        ("independence.payments", "payments", Decimal(250_000), Decimal(250_000)),
        ("independence.payments_percent", "revenue_share", 4, Decimal("0.04")),
        ("independence.holding_percent", "holding_share", 15, Decimal("0.15")),
        ("independence.look_back_years", "years", 5, 5),
    ],
)
def test_change_of_the_law_takes_effect_on_its_date(
    key: str, field: str, amount: int | Decimal, found: object
) -> None:
    table = raised(key, amount)
    before, after = (figures.independence_on(day, table) for day in (RAISED - DAY, RAISED))
    assert before == LIMITS
    assert after == replace(LIMITS, **{field: found})


@pytest.mark.django_db
def test_director_is_judged_by_the_figures_of_the_date() -> None:
    set_up()
    [seat] = seats("Ngozi Okafor")
    paid(seat.director, "130000", on=date(2026, 3, 2))
    table = raised("independence.compensation", Decimal(150_000))
    dossier = Dossier(an_audit_committee(), a_company().calendar, table=table)

    def outcome(day: date) -> Outcome:
        return next(
            one.outcome
            for one in dossier.findings(seat.director_id, day)
            if one.line is Line.COMPENSATION
        )

    assert (outcome(RAISED - DAY), outcome(RAISED)) == (Outcome.BARRED, Outcome.PASSES)


@pytest.mark.parametrize("day", [date(2025, 11, 20), date(2026, 11, 20)])
def test_threshold_takes_the_assets_of_fiscal_year_ends_alone(day: date) -> None:
    """The second half of 2025 is a transition period, whose end is none."""
    assert year_ends(MOVED_YEAR, day) == [date(2024, 6, 30), date(2025, 6, 30)]
