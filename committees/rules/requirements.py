"""What the committee as a whole must have: M-1, M-2, M-3 (RULE-01, RULE-08, RULE-13).

Every member independent and financially literate, and one financially sophisticated, are
requirements (Nasdaq 5605(c)(2)(A)). An audit committee financial expert is disclosed or its absence
explained (Item 407(d)(5) of Regulation S-K).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from committees.rules.composition import (
    Cure,
    Seat,
    lost_independence_deadline,
    next_meeting_after,
)
from committees.rules.limits import CurePeriods
from committees.rules.phase_in import Offering, independent_required, next_independence_date
from records.calendar import DAY


class Requirement(Enum):
    INDEPENDENCE = "independence"
    LITERACY = "literacy"
    SOPHISTICATION = "sophistication"
    EXPERT = "expert"


class Meets(Enum):
    """Whether a requirement is met on a day."""

    MEETS = "meets"
    UNTIL = "meets until a date"
    EXPLAIN = "must be explained"
    NOT = "does not meet"


@dataclass(frozen=True)
class LostIndependence:
    """A member ceased to be independent on a day: within their control, or beyond it.

    `exchange_notified_on`: when the exchange was told, which the cure period asks for.
    """

    on: date
    is_within_control: bool
    exchange_notified_on: date | None = None


@dataclass(frozen=True)
class Member:
    """A member in office on a day, with what the Board has determined by then.

    `is_eligible`: determined independent with no line that bars, or under the exception of
    5605(c)(2)(B), which then ends on `exception_ends`. `lost`: what took, while they sat, the
    independence that the Board had determined; nobody else can have a cure.
    """

    seat: Seat
    is_eligible: bool = False
    is_literate: bool = False
    is_sophisticated: bool = False
    is_expert: bool = False
    exception_ends: date | None = None
    lost: LostIndependence | None = None


@dataclass(frozen=True)
class Assessment:
    """A requirement on a day. `lacking`: the members for whom it is not met; `until`: the last day
    of the cure or exception, or the day of the next step of a phase-in.

    `cure`: whether a cure period or a phase-in covers those members; `lost`: those of them who
    ceased to be independent while they sat, each with the event.
    """

    requirement: Requirement
    meets: Meets
    lacking: tuple[Seat, ...] = ()
    until: date | None = None
    cure: Cure = Cure.NOT_NEEDED
    lost: tuple[tuple[Seat, LostIndependence], ...] = ()

    @property
    def holds(self) -> bool:
        return self.meets is not Meets.NOT


def assess(
    members: Sequence[Member],
    day: date,
    annual_meetings: Iterable[date] = (),
    *,
    cures: CurePeriods,
    offering: Offering | None = None,
    was_never_met: bool = False,
) -> tuple[Assessment, ...]:
    """RULE-08: the four requirements on `day`, in the order of the rule."""
    return (
        independence(
            members,
            day,
            tuple(annual_meetings),
            cures=cures,
            offering=offering,
            was_never_met=was_never_met,
        ),
        literacy(members),
        sophistication(members),
        expert(members),
    )


def independence(
    members: Sequence[Member],
    day: date,
    annual_meetings: Sequence[date] = (),
    *,
    cures: CurePeriods,
    offering: Offering | None = None,
    was_never_met: bool = False,
) -> Assessment:
    """RULE-10, RULE-13: every member is eligible; one who lost independence may stay for a time.

    A phase-in asks first for one, then for a majority of independent members, in that order. After
    one in which every member was independent on no day, no cure follows (RULE-11).
    """
    lacking = tuple(member for member in members if not member.is_eligible)
    seats = tuple(member.seat for member in lacking)
    if not members:
        return Assessment(Requirement.INDEPENDENCE, Meets.NOT)
    if not lacking:
        ends = min((one.exception_ends for one in members if one.exception_ends), default=None)
        return Assessment(Requirement.INDEPENDENCE, Meets.UNTIL if ends else Meets.MEETS, (), ends)
    step = next_independence_date(offering, day) if offering else None
    if offering and step:
        eligible = len(members) - len(lacking)
        if eligible >= independent_required(offering, day, len(members)):
            return Assessment(Requirement.INDEPENDENCE, Meets.UNTIL, seats, step, Cure.PHASE_IN)
    lost = tuple((member.seat, member.lost) for member in lacking if member.lost)
    if lost and was_never_met:
        return Assessment(
            Requirement.INDEPENDENCE, Meets.NOT, seats, None, Cure.AFTER_PHASE_IN, lost
        )
    event = lacking[0].lost if len(lacking) == 1 else None
    cure, until = cure_of(event, day, annual_meetings, cures)
    meets = Meets.UNTIL if cure is Cure.RUNNING else Meets.NOT
    return Assessment(Requirement.INDEPENDENCE, meets, seats, until, cure, lost)


def cure_of(
    lost: LostIndependence | None,
    day: date,
    annual_meetings: Iterable[date],
    cures: CurePeriods,
) -> tuple[Cure, date | None]:
    """RULE-10: the cure of 5605(c)(4)(A) with its last day: for one member, for reasons beyond the
    member's reasonable control, once the exchange was notified."""
    if lost is None or lost.is_within_control:
        return Cure.NONE, None
    deadline = _last_day(lost, annual_meetings, cures)
    if lost.exchange_notified_on is None or lost.exchange_notified_on > day:
        return Cure.NOT_NOTIFIED, None
    return (Cure.RUNNING if day <= deadline else Cure.ENDED), deadline


def cure_days(
    lost: LostIndependence, annual_meetings: Iterable[date], cures: CurePeriods
) -> tuple[date | None, ...]:
    """The days on which a loss, its notice and the end of its cure change an answer."""
    return lost.on, lost.exchange_notified_on, _last_day(lost, annual_meetings, cures) + DAY


def _last_day(lost: LostIndependence, annual_meetings: Iterable[date], cures: CurePeriods) -> date:
    meeting = next_meeting_after(lost.on, annual_meetings)
    return lost_independence_deadline(lost.on, meeting, cures)


def literacy(members: Sequence[Member]) -> Assessment:
    """RULE-08: every member; there is no cure."""
    lacking = tuple(member.seat for member in members if not member.is_literate)
    meets = Meets.MEETS if members and not lacking else Meets.NOT
    return Assessment(Requirement.LITERACY, meets, lacking)


def sophistication(members: Sequence[Member]) -> Assessment:
    """RULE-08: at least one member; an expert is one (FAQ 90)."""
    has_one = any(member.is_sophisticated or member.is_expert for member in members)
    return Assessment(Requirement.SOPHISTICATION, Meets.MEETS if has_one else Meets.NOT)


def expert(members: Sequence[Member]) -> Assessment:
    """RULE-08: one, or the annual report says that there is none and why."""
    has_one = any(member.is_expert for member in members)
    return Assessment(Requirement.EXPERT, Meets.MEETS if has_one else Meets.EXPLAIN)


def sole_experts(members: Sequence[Member]) -> tuple[Seat, ...]:
    """The member without whom nobody would be sophisticated; empty where there are two or none."""
    found = [member.seat for member in members if member.is_sophisticated or member.is_expert]
    return tuple(found) if len(found) == 1 else ()


def first_day_without(
    holds: Callable[[date], bool], changes: Iterable[date], day: date
) -> date | None:
    """The first of the days of change after `day` on which a condition no longer holds."""
    return next((on for on in sorted(set(changes)) if on > day and not holds(on)), None)
