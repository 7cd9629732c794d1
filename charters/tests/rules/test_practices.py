"""A good practice: its last record and its next date, at each boundary."""

from datetime import date
from typing import Any

import pytest

from charters.enums import Cadence, DutyKind
from charters.rules.practices import last, next_on
from charters.rules.terms import Inapplicable
from charters.tests.rules.asking import ONE_MONTH, ask, day, done

TODAY = "2026-11-20"
MONTHLY = {"cadence": Cadence.MONTHS, "months": 3}
SPANS = (
    Inapplicable(day("2026-01-01"), day("2026-02-01")),
    Inapplicable(day("2026-11-20"), day("2026-11-21")),
)


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ([], None),
        (["2026-11-21"], None),
        ([TODAY], TODAY),
        (["2026-03-01", "2026-10-01", "2026-05-01"], "2026-10-01"),
        (["2026-10-01", "2026-12-01"], "2026-10-01"),
    ],
)
def test_last_record_by_the_date(dates: list[str], newest: str | None) -> None:
    found = last(ask(TODAY, *map(done, dates)))
    assert (found and found.on) == (newest and day(newest))


@pytest.mark.parametrize(
    ("situation", "dates", "terms", "expected"),
    [
        ("this year, not done", [], {}, "2026-12-31"),
        ("this year, due today", [], {"due_month": 11, "due_day": 20}, TODAY),
        ("its date was yesterday", [], {"due_month": 11, "due_day": 19}, "2027-11-19"),
        ("done this year", ["2026-03-01"], {}, "2027-12-31"),
        ("done today", [TODAY], {}, "2027-12-31"),
        ("done tomorrow is not done today", ["2026-11-21"], {}, "2026-12-31"),
        ("one of two", ["2026-03-01"], {"times": 2}, "2026-12-31"),
        ("two of two", ["2026-03-01", "2026-04-01"], {"times": 2}, "2027-12-31"),
        ("not in force yet when it would be due", [], {"first": day("2027-01-01")}, "2027-12-31"),
        ("in force until its date", [], {"until": day("2026-12-31")}, "2026-12-31"),
        ("over before its date", [], {"until": day("2026-12-30")}, None),
        ("done, and over before the next date", ["2026-03-01"], {"until": day("2027-06-30")}, None),
        ("each quarter", [], {"cadence": Cadence.QUARTERLY, "due_month": 3}, "2026-12-31"),
        ("each quarter, this one done", ["2026-10-02"], {"cadence": Cadence.QUARTERLY, "due_month": 3}, "2027-03-31"),
        ("months: after the newest of two times", ["2026-06-01", "2026-10-01"], MONTHLY, "2027-01-01"),
        ("months: today", ["2026-08-20"], MONTHLY, TODAY),
        ("months: yesterday has passed, the next in the series", ["2026-08-19"], MONTHLY, "2027-02-19"),
        ("months: twice in the series", ["2026-01-31"], MONTHLY, "2027-01-31"),
        ("months: never done, since the records began", [], {**MONTHLY, "months": 12}, "2027-01-01"),
        ("months: never done, since it is in force", [], {**MONTHLY, "first": day("2026-11-01")}, "2027-02-01"),
        ("months: over on that date", ["2026-10-01"], {**MONTHLY, "until": day("2027-01-01")}, "2027-01-01"),
        ("months: over before that date", ["2026-10-01"], {**MONTHLY, "until": day("2026-12-31")}, None),
        ("a condition has no date", [], {"kind": DutyKind.CONDITION}, None),
        ("an event has no date", [], {"kind": DutyKind.EVENT}, None),
        ("authority has no date", [], {"kind": DutyKind.AUTHORITY}, None),
        ("a purpose has one", [], {"kind": DutyKind.PURPOSE}, "2026-12-31"),
        ("a procedure has one", [], {"kind": DutyKind.PROCEDURE}, "2026-12-31"),
        ("not applicable today", [], {"inapplicable": SPANS}, None),
        ("not applicable earlier this year", [], {"inapplicable": SPANS[:1]}, "2026-12-31"),
    ],
)  # fmt: skip
def test_next_date(
    situation: str, dates: list[str], terms: dict[str, Any], expected: str | None
) -> None:
    found = next_on(ask(TODAY, *map(done, dates), **terms))
    assert found == (expected and date.fromisoformat(expected)), situation


def test_done_today_it_is_next_a_whole_span_later() -> None:
    assert next_on(ask(TODAY, done(TODAY), **MONTHLY)) == day("2027-02-20")


def test_transition_of_one_month_asks_for_no_yearly_practice() -> None:
    assert next_on(ask("2026-01-15", calendar=ONE_MONTH)) == day("2027-01-31")
