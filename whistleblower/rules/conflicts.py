"""RULE-40: who reads a case and who does not. Good practice on Exchange Act s. 10A(m)(4).

Ticking an officer takes out the officers below and above in the officers' register. A director or
counsel is taken out only by name, never by a reporting line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whistleblower.enums import ReaderRole

ORDER = tuple(ReaderRole)
# The chair leads, else a member; counsel only where nobody else is left.
LEADS = (ReaderRole.CHAIR, ReaderRole.MEMBER, ReaderRole.BOARD_CHAIR, ReaderRole.COUNSEL)
# Who is shown where everybody was ticked.
LAST_RESORT = (ReaderRole.BOARD_CHAIR, ReaderRole.COUNSEL)
ENOUGH = 2


@dataclass(frozen=True)
class Reader:
    """A reader as the signed list names them. `person` is the same in every register."""

    uid: str
    place: ReaderRole
    person: str
    is_proven: bool = True


@dataclass(frozen=True)
class Officer:
    """An officer of the register on a date; `above` is the person they report to."""

    person: str
    above: str | None = None


@dataclass(frozen=True)
class Selection:
    """Who gets keys and who leads. `overrides` says that everybody was ticked, so that some who
    were ticked would read: the page says so before anything is sent."""

    readers: tuple[Reader, ...]
    lead: Reader | None
    overrides: bool = False

    @property
    def uids(self) -> frozenset[str]:
        return frozenset(reader.uid for reader in self.readers)

    @property
    def is_one(self) -> bool:
        """Everybody else is marked: one reader, which the page says before anything is sent."""
        return len(self.readers) < ENOUGH

    @property
    def sees_name(self) -> frozenset[str]:
        """The lead and counsel."""
        counsel = {reader.uid for reader in self.readers if reader.place is ReaderRole.COUNSEL}
        return frozenset(counsel | ({self.lead.uid} if self.lead else set()))


def concerned(ticked: Iterable[str], officers: Sequence[Officer]) -> frozenset[str]:
    """The people ticked, and of each officer among them all officers below and above."""
    out = set(ticked)
    above = {officer.person: officer.above for officer in officers}
    for person in out & above.keys():
        out |= _line(person, above) | {each for each in above if person in _line(each, above)}
    return frozenset(out)


def _line(person: str, above: dict[str, str | None]) -> set[str]:
    """Everybody above a person. A circle in the register ends where it closes."""
    found: set[str] = set()
    at = above.get(person)
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return found


def lead_of(readers: Iterable[Reader]) -> Reader | None:
    found = list(readers)
    return next((each for place in LEADS for each in found if each.place is place), None)


def select(
    readers: Sequence[Reader], out: frozenset[str], *, counsel_first: bool = False
) -> Selection:
    """The readers of a new case. `readers` stand in the order of the list.

    `counsel_first`: the text names people whom no list names, so that only counsel get keys and
    pass them on; where one counsel is left, with the next in the order, for two must read. Where no
    counsel is left the rule is the usual one.
    """
    left = sorted(
        (reader for reader in readers if reader.person not in out),
        key=lambda reader: ORDER.index(reader.place),
    )
    counsel = [each for each in left if each.place is ReaderRole.COUNSEL]
    if counsel_first and counsel:
        return _selection(left[: max(len(counsel), ENOUGH)])
    regular = [reader for reader in left if reader.place is not ReaderRole.BOARD_CHAIR]
    if len(regular) >= ENOUGH:
        return _selection(regular)
    if left:
        return _selection(left)
    last = [each for place in LAST_RESORT for each in readers if each.place is place]
    return _selection(last, overrides=True)


def _selection(readers: Iterable[Reader], *, overrides: bool = False) -> Selection:
    found = sorted(readers, key=lambda reader: ORDER.index(reader.place))
    return Selection(tuple(found), lead_of(found), overrides)


@dataclass(frozen=True)
class Remaining:
    """Who reads a case from here on: who held it before, and who comes in so that two read it."""

    stay: tuple[Reader, ...]
    join: tuple[Reader, ...] = ()

    @property
    def readers(self) -> tuple[Reader, ...]:
        return (*self.stay, *self.join)

    @property
    def is_one(self) -> bool:
        """Nobody else on the list may come in."""
        return len(self.readers) == 1


def remaining(
    readers: Sequence[Reader], held: frozenset[str], kept_out: frozenset[str]
) -> Remaining:
    """The readers of a case after some were taken out or have left. Fewer than two: the next in the
    order come in, of those who are not kept out. Nobody who was taken out comes in again, so that
    fewer than two are left where everybody was."""
    left = [each for each in readers if each.uid not in kept_out]
    stay = tuple(each for each in left if each.uid in held)
    following = sorted(
        (each for each in left if each.uid not in held), key=lambda each: ORDER.index(each.place)
    )
    return Remaining(stay, tuple(following[: max(0, ENOUGH - len(stay))]))


@dataclass(frozen=True)
class Failure:
    """People who might be accused together, and the readers with proven keys who would be left."""

    accused: tuple[str, ...]
    left: tuple[str, ...]


def failures(
    readers: Sequence[Reader],
    officers: Sequence[Officer],
    directors: Sequence[str],
    committee: Sequence[str],
) -> list[Failure]:
    """K1: every person who might be accused, and the whole committee, for whom fewer than two readers
    without a conflict and with proven keys would be left. Empty: the channel may open."""
    people = dict.fromkeys(
        [*(each.person for each in readers), *(each.person for each in officers), *directors]
    )
    accused = [(), *((person,) for person in people)]
    if committee:
        accused.append(tuple(committee))
    found = []
    for group in accused:
        selection = select(readers, concerned(group, officers))
        left = () if selection.overrides else tuple(r.uid for r in selection.readers if r.is_proven)
        if len(left) < ENOUGH:
            found.append(Failure(group, left))
    return found
