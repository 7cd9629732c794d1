"""The steps of a newly listed company: RULE-13."""

from datetime import date

import pytest

from committees.rules.composition import Cure, Seat, composition, first_lapse
from committees.rules.phase_in import (
    Offering,
    independence_dates,
    independent_required,
    members_required,
)
from committees.tests.rules.figures import CURES, PHASE_IN, day

EFFECTIVE, LISTED = date(2026, 6, 9), date(2026, 6, 10)
OFFERING = Offering(EFFECTIVE, LISTED, PHASE_IN)
REPORTER = Offering(EFFECTIVE, LISTED, PHASE_IN, was_reporting=True)


@pytest.mark.parametrize(
    ("as_of", "members"),
    [
        ("2026-06-09", 0),
        ("2026-06-10", 1),
        ("2026-09-07", 1),
        ("2026-09-08", 2),
        ("2027-06-09", 2),
        ("2027-06-10", 3),
    ],
)
def test_members_required(as_of: str, members: int) -> None:
    assert members_required(OFFERING, day(as_of)) == members
    assert members_required(REPORTER, day(as_of)) == members  # the number has its phase-in


@pytest.mark.parametrize(
    ("as_of", "of_three", "of_four"),
    [
        ("2026-06-09", 0, 0),
        ("2026-06-10", 1, 1),
        ("2026-09-06", 1, 1),
        ("2026-09-07", 2, 3),  # 90 days from effectiveness: a majority
        ("2027-06-08", 2, 3),
        ("2027-06-09", 3, 4),
    ],
)
def test_independent_members_required(as_of: str, of_three: int, of_four: int) -> None:
    assert independent_required(OFFERING, day(as_of), 3) == of_three
    assert independent_required(OFFERING, day(as_of), 4) == of_four


def test_a_reporter_has_independent_members_only_from_the_listing_on() -> None:
    assert independence_dates(REPORTER) == (LISTED, LISTED, LISTED)
    assert independent_required(REPORTER, LISTED, 3) == 3


TWO = [Seat("A", date(2026, 1, 1)), Seat("B", date(2026, 8, 1))]


@pytest.mark.parametrize(
    ("as_of", "count", "cure", "deadline"),
    [
        ("2026-06-10", 1, Cure.PHASE_IN, "2026-09-08"),
        ("2026-09-08", 2, Cure.PHASE_IN, "2027-06-10"),
        ("2027-06-09", 2, Cure.PHASE_IN, "2027-06-10"),
        ("2027-06-10", 2, Cure.NONE, None),  # never had three: no cure follows
    ],
)
def test_size_during_the_phase_in(as_of: str, count: int, cure: Cure, deadline: str | None) -> None:
    found = composition(TWO, day(as_of), cures=CURES, offering=OFFERING)
    assert (len(found.members), found.cure) == (count, cure)
    assert found.deadline == (day(deadline) if deadline else None)


@pytest.mark.parametrize(
    ("seats", "lapses"),
    [
        (TWO, "2027-06-10"),
        (TWO[:1], "2026-09-08"),
        ([*TWO, Seat("C", date(2027, 6, 10))], None),
        ([*TWO, Seat("C", date(2027, 6, 11))], "2027-06-10"),
    ],
)
def test_phase_in_looking_ahead(seats: list[Seat], lapses: str | None) -> None:
    assert first_lapse(seats, LISTED, OFFERING) == (day(lapses) if lapses else None)
