"""Three or more directors, and the cures: RULE-01, RULE-09, RULE-10 and RULE-11."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.composition import (
    Cure,
    Seat,
    composition,
    first_lapse,
    lost_independence_deadline,
    vacancy_deadline,
)

EVENT = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("next_meeting", "deadline"),
    [
        (date(2027, 3, 10), date(2027, 5, 19)),  # within 180 days: 180 days from the event
        (date(2027, 5, 19), date(2027, 5, 19)),  # on the 180th day itself
        (date(2027, 5, 20), date(2027, 5, 20)),  # a day later: that meeting
        (date(2027, 12, 15), date(2027, 11, 20)),  # more than a year off: one year
        (None, date(2027, 11, 20)),  # not yet set
    ],
)
def test_deadline_to_fill_one_vacancy(next_meeting: date | None, deadline: date) -> None:
    assert vacancy_deadline(EVENT, next_meeting) == deadline


def test_deadline_of_an_event_on_a_leap_day() -> None:
    assert vacancy_deadline(date(2028, 2, 29), None) == date(2029, 2, 28)


def committee(
    *ends: date | None, notified: date | None = None, first: date = date(2020, 1, 1)
) -> list[Seat]:
    return [
        Seat(f"Member {n}", first, until, until and notified)
        for n, until in enumerate(ends, start=1)
    ]


@pytest.mark.parametrize(
    ("situation", "seats", "on", "count", "cure"),
    [
        ("three sit", committee(None, None, None), EVENT, 3, Cure.NOT_NEEDED),
        ("one leaves on that day: the day before", committee(None, None, EVENT), date(2026, 11, 19), 3, Cure.NOT_NEEDED),
        ("one leaves on that day: that day, nobody told the exchange", committee(None, None, EVENT), EVENT, 2, Cure.NOT_NOTIFIED),
        ("the exchange was told that day", committee(None, None, EVENT, notified=EVENT), EVENT, 2, Cure.RUNNING),
        ("the exchange was told later: not yet", committee(None, None, EVENT, notified=date(2026, 11, 24)), date(2026, 11, 23), 2, Cure.NOT_NOTIFIED),
        ("the last day of the cure", committee(None, None, EVENT, notified=EVENT), date(2027, 11, 20), 2, Cure.RUNNING),
        ("the day after", committee(None, None, EVENT, notified=EVENT), date(2027, 11, 21), 2, Cure.ENDED),
        ("two leave at once", committee(None, EVENT, EVENT, notified=EVENT), EVENT, 1, Cure.NONE),
        ("one after the other", committee(None, EVENT, date(2027, 1, 5), notified=EVENT), date(2027, 2, 1), 1, Cure.NONE),
        ("of four one leaves: still three", committee(None, None, None, EVENT), EVENT, 3, Cure.NOT_NEEDED),
        ("of four two leave at once: two vacancies", committee(None, None, EVENT, EVENT, notified=EVENT), EVENT, 2, Cure.NONE),
        ("of four two leave one after the other: one vacancy below three", committee(None, None, date(2026, 6, 1), EVENT, notified=EVENT), EVENT, 2, Cure.RUNNING),
        ("never had three", committee(None, None), EVENT, 2, Cure.NONE),
        ("not yet seated", committee(None, None, None, first=date(2027, 1, 1)), EVENT, 0, Cure.NONE),
    ],
)  # fmt: skip
def test_composition_on_a_day(
    situation: str, seats: list[Seat], on: date, count: int, cure: Cure
) -> None:
    found = composition(seats, on)
    assert (len(found.members), found.cure) == (count, cure), situation


def test_a_seat_filled_again_ends_the_matter_and_a_new_vacancy_starts_again() -> None:
    seats = [
        *committee(None, None, EVENT, notified=EVENT),
        Seat("Successor", date(2027, 1, 10), date(2027, 6, 1), date(2027, 6, 1)),
    ]
    assert composition(seats, date(2027, 3, 1)).cure is Cure.NOT_NEEDED
    second = composition(seats, date(2027, 6, 1))
    assert (second.cure, second.short_since) == (Cure.RUNNING, date(2027, 6, 1))


def test_who_is_reappointed_on_the_day_leaves_no_vacancy() -> None:
    seats = [
        *committee(None, EVENT, EVENT, notified=EVENT),
        Seat("Member 2", EVENT),
    ]
    assert composition(seats, EVENT).cure is Cure.RUNNING


def test_the_deadline_moves_with_the_next_annual_meeting() -> None:
    seats = committee(None, None, EVENT, notified=EVENT)
    assert composition(seats, EVENT, [date(2026, 5, 20), date(2027, 3, 10)]).deadline == date(
        2027, 5, 19
    )


@pytest.mark.parametrize(
    ("next_meeting", "deadline"),
    [
        (date(2027, 3, 10), date(2027, 3, 10)),  # no 180 days here
        (date(2027, 11, 20), date(2027, 11, 20)),
        (date(2027, 12, 15), date(2027, 11, 20)),
        (None, date(2027, 11, 20)),
    ],
)
def test_deadline_after_independence_was_lost(next_meeting: date | None, deadline: date) -> None:
    assert lost_independence_deadline(EVENT, next_meeting) == deadline


def test_vacancy_is_not_cured_beside_another_cure() -> None:
    seats = committee(None, None, EVENT, notified=EVENT)
    assert composition(seats, EVENT, other_cure_is_used=True).cure is Cure.NONE


@pytest.mark.parametrize(
    ("situation", "seats", "on", "lapses"),
    [
        ("nobody leaves", committee(None, None, None), EVENT, None),
        ("one of three leaves, nobody told the exchange", committee(None, None, date(2027, 2, 1)), EVENT, date(2027, 2, 1)),
        ("one of four leaves", committee(None, None, None, date(2027, 2, 1)), EVENT, None),
        ("within a cure, and nobody comes or leaves", committee(None, None, EVENT, notified=EVENT), EVENT, None),
        ("within a cure, and a second one leaves", committee(None, date(2027, 3, 1), EVENT, notified=EVENT), EVENT, date(2027, 3, 1)),
        ("within a cure, and a successor comes", [*committee(None, None, EVENT, notified=EVENT), Seat("D", date(2027, 5, 1))], EVENT, None),
        ("a successor on the very day", [*committee(None, None, date(2027, 2, 1)), Seat("D", date(2027, 2, 1))], EVENT, None),
        ("a successor a day late", [*committee(None, None, date(2027, 2, 1)), Seat("D", date(2027, 2, 2))], EVENT, date(2027, 2, 1)),
        ("it does not hold today", committee(None, None), EVENT, None),
    ],
)  # fmt: skip
def test_first_change_that_leaves_too_few(
    situation: str, seats: list[Seat], on: date, lapses: date | None
) -> None:
    assert first_lapse(seats, on) == lapses, situation


SPANS = st.lists(st.tuples(st.integers(-90, 400), st.integers(1, 500)), min_size=3, max_size=6)


@given(SPANS, st.booleans())
def test_lapse_agrees_with_asking_every_day(spans: list[tuple[int, int]], notified: bool) -> None:
    seats = [
        Seat(
            f"Member {n}",
            EVENT + timedelta(begins),
            end := EVENT + timedelta(begins + length),
            end if notified else None,
        )
        for n, (begins, length) in enumerate(spans)
    ]
    later = (EVENT + timedelta(shift) for shift in range(1, 1400))
    changes = {on for seat in seats for on in (seat.first, seat.until)}
    slow = next(
        (on for on in later if on in changes and sum(seat.covers(on) for seat in seats) < 3), None
    )
    assert first_lapse(seats, EVENT) == slow
