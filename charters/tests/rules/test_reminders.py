"""When a deadline reminds, as a table to be read: days before, quiet days, what is past its day."""

from datetime import date, timedelta
from functools import partial
from itertools import islice, pairwise, takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.enums import Counting
from charters.rules.reminders import (
    DAILY,
    USUAL,
    Pace,
    Step,
    latest,
    reminds_owner,
    steps,
    upcoming,
)
from records.calendar import DAY, Calendar, YearEnd

DECEMBER = (YearEnd(date.min, 12, 31),)
FEDERAL = frozenset(
    date.fromisoformat(day)
    for day in (
        "2026-11-11 2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 "
        "2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24 2027-12-31"
    ).split()
)
CALENDAR = Calendar(DECEMBER, FEDERAL)
LONG_AGO = date(2020, 1, 1)


def usual(due_on: str, calendar: Calendar = CALENDAR) -> list[str]:
    """The first six reminders, as their days."""
    found = steps(USUAL, date.fromisoformat(due_on), calendar, LONG_AGO)
    return [step.on.isoformat() for step in islice(found, 6)]


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        pytest.param(
            # Friday 12 February, Wednesday 17 and Wednesday 31 March; then every Wednesday.
            "2027-03-31",
            "2027-02-12 2027-03-17 2027-03-31 2027-04-07 2027-04-14 2027-04-21",
            id="45 days before is a Sunday: the Friday before",
        ),
        pytest.param(
            "2026-12-31",
            "2026-11-16 2026-12-17 2026-12-31 2027-01-07 2027-01-14 2027-01-21",
            id="the fiscal year's last day, a Thursday",
        ),
        pytest.param(
            "2027-12-31",
            "2027-11-16 2027-12-17 2027-12-30 2028-01-07 2028-01-14 2028-01-21",
            id="the day itself is a holiday: the business day before",
        ),
        pytest.param(
            "2027-01-10",
            "2026-11-25 2026-12-24 2027-01-08 2027-01-15 2027-01-22 2027-01-29",
            id="Thanksgiving and the day after a holiday, and a Sunday",
        ),
        pytest.param(
            "2028-02-29",
            "2028-01-14 2028-02-15 2028-02-29 2028-03-07 2028-03-14 2028-03-21",
            id="a leap day",
        ),
    ],
)
def test_owner_is_reminded_45_and_14_days_before_and_on_the_day_then_weekly(
    due_on: str, days: str
) -> None:
    assert usual(due_on) == days.split()


def test_past_its_day_it_is_the_secretarys() -> None:
    found = islice(steps(USUAL, date(2027, 3, 31), CALENDAR, LONG_AGO), 5)
    assert [(step.days, step.is_past) for step in found] == [
        (45, False),
        (14, False),
        (0, False),
        (-7, True),
        (-14, True),
    ]


def closed(first: str, last: str) -> Calendar:
    """A company that is closed from one day to another."""
    day, days = date.fromisoformat(first), set(FEDERAL)
    while day <= date.fromisoformat(last):
        days.add(day)
        day += DAY
    return Calendar(DECEMBER, frozenset(days))


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        pytest.param(
            closed("2026-12-24", "2027-01-04"),
            "2026-11-16 2026-12-17 2026-12-23 2027-01-07 2027-01-14 2027-01-21",
            id="closed over the year's end: the day is reminded of before the holidays",
        ),
        pytest.param(
            closed("2026-12-17", "2026-12-31"),
            "2026-11-16 2026-12-16 2027-01-07 2027-01-14 2027-01-21 2027-01-28",
            id="14 days before and the day itself fall together: one reminder",
        ),
        pytest.param(
            closed("2027-01-02", "2027-01-12"),
            "2026-11-16 2026-12-17 2026-12-31 2027-01-14 2027-01-21 2027-01-28",
            id="the first week after would go out before the day has passed: the next week",
        ),
    ],
)
def test_holidays_in_a_row_make_no_two_reminders_on_one_day(calendar: Calendar, days: str) -> None:
    assert usual("2026-12-31", calendar) == days.split()


@pytest.mark.parametrize(
    ("today", "on"),
    [
        ("2026-11-15", None),
        ("2026-11-16", "2026-11-16"),
        ("2026-12-16", "2026-11-16"),
        # The worker was down from the 16th to the 19th: the one of the 17th, once.
        ("2026-12-20", "2026-12-17"),
        ("2026-12-31", "2026-12-31"),
        ("2027-01-06", "2026-12-31"),
        # The due day was past when the duty was entered: the last weekly one, not all of them.
        ("2027-03-01", "2027-02-25"),
    ],
)
def test_day_that_was_missed_is_made_up_for_by_the_latest_reminder(
    today: str, on: str | None
) -> None:
    found = latest(steps(USUAL, date(2026, 12, 31), CALENDAR, LONG_AGO), date.fromisoformat(today))
    assert (found.on.isoformat() if found else None) == on


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-01-01", "2026-11-16 2026-12-17 2026-12-31"),
        ("2026-11-17", "2026-12-17 2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        # Past its day, the next one alone: whether there is another depends on what is done.
        ("2027-01-01", "2027-01-07"),
        ("2027-03-01", "2027-03-04"),
    ],
)
def test_what_lies_ahead_reaches_to_the_due_day(today: str, days: str) -> None:
    found = upcoming(
        steps(USUAL, date(2026, 12, 31), CALENDAR, LONG_AGO), date.fromisoformat(today)
    )
    assert [step.on.isoformat() for step in found] == days.split()


@pytest.mark.parametrize(
    ("known_on", "due_on", "days"),
    [
        pytest.param(
            "2026-11-20",
            "2026-11-30",
            "2026-11-20 2026-11-23 2026-11-24 2026-11-25 2026-11-27 2026-11-30 2026-12-01",
            id="at once, then on business days; not on Thanksgiving",
        ),
        pytest.param(
            "2026-11-21",
            "2026-11-28",
            "2026-11-21 2026-11-23 2026-11-24 2026-11-25 2026-11-27 2026-11-28 2026-11-30",
            id="learned on a Saturday: at once all the same; due on a Saturday: on that day too",
        ),
        pytest.param(
            "2026-11-23",
            "2026-11-18",
            "2026-11-23 2026-11-24 2026-11-25 2026-11-27 2026-11-30 2026-12-01 2026-12-02",
            id="due before it was known: at once and until it is done",
        ),
    ],
)
def test_event_reminds_at_once_and_then_every_business_day(
    known_on: str, due_on: str, days: str
) -> None:
    found = steps(DAILY, date.fromisoformat(due_on), CALENDAR, date.fromisoformat(known_on))
    assert [step.on.isoformat() for step in islice(found, 7)] == days.split()


# A pack due in five business days, minutes due in ten, an 8-K in four: paces of their own.
@pytest.mark.parametrize(
    ("pace", "due_on", "days"),
    [
        pytest.param(
            Pace((5, 2, 0), Counting.BUSINESS, every=1),
            "2026-11-30",
            "2026-11-20 2026-11-25 2026-11-30 2026-12-01 2026-12-02 2026-12-03",
            id="five and two business days before, not counting Thanksgiving; then daily",
        ),
        pytest.param(
            Pace((10, 0), Counting.BUSINESS, every=5),
            "2026-12-31",
            "2026-12-16 2026-12-31 2027-01-08 2027-01-15 2027-01-25 2027-02-01",
            id="ten business days before, over Christmas; then every five business days",
        ),
        pytest.param(
            Pace((3, 0), Counting.CALENDAR, every=2),
            "2026-11-30",
            "2026-11-27 2026-11-30 2026-12-02 2026-12-04 2026-12-08 2026-12-10",
            id="three calendar days before; every two after, of two that meet the later one",
        ),
        pytest.param(
            Pace(every=7),
            "2026-11-30",
            "2026-12-07 2026-12-14 2026-12-21 2026-12-28 2027-01-04 2027-01-11",
            id="nothing before, and every week after",
        ),
    ],
)
def test_a_pace_is_a_value(pace: Pace, due_on: str, days: str) -> None:
    found = steps(pace, date.fromisoformat(due_on), CALENDAR, LONG_AGO)
    assert [step.on.isoformat() for step in islice(found, 6)] == days.split()


@pytest.mark.parametrize(
    "given",
    [
        {"before": (1, 2)},
        {"before": (2, 2)},
        {"before": (-1,)},
        {"every": 0},
        {"counted_in": Counting.FILING},
    ],
    ids=str,
)
def test_a_pace_that_makes_no_sense_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"days|reminds|counts"):
        Pace(**given)


PACES = st.just(DAILY) | st.builds(
    lambda before, counted_in, every, owner_after: Pace(
        tuple(sorted(before, reverse=True)), counted_in, every, owner_after
    ),
    st.sets(st.integers(0, 60), max_size=4),
    st.sampled_from([Counting.CALENDAR, Counting.BUSINESS]),
    st.integers(1, 30),
    st.booleans(),
)
days_of_the_century = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(
    days_of_the_century,
    st.sets(st.integers(-60, 90), max_size=60),
    PACES,
)
def test_every_deadline_reminds_in_order_and_never_stops(
    due_on: date, holidays: set[int], pace: Pace
) -> None:
    calendar = Calendar(DECEMBER, frozenset(due_on + timedelta(days=each) for each in holidays))
    known_on = due_on - timedelta(days=10)
    found: list[Step] = list(islice(steps(pace, due_on, calendar, known_on), 12))
    assert all(one.on < other.on for one, other in pairwise(found))
    assert all(
        calendar.is_business_day(step.on) or (pace == DAILY and step.on in (known_on, due_on))
        for step in found
    )
    assert all((step.on > due_on) == step.is_past for step in found)
    for step in found:
        assert latest(steps(pace, due_on, calendar, known_on), step.on) == step
        assert upcoming(steps(pace, due_on, calendar, known_on), step.on)[0] == step


@given(
    due_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    days=st.integers(-60, 1200),
    every=st.integers(1, 70),
    counted_in=st.sampled_from([Counting.CALENDAR, Counting.BUSINESS]),
)
def test_looked_for_around_a_day_they_are_the_same(
    due_on: date, days: int, every: int, counted_in: Counting
) -> None:
    """What went out long before is passed over, and changes neither the latest nor the next."""
    pace, day = Pace((45, 14, 0), counted_in, every=every), due_on + timedelta(days=days)
    if counted_in is Counting.BUSINESS:
        pace, day = Pace((5, 2, 0), counted_in, every=every), due_on + timedelta(days=days % 90)
    whole = partial(steps, pace, due_on, CALENDAR, LONG_AGO)
    assert upcoming(whole(day), day) == upcoming(whole(), day)
    assert latest(whole(day), day) == latest(whole(), day)


def test_of_a_date_that_passed_long_ago_few_are_looked_at() -> None:
    day = date(2027, 1, 15)
    found = steps(USUAL, date(2007, 3, 31), CALENDAR, LONG_AGO, day)
    looked_at = list(takewhile(lambda step: step.on <= day, found))
    assert len(looked_at) < 10


@pytest.mark.parametrize(
    ("days", "usual_pace", "pace_of_events"), [(1, True, True), (0, True, True), (-1, False, True)]
)
def test_owner_is_reminded_up_to_the_due_date(
    days: int, usual_pace: bool, pace_of_events: bool
) -> None:
    step = Step(date(2026, 8, 5), days)
    assert reminds_owner(USUAL, step) is usual_pace
    assert reminds_owner(DAILY, step) is pace_of_events


def test_passed_date_is_not_spoken_of_on_the_date_itself() -> None:
    """A week of holidays follows the due date, a Wednesday: the first repetition lies after them."""
    due = date(2026, 8, 5)
    quiet = Calendar(DECEMBER, frozenset(due + DAY * n for n in range(1, 8)))
    found = islice(steps(Pace((0,)), due, quiet, LONG_AGO), 2)
    assert list(found) == [Step(due, 0), Step(date(2026, 8, 19), -14)]


def test_repetitions_in_business_days_are_counted_from_the_due_date() -> None:
    """Also two years later: every five business days, the last one of them not a week ago."""
    pace, due, today = Pace((0,), Counting.BUSINESS, 5), date(2026, 8, 5), date(2028, 8, 4)
    found = latest(steps(pace, due, Calendar(DECEMBER), LONG_AGO, today), today)
    assert found == Step(date(2028, 8, 2), (due - date(2028, 8, 2)).days)
