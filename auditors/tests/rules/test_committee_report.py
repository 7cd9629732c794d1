"""RULE-33: the committee report is refused until its statements and names stand."""

from dataclasses import replace
from datetime import date

import pytest

from auditors.enums import Ground
from auditors.rules.committee_report import ReportFacts, ReportMember, rule
from auditors.rules.reasons import grounds

WHOLE = ReportFacts(
    reviewed_on=date(2027, 3, 5),
    discussed_on=date(2027, 3, 5),
    letter_dated=date(2027, 2, 18),
    letter_discussed_on=date(2027, 3, 5),
    recommended_on=date(2027, 3, 5),
    filed_on=date(2027, 3, 10),
)
LONG_AGO = date(2020, 5, 1)
MEMBERS = (
    ReportMember("a", "Amy Young", "Young, Amy", LONG_AGO),
    ReportMember("b", "Ngozi Okafor", "Okafor, Ngozi", LONG_AGO, is_chair=True),
    ReportMember("c", "Ben adams", "adams, Ben", LONG_AGO),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"letter_discussed_on": None}, [Ground.LETTER_WITHOUT_DISCUSSION]),
        ({"letter_dated": None}, [Ground.LETTER_WITHOUT_DATE]),
        ({"reviewed_on": None}, [Ground.STATEMENT_WITHOUT_DATE]),
        ({"discussed_on": None}, [Ground.STATEMENT_WITHOUT_DATE]),
        ({"recommended_on": None}, [Ground.STATEMENT_WITHOUT_DATE]),
        (
            {"reviewed_on": None, "letter_dated": None, "letter_discussed_on": None},
            [
                Ground.STATEMENT_WITHOUT_DATE,
                Ground.LETTER_WITHOUT_DATE,
                Ground.LETTER_WITHOUT_DISCUSSION,
            ],
        ),
        # The recommendation is on or before the filing.
        ({"recommended_on": date(2027, 3, 10)}, []),
        ({"recommended_on": date(2027, 3, 11)}, [Ground.RECOMMENDED_AFTER_FILING]),
        ({"filed_on": None}, []),
        # Subject to final changes: confirmed by somebody, on or before the filing.
        ({"subject_to_changes": True}, [Ground.BRING_DOWN_MISSING]),
        (
            {"subject_to_changes": True, "brought_down_on": date(2027, 3, 9)},
            [Ground.BRING_DOWN_MISSING],
        ),
        (
            {
                "subject_to_changes": True,
                "brought_down_on": date(2027, 3, 10),
                "brought_down_by": "Ngozi Okafor",
            },
            [],
        ),
        (
            {
                "subject_to_changes": True,
                "brought_down_on": date(2027, 3, 11),
                "brought_down_by": "Ngozi Okafor",
            },
            [Ground.BRING_DOWN_AFTER_FILING],
        ),
        # Nothing was there to confirm before the recommendation; the same date will do.
        (
            {
                "subject_to_changes": True,
                "brought_down_on": date(2027, 3, 1),
                "brought_down_by": "Ngozi Okafor",
            },
            [Ground.BRING_DOWN_BEFORE_RECOMMENDATION],
        ),
        (
            {
                "subject_to_changes": True,
                "brought_down_on": date(2027, 3, 5),
                "brought_down_by": "Ngozi Okafor",
            },
            [],
        ),
        # A letter is discussed on or after its date.
        ({"letter_dated": date(2027, 3, 5)}, []),
        ({"letter_dated": date(2027, 3, 6)}, [Ground.LETTER_AFTER_DISCUSSION]),
    ],
)
def test_statements(changes: dict[str, object], expected: list[Ground]) -> None:
    found = rule(replace(WHOLE, **changes), MEMBERS)
    assert list(grounds(found.objections)) == expected


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        (date(2027, 3, 20), []),
        (date(2027, 3, 21), [Ground.LETTER_AFTER_ADOPTION]),
        (date(2027, 4, 18), [Ground.LETTER_AFTER_ADOPTION]),
    ],
)
def test_letter_is_received_by_the_adoption(dated: date, expected: list[Ground]) -> None:
    facts = replace(WHOLE, letter_dated=dated)
    found = rule(facts, MEMBERS, adopted_on=date(2027, 3, 20))
    assert list(grounds(found.objections)) == [Ground.LETTER_AFTER_DISCUSSION, *expected]


def test_chair_first_then_by_family_name() -> None:
    assert rule(WHOLE, MEMBERS).names == ("Ngozi Okafor", "Ben adams", "Amy Young")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["a", "b", "c"], []),
        (["b", "c"], [Ground.NAME_MISSING]),
        ([], [Ground.NAME_MISSING] * 3),
        (["a", "b", "c", "former"], [Ground.NAME_NOT_A_MEMBER]),
    ],
)
def test_names(named: list[str], expected: list[Ground]) -> None:
    assert list(grounds(rule(WHOLE, MEMBERS, named).objections)) == expected


@pytest.mark.parametrize(
    ("joined_on", "footnotes"),
    [
        (date(2027, 3, 5), []),
        (date(2027, 3, 6), [Ground.JOINED_AFTER_RECOMMENDATION]),
    ],
)
def test_who_joined_after_the_recommendation_stays_named(
    joined_on: date, footnotes: list[Ground]
) -> None:
    joined = ReportMember("d", "Dan Late", "Late, Dan", joined_on)
    found = rule(WHOLE, (*MEMBERS, joined))
    assert not found.objections
    assert "Dan Late" in found.names
    assert list(grounds(found.footnotes)) == footnotes


@pytest.mark.parametrize(
    ("adopted_on", "changes", "expected"),
    [
        (date(2027, 3, 5), {}, []),
        (date(2027, 3, 4), {}, [Ground.STATEMENT_AHEAD] * 4),
        (date(2027, 4, 20), {"letter_discussed_on": date(2027, 4, 20)}, []),
        (date(2027, 4, 20), {"letter_discussed_on": date(2027, 4, 21)}, [Ground.STATEMENT_AHEAD]),
    ],
)
def test_report_states_nothing_that_was_done_after_its_adoption(
    adopted_on: date, changes: dict[str, object], expected: list[Ground]
) -> None:
    found = rule(replace(WHOLE, **changes), MEMBERS, adopted_on=adopted_on)
    assert list(grounds(found.objections)) == expected
