"""Meetings planned, moved, noticed, held and canceled.

The activity log holds dates, times and digests, no word of where or why.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from committees.models import Director
from meetings.enums import MeetingKind, MeetingState
from meetings.meeting_notices import CANCELED, CONVENED, MOVED, tell_members
from meetings.models import Meeting
from meetings.rules import clocks, states
from records import clock, ledger, texts
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, Fact, recorded

MEETING_PLANNED = ledger.action("meeting.planned", lazy("planned the %(record)s"))
MEETING_CHANGED = ledger.action(
    "meeting.changed", lazy("changed date, time or place of the %(record)s")
)
MEETING_NOTICED = ledger.action("meeting.noticed", lazy("recorded notice of the %(record)s"))
MEETING_CANCELED = ledger.action("meeting.canceled", lazy("canceled the %(record)s"))
MEETING_HELD = ledger.action("meeting.held", lazy("recorded that the %(record)s was held"))
MEETING_WITHOUT_QUORUM = ledger.action(
    "meeting.without_quorum", lazy("recorded that the %(record)s had no quorum")
)

EXCLUDED = ["body", "presided_by", "recorded_by", "salt"]


@act
def plan_meeting(
    body: Committee,
    *,
    on: date,
    time: time,
    by: Actor,
    at: datetime,
    kind: MeetingKind = MeetingKind.REGULAR,
    duration: int = 120,
    place: str = "",
    is_second_hour: bool | None = None,
) -> Meeting:
    """Plan a meeting. `is_second_hour` says which of two equal hours is meant, in autumn."""
    if on < day_of(at):
        raise ValidationError(
            {"on": _("This date has passed. Enter a past meeting as one that was held.")}
        )
    meeting = _new(body, on, time, kind, by, at, duration=duration, place=place.strip())
    meeting.is_second_hour = second_hour(on, time, clock.zone(), is_second_hour)
    _save(meeting)
    ledger.record(MEETING_PLANNED, subject=meeting, by=by, at=at, **_facts(meeting))
    return meeting


@act
def enter_past_meeting(
    body: Committee,
    *,
    on: date,
    by: Actor,
    at: datetime,
    time: time | None = None,
    kind: MeetingKind = MeetingKind.REGULAR,
    place: str = "",
    is_second_hour: bool | None = None,
) -> Meeting:
    """Enter a meeting that was not planned here and was held; its start may be unknown."""
    if on > day_of(at):
        raise ValidationError({"on": _("This date is in the future. Plan the meeting instead.")})
    meeting = _new(body, on, time, kind, by, at, place=place.strip())
    meeting.state, meeting.zone = MeetingState.HELD, str(clock.zone())
    if time is None and Meeting.objects.of(body).filter(on=on, state__in=states.CONVENED).exists():
        raise ValidationError(
            {"time": _("A meeting of this date is on record already. Give the start of this one.")}
        )
    if time is not None:
        meeting.is_second_hour = second_hour(on, time, clock.zone(), is_second_hour)
    _save(meeting)
    ledger.record(MEETING_HELD, subject=meeting, by=by, at=at, **_facts(meeting))
    return meeting


@act
def change_meeting(
    meeting: Meeting,
    *,
    on: date,
    time: time,
    by: Actor,
    at: datetime,
    duration: int | None = None,
    place: str | None = None,
    is_second_hour: bool | None = None,
) -> Meeting:
    """Move a meeting that is ahead, or change its place or length.

    Notice that was given counts for the date and time it named: a moved meeting is planned again.
    """
    meeting = _ahead(meeting)
    if on < day_of(at) and on != meeting.on:
        raise ValidationError({"on": _("This date has passed. Choose a later one.")})
    was = _facts(meeting)
    was_noticed = meeting.state == MeetingState.NOTICED or meeting.agenda_sent_at is not None
    is_moved = (on, time) != (meeting.on, meeting.time)
    meeting.is_second_hour = second_hour(on, time, clock.zone(), is_second_hour)
    meeting.on, meeting.time = on, time
    meeting.duration = meeting.duration if duration is None else duration
    meeting.place = meeting.place if place is None else place.strip()
    if _facts(meeting) == was:
        raise ValidationError(_("Date, time, length and place are the same as before."))
    if is_moved and meeting.state == MeetingState.NOTICED:
        meeting.state = states.step(MeetingState.NOTICED, MeetingState.PLANNED)
        meeting.noticed_on, meeting.notice_waived = None, False
    _move_on(meeting, at)
    _save(meeting)
    changed: dict[str, Fact] = {name: [was[name], now] for name, now in _facts(meeting).items()}
    ledger.record(MEETING_CHANGED, subject=meeting, by=by, at=at, **changed)
    if is_moved and was_noticed:
        tell_members(MOVED, meeting, f"moved:{meeting.pk}:{meeting.sequence}", at)
    return meeting


@act
def give_notice(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    noticed_on: date | None = None,
    is_waived: bool = False,
) -> Meeting:
    """Record that notice was given on a date, or that every member has waived it."""
    meeting = _ahead(meeting)
    if noticed_on is None and not is_waived:
        raise ValidationError(
            {"noticed_on": _("Give the date of the notice, or record that every member waived it.")}
        )
    if noticed_on and noticed_on > day_of(at):
        raise ValidationError({"noticed_on": _("This date is in the future.")})
    if noticed_on and noticed_on > meeting.on:
        raise ValidationError({"noticed_on": _("This date is after the meeting.")})
    meeting.state = states.step(MeetingState(meeting.state), MeetingState.NOTICED)
    meeting.noticed_on, meeting.notice_waived = noticed_on, is_waived
    _move_on(meeting, at)
    _save(meeting)
    ledger.record(
        MEETING_NOTICED,
        subject=meeting,
        by=by,
        at=at,
        noticed_on=noticed_on,
        is_waived=is_waived,
    )
    tell_members(CONVENED, meeting, f"convened:{meeting.pk}:{meeting.sequence}", at)
    return meeting


@act
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Cancel a meeting that is ahead. Its page, its agenda and its papers stay readable."""
    meeting = _ahead(meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the meeting is canceled.")})
    meeting.state = states.step(MeetingState(meeting.state), MeetingState.CANCELED)
    meeting.canceled_on, meeting.cancel_reason = day_of(at), reason.strip()
    _move_on(meeting, at)
    _save(meeting)
    said = {"cancel_reason": texts.digest_of(meeting, "cancel_reason")}
    ledger.record(MEETING_CANCELED, subject=meeting, by=by, at=at, on=meeting.on, **said)
    tell_members(CANCELED, meeting, f"canceled:{meeting.pk}", at)
    return meeting


@act
def hold_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    presided_by: Director | None = None,
    adjourned_time: time | None = None,
) -> Meeting:
    """Record that a meeting took place with a quorum. It keeps the zone it was held in."""
    meeting = _convened(meeting, MeetingState.HELD, at)
    meeting.presided_by, meeting.adjourned_time = presided_by, adjourned_time
    _save(meeting)
    ledger.record(
        MEETING_HELD,
        subject=meeting,
        by=by,
        at=at,
        presided_by=presided_by,
        **_facts(meeting),
    )
    return meeting


@act
def record_no_quorum(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Record that a meeting could not act: too few members were there. It counts as no meeting."""
    meeting = _convened(meeting, MeetingState.WITHOUT_QUORUM, at)
    _save(meeting)
    ledger.record(MEETING_WITHOUT_QUORUM, subject=meeting, by=by, at=at, on=meeting.on)
    return meeting


def second_hour(on: date, at: time, zone: ZoneInfo, chosen: bool | None) -> bool:
    """Whether a start is the second of two equal hours; refused where clocks skip it.

    Raises ValidationError at `time` for a time that does not exist, and at `is_second_hour` where
    clocks go back over it and nobody said which is meant.
    """
    local = clocks.read(on, at, zone)
    if local.next is not None:
        raise ValidationError({"time": _skipped(on, at, local.next)})
    if local.is_ambiguous and chosen is None:
        raise ValidationError(
            {
                "is_second_hour": _(
                    "Clocks go back on %(day)s, so %(time)s comes twice. Choose the first or the "
                    "second."
                )
                % {"day": long_day(on), "time": clocks.spoken(at)}
            }
        )
    return bool(local.is_ambiguous and chosen)


def _skipped(on: date, at: time, later: datetime) -> str:
    said = {
        "time": clocks.spoken(at),
        "day": long_day(on),
        "skip": f"{clocks.gap_begins(later):%-I:%M}",
        "next": clocks.spoken(later.time()),
    }
    return (
        _(
            "%(time)s does not exist on %(day)s: clocks go forward at %(skip)s. Choose %(next)s or "
            "later."
        )
        % said
    )


def _new(
    body: Committee,
    on: date,
    start: time | None,
    kind: MeetingKind,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Meeting:
    body = Committee.objects.select_for_update().get(pk=body.pk)
    return Meeting(
        body=body, kind=kind, on=on, time=start, changed_at=at, **recorded(by, at), **more
    )


def _save(meeting: Meeting) -> None:
    """Refused where the body meets at that time already."""
    meeting.clean_fields(exclude=EXCLUDED)
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as taken:
        raise ValidationError(
            {"time": _("A meeting of this body at this time is on record already.")}
        ) from taken


def _ahead(meeting: Meeting) -> Meeting:
    """The meeting under a lock; one that was held or canceled is not changed."""
    meeting = meeting.locked()
    if meeting.state == MeetingState.CANCELED:
        raise ValidationError(_("This meeting is canceled. Plan another one."))
    if not meeting.is_open:
        raise ValidationError(_("This meeting is on record as held and is not changed here."))
    return meeting


def _convened(meeting: Meeting, state: MeetingState, at: datetime) -> Meeting:
    meeting = _ahead(meeting)
    if meeting.on > day_of(at):
        raise ValidationError(
            _("This meeting is planned for %(day)s. Record it once it was held.")
            % {"day": long_day(meeting.on)}
        )
    meeting.state = states.step(MeetingState(meeting.state), state)
    meeting.zone = str(clock.zone())
    _move_on(meeting, at)
    return meeting


def _move_on(meeting: Meeting, at: datetime) -> None:
    """The entry in people's calendars changes."""
    meeting.sequence += 1
    meeting.changed_at = at


def _facts(meeting: Meeting) -> dict[str, Fact]:
    place = meeting.place
    return {
        "kind": MeetingKind(meeting.kind),
        "on": meeting.on,
        "starts_at": meeting.starts_at(),
        "duration": meeting.duration,
        "place": ledger.digest(f"place:{place}", meeting.salt) if place else None,
    }
