"""The kinds of documents this app owns, and who may see them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charters.documents import open_to_readers
from committees.models import Questionnaire
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention


def questionnaires_open_to(user: Any) -> Q | bool:
    """Secretaries and counsel see every form; a director sees their own."""
    if user.has_perm("committees.view_relationship"):
        return True
    own = Questionnaire.objects.visible_to(user).filter(document__isnull=False)
    return Q(pk__in=own.order_by().values("document"))


QUESTIONNAIRE = DOCUMENT_KINDS.add(
    DocumentKind(
        "committees.questionnaire",
        _("Signed questionnaire"),
        visible=questionnaires_open_to,
        retention=Retention.FOR_GOOD,
    )
)
COMMITTEE_RECORD = DOCUMENT_KINDS.add(
    DocumentKind(
        "committees.record",
        _("Record of the committee"),
        visible=open_to_readers,
        retention=Retention.FOR_GOOD,
    )
)
