"""When a role may be given and when it may end. No database, no clock.

A person holds a role once at a time; a role ends and is never deleted; nobody gives one to
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True)
class Term:
    """A role's days: from the first on, until but not including `ends_on`."""

    starts_on: date
    ends_on: date | None = None

    def reaches(self, day: date) -> bool:
        """Whether the term still runs on the day, or begins after it."""
        return self.ends_on is None or self.ends_on > max(day, self.starts_on)


class Objection(Enum):
    GIVEN_TO_ONESELF = "given_to_oneself"
    HELD_ALREADY = "held_already"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    ENDED_ALREADY = "ended_already"
    ONES_OWN_ACCOUNT = "ones_own_account"
    CLOSED_ALREADY = "closed_already"
    OPEN_ALREADY = "open_already"


def objection_to_giving(
    terms: Iterable[Term], starts_on: date, *, to_oneself: bool
) -> Objection | None:
    """What stands against a new term of a role, given the terms of that role on record."""
    if to_oneself:
        return Objection.GIVEN_TO_ONESELF
    if any(term.reaches(starts_on) for term in terms):
        return Objection.HELD_ALREADY
    return None


def objection_to_ending(term: Term, ends_on: date) -> Objection | None:
    """What stands against ending a term on a day. An end that was set may be brought forward."""
    if ends_on < term.starts_on:
        return Objection.ENDS_BEFORE_IT_STARTS
    if term.ends_on is not None and term.ends_on <= ends_on:
        return Objection.ENDED_ALREADY
    return None


def objection_to_closing(*, is_open: bool, ones_own: bool) -> Objection | None:
    """What stands against closing an account: who closes their own could lock everybody out."""
    if ones_own:
        return Objection.ONES_OWN_ACCOUNT
    return None if is_open else Objection.CLOSED_ALREADY


def objection_to_opening(*, is_open: bool) -> Objection | None:
    return Objection.OPEN_ALREADY if is_open else None
