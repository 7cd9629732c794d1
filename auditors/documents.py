"""The kinds of documents this app owns, and who may see them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.withheld import papers_open_to
from auditors.models import Approval, Finding, Letter, RemediationStep, ServiceRequest
from charters.permissions import READERS
from records import clock
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention


def open_to_readers(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and bool(user.roles_today & READERS)


def letters_open_to(user: User | AnonymousUser) -> Q | bool:
    """Whoever may see a letter sees its paper: the committee's readers, and the firm its own."""
    if open_to_readers(user):
        return papers_open_to(user, (Letter, "pk", "document"))
    return Q(pk__in=Letter.objects.visible_to(user).values("document"))


def evidence_open_to(user: User | AnonymousUser) -> Q | bool:
    """Evidence is seen with its finding; what no finding names yet, by the committee's readers."""
    seen = Finding.objects.visible_to(user, on=clock.today())
    steps = RemediationStep.objects.exclude(evidence=None)
    shown = Q(pk__in=steps.filter(finding__in=seen).values("evidence"))
    if open_to_readers(user):
        return shown | ~Q(pk__in=steps.values("evidence"))
    return shown


def request_papers_open_to(user: User | AnonymousUser) -> Q | bool:
    """Whoever sees a request sees its conclusion and its signed approval."""
    if open_to_readers(user):
        return papers_open_to(
            user,
            (ServiceRequest, "pk", "conclusion"),
            (Approval, "request", "document"),
        )
    requests = ServiceRequest.objects.visible_to(user)
    approvals = Approval.objects.filter(request__in=requests)
    return Q(pk__in=requests.values("conclusion")) | Q(pk__in=approvals.values("document"))


def _kind(
    name: str,
    label: Any,
    visible: Callable[[User | AnonymousUser], Q | bool],
    retention: Retention = Retention.FOR_GOOD,
) -> DocumentKind:
    kind = DocumentKind(f"auditors.{name}", label, visible=visible, retention=retention)
    return DOCUMENT_KINDS.add(kind)


ENGAGEMENT = _kind(
    "engagement", _("Engagement letter, policy or resolution on the auditor"), open_to_readers
)
REQUEST = _kind(
    "service_request", _("Paper of a service request or its approval"), request_papers_open_to
)
LETTER = _kind(
    "letter",
    _("Letter or report received from the auditor"),
    letters_open_to,
    Retention.SEVEN_YEARS,
)
EVIDENCE = _kind(
    "finding_evidence",
    _("Evidence of the remediation of a finding"),
    evidence_open_to,
    Retention.SEVEN_YEARS,
)
ISSUED = _kind("proxy_paper", _("Fee table or committee report as issued"), open_to_readers)
