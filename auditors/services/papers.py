"""A file that is filed in the same act as the record it belongs to, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from charters.services.uploads import Upload, filed
from records.acts import act
from records.document_kinds import DocumentKind
from records.ledger import Actor
from records.models import Document

T = TypeVar("T")


@act
def with_paper(
    record: Callable[[Document | None], T],
    upload: Upload | None,
    *,
    kind: DocumentKind,
    title: str,
    by: Actor,
    at: datetime,
) -> T:
    """Record something together with its paper; without an upload it is recorded alone."""
    return record(filed(upload, kind=kind, title=title, by=by, at=at))
