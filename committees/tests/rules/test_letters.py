"""Letters of regulators: received, due, answered, closed."""

from datetime import date

import pytest

from committees.rules.letters import (
    Letter,
    LetterProgress,
    progress,
    usual_due_date,
    was_answered_late,
)
from committees.tests.rules.figures import day, on
from records.calendar import Calendar, YearEnd

HOLIDAYS = frozenset({date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 25)})
CALENDAR = Calendar((YearEnd(date.min, 12, 31),), HOLIDAYS)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-02", "2026-11-17"),  # November 11 is no business day
        ("2026-11-16", "2026-12-01"),
        ("2026-11-21", "2026-12-07"),  # a Saturday; Monday is day 1
    ],
)
def test_ten_business_days(received: str, due: str) -> None:
    assert usual_due_date(day(received), CALENDAR) == day(due)


@pytest.mark.parametrize(
    ("as_of", "answered", "closed", "expected"),
    [
        ("2026-11-01", None, None, LetterProgress.NOT_RECEIVED),
        ("2026-11-02", None, None, LetterProgress.IN_TIME),
        ("2026-11-17", None, None, LetterProgress.IN_TIME),  # the due date itself
        ("2026-11-18", None, None, LetterProgress.PAST_DUE_DATE),
        ("2026-11-18", "2026-11-17", None, LetterProgress.ANSWERED),
        ("2026-11-18", "2026-11-18", None, LetterProgress.ANSWERED),
        ("2026-11-18", "2026-11-19", None, LetterProgress.PAST_DUE_DATE),  # answered tomorrow
        ("2026-12-10", "2026-11-17", "2026-12-10", LetterProgress.CLOSED),
        ("2026-12-09", "2026-11-17", "2026-12-10", LetterProgress.ANSWERED),
        ("2026-12-10", None, "2026-12-10", LetterProgress.CLOSED),
    ],
)
def test_progress(
    as_of: str, answered: str | None, closed: str | None, expected: LetterProgress
) -> None:
    letter = Letter(
        day("2026-11-02"), day("2026-11-17"), answered_on=on(answered), closed_on=on(closed)
    )
    assert progress(letter, day(as_of)) is expected


def test_an_extension_counts_from_the_day_it_was_agreed() -> None:
    extended = ((day("2026-11-13"), day("2026-12-01")), (day("2026-11-30"), day("2026-12-08")))
    letter = Letter(day("2026-11-02"), day("2026-11-17"), extended)
    assert [letter.due(day(on)) for on in ("2026-11-12", "2026-11-13", "2026-11-30")] == [
        date(2026, 11, 17),
        date(2026, 12, 1),
        date(2026, 12, 8),
    ]
    assert progress(letter, day("2026-12-08")) is LetterProgress.IN_TIME


def test_letter_without_a_due_date_stays_in_time() -> None:
    assert progress(Letter(day("2026-11-02")), day("2028-01-01")) is LetterProgress.IN_TIME


@pytest.mark.parametrize(
    ("answered", "late"), [("2026-11-17", False), ("2026-11-18", True), (None, False)]
)
def test_answer_after_the_due_date(answered: str | None, late: bool) -> None:
    letter = Letter(day("2026-11-02"), day("2026-11-17"), answered_on=on(answered))
    assert was_answered_late(letter) is late
