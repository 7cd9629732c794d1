"""When a role may be given and ended, as a table. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import Objection, Term, objection_to_ending, objection_to_giving

MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("held", "starts_on", "objection"),
    [
        ([], MARCH, None),
        ([Term(MARCH)], JUNE, Objection.HELD_ALREADY),
        ([Term(JUNE)], MARCH, Objection.HELD_ALREADY),
        ([Term(MARCH, JUNE)], date(2026, 5, 31), Objection.HELD_ALREADY),
        ([Term(MARCH, JUNE)], JUNE, None),
        ([Term(JUNE, SEPTEMBER)], MARCH, Objection.HELD_ALREADY),
        ([Term(MARCH, MARCH)], MARCH, None),
    ],
)
def test_role_is_held_once_at_a_time(
    held: list[Term], starts_on: date, objection: Objection | None
) -> None:
    assert objection_to_giving(held, starts_on, to_oneself=False) == objection


def test_nobody_gives_a_role_to_themselves() -> None:
    assert objection_to_giving([], MARCH, to_oneself=True) == Objection.GIVEN_TO_ONESELF


@pytest.mark.parametrize(
    ("term", "ends_on", "objection"),
    [
        (Term(MARCH), JUNE, None),
        (Term(MARCH), MARCH, None),
        (Term(JUNE), MARCH, Objection.ENDS_BEFORE_IT_STARTS),
        (Term(MARCH, SEPTEMBER), JUNE, None),
        (Term(MARCH, JUNE), JUNE, Objection.ENDED_ALREADY),
        (Term(MARCH, JUNE), SEPTEMBER, Objection.ENDED_ALREADY),
    ],
)
def test_role_ends_once_and_an_end_moves_only_forward_in_the_calendar(
    term: Term, ends_on: date, objection: Objection | None
) -> None:
    assert objection_to_ending(term, ends_on) == objection


@given(first=days, length=st.integers(0, 400), starts_on=days)
def test_terms_that_pass_never_share_a_day(first: date, length: int, starts_on: date) -> None:
    term = Term(first, first + timedelta(days=length))
    if objection_to_giving([term], starts_on, to_oneself=False) is None and length:
        assert starts_on >= term.ends_on
