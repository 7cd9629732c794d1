"""The steps around a meeting."""

from datetime import date

import pytest

from meetings.enums import MeetingKind
from meetings.rules.schedule import business_days_before, day_after, steps
from records.calendar import Calendar, YearEnd
from records.services.company import federal_holidays

CALENDAR = Calendar((YearEnd(date.min, 12, 31),), frozenset(federal_holidays(range(2025, 2029))))
WEDNESDAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("kind", "notice_days", "expected"),
    [
        (
            MeetingKind.REGULAR,
            None,
            {
                "papers": date(2026, 10, 26),
                "pack": date(2026, 10, 28),
                # Veterans Day, November 11, is no business day.
                "minutes_drafted": date(2026, 11, 12),
                "minutes_circulated": date(2026, 11, 19),
            },
        ),
        (
            MeetingKind.RELEASE_CALL,
            2,
            {
                "papers": date(2026, 10, 29),
                "pack": date(2026, 11, 2),
                "notice": date(2026, 11, 2),
                "minutes_drafted": date(2026, 11, 12),
                "minutes_circulated": date(2026, 11, 19),
            },
        ),
    ],
    ids=["regular", "release call"],
)
def test_steps(kind: MeetingKind, notice_days: int | None, expected: dict[str, date]) -> None:
    found = steps(WEDNESDAY, kind, notice_days, CALENDAR)
    assert {each.step.value: each.due_on for each in found} == expected
    assert [each.due_on for each in found] == sorted(each.due_on for each in found)


def test_steps_are_in_the_order_of_their_dates() -> None:
    found = steps(WEDNESDAY, MeetingKind.SPECIAL, 30, CALENDAR)
    assert [each.step.value for each in found] == [
        *("notice", "papers", "pack", "minutes_drafted", "minutes_circulated")
    ]
    assert found[0].due_on == date(2026, 10, 5)
    on_the_day = steps(WEDNESDAY, MeetingKind.SPECIAL, 0, CALENDAR)
    assert [each.step.value for each in on_the_day] == [
        *("papers", "pack", "notice", "minutes_drafted", "minutes_circulated")
    ]


@pytest.mark.parametrize(
    ("count", "day"),
    [(0, WEDNESDAY), (1, date(2026, 11, 3)), (3, date(2026, 10, 30)), (16, date(2026, 10, 13))],
)
def test_business_days_before(count: int, day: date) -> None:
    """Columbus Day, October 12, is no business day, nor is the date itself counted."""
    assert business_days_before(WEDNESDAY, count, CALENDAR) == day


def test_day_after() -> None:
    assert day_after(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("called_on", "papers", "pack"),
    [
        (date(2026, 10, 1), date(2026, 10, 26), date(2026, 10, 28)),
        (date(2026, 10, 27), date(2026, 10, 27), date(2026, 10, 28)),
        (date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 2)),
    ],
    ids=["in time", "after papers were due", "after the pack was due"],
)
def test_nothing_is_due_before_the_meeting_was_called(
    called_on: date, papers: date, pack: date
) -> None:
    found = steps(WEDNESDAY, MeetingKind.SPECIAL, None, CALENDAR, called_on)
    assert [(each.step.value, each.due_on) for each in found[:2]] == [
        ("papers", papers),
        ("pack", pack),
    ]
