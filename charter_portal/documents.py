"""The kind of document this app owns, and who may see which of them."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charter_portal.models import (
    BoardReport,
    BoardReportQuerySet,
    PreparedReport,
    PreparedReportQuerySet,
    ReleaseDelegation,
    ReleaseDelegationQuerySet,
)
from charter_portal.reports.plain import values_as_text
from records import clock, filed
from records.document_kinds import DOCUMENT_KINDS, DocumentKind, Held, Holder
from records.enums import Retention


def open_reports(user: User | AnonymousUser) -> BoardReportQuerySet:
    """The reports a person may see today."""
    return BoardReport.objects.visible_to(user, on=clock.today())


def open_prepared(user: User | AnonymousUser) -> PreparedReportQuerySet:
    """The prepared reports a person may see today."""
    return PreparedReport.objects.visible_to(user, on=clock.today())


def open_delegations(user: User | AnonymousUser) -> ReleaseDelegationQuerySet:
    found = ReleaseDelegation.objects.all()
    return found if user.has_perm("charter_portal.view_report") else found.none()


def reports_open_to(user: User | AnonymousUser) -> Q | bool:
    """The documents of the reports that are open to the person."""
    if not user.has_perm("charter_portal.view_report"):
        return False
    return Q(board_report__in=open_reports(user))


ISSUED = "board_report.issued"


def held_by(report: BoardReport) -> Held:
    return Held(report, report.document, values_as_text(report.data))


def is_as_issued(report: BoardReport) -> bool:
    """Whether the report holds the document and the values with which it was issued."""
    return filed.holds_as_recorded(held_by(report), ISSUED)


def every_report() -> Iterator[Held]:
    return map(held_by, BoardReport.objects.select_related("document").iterator())


BOARD_REPORT = DOCUMENT_KINDS.add(
    DocumentKind(
        "charter_portal.board_report",
        _("Report to the Board"),
        visible=reports_open_to,
        retention=Retention.FOR_GOOD,
        holder=Holder(ISSUED, every_report),
    )
)
