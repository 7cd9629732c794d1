"""The usual meetings of a fiscal year, from its filing due dates."""

from datetime import date, time

import pytest

from meetings.enums import MeetingKind
from meetings.rules.year_plan import Proposed, propose, usual_due_dates
from records.calendar import Calendar, YearEnd
from records.services.company import federal_holidays

CALENDAR = Calendar((YearEnd(date.min, 12, 31),), frozenset(federal_holidays(range(2025, 2029))))
JUNE = Calendar((YearEnd(date.min, 6, 30),), frozenset(federal_holidays(range(2025, 2029))))


def dates(due: tuple[date, ...], calendar: Calendar, start: str) -> list[date]:
    return [each.on for each in propose(due, calendar) if each.key.startswith(start)]


def test_a_non_accelerated_filer_of_2027() -> None:
    due = usual_due_dates(CALENDAR.year_of(date(2027, 6, 1)), CALENDAR)
    assert due == (date(2027, 3, 31), date(2027, 5, 17), date(2027, 8, 16), date(2027, 11, 15))
    assert dates(due, CALENDAR, "committee-regular") == [
        date(2027, 3, 16),
        date(2027, 5, 4),
        date(2027, 8, 3),
        date(2027, 11, 2),
    ]
    assert dates(due, CALENDAR, "board-regular") == [
        date(2027, 3, 17),
        date(2027, 5, 5),
        date(2027, 8, 4),
        date(2027, 11, 3),
    ]
    assert dates(due, CALENDAR, "committee-release_call") == [
        date(2027, 3, 8),
        date(2027, 5, 10),
        date(2027, 8, 9),
        date(2027, 11, 8),
    ]


@pytest.mark.parametrize(
    ("due", "meeting"),
    [
        (date(2026, 11, 9), date(2026, 10, 27)),
        (date(2026, 11, 13), date(2026, 11, 3)),
        (date(2026, 11, 12), date(2026, 10, 27)),
        # Tuesday, November 11, 2025 is Veterans Day's eve; the day itself is a holiday.
        (date(2025, 11, 21), date(2025, 11, 10)),
    ],
    ids=["Monday", "Friday: the tenth day before is a Tuesday", "Thursday", "a holiday"],
)
def test_the_meeting_is_ten_days_before_the_filing_at_the_latest(due: date, meeting: date) -> None:
    assert dates((due,), CALENDAR, "committee-regular") == [meeting]


def test_a_fiscal_year_that_ends_in_june() -> None:
    due = usual_due_dates(JUNE.year_of(date(2026, 9, 1)), JUNE)
    assert due == (date(2026, 9, 28), date(2026, 11, 16), date(2027, 2, 16), date(2027, 5, 17))


def test_keys_are_stable_and_each_is_there_once() -> None:
    due = usual_due_dates(CALENDAR.year_of(date(2027, 6, 1)), CALENDAR)
    keys = [each.key for each in propose(due, CALENDAR)]
    assert len(set(keys)) == len(keys) == 12


@pytest.mark.parametrize(
    ("filing", "release_call", "on"),
    [(0, 0, date(2027, 3, 8)), (1, 0, date(2027, 3, 24))],
    ids=["annual report", "quarterly report"],
)
def test_the_meetings_before_a_filing(filing: int, release_call: int, on: date) -> None:
    """The annual report's release is 21 days before it is due, a quarterly one's five."""
    due = (date(2026, 1, 5),) * filing + (date(2027, 3, 31),)
    regular, call = MeetingKind.REGULAR, MeetingKind.RELEASE_CALL
    found = [each for each in propose(due, CALENDAR) if each.on > date(2026, 6, 1)]
    assert sorted(found, key=lambda each: each.time) == [
        Proposed(filing, regular, False, date(2027, 3, 16), time(9)),
        Proposed(filing, regular, True, date(2027, 3, 17), time(10)),
        Proposed(filing, call, False, on, time(11)),
    ]
    assert [each.on for each in found] == sorted(each.on for each in found)


def test_on_one_date_what_begins_earlier_comes_first() -> None:
    """The call before the first filing is on the date on which the Board meets before the second."""
    found = propose((date(2026, 11, 27), date(2026, 11, 13)), CALENDAR)
    assert [each.key for each in found if each.on == date(2026, 11, 4)] == [
        "board-regular-1",
        "committee-release_call-0",
        "committee-release_call-1",
    ]


@pytest.mark.parametrize(
    ("kind", "of_board", "key", "duration"),
    [
        (MeetingKind.REGULAR, False, "committee-regular-2", 120),
        (MeetingKind.REGULAR, True, "board-regular-2", 120),
        (MeetingKind.RELEASE_CALL, False, "committee-release_call-2", 30),
        (MeetingKind.SPECIAL, True, "board-special-2", 60),
    ],
)
def test_key_and_length(kind: MeetingKind, of_board: bool, key: str, duration: int) -> None:
    each = Proposed(2, kind, of_board, date(2027, 3, 16), time(9))
    assert (each.key, each.duration) == (key, duration)


def test_a_year_that_is_cut_short_has_fewer_filings() -> None:
    """A transition period of four months, after which years end in June."""
    short = Calendar(
        (YearEnd(date.min, 2, 28), YearEnd(date(2026, 6, 30), 6, 30)), CALENDAR.holidays
    )
    due = usual_due_dates(short.year_of(date(2026, 4, 1)), short)
    assert due == (date(2026, 5, 29), date(2026, 7, 15), date(2026, 8, 14))
