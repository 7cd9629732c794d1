"""What the project package owes people: a mail to see whether mails arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charter_portal.enums import PreparedState
from charter_portal.models import PreparedReport
from records import clock
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind

if TYPE_CHECKING:
    from records.models import Notice


def _compose(notice: Notice, reader: Any) -> EmailLine:
    return EmailLine(_("This is the test email you asked for."), reverse("setup"))


def _prepared(notice: Notice, reader: Any) -> PreparedReport | None:
    """The report of a notice, where it is still open to its reader."""
    key = notice.subject.rpartition(":")[2]
    return PreparedReport.objects.visible_to(reader, on=clock.today()).filter(pk=key).first()


def _ask_to_issue(notice: Notice, reader: Any) -> EmailLine | None:
    prepared = _prepared(notice, reader)
    if prepared is None or prepared.state != PreparedState.WAITING:
        return None
    sentence = _("A report to the Board is waiting for you to issue it.")
    return EmailLine(sentence, prepared.get_absolute_url())


def _ask_to_prepare_again(notice: Notice, reader: Any) -> EmailLine | None:
    prepared = _prepared(notice, reader)
    if prepared is None or prepared.state != PreparedState.SENT_BACK:
        return None
    sentence = _("The chair sent a Board report back to you. Read the note and prepare it again.")
    return EmailLine(sentence, prepared.get_absolute_url())


REPORT_PREPARED = NOTICE_KINDS.add(
    NoticeKind(
        "charter_portal.report_prepared",
        lazy("A report to the Board is waiting for the chair"),
        _ask_to_issue,
        is_urgent=True,
    )
)
REPORT_SENT_BACK = NOTICE_KINDS.add(
    NoticeKind(
        "charter_portal.report_sent_back",
        lazy("A report to the Board was sent back"),
        _ask_to_prepare_again,
        is_urgent=True,
    )
)
MAIL_CHECK = NOTICE_KINDS.add(
    NoticeKind(
        "charter_portal.mail_check",
        lazy("Test email"),
        _compose,
        is_urgent=True,
    )
)
