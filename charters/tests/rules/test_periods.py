"""Duties judged by fiscal year or quarter: how much is asked for, whole rulings, and open items."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charters.enums import Cadence, DutyKind, Reason
from charters.rules.periods import (
    due_days,
    is_owed,
    next_due,
    period_of,
    period_served_by_default,
    times_in,
    until_when,
    wanted,
)
from charters.rules.standing import gaps, judge
from charters.rules.terms import Evidence, Inapplicable, Question, Settings, Terms
from charters.tests.rules.asking import (
    BEFORE_RECORDS_BEGIN,
    CALENDAR_YEAR,
    DUE,
    JUNE_THEN_DECEMBER,
    NOT_APPLICABLE,
    NOT_ON_FILE,
    ON_FILE,
    ONE_MONTH,
    ask,
    day,
    done,
    told,
)
from records.calendar import Calendar, YearEnd

FIVE_MONTHS = Calendar((YearEnd(date.min, 6, 30), YearEnd(date(2026, 10, 1), 11, 30)))
QUARTERLY = {"cadence": Cadence.QUARTERLY, "due_month": 3}
FOUR = {"times": 4}
RULE_13A_10 = [
    ("once a year, a whole year", {}, CALENDAR_YEAR, "2026-05-01", 1),
    ("once a year, a transition of six months", {}, JUNE_THEN_DECEMBER, "2026-08-01", 1),
    ("once a year, a transition of five months", {}, FIVE_MONTHS, "2026-08-01", 0),
    ("once a year, a transition of one month", {}, ONE_MONTH, "2026-01-15", 0),
    ("once a year, in force for its last date alone", {"first": day("2026-12-31")}, CALENDAR_YEAR, "2026-05-01", 1),
    ("each quarter, in a transition of one month", QUARTERLY, ONE_MONTH, "2026-01-15", 1),
    ("within so many months", {"cadence": Cadence.MONTHS, "times": 4}, CALENDAR_YEAR, "2026-05-01", 1),
    ("four a year, a whole year", FOUR, CALENDAR_YEAR, "2026-05-01", 4),
    ("four a year, a transition of six months", FOUR, JUNE_THEN_DECEMBER, "2026-08-01", 2),
    ("four a year, a transition of five months", FOUR, FIVE_MONTHS, "2026-08-01", 1),
    ("four a year, a transition of one month", FOUR, ONE_MONTH, "2026-01-15", 0),
    ("twice a year, in force since its first date", {"times": 2, "first": day("2026-01-01")}, CALENDAR_YEAR, "2026-05-01", 2),
    ("twice a year, in force since July", {"times": 2, "first": day("2026-07-01")}, CALENDAR_YEAR, "2026-05-01", 1),
    ("twice a year, in force since August", {"times": 2, "first": day("2026-08-01")}, CALENDAR_YEAR, "2026-05-01", 0),
    ("four a year, in force until September", {**FOUR, "until": day("2026-09-30")}, CALENDAR_YEAR, "2026-05-01", 3),
    ("four a year, in force until its last date", {**FOUR, "until": day("2026-12-31")}, CALENDAR_YEAR, "2026-05-01", 4),
    ("four a year, in force until the year after", {**FOUR, "until": day("2027-09-30")}, CALENDAR_YEAR, "2026-05-01", 4),
    ("four a year, in force from April until September", {**FOUR, "first": day("2026-04-01"), "until": day("2026-09-30")}, CALENDAR_YEAR, "2026-05-01", 2),
    ("four a year, over before the year began", {**FOUR, "until": day("2025-09-30")}, CALENDAR_YEAR, "2026-05-01", 0),
    ("twelve a year, in force for one date", {"times": 12, "first": day("2026-04-10"), "until": day("2026-04-10")}, CALENDAR_YEAR, "2026-05-01", 1),
    ("twelve a year, over before it began", {"times": 12, "first": day("2026-04-10"), "until": day("2026-04-09")}, CALENDAR_YEAR, "2026-05-01", 0),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "asked", "calendar", "on", "times"), RULE_13A_10)
def test_how_often_a_period_asks_for_it(
    situation: str, asked: dict[str, Any], calendar: Calendar, on: str, times: int
) -> None:
    terms = Terms(**asked)
    period = period_of(terms, calendar, day(on))
    assert wanted(terms, Settings(calendar), period) == times, situation


@pytest.mark.parametrize(
    ("begin", "times"),
    [("2026-01-01", 4), ("2026-01-02", 4), ("2026-04-01", 3), ("2026-10-01", 1), ("2026-11-01", 0), ("2027-01-01", 0)],
)  # fmt: skip
def test_year_under_way_when_the_records_began_asks_for_its_part(begin: str, times: int) -> None:
    year = CALENDAR_YEAR.year_of(day("2026-05-01"))
    assert wanted(Terms(times=4), Settings(CALENDAR_YEAR, day(begin)), year) == times


def test_records_that_serve_a_period_count_by_the_date() -> None:
    year = CALENDAR_YEAR.year_of(day("2026-05-01"))
    served = [done("2026-01-01"), done("2026-12-31"), done("2027-01-10", "2026-12-31")]
    others = [done("2025-12-31"), done("2027-01-01"), done("2026-02-01", "2025-12-31")]
    assert times_in(Terms(), year, [*served, *others, done("2026-12-31", "2026-06-01")]) == 3


@pytest.mark.parametrize(
    ("due", "owed"),
    [
        ("2024-12-31", False), ("2025-01-01", True),
        ("2025-05-31", True), ("2025-06-01", False), ("2025-06-30", False), ("2025-07-01", True),
        ("2025-09-01", False), ("2025-10-01", True),
        ("2026-12-31", True), ("2027-01-01", False),
    ],
)  # fmt: skip
def test_owed_on_the_day_it_falls_due(due: str, owed: bool) -> None:
    spans = (
        Inapplicable(day("2025-06-01"), day("2025-07-01")),
        Inapplicable(day("2025-09-01"), day("2025-10-01")),
    )
    terms = Terms(first=day("2025-01-01"), until=day("2026-12-31"), inapplicable=spans)
    assert is_owed(terms, day(due)) is owed


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-05-31", "2026-06-01"), ("2026-06-01", "2026-12-01"), ("2026-12-01", None)],
)
def test_next_span_in_which_it_does_not_apply(on: str, expected: str | None) -> None:
    """Of three: one that has passed, one from December, and one from June."""
    spans = tuple(
        Inapplicable(day(first), day(until))
        for first, until in (
            ("2025-03-01", "2025-04-01"),
            ("2026-12-01", "2027-01-01"),
            ("2026-06-01", "2026-07-01"),
        )
    )
    assert until_when(Terms(until=day("2027-12-31"), inapplicable=spans), day(on)) == {
        "until": day("2027-12-31"),
        "inapplicable_from": day(expected) if expected else None,
    }


@pytest.mark.parametrize(
    ("asked", "calendar", "on", "expected"),
    [
        ({}, CALENDAR_YEAR, "2026-05-01", ["FY2026 2026-12-31"]),
        ({"due_month": 3, "due_day": 15}, CALENDAR_YEAR, "2026-05-01", ["FY2026 2026-03-15"]),
        ({}, ONE_MONTH, "2026-01-15", []),
        ({"due_month": 9}, JUNE_THEN_DECEMBER, "2026-08-01", ["FY2026T 2026-12-31"]),
        (QUARTERLY, CALENDAR_YEAR, "2026-05-01", ["FY2026Q1 2026-03-31", "FY2026Q2 2026-06-30", "FY2026Q3 2026-09-30", "FY2026Q4 2026-12-31"]),
        ({**QUARTERLY, "first": day("2026-04-01"), "until": day("2026-09-30")}, CALENDAR_YEAR, "2026-05-01", ["FY2026Q2 2026-06-30", "FY2026Q3 2026-09-30"]),
        ({"until": day("2026-12-30")}, CALENDAR_YEAR, "2026-05-01", []),
    ],
)  # fmt: skip
def test_due_days_of_a_year(
    asked: dict[str, Any], calendar: Calendar, on: str, expected: list[str]
) -> None:
    year = calendar.year_of(day(on))
    found = due_days(Terms(**asked), Settings(calendar), year)
    assert [f"{period.key} {due}" for period, due in found] == expected


@pytest.mark.parametrize(
    ("asked", "calendar", "expected"),
    [
        ({}, CALENDAR_YEAR, "FY2026 2026-12-31"),
        ({"due_month": 9}, ONE_MONTH, "FY2027 2026-10-31"),
        ({"first": day("2033-12-31")}, CALENDAR_YEAR, "FY2033 2033-12-31"),
        ({"first": day("2034-01-01")}, CALENDAR_YEAR, None),
        ({"until": day("2026-12-31")}, CALENDAR_YEAR, "FY2026 2026-12-31"),
        ({"until": day("2026-12-30")}, CALENDAR_YEAR, None),
    ],
)
def test_next_period_in_which_it_is_due(
    asked: dict[str, Any], calendar: Calendar, expected: str | None
) -> None:
    after = calendar.year_of(day("2025-05-01"))
    found = next_due(Terms(**asked), Settings(calendar), after)
    assert (found and f"{found[0].key} {found[1]}") == expected


# What comes first when a completion is entered.


@pytest.mark.parametrize(
    ("situation", "asked", "begin", "evidence", "on", "key"),
    [
        ("the year just ended, not served", {}, "2025-01-01", [], "2026-01-12", "FY2025"),
        ("due on the first date of the records", {"due_month": 3}, "2025-03-31", [], "2026-01-12", "FY2025"),
        ("due on the date before them", {"due_month": 3}, "2025-04-01", [], "2026-01-12", "FY2026"),
        ("not in force when it was due", {"due_month": 3, "first": day("2025-04-01")}, "2024-01-01", [], "2026-01-12", "FY2026"),
        ("each quarter: the quarter of the date", QUARTERLY, "2025-01-01", [], "2026-01-12", "FY2026Q1"),
        ("within so many months: the year of the date", {"cadence": Cadence.MONTHS}, "2025-01-01", [], "2026-01-12", "FY2026"),
        ("three of four for the year just ended", FOUR, "2025-01-01", ["2025-02-01", "2025-05-01", "2025-08-01"], "2026-01-12", "FY2025"),
        ("four of four for the year just ended", FOUR, "2025-01-01", ["2025-02-01", "2025-05-01", "2025-08-01", "2025-11-01"], "2026-01-12", "FY2026"),
    ],
)  # fmt: skip
def test_the_period_offered(
    situation: str, asked: dict[str, Any], begin: str, evidence: list[str], on: str, key: str
) -> None:
    settings = Settings(CALENDAR_YEAR, day(begin))
    offered = period_served_by_default(Terms(**asked), settings, day(on), [*map(done, evidence)])
    assert offered.key == key, situation


def test_year_whose_open_item_is_closed_is_not_offered() -> None:
    settings = Settings(CALENDAR_YEAR, day("2025-01-01"))
    offered = [
        period_served_by_default(Terms(), settings, day("2026-01-12"), [], frozenset(closed)).key
        for closed in ({"FY2024"}, {"FY2025"})
    ]
    assert offered == ["FY2025", "FY2026"]


# Whole rulings: reason, due day, records with the newest first, facts.

LAST_TWO = (done("2025-05-01"), done("2025-11-03"))
THIS_TWO = (done("2026-03-02"), done("2026-05-04"))
NO_2025 = Inapplicable(day("2025-06-01"), day("2026-01-01"))
LATE_2026 = Inapplicable(day("2026-06-01"), day("2027-01-01"))
FROM_JUNE = Inapplicable(day("2026-06-01"), None)
FROM_DECEMBER = Inapplicable(day("2026-12-01"), None)


def year(count: int, due: str | None, *, times: int = 1, **more: Any) -> dict[str, Any]:
    return {"period": "FY2026", "count": count, "wanted": times, "due": due} | more


RULINGS = [
    ("done twice this year: the newest first, last year's left out", ask("2026-11-20", *LAST_TWO, *THIS_TWO),
        (ON_FILE, Reason.SERVED, "2027-12-31", ["2026-05-04", "2026-03-02"], year(2, "2026-12-31", last="2026-05-04", late=False))),
    ("done today, on the date it is due", ask("2026-09-30", *LAST_TWO, done("2026-09-30"), due_month=9),
        (ON_FILE, Reason.SERVED, "2027-09-30", ["2026-09-30"], year(1, "2026-09-30", last="2026-09-30", late=False))),
    ("done a day after it was due", ask("2026-10-01", *LAST_TWO, done("2026-10-01"), due_month=9),
        (ON_FILE, Reason.SERVED, "2027-09-30", ["2026-10-01"], year(1, "2026-09-30", last="2026-10-01", late=True))),
    ("done in time and again after the date", ask("2026-10-01", done("2026-05-04"), done("2026-10-01"), due_month=9),
        (ON_FILE, Reason.SERVED, "2027-09-30", ["2026-10-01", "2026-05-04"], year(2, "2026-09-30", last="2026-10-01", late=False))),
    ("done after a date on which it was not in force yet", ask("2026-10-01", done("2026-10-01"), due_month=3, first=day("2026-06-01")),
        (ON_FILE, Reason.SERVED, "2027-03-31", ["2026-10-01"], year(1, "2026-03-31", last="2026-10-01", late=False))),
    ("done for the last time there is", ask("2026-10-01", done("2026-05-04"), until=day("2026-12-31")),
        (ON_FILE, Reason.SERVED, None, ["2026-05-04"], year(1, "2026-12-31", last="2026-05-04", late=False))),
    ("done in a transition that asks for nothing", ask("2026-01-20", *LAST_TWO, done("2026-01-15"), calendar=ONE_MONTH, due_month=9),
        (ON_FILE, Reason.SERVED, "2026-10-31", ["2026-01-15"],
         {"period": "FY2026T", "count": 1, "wanted": 1, "due": "2026-01-31", "last": "2026-01-15", "late": False})),
    ("due today", ask("2026-12-31", *LAST_TWO),
        (DUE, Reason.DUE_BY, "2026-12-31", [], year(0, "2026-12-31"))),
    ("a day late", ask("2026-10-01", *LAST_TWO, due_month=9),
        (NOT_ON_FILE, Reason.DAY_PASSED, "2026-09-30", [], year(0, "2026-09-30"))),
    ("one of two, a day late", ask("2026-10-01", *LAST_TWO, done("2026-03-02"), due_month=9, times=2),
        (NOT_ON_FILE, Reason.DAY_PASSED, "2026-09-30", ["2026-03-02"], year(1, "2026-09-30", times=2))),
    ("last year done twice, this year's date is far", ask("2026-05-01", *LAST_TWO),
        (ON_FILE, Reason.SERVED_BEFORE, "2026-12-31", ["2025-11-03", "2025-05-01"], year(0, "2026-12-31", before="FY2025", last="2025-11-03"))),
    ("last year without record", ask("2026-05-01", done("2024-05-01")),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-12-31", [],
         year(0, "2026-12-31", before="FY2025", before_count=0, before_wanted=1))),
    ("last year one of two, this year one of two", ask("2026-05-01", *LAST_TWO[:1], *THIS_TWO[:1], times=2),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-12-31", ["2026-03-02"],
         year(1, "2026-12-31", times=2, before="FY2025", before_count=1, before_wanted=2))),
    ("last year's open item is closed", ask("2026-05-01", done("2024-05-01"), closed=frozenset({"FY2025"})),
        (DUE, Reason.DUE_BY, "2026-12-31", [], year(0, "2026-12-31", hint_since="2024-05-01"))),
    ("last year was due on the first date of the records", ask("2026-05-01", begin="2025-09-30", due_month=9),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-09-30", [],
         year(0, "2026-09-30", before="FY2025", before_count=0, before_wanted=1))),
    ("last year was due the date before them", ask("2026-05-01", begin="2025-10-01", due_month=9),
        (DUE, Reason.DUE_BY, "2026-09-30", [], year(0, "2026-09-30"))),
    ("this year was due on the first date of the records", ask("2026-10-01", begin="2026-09-30", due_month=9),
        (NOT_ON_FILE, Reason.DAY_PASSED, "2026-09-30", [], year(0, "2026-09-30"))),
    ("this year was due the date before them", ask("2026-10-01", begin="2026-10-01", due_month=9),
        (BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, "2027-09-30", [], year(0, "2026-09-30", is_ahead=False))),
    ("this year is due the date before them, as of an earlier date", ask("2026-09-29", begin="2026-10-01", due_month=9),
        (BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, "2027-09-30", [], year(0, "2026-09-30", is_ahead=True))),
    ("one of four was done before the records began", ask("2026-11-01", done("2026-02-01"), begin="2026-10-01", due_month=9, times=4),
        (ON_FILE, Reason.SERVED, "2027-09-30", ["2026-02-01"], year(1, "2026-09-30", last="2026-02-01", late=False))),
    ("in force since after its date, and for the first time", ask("2026-11-20", first=day("2026-06-01"), due_month=3),
        (DUE, Reason.FIRST_DUE, "2027-03-31", [], year(0, "2027-03-31", first="2026-06-01"))),
    ("this year is due the date before them, on that date", ask("2026-09-30", begin="2026-10-01", due_month=9),
        (BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, "2027-09-30", [], year(0, "2026-09-30", is_ahead=False))),
    ("not applicable on its date, on record since the first date of the year", ask("2026-05-01", begin="2026-01-01", inapplicable=(LATE_2026,)),
        (DUE, Reason.FIRST_DUE, "2027-12-31", [], year(0, "2027-12-31", first="0001-01-01"))),
    ("the same, on record since the date after it", ask("2026-05-01", begin="2026-01-02", inapplicable=(LATE_2026,)),
        (BEFORE_RECORDS_BEGIN, Reason.PARTLY_BEFORE_RECORDS_BEGIN, "2027-12-31", [], year(0, "2027-12-31", first="0001-01-01"))),
    ("the same, on record since its last date", ask("2026-05-01", begin="2026-12-31", inapplicable=(LATE_2026,)),
        (BEFORE_RECORDS_BEGIN, Reason.PARTLY_BEFORE_RECORDS_BEGIN, "2027-12-31", [], year(0, "2027-12-31", first="0001-01-01"))),
    ("the same, on record since the next year", ask("2026-05-01", begin="2027-01-01", inapplicable=(LATE_2026,)),
        (BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, "2027-12-31", [], year(0, None, first="0001-01-01"))),
    ("the same, in force since the records began", ask("2026-05-01", begin="2026-02-01", first=day("2026-02-01"), inapplicable=(LATE_2026,)),
        (DUE, Reason.FIRST_DUE, "2027-12-31", [], year(0, "2027-12-31", first="2026-02-01"))),
    ("the same, in force since the date before", ask("2026-05-01", begin="2026-02-02", first=day("2026-02-01"), inapplicable=(LATE_2026,)),
        (BEFORE_RECORDS_BEGIN, Reason.PARTLY_BEFORE_RECORDS_BEGIN, "2027-12-31", [], year(0, "2027-12-31", first="2026-02-01"))),
    ("it ends before its date, last year done", ask("2026-05-01", done("2024-05-01"), *LAST_TWO, until=day("2026-06-30")),
        (ON_FILE, Reason.SERVED_BEFORE, None, ["2025-11-03", "2025-05-01"], year(0, None, before="FY2025", last="2025-11-03"))),
    ("it ends before its date, last year without record", ask("2026-05-01", until=day("2026-06-30")),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, None, [], year(0, None, before="FY2025", before_count=0, before_wanted=1))),
    ("it ends before it was ever due", ask("2026-05-01", begin="2026-01-01", until=day("2026-06-30")),
        (NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, [], year(0, "2026-12-31", until="2026-06-30", inapplicable_from=None))),
    ("it will no longer apply before it was ever due", ask("2026-05-01", begin="2026-01-01", inapplicable=(FROM_DECEMBER, FROM_JUNE)),
        (NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, [], year(0, "2026-12-31", until=None, inapplicable_from="2026-06-01"))),
    ("a transition that asks for nothing, the year before done", ask("2026-01-20", *LAST_TWO, calendar=ONE_MONTH, due_month=9),
        (ON_FILE, Reason.SERVED_BEFORE, "2026-10-31", ["2025-11-03", "2025-05-01"],
         {"period": "FY2026T", "count": 0, "wanted": 0, "due": "2026-10-31", "before": "FY2025", "last": "2025-11-03"})),
    ("a transition that asks for nothing, the year before without record", ask("2026-01-20", calendar=ONE_MONTH, due_month=9),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-10-31", [],
         {"period": "FY2026T", "count": 0, "wanted": 0, "due": None, "before": "FY2025", "before_count": 0, "before_wanted": 1})),
    ("after that transition it is passed over", ask("2026-02-20", calendar=ONE_MONTH, due_month=9),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-10-31", [],
         {"period": "FY2027", "count": 0, "wanted": 1, "due": "2026-10-31", "before": "FY2025", "before_count": 0, "before_wanted": 1})),
    ("a transition of six months is not", ask("2027-02-20", done("2025-11-03"), calendar=JUNE_THEN_DECEMBER),
        (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2027-12-31", [],
         {"period": "FY2027", "count": 0, "wanted": 1, "due": "2027-12-31", "before": "FY2026T", "before_count": 0, "before_wanted": 1})),
    ("last year it did not apply, yet it was done", ask("2026-05-01", done("2025-03-01"), inapplicable=(NO_2025,)),
        (ON_FILE, Reason.SERVED_BEFORE, "2026-12-31", ["2025-03-01"], year(0, "2026-12-31", before="FY2025", last="2025-03-01"))),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "question", "ruling"), RULINGS)
def test_ruling(situation: str, question: Question, ruling: tuple[Any, ...]) -> None:
    assert told(judge(question)) == ruling, situation
    turned = replace(question, evidence=tuple(question.evidence)[::-1])
    assert told(judge(turned)) == ruling, f"{situation}, entered the other way round"


def test_ruling_of_four_a_year_that_began_while_the_records_did() -> None:
    ruling = judge(ask("2026-11-20", begin="2026-11-15", times=4))
    assert told(ruling) == (
        BEFORE_RECORDS_BEGIN, Reason.PARTLY_BEFORE_RECORDS_BEGIN, "2027-12-31", [],
        year(0, "2027-12-31", times=0, first="0001-01-01"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("situation", "begin", "first", "reason"),
    [
        ("the records begin later in the year, in force before them", "2026-11-15", "2026-11-14", Reason.PARTLY_BEFORE_RECORDS_BEGIN),
        ("in force since their first date", "2026-11-15", "2026-11-15", Reason.FIRST_DUE),
        ("the records begin on the last date of the year", "2026-12-31", "2024-01-01", Reason.PARTLY_BEFORE_RECORDS_BEGIN),
        ("the records begin the date after the year", "2027-01-01", "2024-01-01", Reason.BEFORE_RECORDS_BEGIN),
        ("the records begin in the next year", "2027-06-30", "2024-01-01", Reason.BEFORE_RECORDS_BEGIN),
        ("the records begin on the first date of the year", "2026-01-01", "2025-11-15", Reason.DUE_BY),
    ],
)  # fmt: skip
def test_why_nothing_is_asked_of_a_year_under_way(
    situation: str, begin: str, first: str, reason: Reason
) -> None:
    assert judge(ask("2026-11-20", begin=begin, first=day(first), times=4)).reason == reason


# "Annually", read strictly: also within twelve months of the last time.


@pytest.mark.parametrize(
    ("situation", "question", "ruling"),
    [
        ("61 days before twelve months have passed", ask("2026-10-09", done("2025-12-09"), begin="2025-01-01", twelve_months=True),
            (ON_FILE, Reason.SERVED_BEFORE, "2026-12-09")),
        ("the last of two times", ask("2026-12-01", done("2025-01-05"), done("2025-12-09"), begin="2025-01-01", twelve_months=True),
            (DUE, Reason.DUE_BY, "2026-12-09")),
        ("last done on the first date of the records", ask("2025-12-01", done("2024-12-09"), begin="2024-12-09", twelve_months=True),
            (DUE, Reason.DUE_BY, "2025-12-09")),
        ("last done before the records began", ask("2025-12-01", done("2024-12-09"), begin="2024-12-10", twelve_months=True),
            (DUE, Reason.DUE_BY, "2025-12-31")),
        ("last done on the date it came into force", ask("2025-12-01", done("2024-12-09"), first=day("2024-12-09"), twelve_months=True),
            (DUE, Reason.DUE_BY, "2025-12-09")),
        ("last done before it was in force", ask("2025-12-01", done("2024-12-09"), first=day("2024-12-10"), twelve_months=True),
            (DUE, Reason.DUE_BY, "2025-12-31")),
        ("last year's open item is closed", ask("2026-12-01", done("2024-12-09"), closed=frozenset({"FY2025"}), twelve_months=True),
            (DUE, Reason.DUE_BY, "2026-12-31")),
        ("twice a year knows no anniversary", ask("2026-12-01", done("2025-06-09"), done("2025-12-01"), times=2, twelve_months=True),
            (DUE, Reason.DUE_BY, "2026-12-31")),
        ("each quarter knows none either", ask("2026-12-15", done("2026-07-01"), cadence=Cadence.QUARTERLY, due_month=3, twelve_months=True),
            (DUE, Reason.DUE_BY, "2026-12-31")),
        ("each quarter, the last one without record", ask("2026-03-15", done("2025-02-01"), cadence=Cadence.QUARTERLY, due_month=3, begin="2025-01-01", twelve_months=True),
            (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-03-31")),
        ("never done", ask("2026-05-01", begin="2025-01-01", twelve_months=True),
            (NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, "2026-12-31")),
        ("a year that was served asks for nothing more before it ends", ask("2026-12-15", done("2026-01-10"), done("2025-01-10"), twelve_months=True),
            (DUE, Reason.DUE_BY, "2027-01-10")),
        ("served in January, the anniversary 61 days off", ask("2026-11-10", done("2025-01-10"), done("2026-01-10"), twelve_months=True),
            (ON_FILE, Reason.SERVED, "2027-01-10")),
        ("served in January, the anniversary 60 days off", ask("2026-11-11", done("2025-01-10"), done("2026-01-10"), twelve_months=True),
            (DUE, Reason.DUE_BY, "2027-01-10")),
        ("served on the first date of the year: not before the year ends", ask("2026-12-31", done("2025-01-10"), done("2026-01-01"), twelve_months=True, due_month=1),
            (DUE, Reason.DUE_BY, "2027-01-01")),
        ("the due date comes before the anniversary", ask("2026-12-31", done("2025-01-10"), done("2026-02-10"), twelve_months=True, due_month=1),
            (ON_FILE, Reason.SERVED, "2027-01-31")),
    ],
)  # fmt: skip
def test_strict_reading(situation: str, question: Question, ruling: tuple[Any, ...]) -> None:
    assert told(judge(question))[:3] == ruling, situation


def test_anniversary_of_a_year_that_was_served_asks_for_the_next_one() -> None:
    ruling = judge(ask("2026-11-20", done("2025-01-10"), done("2026-01-10"), twelve_months=True))
    facts = {
        "period": "FY2027",
        "count": 0,
        "wanted": 1,
        "due": "2027-01-10",
        "last": "2026-01-10",
        "late": False,
    }
    assert told(ruling) == (DUE, Reason.DUE_BY, "2027-01-10", ["2026-01-10"], facts)


@pytest.mark.parametrize(
    ("as_of", "times", "cadence", "is_hinted"),
    [
        ("2027-08-02", 1, Cadence.TIMES, False),
        ("2027-08-03", 1, Cadence.TIMES, True),
        ("2027-08-03", 2, Cadence.TIMES, False),
        ("2027-08-03", 1, Cadence.QUARTERLY, False),
    ],
)
def test_hint_fifteen_months_after_the_last_of_two_times(
    as_of: str, times: int, cadence: Cadence, is_hinted: bool
) -> None:
    closed = frozenset({"FY2026", "FY2027Q1", "FY2027Q2"})
    evidence = (done("2025-05-03"), done("2026-05-03"))
    question = ask(as_of, *evidence, closed=closed, times=times, cadence=cadence, due_month=9)
    facts = judge(question).facts
    assert facts.get("hint_since") == (day("2026-05-03") if is_hinted else None)


# Open items of past periods.


def periods_left_open(question: Question) -> list[tuple[str, str, int, int, list[str]]]:
    return [
        (gap.key, f"{gap.due_on}", gap.count, gap.wanted, [f"{piece.on}" for piece in gap.late])
        for gap in gaps(question)
    ]


LATE_TWO = (done("2026-02-03", "2025-12-31"), done("2026-01-12", "2025-12-31"))


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [
        ("two years, the oldest first", ask("2026-11-20"), [("FY2024", "2024-12-31", 0, 1, []), ("FY2025", "2025-12-31", 0, 1, [])]),
        ("served late by two records, in the order of their dates", ask("2026-11-20", done("2024-05-01"), *LATE_TWO), [("FY2025", "2025-12-31", 0, 1, ["2026-01-12", "2026-02-03"])]),
        ("served on its last date", ask("2026-11-20", done("2024-05-01"), done("2025-12-31")), []),
        ("served on the date after", ask("2026-11-20", done("2024-05-01"), done("2026-01-01", "2025-12-31")), [("FY2025", "2025-12-31", 0, 1, ["2026-01-01"])]),
        ("after the due date and within the year: no open item", ask("2026-11-20", done("2024-05-01"), done("2025-12-31"), due_month=3), []),
        ("one of two in time, the second late", ask("2026-11-20", done("2025-05-01"), *LATE_TWO[:1], begin="2025-01-01", times=2), [("FY2025", "2025-12-31", 1, 2, ["2026-02-03"])]),
        ("one of three in time, a second late: not served yet", ask("2026-11-20", done("2025-05-01"), *LATE_TWO[:1], begin="2025-01-01", times=3), [("FY2025", "2025-12-31", 1, 3, [])]),
        ("one of two on the last date, the second late, and one of the year after", ask("2026-11-20", done("2024-05-01"), done("2024-11-01"), done("2025-12-31"), *LATE_TWO[:1], done("2026-05-01"), times=2), [("FY2025", "2025-12-31", 1, 2, ["2026-02-03"])]),
        ("on the last date of the period", ask("2025-12-31", done("2024-05-01")), []),
        ("on the date after it", ask("2026-01-01", done("2024-05-01")), [("FY2025", "2025-12-31", 0, 1, [])]),
        ("due on the first date of the records", ask("2026-11-20", begin="2025-03-31", due_month=3), [("FY2025", "2025-03-31", 0, 1, [])]),
        ("due on the date before them", ask("2026-11-20", begin="2025-04-01", due_month=3), []),
        ("due on the date it came into force", ask("2026-11-20", first=day("2025-03-31"), due_month=3), [("FY2025", "2025-03-31", 0, 1, [])]),
        ("due on the date before that", ask("2026-11-20", first=day("2025-04-01"), due_month=3), []),
        ("due on its last date in force", ask("2026-11-20", done("2024-05-01"), until=day("2025-12-31")), [("FY2025", "2025-12-31", 0, 1, [])]),
        ("over before it was due", ask("2026-11-20", done("2024-05-01"), until=day("2025-12-30")), []),
        ("it did not apply on the date", ask("2026-11-20", done("2024-05-01"), inapplicable=(NO_2025,)), []),
        ("a transition of one month asks for nothing", ask("2026-11-20", done("2024-05-01"), done("2025-05-01"), calendar=ONE_MONTH), []),
        ("a transition of five months asks for nothing", ask("2027-02-20", done("2025-11-01"), calendar=FIVE_MONTHS, begin="2025-07-01"), []),
        ("a transition of six months asks for its report", ask("2027-02-20", done("2025-11-01"), calendar=JUNE_THEN_DECEMBER, begin="2025-07-01"), [("FY2026T", "2026-12-31", 0, 1, [])]),
        ("four a year, a transition of six months, one held", ask("2027-02-20", done("2026-08-01"), calendar=JUNE_THEN_DECEMBER, begin="2026-07-01", times=4), [("FY2026T", "2026-12-31", 1, 2, [])]),
        ("each quarter: two of three are missing", ask("2026-11-20", done("2026-05-01"), begin="2026-01-01", **QUARTERLY), [("FY2026Q1", "2026-03-31", 0, 1, []), ("FY2026Q3", "2026-09-30", 0, 1, [])]),
        ("on record since ever: since the first record", ask("2026-11-20", done("2024-05-01"), begin="0001-01-01"), [("FY2025", "2025-12-31", 0, 1, [])]),
        ("on record since ever: since the first of three records", ask("2026-11-20", done("2022-05-01"), done("2024-05-01"), done("2023-05-01"), begin="0001-01-01", due_month=3), [("FY2025", "2025-03-31", 0, 1, [])]),
        ("on record since ever: a year without record between two", ask("2026-11-20", done("2023-05-01"), done("2025-05-01"), begin="0001-01-01"), [("FY2024", "2024-12-31", 0, 1, [])]),
        ("on record since ever, and nothing is: nothing is missing", ask("2026-11-20", begin="0001-01-01"), []),
    ],
)  # fmt: skip
def test_open_items_of_past_periods(
    situation: str, question: Question, expected: list[tuple[str, str, int, int, list[str]]]
) -> None:
    assert periods_left_open(question) == expected, situation


@pytest.mark.parametrize(
    ("calendar", "as_of", "standing"),
    [
        (CALENDAR_YEAR, "2026-09-30", ON_FILE),
        (CALENDAR_YEAR, "2026-10-01", DUE),
        (JUNE_THEN_DECEMBER, "2026-09-30", ON_FILE),
        (JUNE_THEN_DECEMBER, "2026-10-01", DUE),
    ],
)
def test_purpose_speaks_for_itself_from_the_last_quarter_of_a_short_year_too(
    calendar: Calendar, as_of: str, standing: Any
) -> None:
    question = ask(
        as_of, done("2025-11-01"), calendar=calendar, kind=DutyKind.PURPOSE, begin="2025-10-01"
    )
    assert judge(question).standing == standing


def test_evidence_that_serves_another_period_shows_nothing_of_this_one() -> None:
    late_for_last_year = Evidence(day("2026-02-03"), day("2025-12-31"))
    ruling = judge(ask("2026-05-01", done("2024-05-01"), late_for_last_year))
    assert told(ruling)[:4] == (
        ON_FILE,
        Reason.SERVED_BEFORE,
        "2026-12-31",
        ["2026-02-03 serves 2025-12-31"],
    )
