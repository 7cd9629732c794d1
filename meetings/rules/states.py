"""The states of a meeting: what can follow what. Every other step is refused.

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from meetings.enums import MeetingState

P, N, H, W, C = (
    MeetingState.PLANNED,
    MeetingState.NOTICED,
    MeetingState.HELD,
    MeetingState.WITHOUT_QUORUM,
    MeetingState.CANCELED,
)

# A noticed meeting that moves is noticed again. What was held, or was not for want of a quorum, and
# what was canceled stays so: whatever comes after it is another meeting. A correction of who was
# there is no step; it decides between these two.
FOLLOWS: Mapping[MeetingState, frozenset[MeetingState]] = MappingProxyType(
    {
        P: frozenset({N, H, W, C}),
        N: frozenset({P, N, H, W, C}),
        H: frozenset(),
        W: frozenset(),
        C: frozenset(),
    }
)
# A meeting that is still ahead, or whose outcome nobody has recorded.
OPEN = frozenset(state for state, later in FOLLOWS.items() if later)
# A meeting that took place, or could not for want of a quorum.
CONVENED = frozenset({H, W})


class StateError(ValueError):
    """A step that the table does not have."""


def step(state: MeetingState, to: MeetingState) -> MeetingState:
    """The next state. Raises StateError for a step that the table does not have."""
    if to not in FOLLOWS[state]:
        raise StateError(f"A meeting that is {state.value} does not become {to.value}.")
    return to
