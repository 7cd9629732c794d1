"""Which state of minutes can follow which."""

import pytest

from meetings.enums import MinutesState
from meetings.rules.minutes_states import StepError, step


@pytest.mark.parametrize(
    ("state", "later"),
    [("draft", ["circulated"]), ("circulated", ["draft", "approved"]), ("approved", [])],
)
def test_what_can_follow(state: str, later: list[str]) -> None:
    for to in MinutesState:
        if to.value in later:
            assert step(MinutesState(state), to) is to
        else:
            with pytest.raises(StepError):
                step(MinutesState(state), to)
