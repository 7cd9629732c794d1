"""Three or more directors, and the cures: RULE-01, RULE-09, RULE-10 and RULE-11."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.composition import (
    Composition,
    Cure,
    Seat,
    composition,
    first_lapse,
    lost_independence_deadline,
    required_on,
    vacancy_deadline,
    was_never_met,
)
from committees.rules.phase_in import Offering
from committees.tests.rules.figures import CURES, PHASE_IN, day
from records.calendar import DAY

EVENT = date(2026, 11, 20)
SWAP = date(2027, 1, 5)


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
    assert vacancy_deadline(EVENT, next_meeting, CURES) == deadline


def test_deadline_of_an_event_on_a_leap_day() -> None:
    assert vacancy_deadline(date(2028, 2, 29), None, CURES) == date(2029, 2, 28)


def test_deadline_follows_the_years_of_the_rule() -> None:
    longer = replace(CURES, years=2)
    assert vacancy_deadline(EVENT, None, longer) == date(2028, 11, 20)
    assert lost_independence_deadline(EVENT, date(2028, 6, 1), longer) == date(2028, 6, 1)


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
        ("within the cure another leaves, and is succeeded that day", [*committee(None, SWAP, EVENT, notified=EVENT), Seat("D", SWAP)], SWAP, 2, Cure.RUNNING),
        ("within the cure another leaves, and is succeeded a day later", [*committee(None, SWAP, EVENT, notified=EVENT), Seat("D", SWAP + DAY)], SWAP + DAY, 2, Cure.NONE),
        ("two leave, one of them succeeded that day", [*committee(None, EVENT, EVENT, notified=EVENT), Seat("D", EVENT)], EVENT, 2, Cure.RUNNING),
        ("two leave, one of them succeeded a day later", [*committee(None, EVENT, EVENT, notified=EVENT), Seat("D", EVENT + DAY)], EVENT + DAY, 2, Cure.NONE),
        ("two leave, one succeeded that day, nobody told the exchange", [*committee(None, EVENT, EVENT), Seat("D", EVENT)], EVENT, 2, Cure.NOT_NOTIFIED),
        ("not yet seated", committee(None, None, None, first=date(2027, 1, 1)), EVENT, 0, Cure.NONE),
        ("the three came one after the other, years before", [Seat("A", day("2020-01-01")), Seat("B", day("2020-06-01")), Seat("C", day("2021-01-01"), EVENT, EVENT)], EVENT, 2, Cure.RUNNING),
        ("a successor is seated from a later date", [*committee(None, None, EVENT, notified=EVENT), Seat("D", SWAP)], EVENT, 2, Cure.RUNNING),
        ("two leave, one of them succeeded; the exchange was notified of each, of the first in time", [Seat("A", day("2020-01-01")), Seat("B", day("2020-01-01"), EVENT, SWAP), Seat("C", day("2020-01-01"), EVENT, EVENT), Seat("D", EVENT)], EVENT, 2, Cure.RUNNING),
        ("notified of one who was appointed again that day, and not of the one who left", [Seat("A", day("2020-01-01")), Seat("B", day("2020-01-01"), EVENT, EVENT), Seat("B", EVENT), Seat("C", day("2020-01-01"), EVENT)], EVENT, 2, Cure.NOT_NOTIFIED),
    ],
)  # fmt: skip
def test_composition_on_a_day(
    situation: str, seats: list[Seat], on: date, count: int, cure: Cure
) -> None:
    found = composition(seats, on, cures=CURES)
    assert (len(found.members), found.cure) == (count, cure), situation


def test_a_seat_filled_again_ends_the_matter_and_a_new_vacancy_starts_again() -> None:
    seats = [
        *committee(None, None, EVENT, notified=EVENT),
        Seat("Successor", date(2027, 1, 10), date(2027, 6, 1), date(2027, 6, 1)),
    ]
    assert composition(seats, date(2027, 3, 1), cures=CURES).cure is Cure.NOT_NEEDED
    second = composition(seats, date(2027, 6, 1), cures=CURES)
    assert (second.cure, second.short_since) == (Cure.RUNNING, date(2027, 6, 1))


def test_who_is_reappointed_on_the_day_leaves_no_vacancy() -> None:
    seats = [
        *committee(None, EVENT, EVENT, notified=EVENT),
        Seat("Member 2", EVENT),
    ]
    assert composition(seats, EVENT, cures=CURES).cure is Cure.RUNNING


def test_the_deadline_moves_with_the_next_annual_meeting() -> None:
    seats = committee(None, None, EVENT, notified=EVENT)
    assert composition(
        seats, EVENT, [date(2026, 5, 20), date(2027, 3, 10)], cures=CURES
    ).deadline == date(2027, 5, 19)


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
    assert lost_independence_deadline(EVENT, next_meeting, CURES) == deadline


def test_vacancy_is_not_cured_beside_another_cure() -> None:
    seats = committee(None, None, EVENT, notified=EVENT)
    assert composition(seats, EVENT, other_cure_is_used=True, cures=CURES).cure is Cure.NONE


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


# Effective on June 9, 2026, first trade on June 10: three members are asked for from June 10, 2027.
OFFERING = Offering(date(2026, 6, 9), date(2026, 6, 10), PHASE_IN)


def third(span: str, left: str) -> list[Seat]:
    """Two who sit from before the listing on, one of whom leaves, and a third from a day on."""
    first, __, until = span.partition("..")
    return [
        Seat("A", date(2026, 1, 1)),
        Seat("B", date(2026, 1, 1), day(left), day(left)),
        Seat("C", day(first), day(until) if until else None),
    ]


@pytest.mark.parametrize(
    ("situation", "seats", "cure"),
    [
        ("three only after the phase-in", third("2027-06-11", "2027-08-02"), Cure.AFTER_PHASE_IN),
        ("three on its last date", third("2027-06-10", "2027-08-02"), Cure.RUNNING),
        ("three during it, for a time", third("2026-12-01", "2027-03-01"), Cure.RUNNING),
        ("three before the listing alone", [*third("2026-03-01..2026-06-10", "2027-08-02"), Seat("D", date(2027, 7, 1))], Cure.AFTER_PHASE_IN),
        ("three on the listing date", [*third("2026-03-01..2026-06-11", "2027-08-02"), Seat("D", date(2027, 7, 1))], Cure.RUNNING),
    ],
)  # fmt: skip
def test_no_cure_follows_a_phase_in_in_which_three_never_sat(
    situation: str, seats: list[Seat], cure: Cure
) -> None:
    found = composition(seats, date(2027, 8, 2), cures=CURES, offering=OFFERING)
    assert found.cure is cure, situation


def test_nothing_is_known_of_a_phase_in_before_the_first_seat_on_record() -> None:
    assert not was_never_met([], OFFERING)
    assert not was_never_met([Seat("A", date(2027, 6, 11))], OFFERING)
    assert was_never_met([Seat("A", date(2027, 6, 10))], OFFERING)


@pytest.mark.parametrize(
    ("failed_on", "meetings", "deadline"),
    [
        (None, [], "2027-11-20"),
        (date(2026, 9, 1), [], "2027-09-01"),
        (date(2026, 9, 1), [date(2027, 3, 10)], "2027-03-10"),  # 190 days on; 110 from the vacancy
        (date(2026, 9, 1), [date(2026, 10, 1)], "2027-02-28"),  # a meeting between the two counts
    ],
)
def test_cure_is_counted_from_the_loss_of_independence_of_who_left(
    failed_on: date | None, meetings: list[date], deadline: str
) -> None:
    *others, left = committee(None, None, EVENT, notified=EVENT)
    seats = [*others, replace(left, failed_on=failed_on)]
    found = composition(seats, EVENT, meetings, cures=CURES)
    assert (found.cure, found.deadline) == (Cure.RUNNING, day(deadline))


# Boundaries, and the whole answer.


@pytest.mark.parametrize(
    ("cure", "holds"),
    [
        (Cure.NOT_NEEDED, True),
        (Cure.RUNNING, True),
        (Cure.PHASE_IN, True),
        (Cure.ENDED, False),
        (Cure.NOT_NOTIFIED, False),
        (Cure.NONE, False),
        (Cure.AFTER_PHASE_IN, False),
    ],
)
def test_which_cures_hold(cure: Cure, holds: bool) -> None:
    assert Composition((), cure).holds is holds


def test_of_two_meetings_ahead_the_cure_runs_to_the_nearer() -> None:
    seats = committee(None, None, EVENT, notified=EVENT)
    ahead = [date(2027, 9, 8), date(2027, 6, 9), EVENT, date(2026, 5, 20)]
    for meetings in (ahead, ahead[::-1]):
        found = composition(seats, EVENT, meetings, cures=CURES)
        assert found == Composition(
            tuple(seats[:2]), Cure.RUNNING, EVENT, date(2027, 6, 9), EVENT
        ), "a meeting on the date of the vacancy is not the next one"


def test_who_sits_is_told_apart_by_the_director_and_else_by_name() -> None:
    assert Seat("Ann Lee", EVENT, director=7).person == (7, "")
    assert Seat("Ann Lee", EVENT).person == (0, "Ann Lee")
    # Two of one name: one leaves, the other has not come back in her place.
    seats = [
        Seat("Ann Lee", date(2020, 1, 1), director=1),
        Seat("Bob Ray", date(2020, 1, 1), director=2),
        Seat("Ann Lee", date(2020, 1, 1), EVENT, EVENT, director=3),
    ]
    assert composition(seats, EVENT, cures=CURES).cure is Cure.RUNNING


@pytest.mark.parametrize(
    ("firsts", "ever"),
    [
        ([], False),
        ([EVENT], True),
        ([EVENT + timedelta(1)], False),
        ([EVENT + timedelta(1), EVENT], True),
    ],
)
def test_whether_anybody_has_ever_sat(firsts: list[date], ever: bool) -> None:
    found = composition([Seat(f"{first}", first) for first in firsts], EVENT, cures=CURES)
    assert (found.cure, found.short_since, found.ever) == (Cure.NONE, None, ever)


def test_of_two_who_left_only_the_one_who_made_it_short_counts() -> None:
    """The first left with three remaining, and nobody told the exchange of that."""
    seats = [
        Seat("A", date(2020, 1, 1)),
        Seat("B", date(2020, 1, 1)),
        Seat("C", date(2020, 1, 1), EVENT, EVENT),
        Seat("D", date(2020, 1, 1), date(2026, 6, 1)),
    ]
    for order in (seats, seats[::-1]):
        found = composition(order, EVENT, cures=CURES)
        assert (found.cure, found.notified_on) == (Cure.RUNNING, EVENT)


@pytest.mark.parametrize(
    ("count", "cure", "deadline"),
    [(0, Cure.NONE, None), (1, Cure.PHASE_IN, date(2026, 9, 8))],
)
def test_phase_in_asks_for_one_at_first(count: int, cure: Cure, deadline: date | None) -> None:
    seats = [Seat(f"{n}", date(2026, 1, 1)) for n in range(count)]
    found = composition(seats, date(2026, 7, 1), cures=CURES, offering=OFFERING)
    assert (found.cure, found.required, found.deadline) == (cure, 1, deadline)
    assert found.step is not None


@pytest.mark.parametrize(
    ("on", "required"),
    [("2026-07-01", 1), ("2027-06-09", 2), ("2027-06-10", 3), ("2028-01-01", 3)],
)
def test_how_many_are_asked_for(on: str, required: int) -> None:
    assert required_on(day(on), OFFERING) == required
    assert required_on(day(on), None) == 3
