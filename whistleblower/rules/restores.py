"""How long reporters are told that a restore may have lost what they sent."""

from datetime import date, timedelta

TOLD_FOR = timedelta(days=90)


def lost_from(earlier: date | None, restored_on: date | None, now: date, today: date) -> date:
    """The first date of which something may be lost, after a restore today from a backup of `now`:
    that of an earlier restore while reporters are still told of it."""
    if earlier is None or restored_on is None or not is_told(restored_on, today):
        return now
    return min(earlier, now)


def is_told(restored_on: date, today: date) -> bool:
    return today <= restored_on + TOLD_FOR
