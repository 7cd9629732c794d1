"""Meetings of a year and who attended them (charter: four a year; Reg. S-K Item 407(b)).

Pure: no database and no clock. A written consent is no meeting and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.calendar import Period
from records.rule_data import RuleData


class Kind(StrEnum):
    MEETING = "meeting"
    CONSENT = "consent"


class Pace(StrEnum):
    """Whether as many meetings as are asked for will have been held by the year's end."""

    HELD = "held"
    PLANNED = "planned"
    SHORT = "short"
    NOT_HELD = "not_held"


@dataclass(frozen=True)
class MeetingsRuling:
    """How many meetings count, how many more are needed, and how many days are left for them."""

    pace: Pace
    held: int
    planned: int
    needed: int
    days_left: int


@dataclass(frozen=True)
class Sitting:
    """A meeting that was held, for one director. `serves`: they sat on the body on that day."""

    on: date
    was_present: bool
    serves: bool = True
    kind: Kind = Kind.MEETING


@dataclass(frozen=True)
class AttendanceRuling:
    """Of the meetings held while the director served, how many they attended."""

    attended: int
    held: int
    is_named: bool
    percent: int
    citation: str


def meetings_in_year(
    year: Period,
    days: Iterable[tuple[date, Kind]],
    on: date,
    wanted: int = 4,
    *,
    unentered: int = 0,
) -> MeetingsRuling:
    """The meetings of a fiscal year as of a day: held by then, and planned after it. `unentered`: how
    many of the year have had their date and are not entered yet; they count as planned.

    Raises ValueError where no meeting is asked for.
    """
    if wanted < 1:
        raise ValueError("At least one meeting a year is asked for.")
    meetings = [day for day, kind in days if kind is Kind.MEETING and day in year]
    held = sum(day <= on for day in meetings)
    planned = len(meetings) - held + unentered
    return MeetingsRuling(
        pace=_pace(held, planned, wanted, is_over=on > year.last),
        held=held,
        planned=planned,
        needed=max(0, wanted - held - planned),
        days_left=max(0, (year.last - on).days),
    )


def _pace(held: int, planned: int, wanted: int, *, is_over: bool) -> Pace:
    if held >= wanted:
        return Pace.HELD
    if is_over:
        return Pace.NOT_HELD
    return Pace.PLANNED if held + planned >= wanted else Pace.SHORT


def attendance(sittings: Iterable[Sitting], year: Period, rules: RuleData) -> AttendanceRuling:
    """Whether a director is named in the proxy statement: fewer than 75 percent of the meetings of
    the Board and of their own committees in the fiscal year, together, while they served.

    The comparison is exact. A director who served at no meeting is not named.
    """
    counted = [
        sitting
        for sitting in sittings
        if sitting.kind is Kind.MEETING and sitting.serves and sitting.on in year
    ]
    attended, held = sum(sitting.was_present for sitting in counted), len(counted)
    percent = rules.number_on("attendance.percent", year.last)
    citation = rules.value_on("attendance.percent", year.last).citation
    return AttendanceRuling(attended, held, attended * 100 < held * percent, percent, citation)
