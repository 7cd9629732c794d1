"""Reminders to the readers. They depend on the list and on opening dates alone, so that they say
nothing of whether there are cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.dates import long_day
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind
from whistleblower.models import ReaderKey


def _digest(notice: Notice, reader: Any) -> EmailLine:
    """The same words twice a week. They name no subject, and link to the home page alone: others may
    read a shared mailbox."""
    said = _("Open your desk. This email goes out on Tuesdays and Fridays, whatever is there.")
    return EmailLine(said, reverse("home"))


def _heartbeat(notice: Notice, reader: Any) -> EmailLine | None:
    """Who has not opened the desk, and since when. None where it was opened meanwhile."""
    uid, opened, __ = notice.key.split(":")
    key, since = ReaderKey.objects.filter(pk=uid, ended_on=None).first(), date.fromisoformat(opened)
    if key is None or (key.opened_on or key.made_on) > since:
        return None
    if key.user_id == reader.pk:
        said = _("You have not opened your desk since %(day)s.") % {"day": long_day(since)}
    else:
        given = {"name": key.user.get_full_name() or str(key.user), "day": long_day(since)}
        said = _("%(name)s has not opened the readers' desk since %(day)s.") % given
    return EmailLine(said, reverse("home"))


DIGEST = NOTICE_KINDS.add(
    NoticeKind("whistleblower.digest", lazy("Readers open their desk twice a week"), _digest)
)
HEARTBEAT = NOTICE_KINDS.add(
    NoticeKind(
        "whistleblower.heartbeat",
        lazy("A reader did not open the desk for a week"),
        _heartbeat,
    )
)
