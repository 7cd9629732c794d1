"""How this layer's acts read in the ledger, and the people, who are known by name here."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from records.dates import long_day
from records.ledger_words import SUBJECTS, Subject
from records.models import AnnualMeeting, Document, LateNotice, Notice
from records.views.wording import year_end_words


def open_to_all(reader: Any) -> bool:
    """Settings are open to every reader of the ledger."""
    return True


def documents(reader: Any) -> QuerySet[Document]:
    return Document.objects.visible_to(reader)


def holds(reader: Any) -> bool:
    return bool(reader.has_perm("records.place_legalhold"))


def notices(reader: Any) -> bool | QuerySet[Notice]:
    return Notice.objects.visible_to(reader) if sees_notices(reader) else False


def sees_notices(reader: Any) -> bool:
    return bool(reader.has_perm("records.view_notice"))


def meeting_title(meeting: AnnualMeeting) -> str:
    return _now("annual meeting of %(day)s") % {"day": long_day(meeting.on)}


def late_notice_title(notice: LateNotice) -> str:
    return _now("Form 12b-25 of %(day)s") % {"day": long_day(notice.filed_on)}


def document_title(document: Document) -> str:
    """What was deleted has a number left."""
    return str(document.pk)[:8] if document.is_deleted else quoted(document)


def quoted(row: object) -> str:
    return f"“{row}”"


SUBJECTS.add_all(
    Subject("records.*", open_to_all),
    Subject("records.Company", title=str),
    Subject("records.FiscalYearEnd", title=lambda end: year_end_words(end.as_rule())),
    Subject("records.FilerStatus", title=str),
    Subject("records.AnnualMeeting", title=meeting_title),
    Subject("records.Holiday", title=quoted),
    Subject("records.LateNotice", title=late_notice_title),
    Subject("records.Document", documents, title=document_title),
    Subject("records.LegalHold", holds, title=str),
    Subject("records.Notice", notices),
    Subject("records.Delivery", sees_notices),
    Subject("records.MailRhythm", title=lambda rhythm: _now("their email preferences")),
    Subject("records.DeletionPolicy", title=lambda policy: _now("the deletion policy")),
    Subject("records.LedgerCheck", title=lambda check: _now("the activity log")),
    Subject("records.LedgerHead", title=lambda head: _now("the activity log")),
)
