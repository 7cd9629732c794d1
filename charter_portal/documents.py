"""The kind of document this app owns, and who may see which of them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charter_portal.models import BoardReport, BoardReportQuerySet
from records import clock, kinds
from records.enums import Retention


def open_reports(user: User | AnonymousUser) -> BoardReportQuerySet:
    """The reports a person may see today."""
    return BoardReport.objects.visible_to(user, on=clock.today(), zone=clock.zone())


def reports_open_to(user: User | AnonymousUser) -> Q | bool:
    """The documents of the reports that are open to the person."""
    if not user.has_perm("charter_portal.view_report"):
        return False
    return Q(board_report__in=open_reports(user))


BOARD_REPORT = kinds.register(
    "board_report",
    _("Report to the Board"),
    visible=reports_open_to,
    retention=Retention.FOR_GOOD,
)
