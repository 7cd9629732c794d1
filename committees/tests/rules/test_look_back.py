"""Conventions C1 and C2, against references that count day by day."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from committees.rules import look_back
from committees.rules.look_back import Span
from committees.tests.rules.figures import day, span

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
NEAR_LEAP_DAYS = st.builds(
    lambda year, shift: date(year, 2, 28) + timedelta(shift),
    st.integers(2019, 2033),
    st.integers(-2, 3),
)


@pytest.mark.parametrize(
    ("last", "clear"),
    [
        ("2023-12-31", "2027-01-01"),
        ("2023-11-19", "2026-11-20"),
        ("2025-12-19", "2028-12-20"),
        ("2024-02-28", "2027-03-01"),  # February 29 of that year is a day of its own
        ("2024-02-29", "2027-03-01"),
        ("2025-02-27", "2028-02-28"),
        ("2025-02-28", "2028-03-01"),  # February 29, 2028 looks back to February 28
        ("2025-03-01", "2028-03-02"),
    ],
)
def test_first_clear_date_after_three_years(last: str, clear: str) -> None:
    assert look_back.first_clear_date(day(last), 3) == day(clear)


@given(st.one_of(DAYS, NEAR_LEAP_DAYS), st.integers(1, 5))
def test_first_clear_date_is_the_first_day_that_does_not_look_back_so_far(
    last: date, years: int
) -> None:
    slow = last
    while slow - relativedelta(years=years) <= last <= slow:
        slow += timedelta(1)
    assert look_back.first_clear_date(last, years) == slow


@pytest.mark.parametrize(
    ("fact", "is_covered"),
    [
        ("2023-11-19", False),
        ("2023-11-20", True),
        ("2026-11-20", True),
        ("2026-11-21", False),
    ],
)
def test_both_ends_of_a_look_back_are_included(fact: str, is_covered: bool) -> None:
    assert look_back.covers(day(fact), day("2026-11-20"), 3) is is_covered


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-02-15", "2025-02-14"),
        ("2024-02-29", "2025-02-27"),
        ("2024-03-01", "2025-02-28"),
        ("2023-03-01", "2024-02-29"),
        ("2024-12-31", "2025-12-30"),
    ],
)
def test_window_ends_on_the_day_before_the_anniversary(first: str, last: str) -> None:
    assert look_back.window_ends(day(first)) == day(last)


@pytest.mark.parametrize(
    ("service", "is_short"),
    [
        ("2025-01-06..2025-12-19", True),
        ("2025-01-06..2026-01-05", True),  # one year exactly
        ("2025-01-06..2026-01-06", False),
        ("2025-01-06..", False),
    ],
)
def test_a_year_at_most(service: str, is_short: bool) -> None:
    assert span(service).is_at_most_a_year is is_short


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        (["2025-01-01..2025-06-30", "2025-07-01..2025-09-30"], ["2025-01-01..2025-09-30"]),
        (["2025-07-01..2025-09-30", "2025-01-01..2025-06-29"], ["2025-01-01..2025-06-29", "2025-07-01..2025-09-30"]),
        (["2025-01-01..", "2025-03-01..2025-04-30"], ["2025-01-01.."]),
        (["2025-01-01..2025-12-31", "2025-03-01..2025-04-30"], ["2025-01-01..2025-12-31"]),
        (["2025-01-01..2025-12-31", "2025-03-01.."], ["2025-01-01.."]),
        (["2025-01-01..", "2025-01-01..2025-04-30"], ["2025-01-01.."]),
        (["2025-01-01..2025-04-30", "2025-01-01.."], ["2025-01-01.."]),
        ([], []),
    ],
)  # fmt: skip
def test_spans_that_follow_each_other_are_one(spans: list[str], whole: list[str]) -> None:
    assert list(look_back.joined(map(span, spans))) == [span(one) for one in whole]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6))
def test_joined_spans_hold_the_same_days(drawn: list[tuple[int, int]]) -> None:
    start = date(2025, 1, 1)
    spans = [Span(start + timedelta(a), start + timedelta(a + b)) for a, b in drawn]
    whole = list(look_back.joined(spans))
    for shift in range(90):
        on = start + timedelta(shift)
        assert sum(one.covers(on) for one in whole) == any(one.covers(on) for one in spans)
