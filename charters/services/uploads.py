"""A file that is filed in the same act as the record it belongs to, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.document_kinds import DocumentKind
from records.filetypes import DocumentRefused
from records.ledger import Actor
from records.models import Document
from records.services import documents


@dataclass(frozen=True)
class Upload:
    """A file to be filed with a record; without a title it is named after the record."""

    content: bytes | IO[bytes]
    file_name: str
    title: str = ""


def filed(
    upload: Upload | None, *, kind: DocumentKind, title: str, by: Actor, at: datetime
) -> Document | None:
    """The document made of an upload; what is refused about the file stands at `document`."""
    if upload is None:
        return None
    try:
        return documents.file(
            kind=kind.name,
            title=upload.title or title,
            content=upload.content,
            file_name=upload.file_name,
            by=by,
            at=at,
        )
    except DocumentRefused as refusal:
        raise ValidationError({"document": refusal}) from refusal


def refuse_other_kind(document: Document | None, kind: DocumentKind) -> None:
    """A document of another kind has readers of its own: it is not shown with this record."""
    if document is not None and document.kind != kind.name:
        raise ValidationError(
            {
                "document": _(
                    "This document was filed for another purpose, with other readers. File a "
                    "copy with this record."
                )
            }
        )
