"""The kinds of documents this app owns, and who may see them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charters.models import Decision
from charters.permissions import decisions_open_to
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention


def open_to_readers(user: User | AnonymousUser) -> bool:
    """Whoever may read where duties stand may read what proves it."""
    return user.has_perm("charters.view_standing")


def of_decisions(user: User | AnonymousUser) -> Q | bool:
    """The documents of decisions, but for those that also belong to one restricted from a person."""
    if not user.has_perm("charters.view_decision"):
        return False
    rows = Decision.objects.filter(document__isnull=False).order_by()
    seen = decisions_open_to(user).order_by().values("pk")
    barred = rows.exclude(pk__in=seen)
    return Q(pk__in=rows.filter(pk__in=seen).values("document")) & ~Q(
        pk__in=barred.values("document")
    )


COMPLETION = DOCUMENT_KINDS.add(
    DocumentKind(
        "charters.completion",
        _("Record of a completed responsibility"),
        visible=open_to_readers,
        retention=Retention.FOR_GOOD,
    )
)

DECISION = DOCUMENT_KINDS.add(
    DocumentKind(
        "charters.decision",
        _("Minutes or consent with a decision"),
        visible=of_decisions,
        retention=Retention.FOR_GOOD,
    )
)
