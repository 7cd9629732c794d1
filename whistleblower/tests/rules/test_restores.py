"""How long reporters read that a restore may have lost what they sent, and since when."""

from datetime import date

import pytest

from whistleblower.rules.restores import is_told, lost_from

BACKUP, TODAY = date(2026, 6, 1), date(2026, 6, 2)
# The 90th date and the 91st after it are today.
LAST_TOLD, NO_LONGER_TOLD = date(2026, 3, 4), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("earlier", "restored_on", "lost"),
    [
        (None, None, BACKUP),
        (None, LAST_TOLD, BACKUP),
        (date(2026, 3, 1), None, BACKUP),
        (date(2026, 3, 1), LAST_TOLD, date(2026, 3, 1)),
        (date(2026, 3, 1), NO_LONGER_TOLD, BACKUP),
        (TODAY, TODAY, BACKUP),
    ],
)
def test_first_date_of_which_something_may_be_lost(
    earlier: date | None, restored_on: date | None, lost: date
) -> None:
    assert lost_from(earlier, restored_on, BACKUP, TODAY) == lost


def test_reporters_are_told_for_ninety_days() -> None:
    assert [is_told(day, TODAY) for day in (TODAY, LAST_TOLD, NO_LONGER_TOLD)] == [
        True,
        True,
        False,
    ]
