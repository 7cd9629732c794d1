"""The kind of document this app owns: the written procedures. Nothing of a case is a document."""

from django.utils.translation import gettext_lazy as _

from charters.documents import open_to_readers
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention

PROCEDURES = DOCUMENT_KINDS.add(
    DocumentKind(
        "whistleblower.procedures",
        _("Complaint procedures"),
        visible=open_to_readers,
        retention=Retention.FOR_GOOD,
    )
)
