"""Clock times that should follow one another, over midnight too."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.moments import first_out_of_order

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
