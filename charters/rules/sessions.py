"""Executive sessions and reports to the Board in a fiscal year (charter; targets are good practice).

A session counts for the group it was held with, and only if nobody of another group was there. The
targets may be changed; what the charter asks for is at least one session in the year.

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from records.calendar import Calendar, Period


class Group(StrEnum):
    """With whom a session is held."""

    MANAGEMENT = "management"
    INTERNAL_AUDITOR = "internal_auditor"
    EXTERNAL_AUDITOR = "external_auditor"


# How often in a fiscal year: once in each quarter, or so many times. Good practice.
EACH_QUARTER = 4
TARGETS: Mapping[Group, int] = MappingProxyType(
    {Group.MANAGEMENT: 2, Group.INTERNAL_AUDITOR: 2, Group.EXTERNAL_AUDITOR: EACH_QUARTER}
)


@dataclass(frozen=True)
class Session:
    """A session of the members with one group; `present` are the groups of everybody else there."""

    on: date
    held_with: Group
    present: frozenset[Group]

    @property
    def counts(self) -> bool:
        """Nobody of the other groups was there, and somebody of this one was."""
        return self.present == {self.held_with}


class SessionState(StrEnum):
    ON_TARGET = "on_target"
    BEHIND = "behind"
    NONE_IN_YEAR = "none_in_year"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class SessionsRuling:
    """Sessions with one group in a year as of a day. `wanted` by that day is good practice."""

    group: Group
    state: SessionState
    counted: tuple[date, ...]
    wanted: int
    mixed: tuple[date, ...] = ()
    reason: str = ""


def sessions_in_year(
    year: Period,
    calendar: Calendar,
    sessions: Iterable[Session],
    on: date,
    *,
    group: Group,
    targets: Mapping[Group, int] = TARGETS,
    not_applicable: str = "",
) -> SessionsRuling:
    """How a group's sessions stand as of a day; `not_applicable` is the reason there is no such group.

    A year that is over without any is an open item; fewer than the target is a hint.
    """
    held = [
        each for each in sessions if each.held_with is group and each.on in year and each.on <= on
    ]
    counted = tuple(sorted(each.on for each in held if each.counts))
    mixed = tuple(sorted(each.on for each in held if not each.counts))
    wanted = targets[group]
    state = _state(counted, wanted, year, calendar, on)
    if not_applicable.strip():
        state = SessionState.NOT_APPLICABLE
    return SessionsRuling(group, state, counted, wanted, mixed, not_applicable.strip())


def _state(
    counted: Sequence[date], wanted: int, year: Period, calendar: Calendar, on: date
) -> SessionState:
    if on > year.last and not counted:
        return SessionState.NONE_IN_YEAR
    if wanted == EACH_QUARTER:
        over = [quarter for quarter in calendar.quarters_of(year) if quarter.last < on]
        met = all(any(day in quarter for day in counted) for quarter in over)
        return SessionState.ON_TARGET if met else SessionState.BEHIND
    return SessionState.ON_TARGET if len(counted) >= wanted else SessionState.BEHIND


class ReportState(StrEnum):
    REPORTED = "reported"
    WAITING = "waiting"
    NOT_AT_NEXT = "not_at_next"
    NOT_AT_SECOND = "not_at_second"


@dataclass(frozen=True)
class BoardMeeting:
    """A meeting of the Board; `reports` are the committee's meetings reported at it, each by its day
    or, because a committee can meet twice in a day, by a key."""

    on: date
    reports: frozenset[Hashable] = field(default_factory=frozenset)


@dataclass(frozen=True)
class ReportRuling:
    """Whether a meeting of the committee was reported to the Board, and when."""

    state: ReportState
    reported_on: date | None = None
    passed: tuple[date, ...] = ()


def report_to_board(
    committee_met_on: date,
    board: Iterable[BoardMeeting],
    on: date,
    key: Hashable | None = None,
) -> ReportRuling:
    """Where the report on a meeting of the committee stands as of a day. `key`: what the Board's
    meetings know it by, where that is not its day.

    A Board meeting without it is a hint, a second one an open item. A Board meeting on the same day
    can receive it, and does not pass without it.
    """
    met = sorted(
        (each for each in board if committee_met_on <= each.on <= on), key=lambda each: each.on
    )
    known_as = committee_met_on if key is None else key
    reported = next((each.on for each in met if known_as in each.reports), None)
    passed = tuple(
        each.on
        for each in met
        if each.on > committee_met_on and (reported is None or each.on < reported)
    )
    if reported is not None:
        return ReportRuling(ReportState.REPORTED, reported, passed)
    states = (ReportState.WAITING, ReportState.NOT_AT_NEXT, ReportState.NOT_AT_SECOND)
    return ReportRuling(states[min(len(passed), 2)], None, passed)
