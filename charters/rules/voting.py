"""Quorum and majority of a body, on who is present at the time of the vote (DGCL 141(b), (c)(4)).

Present means in the room for the item, or on the line with it. Whoever is recused and stays counts
for quorum and for the majority; whoever leaves counts for neither. The number serving never shrinks
by a recusal. Bylaws come first where they say otherwise.

Pure: no database and no clock. Members are named by any text that is unique; moments are of one kind
throughout a meeting, either instants or places in its order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from records.rule_data import RuleData

At = TypeVar("At", int, datetime)

COMMITTEE = "DGCL 141(c)(4)"
BOARD = "DGCL 141(b)"
HALF = Fraction(1, 2)


class Movement(StrEnum):
    ARRIVES = "arrives"
    DEPARTS = "departs"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Counted(StrEnum):
    """What a majority is a majority of."""

    PRESENT = "present"
    VOTES_CAST = "votes_cast"


class Outcome(StrEnum):
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    VOID = "void"


class Reason(StrEnum):
    """Why a vote came out as it did. `charters.reports.voting` turns it into a sentence."""

    MAJORITY_OF_PRESENT = "majority_of_present"
    NO_MAJORITY_OF_PRESENT = "no_majority_of_present"
    MAJORITY_OF_CAST = "majority_of_cast"
    NO_MAJORITY_OF_CAST = "no_majority_of_cast"
    NO_QUORUM = "no_quorum"


class VotingError(ValueError):
    """What was recorded of attendance or votes contradicts itself."""


@dataclass(frozen=True)
class Bylaws:
    """What the bylaws, or a resolution of the Board, say otherwise than the statute.

    quorum    more than this part is needed where it is one half; of any other part, at least it
    citation  where they say it, for example Bylaws, s. 3.7

    Made by `bylaws_on`. Raises VotingError for a change without its source.
    """

    quorum: Fraction = HALF
    counted: Counted = Counted.PRESENT
    citation: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.quorum <= 1:
            raise VotingError("A quorum is a part of the members, or all of them.")
        if (self.quorum, self.counted) != (HALF, Counted.PRESENT) and not self.citation.strip():
            raise VotingError("Say where the bylaws set this quorum or this majority.")


STATUTE = Bylaws()


def bylaws_on(
    day: date,
    rules: RuleData,
    *,
    quorum: Fraction = HALF,
    counted: Counted = Counted.PRESENT,
    citation: str = "",
) -> Bylaws:
    """What bylaws say on a day. Raises VotingError for a quorum below what the statute allows.

    A day before the first one of the table is judged by the table's first value.
    """
    first = rules.rule("board.least_quorum").values[0].first
    least = rules.value_on("board.least_quorum", max(day, first))
    if isinstance(least.amount, Fraction) and quorum < least.amount:
        raise VotingError(f"Bylaws set no quorum below {least.amount} ({least.citation}).")
    return Bylaws(quorum, counted, citation)


@dataclass(frozen=True)
class Body:
    """Who serves on a body at the time. `seats`: of the Board alone, all seats, vacant ones too.

    Raises VotingError for a body without members, and for more members than seats.
    """

    serving: frozenset[str]
    seats: int | None = None
    bylaws: Bylaws = STATUTE

    def __post_init__(self) -> None:
        if not self.serving:
            raise VotingError("A body on which nobody serves cannot act.")
        if self.seats is not None and self.seats < len(self.serving):
            raise VotingError(f"{len(self.serving)} serve on {self.seats} seats.")

    @property
    def citation(self) -> str:
        statute = COMMITTEE if self.seats is None else BOARD
        return "; ".join(filter(None, (statute, self.bylaws.citation.strip())))


@dataclass(frozen=True)
class Quorum:
    """How many must be present, of how many: the members serving, or the seats of the Board."""

    needed: int
    of: int
    citation: str

    def is_met(self, present: int) -> bool:
        return present >= self.needed


@dataclass(frozen=True)
class Move(Generic[At]):
    """Somebody arrives or departs. Moves of guests do no harm: only members count."""

    person: str
    at: At
    movement: Movement


@dataclass(frozen=True)
class Stay(Generic[At]):
    """From an arrival until a departure, which is not counted itself; `until` None: to the end."""

    person: str
    since: At
    until: At | None = None

    def covers(self, at: At) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Room:
    """Who counts for an item: `recused` are those of the present who take no part in the vote."""

    present: frozenset[str]
    recused: frozenset[str] = frozenset()

    @property
    def voters(self) -> frozenset[str]:
        return self.present - self.recused


@dataclass(frozen=True)
class VoteRuling:
    """The outcome of a vote, with everything it was counted from."""

    outcome: Outcome
    reason: Reason
    quorum: Quorum
    present: int
    recused: int
    needed: int
    in_favor: int
    against: int
    abstained: int
    citation: str

    @property
    def is_adopted(self) -> bool:
        return self.outcome is Outcome.ADOPTED


def quorum(body: Body) -> Quorum:
    """More than half of those serving, or of the Board's seats; or what the bylaws say."""
    of = len(body.serving) if body.seats is None else body.seats
    return Quorum(_needed(body.bylaws.quorum, of), of, body.citation)


def _needed(part: Fraction, of: int) -> int:
    """More than half; of any other part, the part counted up."""
    return of // 2 + 1 if part == HALF else -(-part.numerator * of // part.denominator)


def stays(moves: Iterable[Move[At]]) -> tuple[Stay[At], ...]:
    """Who was there from when to when, from arrivals and departures in their order.

    Raises VotingError where somebody arrives who is there, departs who is not, or time runs back.
    """
    there: dict[str, At] = {}
    found: list[Stay[At]] = []
    latest: At | None = None
    for move in moves:
        if latest is not None and move.at < latest:
            raise VotingError("Arrivals and departures are given in their order.")
        latest = move.at
        _refuse_out_of_turn(move, is_there=move.person in there)
        if move.movement is Movement.ARRIVES:
            there[move.person] = move.at
        else:
            found.append(Stay(move.person, there.pop(move.person), move.at))
    found += [Stay(person, since) for person, since in there.items()]
    return tuple(found)


def _refuse_out_of_turn(move: Move[At], *, is_there: bool) -> None:
    if is_there and move.movement is Movement.ARRIVES:
        raise VotingError(f"{move.person} arrives and was there already.")
    if not is_there and move.movement is Movement.DEPARTS:
        raise VotingError(f"{move.person} departs and was not there.")


def room_at(
    body: Body,
    there: Iterable[Stay[At]],
    at: At,
    recusals: Mapping[str, bool] | None = None,
) -> Room:
    """Who counts for an item taken up at a moment.

    `recusals` are the recused members, each with whether they stay in the room for the item. Who
    does not serve at the time is never present as a member, whatever the minutes listed.
    """
    stays_in = recusals or {}
    seen = {stay.person for stay in there if stay.covers(at)} & body.serving
    present = frozenset(member for member in seen if stays_in.get(member, True))
    return Room(present, present & stays_in.keys())


def all_in_favor(room: Room, otherwise: Mapping[str, Choice] | None = None) -> dict[str, Choice]:
    """The usual entry: every member present in favor, but for those who are named."""
    return dict.fromkeys(sorted(room.voters), Choice.FOR) | dict(otherwise or {})


def decide(body: Body, room: Room, ballots: Mapping[str, Choice]) -> VoteRuling:
    """Count a vote. Without a quorum it is void, whatever the votes.

    Raises VotingError for a vote of somebody who is absent, recused or no member, and where the vote
    of somebody present is missing.
    """
    _refuse_strangers(body, room.present)
    _refuse_wrong_voters(room, ballots.keys())
    return _count(body, room, ballots)


def recount(body: Body, room: Room, ballots: Mapping[str, Choice]) -> VoteRuling:
    """Count a vote again after what was known of members or attendance was corrected.

    Votes of those who turn out to have been absent, recused or no members are left out, and a member
    whose vote was never taken is counted as abstaining.
    """
    room = Room(room.present & body.serving, room.recused & body.serving)
    kept = {member: ballots.get(member, Choice.ABSTAIN) for member in room.voters}
    return _count(body, room, kept)


def _count(body: Body, room: Room, ballots: Mapping[str, Choice]) -> VoteRuling:
    votes = [*ballots.values()]
    in_favor, against = votes.count(Choice.FOR), votes.count(Choice.AGAINST)
    is_of_cast = body.bylaws.counted is Counted.VOTES_CAST
    base = in_favor + against if is_of_cast else len(room.present)
    needed = base // 2 + 1
    wanted = quorum(body)
    outcome, reason = _outcome(
        has_quorum=wanted.is_met(len(room.present)),
        passes=in_favor >= needed,
        is_of_cast=is_of_cast,
    )
    return VoteRuling(
        outcome=outcome,
        reason=reason,
        quorum=wanted,
        present=len(room.present),
        recused=len(room.recused),
        needed=needed,
        in_favor=in_favor,
        against=against,
        abstained=votes.count(Choice.ABSTAIN),
        citation=body.citation,
    )


def _outcome(*, has_quorum: bool, passes: bool, is_of_cast: bool) -> tuple[Outcome, Reason]:
    if not has_quorum:
        return Outcome.VOID, Reason.NO_QUORUM
    if passes:
        return (
            Outcome.ADOPTED,
            Reason.MAJORITY_OF_CAST if is_of_cast else Reason.MAJORITY_OF_PRESENT,
        )
    return (
        Outcome.NOT_ADOPTED,
        Reason.NO_MAJORITY_OF_CAST if is_of_cast else Reason.NO_MAJORITY_OF_PRESENT,
    )


def _refuse_strangers(body: Body, present: Collection[str]) -> None:
    if strangers := sorted(set(present) - body.serving):
        raise VotingError(f"{', '.join(strangers)}: present as a member, and not serving.")


def _refuse_wrong_voters(room: Room, voted: Collection[str]) -> None:
    if recused := sorted(set(voted) & room.recused):
        raise VotingError(f"{', '.join(recused)}: recused, and takes no part in this vote.")
    if absent := sorted(set(voted) - room.present):
        raise VotingError(f"{', '.join(absent)}: not present at this vote.")
    if missing := sorted(room.voters - set(voted)):
        raise VotingError(f"{', '.join(missing)}: present, and no vote is recorded.")


@dataclass(frozen=True)
class SecondCount:
    """The vote of the disinterested directors then serving, absent ones too (DGCL 144(a)(1)).

    It decides nothing of the vote: where it is not met the act stands, and counsel is asked.
    """

    disinterested: int
    needed: int
    in_favor: int
    citation: str = field(default="DGCL 144(a)(1)")

    @property
    def is_met(self) -> bool:
        return self.in_favor >= self.needed


def disinterested_count(
    body: Body, interested: Collection[str], ballots: Mapping[str, Choice]
) -> SecondCount:
    """Whether a majority of the disinterested directors serving on the body voted in favor.

    Of no disinterested director at all there is no majority.
    """
    free = body.serving - set(interested)
    in_favor = sum(ballots.get(member) is Choice.FOR for member in free)
    return SecondCount(len(free), len(free) // 2 + 1, in_favor)
