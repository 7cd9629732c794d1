"""When a role may be given and when it may end. No database, no clock.

A person holds a role once at a time; a role ends and is never deleted; nobody gives one to
themselves or ends their own; who keeps accounts and no papers gives no role that opens papers.
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

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def reaches(self, day: date) -> bool:
        """Whether the term still runs on the day, or begins after it."""
        return self.ends_on is None or self.ends_on > max(day, self.starts_on)


class Objection(Enum):
    GIVEN_TO_ONESELF = "given_to_oneself"
    OPENS_PAPERS = "opens_papers"
    HELD_ALREADY = "held_already"
    STARTS_IN_THE_PAST = "starts_in_the_past"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    ENDED_ALREADY = "ended_already"
    ENDED_BY_ONESELF = "ended_by_oneself"
    ENDS_IN_THE_PAST = "ends_in_the_past"
    ONES_OWN_ACCOUNT = "ones_own_account"
    CLOSED_ALREADY = "closed_already"
    OPEN_ALREADY = "open_already"
    AWAITS_CONFIRMATION = "awaits_confirmation"
    CONFIRMED_ALREADY = "confirmed_already"
    NO_SECOND_PERSON = "no_second_person"


def is_one_line(name: str) -> bool:
    """Whether a name is something to print: no line breaks, no control characters."""
    return name.isprintable() and len(name.splitlines()) == 1


def objection_to_giving(
    terms: Iterable[Term],
    starts_on: date,
    *,
    to_oneself: bool,
    opens_papers: bool = False,
    keeps_papers: bool = True,
    not_before: date | None = None,
) -> Objection | None:
    """What stands against a new term of a role, given the terms of that role on record.

    opens_papers   whether the role opens anything beyond accounts and settings
    keeps_papers   whether the giver may give such a role
    not_before     today for who may not give a role in the past: what was issued meanwhile and is
                   restricted from the role would stay closed to the person
    """
    if to_oneself:
        return Objection.GIVEN_TO_ONESELF
    if opens_papers and not keeps_papers:
        return Objection.OPENS_PAPERS
    if any(term.reaches(starts_on) for term in terms):
        return Objection.HELD_ALREADY
    if not_before is not None and starts_on < not_before:
        return Objection.STARTS_IN_THE_PAST
    return None


def objection_to_ending(
    term: Term, ends_on: date, *, ones_own: bool = False, not_before: date | None = None
) -> Objection | None:
    """What stands against ending a term on a day. An end that was set may be brought forward.

    A role also restricts (management), so that nobody ends their own. `not_before` is today
    for who may not end a role in the past.
    """
    if ones_own:
        return Objection.ENDED_BY_ONESELF
    if ends_on < term.starts_on:
        return Objection.ENDS_BEFORE_IT_STARTS
    if term.ends_on is not None and term.ends_on <= ends_on:
        return Objection.ENDED_ALREADY
    if not_before is not None and ends_on < not_before:
        return Objection.ENDS_IN_THE_PAST
    return None


def objection_to_closing(*, is_open: bool, ones_own: bool) -> Objection | None:
    """What stands against closing an account: who closes their own could lock everybody out."""
    if ones_own:
        return Objection.ONES_OWN_ACCOUNT
    return None if is_open else Objection.CLOSED_ALREADY


def objection_to_opening(*, is_open: bool, awaits_confirmation: bool = False) -> Objection | None:
    if awaits_confirmation:
        return Objection.AWAITS_CONFIRMATION
    return Objection.OPEN_ALREADY if is_open else None


def objection_to_confirming(*, awaits: bool, by_a_second: bool) -> Objection | None:
    """What stands against letting somebody in: it takes another than who added them."""
    if not awaits:
        return Objection.CONFIRMED_ALREADY
    return None if by_a_second else Objection.NO_SECOND_PERSON


# In this order: Edge also calls itself Chrome, and Chrome Safari; an iPhone also a Mac.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """What a browser says it is, in as few words as its owner needs: "Firefox, Windows"."""
    found = (
        next((name for mark, name in names if mark in user_agent), "")
        for names in (BROWSERS, DEVICES)
    )
    return ", ".join(filter(None, found))
