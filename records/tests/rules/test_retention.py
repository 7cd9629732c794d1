"""How long a document is kept, as a table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.enums import DeletionReason, Retention
from records.rules.retention import Term, begun_by, term

FOR_GOOD, SEVEN, ONE, DRAFT = Retention
BEGUN = date(2026, 3, 2)

TABLE = [
    # kept, superseded, goes as, on
    (FOR_GOOD, False, None, None),
    (FOR_GOOD, True, None, None),
    (SEVEN, False, DeletionReason.TERM, date(2033, 3, 2)),
    (SEVEN, True, DeletionReason.SUPERSEDED, date(2026, 4, 1)),
    (ONE, False, DeletionReason.TERM, date(2027, 3, 2)),
    (ONE, True, DeletionReason.SUPERSEDED, date(2026, 4, 1)),
    (DRAFT, False, DeletionReason.DRAFT, date(2026, 4, 1)),
    (DRAFT, True, DeletionReason.DRAFT, date(2026, 4, 1)),
]


@pytest.mark.parametrize(("kept", "is_superseded", "because", "on"), TABLE)
def test_term(
    kept: Retention, is_superseded: bool, because: DeletionReason | None, on: date | None
) -> None:
    expected = None if because is None else Term(because, on)
    assert term(kept, BEGUN, is_superseded=is_superseded) == expected
    not_begun = None if because is None else Term(because, None)
    assert term(kept, None, is_superseded=is_superseded) == not_begun


def test_a_leap_day_counts_to_the_end_of_february() -> None:
    found = term(ONE, date(2028, 2, 29), is_superseded=False)
    assert found == Term(DeletionReason.TERM, date(2029, 2, 28))


@given(st.sampled_from(Retention), st.booleans())
def test_nothing_is_over_before_its_time_has_begun(kept: Retention, is_superseded: bool) -> None:
    found = term(kept, None, is_superseded=is_superseded)
    assert found is None or not found.is_over(date.max)


@given(st.sampled_from(Retention), st.booleans(), st.dates(max_value=date(2100, 1, 1)))
def test_thirty_days_are_the_least(kept: Retention, is_superseded: bool, begun: date) -> None:
    found = term(kept, begun, is_superseded=is_superseded)
    assert found is None or not found.is_over(begun + timedelta(days=29))


@pytest.mark.parametrize(
    ("kept", "is_superseded", "day"),
    [
        (SEVEN, False, date(2019, 3, 3)),
        (ONE, False, date(2025, 3, 3)),
        (SEVEN, True, date(2026, 2, 1)),
        (ONE, True, date(2026, 2, 1)),
        (DRAFT, False, date(2026, 2, 1)),
        (DRAFT, True, date(2026, 2, 1)),
    ],
)
def test_nothing_that_began_later_is_over_today(
    kept: Retention, is_superseded: bool, day: date
) -> None:
    assert begun_by(kept, BEGUN, is_superseded=is_superseded) == day
    ended = [
        begun
        for begun in (day - timedelta(days=2), day - timedelta(days=1), day)
        if term(kept, begun, is_superseded=is_superseded).is_over(BEGUN)
    ]
    assert ended == [day - timedelta(days=2), day - timedelta(days=1)]


@pytest.mark.parametrize(
    ("today", "is_over"),
    [(date(2026, 4, 1), False), (date(2026, 4, 2), True), (date(2026, 4, 3), True)],
)
def test_a_term_is_over_on_its_day(today: date, is_over: bool) -> None:
    assert Term(DeletionReason.TERM, date(2026, 4, 2)).is_over(today) is is_over
