"""Meetings of the years before the portal: their date, who was there, and what they served."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from charters.models import Committee, Duty
from charters.services.uploads import Upload
from committees.models import Director
from meetings.enums import ItemKind, ItemOutcome, MeetingKind
from meetings.models import Meeting
from meetings.presence import members_on
from meetings.services.agenda import add_item
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.concluding import conclude_meeting
from meetings.services.holding import Held, TakenUp, enter_meeting
from meetings.services.meetings import enter_past_meeting
from meetings.services.minutes import file_minutes
from records.acts import act
from records.facts import Actor


@act
def backfill_meeting(
    body: Committee,
    *,
    on: date,
    by: Actor,
    at: datetime,
    duties: Sequence[Duty] = (),
    absent: Collection[Director] = (),
    kind: MeetingKind = MeetingKind.REGULAR,
    start: time | None = None,
    minutes: Upload | None = None,
    approved_on: date | None = None,
) -> Meeting:
    """Record a past meeting with the responsibilities it served, and file its approved minutes.

    Whoever served on its date was there, but for the absent.
    """
    meeting = enter_past_meeting(body, on=on, kind=kind, time=start, by=by, at=at)
    item = add_item(
        meeting,
        title=_("Matters recorded in the minutes"),
        kind=ItemKind.DISCUSS,
        duties=duties,
        by=by,
        at=at,
    )
    there = [MemberThere(member, member not in absent) for member in members_on(meeting)]
    enter_meeting(
        meeting,
        held=Held(Attendance(there)),
        items=[TakenUp(item, ItemOutcome.DISCUSSED)],
        by=by,
        at=at,
    )
    meeting = conclude_meeting(meeting, drafts=False, by=by, at=at)
    if minutes:
        approved = approved_on or on
        file_minutes(meeting, upload=minutes, approved_on=approved, by=by, at=at)
    return meeting
