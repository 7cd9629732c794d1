"""RULE-45 and RULE-48: four meetings a year, and who attended fewer than 75 percent."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.rules.attendance import Kind, Sitting, attendance, meetings_in_year
from records.calendar import Calendar, YearEnd
from records.rule_data import TABLE

YEAR = Calendar((YearEnd(date.min, 12, 31),)).year_of(date(2026, 6, 30))
HELD = ["2026-02-26", "2026-05-05", "2026-08-04"]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("meetings", "consents", "on", "pace", "held", "needed", "days_left"),
    [
        (HELD, ["2026-06-12"], "2026-11-20", "short", 3, 1, 41),
        ([*HELD, "2026-12-08"], ["2026-06-12"], "2026-11-20", "planned", 3, 0, 41),
        ([*HELD, "2026-11-20"], [], "2026-11-20", "held", 4, 0, 41),
        (HELD, ["2026-06-12"], "2026-12-31", "short", 3, 1, 0),
        (HELD, ["2026-06-12"], "2027-01-01", "not_held", 3, 1, 0),
        # A meeting in the next year is the next year's.
        ([*HELD, "2027-01-05"], [], "2027-01-10", "not_held", 3, 1, 0),
        ([], [], "2026-01-01", "short", 0, 4, 364),
        ([*HELD, "2026-11-03", "2026-12-08"], [], "2026-12-31", "held", 5, 0, 0),
    ],
)
def test_four_meetings_a_year(
    meetings: Sequence[str],
    consents: Sequence[str],
    on: str,
    pace: str,
    held: int,
    needed: int,
    days_left: int,
) -> None:
    days = [(day(each), Kind.MEETING) for each in meetings]
    days += [(day(each), Kind.CONSENT) for each in consents]
    found = meetings_in_year(YEAR, days, day(on))
    assert (found.pace.value, found.held, found.needed, found.days_left) == (
        pace,
        held,
        needed,
        days_left,
    )


def test_no_meeting_at_all_is_no_target() -> None:
    with pytest.raises(ValueError, match="At least one meeting a year"):
        meetings_in_year(YEAR, [], YEAR.last, wanted=0)


def sittings(present: int, held: int, **more: object) -> list[Sitting]:
    return [Sitting(day("2026-05-05"), number < present, **more) for number in range(held)]


@pytest.mark.parametrize(
    ("board", "committee", "attended", "held", "is_named"),
    [
        ((5, 6), (4, 6), 9, 12, False),  # exactly 75 percent
        ((5, 6), (3, 6), 8, 12, True),
        ((6, 6), (3, 6), 9, 12, False),  # the bodies are taken together
        ((2, 3), (0, 0), 2, 3, True),
        ((3, 4), (0, 0), 3, 4, False),
        ((0, 0), (0, 0), 0, 0, False),
        ((299, 400), (0, 0), 299, 400, True),  # 74.75 percent is not rounded up
    ],
)
def test_attendance_below_75_percent_is_named(
    board: tuple[int, int], committee: tuple[int, int], attended: int, held: int, is_named: bool
) -> None:
    found = attendance(sittings(*board) + sittings(*committee), YEAR, TABLE)
    assert (found.attended, found.held, found.is_named) == (attended, held, is_named)
    assert (found.percent, found.citation) == (75, "Reg. S-K Item 407(b)(1)")


@pytest.mark.parametrize(
    "left_out",
    [
        sittings(0, 5, kind=Kind.CONSENT),
        sittings(0, 5, serves=False),
        [Sitting(day("2027-01-05"), was_present=False)],
    ],
    ids=["consents", "before the director served", "another year"],
)
def test_what_does_not_count(left_out: list[Sitting]) -> None:
    found = attendance(sittings(3, 4) + left_out, YEAR, TABLE)
    assert (found.attended, found.held, found.is_named) == (3, 4, False)


@given(st.integers(0, 60), st.integers(0, 60))
def test_one_more_meeting_attended_never_leads_to_being_named(present: int, absent: int) -> None:
    before = attendance(sittings(present, present + absent), YEAR, TABLE)
    after = attendance(sittings(present + 1, present + 1 + absent), YEAR, TABLE)
    assert before.is_named or not after.is_named
