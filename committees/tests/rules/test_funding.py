"""Advisers and funding: RULE-43."""

from datetime import date

import pytest

from committees.rules.funding import (
    Determined,
    EngagementObjection,
    determined,
    engagement_objections,
    is_same_firm,
)
from committees.tests.rules.figures import day, money

FIRST = Determined(date(2026, 5, 5), money("250,000"))
RAISED = Determined(date(2026, 8, 4), money("300,000"))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-05-04", None),
        ("2026-05-05", FIRST),
        ("2026-08-03", FIRST),
        ("2026-08-04", RAISED),
    ],
)
def test_the_last_sum_determined_counts(as_of: str, expected: Determined | None) -> None:
    assert determined([RAISED, FIRST], day(as_of)) == expected


def test_of_two_sums_of_one_day_the_later_record_counts() -> None:
    raised_again = Determined(RAISED.on, money("350,000"))
    assert determined([FIRST, RAISED, raised_again], RAISED.on) == raised_again


def test_nothing_determined_is_no_sum() -> None:
    assert determined([], RAISED.on) is None


@pytest.mark.parametrize(
    ("is_auditor", "acts_for_management", "objections", "refuses"),
    [
        (False, False, (), []),
        (True, False, (EngagementObjection.IS_AUDITOR,), [True]),
        (False, True, (EngagementObjection.ACTS_FOR_MANAGEMENT,), [False]),
        (True, True, tuple(EngagementObjection), [True, False]),
    ],
)
def test_what_speaks_against_an_adviser(
    is_auditor: bool,
    acts_for_management: bool,
    objections: tuple[EngagementObjection, ...],
    refuses: list[bool],
) -> None:
    found = engagement_objections(is_auditor=is_auditor, acts_for_management=acts_for_management)
    assert found == objections
    assert [one.refuses for one in found] == refuses


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Elm & Vale LLP", "Elm & Vale LLP", True),
        ("Elm & Vale LLP", "elm and vale, L.L.P.", True),
        ("The Elm & Vale Company", "Elm & Vale", True),
        ("Elm & Vale Advisory LLC", "Elm & Vale LLP", False),
        ("Vale & Elm LLP", "Elm & Vale LLP", False),
        ("LLP", "LLC", False),
    ],
)
def test_one_firm_is_known_by_its_name(one: str, other: str, is_same: bool) -> None:
    assert is_same_firm(one, other) is is_same


@pytest.mark.parametrize(
    "form",
    [
        "LLP",
        "L.P.",
        "LLC",
        "PLLC",
        "P.C.",
        "P.A.",
        "plc",
        "Inc.",
        "Ltd.",
        "Corp.",
        "Co.",
        "Company",
    ],
)
def test_form_of_a_firm_is_no_part_of_its_name(form: str) -> None:
    assert is_same_firm(f"The Elm & Vale {form}", "ELM AND VALE")
    assert not is_same_firm(form, form), "a form alone names nobody"
