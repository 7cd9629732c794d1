"""The kind of document this app owns."""

from typing import Any

from records.document_kinds import DOCUMENT_KINDS, DocumentKind


def open_to_readers(user: Any) -> bool:
    return bool(user.has_perm("letters.view"))


SCAN = DOCUMENT_KINDS.add(DocumentKind("letters.scan", "Scan", open_to_readers))
