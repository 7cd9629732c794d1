"""How the acts of the roof read in the ledger."""

from django.utils.translation import gettext_lazy as _

from charter_portal.documents import open_reports
from records.narrative import register_acts, register_subject

register_subject("charter_portal.BoardReport", open_reports, title=str)

register_acts(
    {
        "board_report.issued": _("issued the %(record)s to the Board"),
        "mail.asked_for": _("asked for a test mail to %(record)s"),
    }
)
