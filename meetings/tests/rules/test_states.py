"""Which state of a meeting can follow which."""

import pytest

from meetings.enums import MeetingState
from meetings.rules.states import CONVENED, FOLLOWS, OPEN, StateError, step

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


def test_open_are_those_after_which_something_can_follow() -> None:
    assert list(FOLLOWS) == list(ALL)
    assert {MeetingState.PLANNED, MeetingState.NOTICED} == OPEN
    assert {MeetingState.HELD, MeetingState.WITHOUT_QUORUM} == CONVENED
