"""The notices this app owes: emails without substance."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from meetings.enums import MinutesState
from meetings.models import Meeting, Minutes
from records import clock
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind


def _key(notice: Notice) -> str:
    return notice.subject.rpartition(":")[2]


def _ask_for_a_substitute(notice: Notice, reader: Any) -> EmailLine | None:
    meeting = Meeting.objects.visible_to(reader, on=clock.today()).filter(pk=_key(notice)).first()
    if meeting is None or not meeting.is_open:
        return None
    return EmailLine(
        _("An agenda item needs somebody to prepare it. Name a substitute."),
        meeting.get_absolute_url(),
    )


def _ask_to_read(notice: Notice, reader: Any) -> EmailLine | None:
    """Nothing once they are approved."""
    minutes = Minutes.objects.visible_to(reader).filter(pk=_key(notice)).first()
    if minutes is None or minutes.state != MinutesState.CIRCULATED:
        return None
    return EmailLine(_("Draft minutes are ready for you to read."), minutes.get_absolute_url())


SUBSTITUTE = NOTICE_KINDS.add(
    NoticeKind(
        "meetings.substitute",
        lazy("An agenda item needs a substitute to prepare it"),
        _ask_for_a_substitute,
        is_urgent=True,
    )
)
MINUTES_CIRCULATED = NOTICE_KINDS.add(
    NoticeKind("meetings.minutes_circulated", lazy("Draft minutes were circulated"), _ask_to_read)
)
