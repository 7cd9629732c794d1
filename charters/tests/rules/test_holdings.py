"""Duties judged on what holds or on what arose: the whole ruling, at each boundary."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charters.enums import DutyKind, Reason
from charters.rules.standing import gaps, judge
from charters.rules.terms import Holding, Inapplicable, Occurrence
from charters.tests.rules.asking import (
    BEFORE_RECORDS_BEGIN,
    DUE,
    NOT_APPLICABLE,
    NOT_ON_FILE,
    ON_FILE,
    OPEN,
    arose,
    ask,
    day,
    done,
    told,
)

TODAY = "2026-11-20"


def counted(arose: int, waiting: int, overdue: int, due: str | None) -> dict[str, Any]:
    return {"arose": arose, "open": waiting, "overdue": overdue, "period": "FY2026", "due": due}


IN_TIME, PAST, DEALT_WITH = Reason.OPEN_IN_TIME, Reason.OPEN_PAST_DAY, Reason.ALL_DEALT_WITH
BEFORE = Reason.BEFORE_RECORDS_BEGIN
EVENTS = [
    ("nothing arose", [], "2024-01-01",
        (NOT_APPLICABLE, Reason.NOTHING_AROSE, None, [], counted(0, 0, 0, None))),
    ("it arose today", [arose(TODAY, "2026-12-01")], "2024-01-01",
        (DUE, IN_TIME, "2026-12-01", [TODAY], counted(1, 1, 0, "2026-12-01"))),
    ("it arises tomorrow", [arose("2026-11-21", "2026-12-01")], "2024-01-01",
        (NOT_APPLICABLE, Reason.NOTHING_AROSE, None, [], counted(0, 0, 0, None))),
    ("open on its own due date", [arose("2026-11-01", TODAY)], "2024-01-01",
        (DUE, IN_TIME, TODAY, ["2026-11-01"], counted(1, 1, 0, TODAY))),
    ("open on the day after", [arose("2026-11-01", "2026-11-19")], "2024-01-01",
        (NOT_ON_FILE, PAST, "2026-11-19", ["2026-11-01"], counted(1, 1, 1, "2026-11-19"))),
    ("dealt with today", [arose("2026-11-01", "2026-12-01", TODAY)], "2024-01-01",
        (ON_FILE, DEALT_WITH, None, [f"{TODAY} serves 2026-11-01"], counted(1, 0, 0, None))),
    ("dealt with tomorrow", [arose("2026-11-01", "2026-12-01", "2026-11-21")], "2024-01-01",
        (DUE, IN_TIME, "2026-12-01", ["2026-11-01"], counted(1, 1, 0, "2026-12-01"))),
    ("two open: the nearer date, the newest first",
        [arose("2026-11-01", "2026-12-10"), arose("2026-11-02", "2026-12-01")], "2024-01-01",
        (DUE, IN_TIME, "2026-12-01", ["2026-11-02", "2026-11-01"], counted(2, 2, 0, "2026-12-01"))),
    ("two past their dates: the older date",
        [arose("2026-03-02", "2026-05-01"), arose("2026-03-01", "2026-04-01")], "2024-01-01",
        (NOT_ON_FILE, PAST, "2026-04-01", ["2026-03-02", "2026-03-01"], counted(2, 2, 2, "2026-04-01"))),
    ("one past its date, one in time, one dealt with",
        [arose("2026-11-01", "2026-12-10"), arose("2026-03-01", "2026-04-01"),
         arose("2026-02-01", "2026-02-10", "2026-02-05")], "2024-01-01",
        (NOT_ON_FILE, PAST, "2026-04-01", ["2026-11-01", "2026-03-01", "2026-02-05 serves 2026-02-01"],
         counted(3, 2, 1, "2026-04-01"))),
    ("open, with no date by which it is due", [arose("2026-11-01")], "2024-01-01",
        (DUE, IN_TIME, None, ["2026-11-01"], counted(1, 1, 0, None))),
    ("open, one with a date and one without", [arose("2026-11-01"), arose("2026-11-02", "2026-12-01")], "2024-01-01",
        (DUE, IN_TIME, "2026-12-01", ["2026-11-02", "2026-11-01"], counted(2, 2, 0, "2026-12-01"))),
    ("arose last year and dealt with this year", [arose("2025-12-20", "2026-02-01", "2026-01-10")], "2024-01-01",
        (ON_FILE, DEALT_WITH, None, ["2026-01-10 serves 2025-12-20"], counted(1, 0, 0, None))),
    ("arose last year and dealt with on its last day", [arose("2025-12-20", "2026-02-01", "2025-12-31")], "2024-01-01",
        (NOT_APPLICABLE, Reason.NOTHING_AROSE, None, [], counted(0, 0, 0, None))),
    ("dealt with last year, before it arose this year", [arose("2026-01-05", None, "2025-12-20")], "2024-01-01",
        (ON_FILE, DEALT_WITH, None, ["2025-12-20 serves 2026-01-05"], counted(1, 0, 0, None))),
    ("past its date, which was the first date of the records", [arose("2026-02-01", "2026-03-01")], "2026-03-01",
        (NOT_ON_FILE, PAST, "2026-03-01", ["2026-02-01"], counted(1, 1, 1, "2026-03-01"))),
    ("its date was the day before the records begin", [arose("2026-02-01", "2026-02-28")], "2026-03-01",
        (BEFORE_RECORDS_BEGIN, BEFORE, None, ["2026-02-01"], counted(1, 1, 0, None))),
    ("due today, the first date of the records", [arose("2026-02-01", TODAY)], TODAY,
        (DUE, IN_TIME, TODAY, ["2026-02-01"], counted(1, 1, 0, TODAY))),
    ("one date before the records begin, one ahead",
        [arose("2026-02-01", "2026-02-28"), arose("2026-11-01", "2026-12-01")], "2026-03-01",
        (DUE, IN_TIME, "2026-12-01", ["2026-11-01", "2026-02-01"], counted(2, 2, 0, "2026-12-01"))),
    ("one date before the records begin, one without a date",
        [arose("2026-02-01", "2026-02-28"), arose("2026-11-01")], "2026-03-01",
        (DUE, IN_TIME, None, ["2026-11-01", "2026-02-01"], counted(2, 2, 0, None))),
    ("one date before the records begin, one past its date",
        [arose("2026-02-01", "2026-02-28"), arose("2026-02-02", "2026-04-01")], "2026-03-01",
        (NOT_ON_FILE, PAST, "2026-04-01", ["2026-02-02", "2026-02-01"], counted(2, 2, 1, "2026-04-01"))),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "occurrences", "begin", "ruling"), EVENTS)
def test_event_ruling(
    situation: str, occurrences: list[Occurrence], begin: str, ruling: tuple[Any, ...]
) -> None:
    question = ask(TODAY, occurrences=occurrences, begin=begin, kind=DutyKind.EVENT)
    assert told(judge(question)) == ruling, situation
    turned = replace(question, occurrences=occurrences[::-1])
    assert told(judge(turned)) == ruling, f"{situation}, entered the other way round"


def test_a_record_of_an_occurrence_keeps_its_words_and_its_restriction() -> None:
    occurrence = Occurrence(
        day("2026-02-01"), None, day("2026-03-01"), "Loan", "/loan/", "loans", restriction="counsel"
    )
    (open_then,) = judge(ask("2026-02-28", occurrences=[occurrence])).evidence
    (dealt_with,) = judge(ask("2026-03-01", occurrences=[occurrence])).evidence
    assert (open_then.on, dealt_with.on) == (day("2026-02-01"), day("2026-03-01"))
    for piece in (open_then, dealt_with):
        assert (piece.serves, piece.label, piece.url, piece.source, piece.restriction) == (
            day("2026-02-01"), "Loan", "/loan/", "loans", "counsel",
        )  # fmt: skip


PIECES = (done("2026-02-01"), done("2026-03-01"))
SENTENCE = {"sentence": "Two sit."}


@pytest.mark.parametrize(
    ("situation", "holding", "as_of", "ruling"),
    [
        ("holds", Holding(True, "Two sit.", None, PIECES), TODAY, (ON_FILE, Reason.CONDITION, None)),
        ("holds by cure", Holding(True, "Two sit.", day("2026-12-01"), PIECES), TODAY, (DUE, Reason.CONDITION, "2026-12-01")),
        ("holds by cure until today", Holding(True, "Two sit.", day(TODAY), PIECES), TODAY, (DUE, Reason.CONDITION, TODAY)),
        ("does not hold", Holding(False, "Two sit.", None, PIECES), TODAY, (OPEN, Reason.CONDITION, None)),
        ("does not hold, with a date to cure it", Holding(False, "Two sit.", day("2026-12-01"), PIECES), TODAY, (OPEN, Reason.CONDITION, "2026-12-01")),
        ("the first date of the records", Holding(False, "Two sit.", None, PIECES), "2024-01-01", (OPEN, Reason.CONDITION, None)),
        ("the date before it", Holding(False, "Two sit.", day("2024-02-01"), PIECES), "2023-12-31", (BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, None)),
    ],
)  # fmt: skip
def test_condition_ruling(
    situation: str, holding: Holding, as_of: str, ruling: tuple[Any, ...]
) -> None:
    question = ask(as_of, holding=holding, kind=DutyKind.CONDITION)
    records = ["2026-02-01", "2026-03-01"]
    assert told(judge(question)) == (*ruling, records, SENTENCE), situation


def test_authority_ruling_lists_each_use_with_the_newest_first() -> None:
    question = ask(
        TODAY, done("2020-01-01"), done(TODAY), done("2026-11-21"), kind=DutyKind.AUTHORITY
    )
    assert told(judge(question)) == (
        NOT_APPLICABLE, Reason.AUTHORITY, None, [TODAY, "2020-01-01"], {"uses": 2}
    )  # fmt: skip


SPANS = (
    Inapplicable(day("2025-01-01"), day("2025-07-01"), "No internal audit function."),
    Inapplicable(day("2026-01-01"), day("2026-11-20"), "Exempt as a smaller company."),
)


@pytest.mark.parametrize(
    ("as_of", "since", "reason"),
    [
        ("2024-12-31", None, None),
        ("2025-01-01", "2025-01-01", "No internal audit function."),
        ("2025-06-30", "2025-01-01", "No internal audit function."),
        ("2025-07-01", None, None),
        ("2026-11-19", "2026-01-01", "Exempt as a smaller company."),
        ("2026-11-20", None, None),
    ],
)
def test_declared_not_applicable_says_since_when_and_why(
    as_of: str, since: str | None, reason: str | None
) -> None:
    ruling = judge(ask(as_of, done("2024-03-01"), inapplicable=SPANS))
    if since is None:
        assert ruling.reason != Reason.DECLARED_NOT_APPLICABLE
    else:
        assert told(ruling) == (
            NOT_APPLICABLE, Reason.DECLARED_NOT_APPLICABLE, None, [], {"since": since, "reason": reason}
        )  # fmt: skip


HOLDS, FAILS = Holding(True, "In force."), Holding(False, "Not in force.")


@pytest.mark.parametrize(
    ("situation", "kind", "holding", "occurrences", "keys"),
    [
        ("recurring", DutyKind.RECURRING, None, None, ["FY2025"]),
        ("purpose", DutyKind.PURPOSE, None, None, ["FY2025"]),
        ("a procedure in force whose yearly review was not done", DutyKind.PROCEDURE, HOLDS, None, ["FY2025"]),
        ("a procedure that is not in force", DutyKind.PROCEDURE, FAILS, None, ["FY2025"]),
        ("a procedure with no registered condition", DutyKind.PROCEDURE, None, None, ["FY2025"]),
        ("a condition that holds", DutyKind.CONDITION, HOLDS, None, []),
        ("a condition that does not hold", DutyKind.CONDITION, FAILS, None, []),
        ("a condition that no source answers is judged as recurring", DutyKind.CONDITION, None, None, ["FY2025"]),
        ("a purpose with a condition", DutyKind.PURPOSE, HOLDS, None, []),
        ("an event, of which nothing arose", DutyKind.EVENT, None, [], []),
        ("an event that no source answers is judged as recurring", DutyKind.EVENT, None, None, ["FY2025"]),
        ("a recurring duty with occurrences", DutyKind.RECURRING, None, [arose("2025-02-01", "2025-03-01")], []),
        ("authority", DutyKind.AUTHORITY, None, None, []),
        ("authority with a condition", DutyKind.AUTHORITY, HOLDS, None, []),
    ],
)  # fmt: skip
def test_open_items_by_kind_and_holding(
    situation: str,
    kind: DutyKind,
    holding: Holding | None,
    occurrences: list[Occurrence] | None,
    keys: list[str],
) -> None:
    question = ask(
        TODAY, done("2024-05-01"), kind=kind, holding=holding, occurrences=occurrences
    )  # fmt: skip
    assert [gap.key for gap in gaps(question)] == keys, situation


def test_procedure_in_force_is_judged_by_its_review_and_one_not_in_force_by_that() -> None:
    rulings = [
        judge(ask(TODAY, done("2025-05-01"), kind=DutyKind.PROCEDURE, holding=holding))
        for holding in (HOLDS, FAILS)
    ]
    assert [ruling.reason for ruling in rulings] == [Reason.DUE_BY, Reason.CONDITION]


@pytest.mark.parametrize(
    ("situation", "on", "late"),
    [
        ("done today", TODAY, [date(2026, 11, 20)]),
        ("done tomorrow", "2026-11-21", []),
    ],
)
def test_gap_names_what_served_it_by_the_date_asked_for(
    situation: str, on: str, late: list[date]
) -> None:
    (gap,) = gaps(ask(TODAY, done("2024-05-01"), done(on, "2025-12-31")))
    assert (gap.key, [piece.on for piece in gap.late]) == ("FY2025", late), situation
