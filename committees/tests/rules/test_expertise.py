"""Literacy, sophistication, expert: RULE-08. Exceptional circumstances: RULE-13."""

from datetime import date

import pytest

from committees.enums import ExpertAttribute as Attribute
from committees.enums import ExpertRoute as Route
from committees.enums import RelativeKind, SophisticationGround
from committees.rules.exceptional import (
    ExceptionObjection,
    Position,
    exception_objections,
    is_still_open,
    last_day,
)
from committees.rules.expertise import (
    ExpertObjection,
    expert_objections,
    is_sophisticated,
    missing_attributes,
)
from committees.rules.facts import Employment, Facts, Payment, Preparation
from committees.rules.family import Relative
from committees.rules.members import independence
from committees.tests.rules.figures import CALENDAR_YEAR, LIMITS, TODAY, day, money, span

ALL = list(Attribute)


@pytest.mark.parametrize(
    ("attributes", "routes", "listing", "objections"),
    [
        (ALL, [Route.EXPERIENCE], "", []),
        (ALL, [Route.SUPERVISION, Route.OVERSIGHT], "", []),
        (ALL[:4], [Route.EXPERIENCE], "", [ExpertObjection.ATTRIBUTES]),
        (ALL[1:], [Route.EXPERIENCE], "", [ExpertObjection.ATTRIBUTES]),
        (ALL, [], "", [ExpertObjection.ROUTE]),
        (ALL, [Route.OTHER], "", [ExpertObjection.LISTING]),
        (ALL, [Route.OTHER], "  ", [ExpertObjection.LISTING]),
        (ALL, [Route.OTHER], "Ten years as a bank's credit analyst.", []),
        ([], [], "", [ExpertObjection.ATTRIBUTES, ExpertObjection.ROUTE]),
    ],
)
def test_what_an_expert_needs(
    attributes: list[Attribute],
    routes: list[Route],
    listing: str,
    objections: list[ExpertObjection],
) -> None:
    assert list(expert_objections(attributes, routes, listing)) == objections


def test_missing_attributes_are_named_in_the_order_of_the_rule() -> None:
    assert missing_attributes([Attribute.FUNCTIONS, Attribute.APPLICATION]) == (
        Attribute.PRINCIPLES,
        Attribute.STATEMENTS,
        Attribute.CONTROLS,
    )


@pytest.mark.parametrize(
    ("grounds", "is_expert", "sophisticated"),
    [
        ([], False, False),
        ([SophisticationGround.CERTIFICATION], False, True),
        ([], True, True),
    ],
)
def test_sophistication(
    grounds: list[SophisticationGround], is_expert: bool, sophisticated: bool
) -> None:
    assert is_sophisticated(grounds, is_expert=is_expert) is sophisticated


PAID = (Payment(day("2025-05-01"), money("150,000")),)
SIBLING, TENANT = Relative(RelativeKind.SIBLING), Relative(RelativeKind.TENANT)


@pytest.mark.parametrize(
    ("facts", "position", "objections"),
    [
        (Facts(payments=PAID), Position(), []),
        (Facts(employments=(Employment(span("2020-01-01..2025-12-31")),)), Position(), []),
        (Facts(), Position(), [ExceptionObjection.NOT_NEEDED]),
        (Facts(employments=(Employment(span("2020-01-01..2026-11-20")),)), Position(), [ExceptionObjection.EMPLOYED]),
        (Facts(employments=(Employment(span("2020-01-01.."), SIBLING, is_executive=True),)), Position(), [ExceptionObjection.FAMILY_OFFICER]),
        (Facts(employments=(Employment(span("2020-01-01..2026-11-19"), SIBLING, is_executive=True),)), Position(), []),
        # A sibling who is employed and no executive; an executive who rents a room.
        (Facts(payments=PAID, employments=(Employment(span("2020-01-01.."), SIBLING),)), Position(), []),
        (Facts(payments=PAID, employments=(Employment(span("2020-01-01.."), TENANT, is_executive=True),)), Position(), []),
        (Facts(payments=PAID, preparations=(Preparation(span("2025-01-01..2025-06-30")),)), Position(), [ExceptionObjection.OTHER_TEST]),
        (Facts(payments=PAID, serving_since=date(2025, 1, 1)), Position(), [ExceptionObjection.OTHER_TEST]),  # a fee while serving
        (Facts(payments=PAID), Position(is_chair=True), [ExceptionObjection.CHAIR]),
        (Facts(payments=PAID), Position(other_uses_it=True), [ExceptionObjection.ANOTHER_MEMBER]),
    ],
)  # fmt: skip
def test_exceptional_circumstances(
    facts: Facts, position: Position, objections: list[ExceptionObjection]
) -> None:
    found = independence(facts, TODAY, CALENDAR_YEAR, LIMITS)
    assert list(exception_objections(facts, found, TODAY, position)) == objections


@pytest.mark.parametrize(
    ("start", "granted", "last"),
    [
        ("2026-03-02", [], "2028-03-02"),
        ("2028-02-29", [], "2030-02-28"),
        ("2027-03-02", ["2026-03-02..2027-03-01"], "2028-03-02"),  # granted for a year, and again
        ("2028-03-03", ["2026-03-02..2028-03-02"], "2028-03-02"),  # two years are over
        ("2027-09-01", ["2027-03-02..2027-08-31", "2026-03-02..2027-03-01"], "2028-03-02"),
    ],
)
def test_exception_lasts_two_years(start: str, granted: list[str], last: str) -> None:
    assert last_day(day(start), 2, map(span, granted)) == day(last)


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        (Facts(), True),  # nothing bars any more
        (Facts(payments=PAID), True),
        (Facts(payments=PAID, employments=(Employment(span("2026-11-20..")),)), False),  # hired
        (Facts(payments=PAID, employments=(Employment(span("2026-11-21..")),)), True),
        (Facts(employments=(Employment(span("2026-11-20.."), SIBLING, is_executive=True),)), False),
        (Facts(payments=PAID, serving_since=date(2025, 5, 1)), False),
        (Facts(payments=PAID, serving_since=date(2025, 5, 2)), True),
    ],
)
def test_exception_is_closed_by_what_it_never_allows(more: Facts, is_open: bool) -> None:
    found = independence(more, TODAY, CALENDAR_YEAR, LIMITS)
    assert is_still_open(more, found, TODAY) is is_open
