"""Clock times that should follow one another, over midnight too."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.moments import (
    Moment,
    first_contradiction,
    first_out_of_order,
    minutes_after,
)

NINE, TEN, ELEVEN = time(9), time(10), time(11)


@pytest.mark.parametrize(
    ("times", "found"),
    [
        pytest.param((NINE, TEN, ELEVEN), None, id="in order"),
        pytest.param((NINE, NINE, NINE), None, id="in the same minute"),
        pytest.param((None, None, None), None, id="none known"),
        pytest.param((NINE, None, TEN), None, id="one not known"),
        pytest.param((NINE, time(8), TEN), (1, NINE), id="arrived before it began"),
        pytest.param((NINE, ELEVEN, TEN), (2, ELEVEN), id="left before they came"),
        pytest.param((NINE, None, time(8, 59)), (2, NINE), id="adjourned a minute before it began"),
        pytest.param((None, TEN, NINE), (2, TEN), id="beginning not known"),
        pytest.param((time(21), time(23, 30), time(0, 30)), None, id="over midnight"),
        pytest.param((time(21), time(0, 15), time(23)), (2, time(0, 15)), id="left after midnight"),
        pytest.param((time(21), time(8, 59)), None, id="to the morning"),
        pytest.param((time(21), time(9)), (1, time(21)), id="half a day later"),
        pytest.param((time(7), time(22)), None, id="a long day"),
    ],
)
def test_first_time_that_is_out_of_order(
    times: tuple[time | None, ...], found: tuple[int, time] | None
) -> None:
    assert first_out_of_order(times) == found


@given(st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), max_size=5))
def test_times_of_one_day_are_in_order_once_sorted(times: list[time]) -> None:
    assert first_out_of_order(sorted(times)) is None


@pytest.mark.parametrize(
    ("start", "at", "minutes"),
    [
        (time(9, 30), time(10, 15), 45),
        (time(9, 30), time(9, 30), 0),
        (time(9, 30), time(9, 29), -1),
        (time(9, 30), time(8, 40), -50),
        (time(21, 30), time(0, 15), 165),
        (time(21, 30), time(9, 29), 719),  # a minute less than half a day
        (time(21, 30), time(9, 30), -720),
    ],
)
def test_minutes_after_the_start(start: time, at: time, minutes: int) -> None:
    assert minutes_after(start, at) == minutes


def moments(*entered: tuple[int, time]) -> list[Moment]:
    return [Moment(place, at) for place, at in entered]


@pytest.mark.parametrize(
    ("start", "entered", "found"),
    [
        pytest.param(NINE, [], None, id="none"),
        pytest.param(NINE, [(1, TEN), (2, ELEVEN)], None, id="in order"),
        pytest.param(NINE, [(1, TEN), (2, TEN)], None, id="in the same minute"),
        pytest.param(NINE, [(2, TEN), (2, NINE)], None, id="before the same item"),
        pytest.param(NINE, [(2, TEN), (3, time(9, 59))], (1, 0), id="a minute before an earlier item"),
        pytest.param(NINE, [(3, NINE), (2, TEN)], (0, 1), id="entered the other way round"),
        pytest.param(NINE, [(1, TEN), (1, ELEVEN), (2, time(10, 30))], (2, 1), id="of the earlier item's two"),
        pytest.param(NINE, [(1, TEN), (2, ELEVEN), (3, NINE), (4, NINE)], (2, 0), id="the first of several"),
        pytest.param(time(22), [(1, time(23)), (2, time(1))], None, id="over midnight"),
        pytest.param(time(22), [(1, time(1)), (2, time(23))], (1, 0), id="after midnight, then before"),
        pytest.param(None, [(2, time(1)), (1, time(23))], None, id="begun with the moment of the first item"),
        pytest.param(None, [(2, TEN), (1, ELEVEN)], (0, 1), id="beginning not known"),
    ],
)  # fmt: skip
def test_first_contradiction(
    start: time | None, entered: list[tuple[int, time]], found: tuple[int, int] | None
) -> None:
    assert first_contradiction(start, moments(*entered)) == found
