"""Duties within so many months of the last time: the whole ruling, at each boundary."""

from dataclasses import replace
from typing import Any

import pytest

from charters.enums import Cadence, Reason
from charters.rules.standing import gaps, judge
from charters.rules.terms import Inapplicable, Question
from charters.tests.rules.asking import (
    BEFORE_RECORDS_BEGIN,
    DUE,
    NOT_APPLICABLE,
    NOT_ON_FILE,
    ON_FILE,
    ask,
    day,
    done,
    told,
)

BEFORE, WITHIN, PASSED = (
    Reason.SPAN_BEFORE_RECORDS_BEGIN,
    Reason.WITHIN_MONTHS,
    Reason.MONTHS_PASSED,
)
TWICE = (done("2025-01-10"), done("2026-03-01"))
JUNE = {"first": day("2024-06-01")}
NOT_IN_2025 = Inapplicable(day("2025-01-01"), day("2026-01-01"))
NOT_IN_EARLY_2026 = Inapplicable(day("2026-01-01"), day("2026-04-01"))


def said(last: str | None, due: str | None, **more: Any) -> dict[str, Any]:
    return {"last": last, "months": 12, "due": due} | more


def within_a_year(as_of: str, *evidence: Any, **terms: Any) -> Question:
    return ask(as_of, *evidence, cadence=Cadence.MONTHS, months=12, **terms)


ROWS = [
    ("done twice: the last time counts, 61 days before it is due", within_a_year("2026-12-30", *TWICE),
        (ON_FILE, WITHIN, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("60 days before it is due", within_a_year("2026-12-31", *TWICE),
        (DUE, WITHIN, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("on the day itself", within_a_year("2027-03-01", *TWICE),
        (DUE, WITHIN, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("on the day after", within_a_year("2027-03-02", *TWICE),
        (NOT_ON_FILE, PASSED, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("done today", within_a_year("2026-03-01", *TWICE),
        (ON_FILE, WITHIN, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("done only before it was in force: the span runs from its first date", within_a_year("2024-07-01", done("2024-02-01"), **JUNE),
        (ON_FILE, WITHIN, "2025-06-01", ["2024-02-01"], said("2024-02-01", "2025-06-01"))),
    ("never done, in force since the first date of the records", within_a_year("2024-06-01", first=day("2024-01-01")),
        (BEFORE_RECORDS_BEGIN, BEFORE, "2025-01-01", [], {"months": 12})),
    ("never done, in force since the date after it", within_a_year("2024-06-01", first=day("2024-01-02")),
        (DUE, WITHIN, "2025-01-02", [], said(None, "2025-01-02"))),
    ("never done, in force since the date after it, a day late", within_a_year("2025-01-03", first=day("2024-01-02")),
        (NOT_ON_FILE, PASSED, "2025-01-02", [], said(None, "2025-01-02"))),
    ("never done, a whole span on record today", within_a_year("2025-01-01"),
        (BEFORE_RECORDS_BEGIN, BEFORE, "2025-01-01", [], {"months": 12})),
    ("never done, a whole span on record yesterday", within_a_year("2025-01-02"),
        (NOT_ON_FILE, PASSED, "2025-01-01", [], said(None, "2025-01-01"))),
    ("it was due on the first date of the records", within_a_year("2024-01-01", done("2023-01-01")),
        (DUE, WITHIN, "2024-01-01", ["2023-01-01"], said("2023-01-01", "2024-01-01"))),
    ("it was due on the first date of the records, a day late", within_a_year("2024-01-02", done("2023-01-01")),
        (NOT_ON_FILE, PASSED, "2024-01-01", ["2023-01-01"], said("2023-01-01", "2024-01-01"))),
    ("it was due on the date before the records", within_a_year("2025-01-01", done("2021-05-01"), done("2022-12-31")),
        (BEFORE_RECORDS_BEGIN, BEFORE, "2025-01-01", ["2022-12-31"], {"months": 12})),
    ("the same, when a whole span has passed on record", within_a_year("2025-01-02", done("2021-05-01"), done("2022-12-31")),
        (NOT_ON_FILE, PASSED, "2025-01-01", ["2022-12-31"], said("2022-12-31", "2025-01-01"))),
    ("it ends on the date it is due", within_a_year("2027-01-15", *TWICE, until=day("2027-03-01")),
        (DUE, WITHIN, "2027-03-01", ["2026-03-01"], said("2026-03-01", "2027-03-01"))),
    ("it ends before it is due again", within_a_year("2027-01-15", *TWICE, until=day("2027-02-28")),
        (ON_FILE, WITHIN, None, ["2026-03-01"], said("2026-03-01", None))),
    ("it ends before it was ever due", within_a_year("2024-08-01", until=day("2025-05-31"), **JUNE),
        (NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, [], said(None, "2025-06-01", until="2025-05-31", inapplicable_from=None))),
    ("two spans in a row in which it does not apply", within_a_year("2026-04-01", done("2024-02-01"), inapplicable=(NOT_IN_2025, NOT_IN_EARLY_2026)),
        (DUE, WITHIN, "2026-04-01", ["2024-02-01"], said("2024-02-01", "2026-04-01"))),
    ("on the last date before such a span", within_a_year("2024-12-31", done("2023-12-31"), inapplicable=(NOT_IN_2025,)),
        (DUE, WITHIN, "2024-12-31", ["2023-12-31"], said("2023-12-31", "2024-12-31"))),
    ("on its first date", within_a_year("2024-12-31", done("2024-01-01"), inapplicable=(NOT_IN_2025,)),
        (ON_FILE, WITHIN, "2026-01-01", ["2024-01-01"], said("2024-01-01", "2026-01-01"))),
    ("no end of it is known", within_a_year("2024-12-31", done("2024-02-01"), inapplicable=(Inapplicable(day("2025-01-01"), None),)),
        (ON_FILE, WITHIN, None, ["2024-02-01"], said("2024-02-01", None))),
    ("no end of it is known, and never done", within_a_year("2024-12-31", inapplicable=(Inapplicable(day("2025-01-01"), None),), **JUNE),
        (NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, [], said(None, "9999-12-31", until=None, inapplicable_from="2025-01-01"))),
    ("no end of it is known, and nothing on record since they began", within_a_year("2024-12-31", inapplicable=(Inapplicable(day("2025-01-01"), None),)),
        (BEFORE_RECORDS_BEGIN, BEFORE, None, [], {"months": 12})),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "question", "ruling"), ROWS)
def test_ruling(situation: str, question: Question, ruling: tuple[Any, ...]) -> None:
    assert told(judge(question)) == ruling, situation


GAPS = [
    ("two spans ran out, the second still open",
        within_a_year("2026-11-20", done("2024-02-01"), done("2025-03-01")),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", ["2025-03-01"]), ("BY2026-03-01", "2025-03-01", "2026-03-01", [])]),
    ("done on the very date", within_a_year("2025-11-20", done("2024-02-01"), done("2025-02-01")), []),
    ("done a day late, and again", within_a_year("2025-11-20", done("2024-02-01"), done("2025-02-02"), done("2025-06-01")),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", ["2025-02-02"])]),
    ("the order of entry says nothing", within_a_year("2025-11-20", done("2025-06-01"), done("2025-02-02"), done("2024-02-01")),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", ["2025-02-02"])]),
    ("on the date itself no span has run out", within_a_year("2025-02-01", done("2024-02-01")), []),
    ("on the date after it has", within_a_year("2025-02-02", done("2024-02-01")),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", [])]),
    ("the last time before the records, due on their first date", within_a_year("2024-01-02", done("2023-01-01")),
        [("BY2024-01-01", "2023-01-01", "2024-01-01", [])]),
    ("the same a year later: it is one span", within_a_year("2025-01-02", done("2023-01-01")),
        [("BY2024-01-01", "2023-01-01", "2024-01-01", [])]),
    ("the last time before the records, due on the date before them", within_a_year("2024-12-31", done("2022-12-31")), []),
    ("the same, and a whole span has passed on record", within_a_year("2025-01-02", done("2022-12-31")),
        [("BY2025-01-01", "2024-01-01", "2025-01-01", [])]),
    ("done on the first date of the records", within_a_year("2025-01-02", done("2024-01-01")),
        [("BY2025-01-01", "2024-01-01", "2025-01-01", [])]),
    ("first done after the records begin, in time", within_a_year("2025-01-10", done("2024-08-01")), []),
    ("first done after the records begin, too late", within_a_year("2025-02-10", done("2025-02-01")),
        [("BY2025-01-01", "2024-01-01", "2025-01-01", ["2025-02-01"])]),
    ("done before it was in force: the span runs from its first date", within_a_year("2025-06-02", done("2024-02-01"), **JUNE),
        [("BY2025-06-01", "2024-06-01", "2025-06-01", [])]),
    ("it ended on the date it was due", within_a_year("2025-06-02", done("2024-02-01"), until=day("2025-02-01")),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", [])]),
    ("it ended the date before", within_a_year("2025-06-02", done("2024-02-01"), until=day("2025-01-31")), []),
    ("in force and on record since ever: nothing has run out", within_a_year("2025-06-02", begin="0001-01-01"), []),
    ("in force and on record since ever, and done once", within_a_year("2025-06-02", done("2024-02-01"), begin="0001-01-01"),
        [("BY2025-02-01", "2024-02-01", "2025-02-01", [])]),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "question", "expected"), GAPS)
def test_spans_that_ran_out(
    situation: str, question: Question, expected: list[tuple[str, str, str, list[str]]]
) -> None:
    found = [
        (gap.key, f"{gap.period.first}", f"{gap.due_on}", [f"{piece.on}" for piece in gap.late])
        for gap in gaps(question)
    ]
    assert found == expected, situation
    assert all(gap.period.last == gap.due_on for gap in gaps(question))


def test_nothing_is_due_where_neither_the_records_nor_the_duty_have_a_first_date() -> None:
    question = replace(
        within_a_year("2026-01-01"), settings=ask("2026-01-01", begin="0001-01-01").settings
    )
    ruling = judge(question)
    assert (ruling.standing, ruling.due_on) == (BEFORE_RECORDS_BEGIN, None)
