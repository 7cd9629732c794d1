"""The states of minutes: what can follow what. Approved minutes are never opened again.

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from meetings.enums import MinutesState

D, C, A = MinutesState.DRAFT, MinutesState.CIRCULATED, MinutesState.APPROVED

# A change of circulated minutes makes the next draft, which is circulated again.
FOLLOWS: Mapping[MinutesState, frozenset[MinutesState]] = MappingProxyType(
    {D: frozenset({C}), C: frozenset({D, A}), A: frozenset()}
)


class StepError(ValueError):
    """A step that the table does not have."""


def step(state: MinutesState, to: MinutesState) -> MinutesState:
    """The next state. Raises StepError for a step that the table does not have."""
    if to not in FOLLOWS[state]:
        raise StepError(f"Minutes that are {state.value} do not become {to.value}.")
    return to
