"""Filing documents: uploads and the PDFs the portal issues."""

from datetime import datetime
from typing import IO

from records import kinds, ledger, store
from records.acts import act
from records.filetypes import LARGEST, recognise
from records.ledger import Actor
from records.models import Document


@act
def file(
    *, kind: str, title: str, content: bytes | IO[bytes], file_name: str, by: Actor, at: datetime
) -> Document:
    """File a document for good. Raises DocumentRefused (a ValidationError) with a plain reason."""
    content = content if isinstance(content, bytes) else content.read(LARGEST + 1)
    content_type, name = recognise(content, file_name)
    document = Document(
        kind=kinds.get(kind).name,
        title=" ".join(title.split()) or name,
        file_name=name,
        content_type=content_type,
        size=len(content),
        sha256=store.keep(content),
        salt=ledger.new_salt(),
        filed_by=ledger.person(by),
        filed_at=at,
    )
    document.full_clean()
    document.save(force_insert=True)
    ledger.record(
        "document.filed",
        subject=document,
        by=by,
        at=at,
        kind=kinds.get(kind),
        type=content_type,
        size=document.size,
        content=ledger.digest(document.sha256, document.salt),
    )
    return document
