"""The kinds of documents this app owns, and who may see them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models import (
    ConsentAttachment,
    ConsentSignature,
    Minutes,
    Paper,
    WrittenConsent,
)
from meetings.permissions import items_open_to
from records import clock
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention


def of_items(user: User | AnonymousUser) -> Q | bool:
    """The papers of the items a person may see, in every version."""
    if not user.has_perm("meetings.view_meeting"):
        return False
    papers = Paper.objects.filter(item__in=items_open_to(user).order_by().values("pk"))
    return Q(series__in=papers.order_by().values("document__series"))


PAPER = DOCUMENT_KINDS.add(
    DocumentKind(
        "meetings.paper",
        _("Paper of a meeting"),
        visible=of_items,
        retention=Retention.SEVEN_YEARS,
    )
)


def of_consents(user: User | AnonymousUser) -> Q | bool:
    """The papers of the consents a person may see, but for those that also belong to one they may
    not see."""
    if not user.has_perm("meetings.view_consent"):
        return False
    seen = WrittenConsent.objects.visible_to(user, on=clock.today()).order_by().values("pk")
    found, barred = Q(), Q()
    for rows in (
        ConsentAttachment.objects.order_by(),
        ConsentSignature.objects.filter(document__isnull=False).order_by(),
    ):
        found |= Q(pk__in=rows.filter(consent__in=seen).values("document"))
        barred |= Q(pk__in=rows.exclude(consent__in=seen).values("document"))
    return found & ~barred


CONSENT_PAPER = DOCUMENT_KINDS.add(
    DocumentKind(
        "meetings.consent",
        _("Paper of a written consent"),
        visible=of_consents,
        retention=Retention.FOR_GOOD,
    )
)


def of_minutes(user: User | AnonymousUser) -> Q | bool:
    """Approved minutes of which nothing is restricted from the reader. Others read them in part,
    assembled from what they may see."""
    if not user.has_perm("meetings.view_minutes"):
        return False
    minutes = Minutes.objects.wholly_open_to(user, on=clock.today())
    return Q(pk__in=minutes.order_by().filter(document__isnull=False).values("document"))


MINUTES = DOCUMENT_KINDS.add(
    DocumentKind(
        "meetings.minutes",
        _("Minutes"),
        visible=of_minutes,
        retention=Retention.FOR_GOOD,
    )
)
