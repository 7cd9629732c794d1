"""How long reporters are told that a restore may have lost what they sent."""

from datetime import date, timedelta

TOLD_FOR = timedelta(days=90)


def is_told(restored_on: date, today: date) -> bool:
    return today <= restored_on + TOLD_FOR
