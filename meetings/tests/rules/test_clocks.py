"""What a local time means where clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from meetings.rules import clocks

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "at", "instants"),
    [
        # Clocks go forward at 2:00 a.m. on March 14, 2027, and back at 2:00 a.m. on November 1, 2026.
        (date(2026, 11, 4), time(9), ["2026-11-04T14:00"]),
        (date(2027, 3, 16), time(9), ["2027-03-16T13:00"]),
        (date(2027, 3, 14), time(1, 59), ["2027-03-14T06:59"]),
        (date(2027, 3, 14), time(2, 0), []),
        (date(2027, 3, 14), time(2, 30), []),
        (date(2027, 3, 14), time(3, 0), ["2027-03-14T07:00"]),
        (date(2026, 11, 1), time(0, 59), ["2026-11-01T04:59"]),
        (date(2026, 11, 1), time(1, 30), ["2026-11-01T05:30", "2026-11-01T06:30"]),
        (date(2026, 11, 1), time(2, 0), ["2026-11-01T07:00"]),
    ],
)
def test_local_times(day: date, at: time, instants: list[str]) -> None:
    local = clocks.read(day, at, NEW_YORK)
    found = [each.astimezone(ZoneInfo("UTC")) for each in (local.first, local.second) if each]
    assert [f"{each:%Y-%m-%dT%H:%M}" for each in found] == instants
    assert (local.exists, local.is_ambiguous) == (bool(instants), len(instants) == 2)


def test_after_the_gap_clocks_go_on_at_three() -> None:
    later = clocks.read(date(2027, 3, 14), time(2, 30), NEW_YORK).next
    assert later == datetime(2027, 3, 14, 3, tzinfo=NEW_YORK)
    assert clocks.gap_begins(later) == time(2)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0), "12:00 a.m."),
        (time(9, 5), "9:05 a.m."),
        (time(12), "12:00 p.m."),
        (time(18, 12), "6:12 p.m."),
    ],
)
def test_spoken(at: time, said: str) -> None:
    assert clocks.spoken(at) == said
