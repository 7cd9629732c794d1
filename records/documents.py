"""The kind of document this layer owns: what is worked on and is no record yet."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention


def open_to_writers(user: Any) -> bool:
    """A draft is seen by those who may file one."""
    return bool(user.has_perm("records.file_document"))


DRAFT = DOCUMENT_KINDS.add(
    DocumentKind("records.draft", _("Draft"), visible=open_to_writers, retention=Retention.DRAFT)
)
