"""The meetings of a fiscal year, planned in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from charters.models import Committee
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.services.meetings import plan_meeting
from records import rows
from records.acts import act
from records.facts import Actor


@dataclass(frozen=True)
class Plan:
    """A meeting to be planned."""

    body: Committee
    kind: MeetingKind
    on: date
    time: time
    duration: int = 120
    place: str = ""


@act
def plan_year(plans: Sequence[Plan], *, by: Actor, at: datetime) -> list[Meeting]:
    """Plan these meetings, or none of them where one is refused."""
    return [_planned(number, plan, by, at) for number, plan in enumerate(plans)]


def _planned(number: int, plan: Plan, by: Actor, at: datetime) -> Meeting:
    with rows.row(number):
        return plan_meeting(
            plan.body,
            on=plan.on,
            time=plan.time,
            kind=plan.kind,
            duration=plan.duration,
            place=plan.place,
            by=by,
            at=at,
        )
