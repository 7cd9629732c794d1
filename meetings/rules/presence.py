"""Who is in the room for an item, from arrivals and departures by the order of the agenda.

A member is there from the start, or arrives before an item; stays to the end, or leaves before an
item; and may return before a later one. Moments are places in the agenda's order, so that presence
at an item needs no clock (`charters.rules.voting`, RULE-47).

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from charters.rules.voting import Stay

START = 0


class Fault(StrEnum):
    """What of an entry contradicts itself; named after the entry at fault."""

    LEAVES = "leaves"
    RETURNS = "returns"
    ABSENT = "absent"


class PresenceError(ValueError):
    """What was recorded of one person's presence contradicts itself."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Moves:
    """When a person came and went, each as the place of the item before which it was.

    arrives   None: there when the meeting began
    leaves    None: there until it ended
    returns   after having left; None: not again

    Raises PresenceError where somebody leaves no later than they came, or returns no later than they
    left or without having left.
    """

    arrives: int | None = None
    leaves: int | None = None
    returns: int | None = None

    def __post_init__(self) -> None:
        if self.leaves is not None and self.leaves <= self.since:
            raise PresenceError(Fault.LEAVES)
        if self.returns is not None and (self.leaves is None or self.returns <= self.leaves):
            raise PresenceError(Fault.RETURNS)

    @property
    def since(self) -> int:
        return START if self.arrives is None else self.arrives

    def stays(self, person: str) -> tuple[Stay[int], ...]:
        """The same as stays, each from an arrival until a departure."""
        first = Stay(person, self.since, self.leaves)
        if self.returns is None:
            return (first,)
        return first, Stay(person, self.returns)


def are_there(stays: Iterable[Stay[int]], place: int) -> frozenset[str]:
    """Who is in the room when the item at a place is taken up."""
    return frozenset(stay.person for stay in stays if stay.covers(place))


def has_quorum_at_any(
    stays: Sequence[Stay[int]], places: Iterable[int], serving: frozenset[str], needed: int
) -> bool:
    """Whether at any item, or at the start, as many members were there as a quorum needs."""
    return most_there(stays, places, serving) >= needed


def most_there(stays: Sequence[Stay[int]], places: Iterable[int], serving: frozenset[str]) -> int:
    """How many members were there together where most were: at the start, or at any item."""
    return max(len(are_there(stays, place) & serving) for place in (START, *places))
