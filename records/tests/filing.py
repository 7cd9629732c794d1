"""Kinds of documents for tests, one for each way of being kept, and a way to file one."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention, SystemActor
from records.models import Document
from records.services import documents

AT = datetime(2026, 8, 4, 12, 0, tzinfo=UTC)
A_MONTH_LATER = AT + timedelta(days=30)
KINDS = {"minutes": Retention.FOR_GOOD, "letter": Retention.SEVEN_YEARS, "note": Retention.DRAFT}


def days_of_filing(those: Collection[Document]) -> dict[UUID, date]:
    """An owner who lets a draft's time begin at once."""
    return {one.pk: one.filed_at.date() for one in those}


@contextmanager
def kinds_to_keep() -> Iterator[None]:
    """Minutes permanently, letters seven years, notes 30 days from filing: open to everybody."""
    kinds = [
        DocumentKind(
            f"tests.{name}",
            name.capitalize(),
            lambda user: True,
            retention=retention,
            runs_from=days_of_filing if retention is Retention.DRAFT else None,
        )
        for name, retention in KINDS.items()
    ]
    with DOCUMENT_KINDS.temporarily(*kinds):
        yield


def filed(kind: str = "note", **fields: object) -> Document:
    given: dict[str, object] = {
        "title": f"A {kind}",
        "content": f"The text of a {kind}.\n".encode(),
        "file_name": f"{kind}.txt",
        "by": SystemActor.OPERATOR,
        "at": AT,
    }
    name = "records.draft" if kind == "draft" else f"tests.{kind}"
    return documents.file(kind=name, **(given | fields))  # type: ignore[arg-type]


def stored() -> set[str]:
    """The names of all files that lie on the disk."""
    return {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
