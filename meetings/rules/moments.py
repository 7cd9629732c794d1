"""Clock times of a meeting: whether they come in the order in which things can have happened.

A clock shows no date, so that a time before the one that a meeting began at is either wrong, or of
the next day. A meeting is taken to go over midnight where that makes it less than half a day long.

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

DAY = 24 * 60
LONGEST_OVER_MIDNIGHT = DAY // 2


def minutes_after(start: time, at: time) -> int:
    """How long after the start a clock time is; negative where it is before the start."""
    passed = (at.hour - start.hour) * 60 + at.minute - start.minute
    return passed + DAY if passed + DAY < LONGEST_OVER_MIDNIGHT else passed


@dataclass(frozen=True)
class Moment:
    """Somebody came or went before the item at a place of the agenda, at a clock time."""

    place: int
    at: time


def first_contradiction(start: time | None, moments: Sequence[Moment]) -> tuple[int, int] | None:
    """The first moment that is before a later item and, by the clock, before a moment of an earlier
    item; and that one. By their places in the sequence, whoever entered which. Where it is not known
    when the meeting began, it is taken to have begun with the first moment."""
    if not moments:
        return None
    start = start or min(moments, key=lambda each: each.place).at
    for later, one in enumerate(moments):
        for earlier, other in enumerate(moments):
            is_after = one.place > other.place
            if is_after and minutes_after(start, one.at) < minutes_after(start, other.at):
                return later, earlier
    return None


def first_out_of_order(times: Sequence[time | None]) -> tuple[int, time] | None:
    """Of times that should follow one another, the place of the first that is before another, and
    that other; None for one that is not known. Clocks show minutes: two things may share one."""
    known = [(place, at) for place, at in enumerate(times) if at is not None]
    for (__, before), (place, at) in pairwise(known):
        start = known[0][1]
        if minutes_after(start, at) < minutes_after(start, before):
            return place, before
    return None
