"""RULE-46: executive sessions by group, and reports to the Board."""

from collections.abc import Sequence
from datetime import date

import pytest

from charters.rules.sessions import (
    TARGETS,
    BoardMeeting,
    Group,
    Session,
    report_to_board,
    sessions_in_year,
)
from records.calendar import Calendar, YearEnd

CALENDAR = Calendar((YearEnd(date.min, 12, 31),))
YEAR = CALENDAR.year_of(date(2026, 6, 30))
MANAGEMENT, INTERNAL, EXTERNAL = Group
SHORT = {"M": MANAGEMENT, "I": INTERNAL, "E": EXTERNAL}


def session(text: str) -> Session:
    """`2026-02-26 E EM`: with the external auditor; the auditor and management were there."""
    on, held_with, present = text.split()
    return Session(date.fromisoformat(on), SHORT[held_with], frozenset(SHORT[p] for p in present))


@pytest.mark.parametrize(
    ("group", "sessions", "on", "state", "counted"),
    [
        # The external auditor: once in each quarter that is over.
        (EXTERNAL, ["2026-02-26 E E", "2026-05-05 E E", "2026-08-04 E E"], "2026-11-20", "on_target", 3),
        (EXTERNAL, ["2026-02-26 E E", "2026-05-05 E E"], "2026-09-30", "on_target", 2),
        (EXTERNAL, ["2026-02-26 E E", "2026-05-05 E E"], "2026-10-01", "behind", 2),
        (EXTERNAL, ["2026-02-26 E E", "2026-05-05 E E", "2026-08-04 E E"], "2027-01-01", "behind", 3),
        (EXTERNAL, ["2026-02-26 E E", "2026-02-27 E E", "2026-05-05 E E"], "2026-10-01", "behind", 3),
        (EXTERNAL, [], "2026-01-15", "on_target", 0),
        # Management and the internal auditor: twice in the year.
        (MANAGEMENT, ["2026-05-05 M M"], "2026-11-20", "behind", 1),
        (MANAGEMENT, ["2026-05-05 M M", "2026-08-04 M M"], "2026-11-20", "on_target", 2),
        (INTERNAL, [], "2026-11-20", "behind", 0),
        (INTERNAL, [], "2026-12-31", "behind", 0),
        (INTERNAL, [], "2027-01-01", "none_in_year", 0),
        (INTERNAL, ["2026-12-31 I I"], "2027-01-01", "behind", 1),
        # Somebody of another group was there, or nobody of this one.
        (EXTERNAL, ["2026-02-26 E EM"], "2026-11-20", "behind", 0),
        (EXTERNAL, ["2026-02-26 E EI"], "2027-01-01", "none_in_year", 0),
        (MANAGEMENT, ["2026-05-05 M M", "2026-08-04 M ME"], "2026-11-20", "behind", 1),
        (MANAGEMENT, ["2026-05-05 M E"], "2027-01-01", "none_in_year", 0),
        # Another year's, and one that is still ahead.
        (MANAGEMENT, ["2025-12-31 M M", "2026-12-08 M M"], "2026-11-20", "behind", 0),
    ],
)  # fmt: skip
def test_sessions(group: Group, sessions: Sequence[str], on: str, state: str, counted: int) -> None:
    found = sessions_in_year(
        YEAR, CALENDAR, map(session, sessions), date.fromisoformat(on), group=group
    )
    assert (found.state.value, len(found.counted)) == (state, counted)


def test_mixed_session_is_named_beside_those_that_count() -> None:
    given = map(session, ["2026-02-26 E EM", "2026-05-05 E E"])
    found = sessions_in_year(YEAR, CALENDAR, given, date(2026, 6, 30), group=EXTERNAL)
    assert (found.counted, found.mixed) == ((date(2026, 5, 5),), (date(2026, 2, 26),))


@pytest.mark.parametrize(
    ("reason", "state"), [("No internal audit function.", "not_applicable"), (" ", "none_in_year")]
)
def test_company_without_the_function_gives_its_reason(reason: str, state: str) -> None:
    found = sessions_in_year(
        YEAR, CALENDAR, [], date(2027, 1, 1), group=INTERNAL, not_applicable=reason
    )
    assert (found.state.value, found.reason) == (state, reason.strip())


def test_targets_are_a_setting() -> None:
    given = [session("2026-05-05 M M")]
    found = sessions_in_year(
        YEAR, CALENDAR, given, YEAR.last, group=MANAGEMENT, targets={MANAGEMENT: 1}
    )
    assert (found.state.value, found.wanted) == ("on_target", 1)


MET = date(2026, 8, 4)


def test_each_of_two_meetings_of_one_day_has_its_own_report() -> None:
    board = [BoardMeeting(date(2026, 8, 6), frozenset({"morning"}))]
    found = [
        report_to_board(MET, board, date(2026, 8, 7), key).state.value
        for key in ("morning", "evening")
    ]
    assert found == ["reported", "not_at_next"]


@pytest.mark.parametrize(
    ("board", "reported_at", "on", "state", "passed"),
    [
        (["2026-08-06", "2026-11-12"], None, "2026-08-05", "waiting", 0),
        (["2026-08-06", "2026-11-12"], None, "2026-08-06", "not_at_next", 1),
        (["2026-08-06", "2026-11-12"], None, "2026-11-11", "not_at_next", 1),
        (["2026-08-06", "2026-11-12"], None, "2026-11-12", "not_at_second", 2),
        (["2026-08-06", "2026-11-12", "2026-12-10"], None, "2026-12-31", "not_at_second", 3),
        (["2026-08-06", "2026-11-12"], "2026-08-06", "2026-11-20", "reported", 0),
        (["2026-08-06", "2026-11-12"], "2026-11-12", "2026-11-20", "reported", 1),
        # As of a day before the report.
        (["2026-08-06", "2026-11-12"], "2026-11-12", "2026-11-11", "not_at_next", 1),
        # On the day of the committee's own meeting; and before it.
        (["2026-08-04"], "2026-08-04", "2026-08-04", "reported", 0),
        (["2026-08-04"], None, "2026-08-04", "waiting", 0),
        (["2026-08-03"], None, "2026-08-31", "waiting", 0),
    ],
)
def test_report_to_the_board(
    board: Sequence[str], reported_at: str | None, on: str, state: str, passed: int
) -> None:
    meetings = [
        BoardMeeting(date.fromisoformat(each), frozenset({MET} if each == reported_at else ()))
        for each in board
    ]
    found = report_to_board(MET, meetings, date.fromisoformat(on))
    assert (found.state.value, len(found.passed)) == (state, passed)
    if state == "reported" and reported_at:
        assert found.reported_on == date.fromisoformat(reported_at)


def test_sessions_of_one_group_by_their_dates_with_the_mixed_ones_beside_them() -> None:
    held = [
        "2026-08-04 M M",
        "2026-02-26 M M",
        "2026-09-01 M ME",
        "2026-03-01 M MI",
        "2026-04-01 E E",
    ]
    found = sessions_in_year(YEAR, CALENDAR, map(session, held), date(2026, 9, 1), group=MANAGEMENT)
    assert found.counted == (date(2026, 2, 26), date(2026, 8, 4))
    assert found.mixed == (date(2026, 3, 1), date(2026, 9, 1)), "one held today is held"
    assert (found.group, found.wanted) == (MANAGEMENT, 2)


def test_how_often_a_session_is_good_practice() -> None:
    assert TARGETS == {MANAGEMENT: 2, INTERNAL: 2, EXTERNAL: 4}
