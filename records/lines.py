"""How the ground floor's acts read in the ledger, and the people, who are known by name here."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.dates import long_day
from records.models import AnnualMeeting, Document, Notice
from records.narrative import register_acts, register_subject
from records.views.wording import year_end_words


def open_to_all(reader: Any) -> bool:
    """Settings are open to every reader of the ledger."""
    return True


def documents(reader: Any) -> QuerySet[Document]:
    return Document.objects.visible_to(reader)


def holds(reader: Any) -> bool:
    return bool(reader.has_perm("records.place_hold"))


def notices(reader: Any) -> bool | QuerySet[Notice]:
    return Notice.objects.visible_to(reader) if sees_notices(reader) else False


def sees_notices(reader: Any) -> bool:
    return bool(reader.has_perm("records.view_notice"))


def meeting_title(meeting: AnnualMeeting) -> str:
    return _now("annual meeting of %(day)s") % {"day": long_day(meeting.on)}


def document_title(document: Document) -> str:
    """What was purged has a number left."""
    return str(document.pk)[:8] if document.is_purged else quoted(document)


def quoted(row: object) -> str:
    return f"“{row}”"


register_subject("records", open_to_all)
register_subject("records.Company", title=str)
register_subject("records.FiscalYearEnd", title=lambda end: year_end_words(end.as_rule()))
register_subject("records.FilerStatus", title=str)
register_subject("records.AnnualMeeting", title=meeting_title)
register_subject("records.Holiday", title=quoted)
register_subject("records.Document", documents, title=document_title)
register_subject("records.Hold", holds, title=str)
register_subject("records.Notice", notices)
register_subject("records.Delivery", sees_notices)
register_subject("records.MailRhythm", title=lambda rhythm: _now("when their mail comes"))
register_subject("records.PurgePolicy", title=lambda policy: _now("the purge policy"))
register_subject("records.LedgerCheck", title=lambda check: _now("the ledger"))
register_subject("records.LedgerHead", title=lambda head: _now("the ledger"))

register_acts(
    {
        "company.set_up": _("set up %(record)s"),
        "company.changed": _("changed the settings of %(record)s"),
        "defaults.confirmed": _("confirmed settings of %(record)s"),
        "fiscal_year_end.added": _("added the fiscal year end %(record)s"),
        "fiscal_year_end.corrected": _("corrected the fiscal year end %(record)s"),
        "fiscal_year_end.removed": _("took out the fiscal year end %(record)s"),
        "filer_status.set": _("recorded the filer status: %(record)s"),
        "filer_status.corrected": _("corrected the filer status: %(record)s"),
        "filer_status.removed": _("took out the filer status: %(record)s"),
        "annual_meeting.recorded": _("recorded the %(record)s"),
        "annual_meeting.corrected": _("corrected the day of the %(record)s"),
        "annual_meeting.removed": _("took out the %(record)s"),
        "holidays.filled_in": _("filled in the federal holidays for %(record)s"),
        "holiday.added": _("added the holiday %(record)s"),
        "holiday.corrected": _("corrected the holiday %(record)s"),
        "holiday.removed": _("took out the holiday %(record)s"),
        "document.filed": _("filed the document %(record)s"),
        "document.purged": _("purged the document %(record)s"),
        "purge_policy.changed": _("changed how drafts are purged: %(record)s"),
        "notices.purged": _("purged old notices by %(record)s"),
        "hold.placed": _("placed the %(record)s"),
        "hold.lifted": _("lifted the %(record)s"),
        "mail_rhythm.chosen": _("chose %(record)s"),
        "delivery.sent_again": _("sent the %(record)s again"),
        "notice.cancelled": _("cancelled the %(record)s"),
        "ledger.checked": _("checked %(record)s"),
        "ledger.exported": _("exported %(record)s"),
    }
)
