"""RULE-27, RULE-28: the independence letter and its discussion; the quality report's window."""

from datetime import date

import pytest

from auditors.enums import Ground, Timing
from auditors.rules.independence_letter import (
    ExceptFor,
    Letter,
    before_acceptance,
    judge,
    undecided,
)
from auditors.rules.quality_report import next_due, window
from auditors.rules.reasons import grounds, reason
from records.calendar import Calendar, YearEnd

CALENDAR = Calendar((YearEnd(date(1900, 1, 1), 12, 31),))
LAST_YEAR = Letter(date(2025, 12, 3), discussed_on=date(2025, 12, 10))
THIS_YEAR = Letter(date(2026, 12, 3), discussed_on=date(2026, 12, 8))


@pytest.mark.parametrize(
    ("letters", "on", "strict", "timing", "due_on"),
    [
        # Once in each fiscal year.
        ([LAST_YEAR], date(2026, 11, 20), False, Timing.DUE, date(2026, 12, 31)),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 7), False, Timing.DUE, date(2026, 12, 31)),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 8), False, Timing.ON_TIME, date(2027, 12, 31)),
        ([], date(2026, 12, 31), False, Timing.DUE, date(2026, 12, 31)),
        # A letter without its discussion is not complete.
        ([Letter(date(2026, 12, 3))], date(2026, 12, 31), False, Timing.DUE, date(2026, 12, 31)),
        # The strict setting: within twelve months of the last one.
        ([LAST_YEAR], date(2026, 12, 10), True, Timing.DUE, date(2026, 12, 10)),
        ([LAST_YEAR], date(2026, 12, 11), True, Timing.NOT_ON_FILE, date(2026, 12, 10)),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 20), True, Timing.ON_TIME, date(2027, 12, 8)),
    ],
)
def test_year(letters: list[Letter], on: date, strict: bool, timing: Timing, due_on: date) -> None:
    found = judge(letters, on=on, calendar=CALENDAR, twelve_months=strict, hint_months=15)
    assert (found.timing, found.due_on) == (timing, due_on)


def test_hint_after_fifteen_months() -> None:
    found = judge(
        [LAST_YEAR], on=date(2026, 11, 20), calendar=CALENDAR, twelve_months=False, hint_months=15
    )
    assert found.hint_from == date(2027, 3, 10)


def test_letter_without_its_discussion_is_named() -> None:
    found = judge(
        [Letter(date(2026, 12, 3))],
        on=date(2026, 12, 20),
        calendar=CALENDAR,
        twelve_months=False,
        hint_months=15,
    )
    assert grounds(found.reasons) == (Ground.LETTER_NOT_DISCUSSED,)


UNDISCUSSED = Letter(date(2026, 12, 1))
GIVEN = Ground.NOT_GIVEN


@pytest.mark.parametrize(
    ("letters", "on", "said"),
    [
        ([], date(2026, 12, 31), [(GIVEN, None)]),
        ([LAST_YEAR, Letter(date(2025, 12, 4))], date(2026, 12, 31), [(GIVEN, None)]),
        # As of the date before its own, on its own, and on the date before its discussion.
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 2), [(GIVEN, None)]),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 3), [(Ground.LETTER_NOT_DISCUSSED, "2026-12-03")]),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 7), [(Ground.LETTER_NOT_DISCUSSED, "2026-12-03")]),
        ([LAST_YEAR, THIS_YEAR], date(2026, 12, 8), [(Ground.LETTER_COMPLETE, "2026-12-08")]),
        # Two of a year, by their dates.
        (
            [THIS_YEAR, UNDISCUSSED],
            date(2026, 12, 7),
            [
                (Ground.LETTER_NOT_DISCUSSED, "2026-12-01"),
                (Ground.LETTER_NOT_DISCUSSED, "2026-12-03"),
            ],
        ),
        ([THIS_YEAR, UNDISCUSSED], date(2026, 12, 8), [(Ground.LETTER_COMPLETE, "2026-12-08")]),
        # Discussed before its own date: complete on that.
        (
            [Letter(date(2026, 12, 3), discussed_on=date(2026, 12, 1))],
            date(2026, 12, 3),
            [(Ground.LETTER_COMPLETE, "2026-12-03")],
        ),
    ],
)
def test_why_the_year_stands_where_it_does(
    letters: list[Letter], on: date, said: list[tuple[Ground, str | None]]
) -> None:
    found = judge(letters, on=on, calendar=CALENDAR, twelve_months=False, hint_months=15)
    dates = [each.facts.get("dated", each.facts.get("on")) for each in found.reasons]
    assert grounds(found.reasons) == tuple(ground for ground, _ in said)
    assert [day and f"{day}" for day in dates] == [day for _, day in said]


@pytest.mark.parametrize(
    ("dated", "timing", "ground"),
    [
        (date(2026, 10, 19), Timing.ON_TIME, Ground.LETTER_BEFORE_ACCEPTANCE),
        (date(2026, 10, 20), Timing.SAME_DATE, Ground.LETTER_BEFORE_ACCEPTANCE),
        (date(2026, 10, 21), Timing.LATE, Ground.LETTER_AFTER_ACCEPTANCE),
    ],
)
def test_letter_of_a_new_firm_comes_first(dated: date, timing: Timing, ground: Ground) -> None:
    accepted = date(2026, 10, 20)
    said = reason(ground, dated=dated, accepted=accepted)
    assert before_acceptance(dated, accepted) == (timing, said)


def test_new_firm_that_gave_no_letter() -> None:
    expected = (Timing.NOT_ON_FILE, reason(Ground.NOT_GIVEN))
    assert before_acceptance(None, date(2026, 10, 20)) == expected


@pytest.mark.parametrize(
    ("on", "open_items", "aged"),
    [
        (date(2026, 12, 3), ["B", "C"], [False, False]),
        (date(2027, 1, 2), ["B"], [False]),
        (date(2027, 1, 3), ["B"], [True]),
    ],
)
def test_excepted_items_wait_for_a_decision(
    on: date, open_items: list[str], aged: list[bool]
) -> None:
    letter = Letter(
        date(2026, 12, 3),
        exceptions=(
            ExceptFor("A", date(2026, 12, 3)),
            ExceptFor("B"),
            ExceptFor("C", date(2026, 12, 20)),
        ),
    )
    found = undecided(letter, on=on, open_days=30)
    assert set(grounds(found)) == {Ground.EXCEPTION_UNDECIDED}
    assert {each.facts["dated"] for each in found} == {date(2026, 12, 3)}
    assert [each.facts["label"] for each in found] == open_items
    assert [each.facts["is_aged"] for each in found] == aged


@pytest.mark.parametrize(
    ("opened", "closed", "inside"),
    [
        (date(2021, 1, 1), date(2021, 11, 30), False),
        (date(2021, 1, 1), date(2021, 12, 7), False),
        (date(2021, 1, 1), date(2021, 12, 8), True),
        (date(2020, 5, 1), date(2022, 1, 15), True),  # it overlaps
        (date(2020, 5, 1), None, True),
        (date(2026, 12, 8), None, True),
        (date(2026, 12, 9), None, False),
    ],
)
def test_window_of_the_quality_report(opened: date, closed: date | None, inside: bool) -> None:
    found = window(date(2026, 12, 8), years=5)
    assert (found.first, found.last) == (date(2021, 12, 8), date(2026, 12, 8))
    assert found.covers(opened, closed) is inside


@pytest.mark.parametrize(
    ("last", "on", "strict", "due"),
    [
        (None, date(2026, 11, 20), False, date(2026, 12, 31)),
        (date(2025, 12, 8), date(2026, 11, 20), False, date(2026, 12, 31)),
        (date(2026, 12, 8), date(2026, 12, 20), False, date(2027, 12, 31)),
        (date(2026, 12, 8), date(2026, 12, 20), True, date(2027, 12, 8)),
        (None, date(2026, 11, 20), True, date(2026, 12, 31)),
    ],
)
def test_next_quality_report(last: date | None, on: date, strict: bool, due: date) -> None:
    assert next_due(last, on=on, calendar=CALENDAR, twelve_months=strict) == due
