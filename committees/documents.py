"""The kinds of documents this app owns, and who may see them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.withheld import papers_open_to
from charters.documents import open_to_readers
from committees.models import LetterStep, Questionnaire, RegulatorLetter, TransactionReview
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


def records_open_to(user: Any) -> Q | bool:
    """Whoever may read where duties stand, but for the papers of what is withheld from them."""
    if not open_to_readers(user):
        return False
    return papers_open_to(
        user,
        (TransactionReview, "transaction", "document"),
        (RegulatorLetter, "pk", "document"),
        (LetterStep, "letter", "document"),
    )


COMMITTEE_RECORD = DOCUMENT_KINDS.add(
    DocumentKind(
        "committees.record",
        _("Record of the committee"),
        visible=records_open_to,
        retention=Retention.FOR_GOOD,
    )
)
