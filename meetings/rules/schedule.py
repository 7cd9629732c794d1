"""The steps around a meeting, each with its date: papers, pack, notice, minutes.

The days are defaults of good practice; the notice is what the bylaws say. Pure: no database and no
clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meetings.enums import MeetingKind
from records.calendar import DAY, Calendar

# Business days before the meeting, and after it. Papers are in two business days before the pack goes.
PACK_BEFORE = 5
PACK_BEFORE_A_CALL = 2
PAPERS_BEFORE_THE_PACK = 2
MINUTES_DRAFTED_AFTER = 5
MINUTES_CIRCULATED_AFTER = 10


class Step(StrEnum):
    NOTICE = "notice"
    PAPERS = "papers"
    PACK = "pack"
    MINUTES_DRAFTED = "minutes_drafted"
    MINUTES_CIRCULATED = "minutes_circulated"


@dataclass(frozen=True)
class StepDue:
    step: Step
    due_on: date


def steps(
    on: date,
    kind: MeetingKind,
    notice_days: int | None,
    calendar: Calendar,
    called_on: date = date.min,
) -> tuple[StepDue, ...]:
    """The steps of a meeting in the order of their dates.

    `notice_days` are calendar days; None: the bylaws' notice is not entered, and no date is given.
    Of a meeting called at short notice, papers and pack are due on the date it was called.
    """
    found = _steps(on, kind, notice_days, calendar, called_on)
    return tuple(sorted(found, key=lambda each: each.due_on))


def _steps(
    on: date, kind: MeetingKind, notice_days: int | None, calendar: Calendar, called_on: date
) -> Iterator[StepDue]:
    is_call = kind is MeetingKind.RELEASE_CALL
    pack = PACK_BEFORE_A_CALL if is_call else PACK_BEFORE
    for step, count in ((Step.PAPERS, pack + PAPERS_BEFORE_THE_PACK), (Step.PACK, pack)):
        yield StepDue(step, max(business_days_before(on, count, calendar), called_on))
    if notice_days is not None:
        yield StepDue(Step.NOTICE, on - timedelta(days=notice_days))
    yield StepDue(Step.MINUTES_DRAFTED, calendar.business_days_after(on, MINUTES_DRAFTED_AFTER))
    yield StepDue(
        Step.MINUTES_CIRCULATED, calendar.business_days_after(on, MINUTES_CIRCULATED_AFTER)
    )


def day_after(day: date) -> date:
    return day + DAY


def business_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th business day before a date, which is never counted itself."""
    while count:
        day -= DAY
        count -= calendar.is_business_day(day)
    return day
