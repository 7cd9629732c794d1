"""The notices of meetings: convened, moved, canceled; an agenda with its papers was sent.

An email says what changed and on which date, and nothing of place, dial-in or agenda. What the notice
is about is asked at delivery: of a meeting that was canceled since, no earlier notice goes out.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.models import Committee
from charters.registry import members_of
from meetings.enums import MeetingState
from meetings.models import AgendaItem, Meeting, Pack
from meetings.reports.words import short_title, when_words
from records import clock, notices
from records.dates import long_day
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind


def members_to_tell(body: Committee, on: date, at: datetime) -> list[User]:
    """Those who serve on the date of a meeting and can read it today."""
    able = set(User.objects.able_to("meetings.view_meeting", clock.day_of(at)))
    return [member.user for member in members_of(body, on) if member.user and member.user in able]


def tell_members(kind: NoticeKind, meeting: Meeting, key: str, at: datetime) -> None:
    """Owe every member who has an account a notice about a meeting, once for each change of it."""
    for person in members_to_tell(meeting.body, meeting.on, at):
        notices.owe(
            kind,
            to=person,
            key=f"{key}:{person.pk}",
            at=at,
            subject=meeting,
            on=meeting.on,
            sequence=meeting.sequence,
        )


def _meeting(notice: Notice, reader: User) -> Meeting | None:
    """What a notice is about, if nothing later was said of it."""
    seen = Meeting.objects.visible_to(reader, on=clock.today()).select_related("body")
    meeting = seen.filter(pk=notice.subject_key).first()
    is_last = meeting is not None and meeting.sequence == notice.facts.get("sequence")
    return meeting if is_last else None


def _convened(notice: Notice, reader: Any) -> EmailLine | None:
    meeting = _meeting(notice, reader)
    if meeting is None or not meeting.is_open or meeting.on < clock.today():
        return None
    said = {"meeting": short_title(meeting), "when": when_words(meeting)}
    return EmailLine(
        _("Notice of a meeting: %(meeting)s, %(when)s.") % said, meeting.get_absolute_url()
    )


def _moved(notice: Notice, reader: Any) -> EmailLine | None:
    meeting = _meeting(notice, reader)
    if meeting is None or not meeting.is_open or meeting.on < clock.today():
        return None
    said = {"meeting": short_title(meeting), "when": when_words(meeting)}
    return EmailLine(
        _("A meeting has a new date or start: %(meeting)s, %(when)s.") % said,
        meeting.get_absolute_url(),
    )


def _canceled(notice: Notice, reader: Any) -> EmailLine | None:
    meeting = _meeting(notice, reader)
    if meeting is None or meeting.state != MeetingState.CANCELED:
        return None
    said = {"meeting": short_title(meeting), "day": long_day(meeting.on)}
    return EmailLine(
        _("Canceled: %(meeting)s of %(day)s.") % said,
        meeting.get_absolute_url(),
        subject=_("Canceled: meeting of %(day)s") % {"day": long_day(meeting.on)},
    )


def _pack_sent(notice: Notice, reader: Any) -> EmailLine | None:
    """The last version only, and only while the meeting is ahead."""
    seen = Pack.objects.visible_to(reader, on=clock.today()).select_related("meeting")
    pack = seen.filter(pk=notice.subject_key).first()
    if pack is None or not pack.meeting.is_open or pack.meeting.on < clock.today():
        return None
    if pack.meeting.packs.filter(version__gt=pack.version).exists():
        return None
    return EmailLine(
        _("The agenda and papers of a meeting are ready for you to read."),
        pack.meeting.get_absolute_url(),
    )


def _to_discuss(notice: Notice, reader: Any) -> EmailLine | None:
    seen = AgendaItem.objects.visible_to(reader, on=clock.today()).select_related("meeting")
    item = seen.filter(pk=notice.subject_key).first()
    if item is None or item.in_consent_group or not item.meeting.is_open:
        return None
    return EmailLine(
        _("A member asked to discuss an item that was for consent."), item.get_absolute_url()
    )


CONVENED = NOTICE_KINDS.add(
    NoticeKind("meetings.convened", lazy("A meeting was convened"), _convened, is_urgent=True)
)
MOVED = NOTICE_KINDS.add(
    NoticeKind("meetings.moved", lazy("A meeting was moved"), _moved, is_urgent=True)
)
CANCELED = NOTICE_KINDS.add(
    NoticeKind("meetings.canceled", lazy("A meeting was canceled"), _canceled, is_urgent=True)
)
PACK_SENT = NOTICE_KINDS.add(
    NoticeKind(
        "meetings.pack_sent",
        lazy("An agenda and its papers were sent"),
        _pack_sent,
        is_urgent=True,
    )
)
TO_DISCUSS = NOTICE_KINDS.add(
    NoticeKind("meetings.to_discuss", lazy("A member asked to discuss an item"), _to_discuss)
)
