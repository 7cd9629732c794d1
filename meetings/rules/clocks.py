"""Local times: one that clocks skip does not exist, and one that they repeat has to be told apart.

Pure: no database and no clock. Python answers silently for both, an hour off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class LocalTime:
    """What a local time on a date means in a zone.

    first, second  the instants; the second only where clocks go back over the time
    next           the first local time after the gap, where clocks skip the time
    """

    first: datetime | None
    second: datetime | None = None
    next: datetime | None = None

    @property
    def exists(self) -> bool:
        return self.first is not None

    @property
    def is_ambiguous(self) -> bool:
        return self.second is not None


def read(day: date, at: time, zone: ZoneInfo) -> LocalTime:
    """What a local time means on a date: one instant, two, or none."""
    earlier = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    later = earlier.replace(fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return LocalTime(earlier)
    if _round_trip(earlier) != earlier.replace(tzinfo=None):
        return LocalTime(None, next=_after_the_gap(earlier, zone))
    return LocalTime(earlier, second=later)


def _round_trip(local: datetime) -> datetime:
    """What clocks show at the instant that a local time is taken for."""
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None)


def _after_the_gap(skipped: datetime, zone: ZoneInfo) -> datetime:
    """The local time at which clocks go on after they were put forward."""
    before = skipped.replace(fold=1).astimezone(UTC)
    offset = before.astimezone(zone).utcoffset()
    while before.astimezone(zone).utcoffset() == offset:
        before += timedelta(minutes=1)
    return before.astimezone(zone)


def gap_begins(after: datetime) -> time:
    """What clocks showed last before a gap that ends at `after`, as people say it: 2:00 a.m."""
    before = (after.astimezone(UTC) - timedelta(minutes=1)).astimezone(after.tzinfo)
    return (before.replace(tzinfo=None) + timedelta(minutes=1)).time()


def spoken(at: time) -> str:
    """9:30 a.m."""
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"
