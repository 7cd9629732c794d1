"""Which state of a meeting can follow which."""

import pytest

from meetings.enums import MeetingState
from meetings.rules.states import StateError, step

ALL = tuple(MeetingState)


@pytest.mark.parametrize(
    ("state", "later"),
    [
        ("planned", {"noticed", "held", "without_quorum", "canceled"}),
        ("noticed", {"planned", "noticed", "held", "without_quorum", "canceled"}),
        ("held", set()),
        ("without_quorum", set()),
        ("canceled", set()),
    ],
)
def test_what_can_follow(state: str, later: set[str]) -> None:
    for to in ALL:
        if to.value in later:
            assert step(MeetingState(state), to) is to
        else:
            with pytest.raises(StateError):
                step(MeetingState(state), to)
