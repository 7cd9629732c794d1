"""The steps around a meeting."""

from datetime import date

import pytest

from meetings.enums import MeetingKind
from meetings.rules.schedule import steps
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
