"""What the ledger says was filed, compared with the documents on record and their files.

A document's row, its file and the digest in the row lie where one and the same person may be able to
write. The ledger holds a digest of the content under the document's salt: it cannot be exchanged
together with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from records import ledger, store
from records.document_kinds import DOCUMENT_KINDS, Held, Holder
from records.facts import digest, label
from records.models import Document

if TYPE_CHECKING:
    from records.chain import StoredEntry

FILED, DELETED = "document.filed", "document.deleted"
# The facts of an entry about a record that holds a document.
HELD = ("document", "content", "values")


def is_as_filed(document: Document) -> bool:
    """Whether the row of a document that was not deleted has the content that the ledger names."""
    subject = label(document)
    contents = dict(_told(ledger.genuine(FILED, subject)))
    return bool(document.salt) and contents.get(subject) == _content(document)


def contradictions() -> list[str]:
    """The documents, as the ledger names them, whose rows are not what the ledger tells.

    Changed, without an entry that the portal wrote, missing, or emptied other than by a deletion.
    """
    found = _contradicted(Document.objects.all())
    # What was filed or deleted meanwhile is looked at again.
    confirmed = [subject for subject in found if _is_contradicted(subject)]
    return confirmed + [subject for holder in _holders() for subject in _exchanged(holder)]


def holds_as_told(held: Held, action: str) -> bool:
    """Whether a record still holds what the ledger's entry of the action names."""
    subject = label(held.record)
    return _named(ledger.genuine(action, subject)).get(subject) == _held(held)


def _holders() -> list[Holder]:
    return [kind.holder for kind in DOCUMENT_KINDS if kind.holder]


def _exchanged(holder: Holder) -> list[str]:
    """The records that hold something else than the ledger names, that it does not know, or that
    are gone."""
    named = _named(ledger.genuine(holder.action))
    found = {label(held.record): _held(held) for held in holder.every()}
    return sorted(key for key in named.keys() | found.keys() if named.get(key) != found.get(key))


def _held(held: Held) -> tuple[str, str, str]:
    document = held.document
    return label(document), _content(document), str(digest(held.values, document.salt))


def _named(entries: Iterable[StoredEntry]) -> dict[str, tuple[str, str, str]]:
    """By record: its document, the digest of the content and that of the values."""
    found = {}
    for entry in entries:
        facts = json.loads(entry.facts)
        document, content, values = (str(facts.get(name)) for name in HELD)
        found[entry.subject] = (document, content, values)
    return found


def _contradicted(documents: Iterable[Document]) -> list[str]:
    rows = {label(one): one for one in documents}
    contents, deleted = dict(_told(ledger.genuine(FILED))), _deleted(ledger.genuine(DELETED))
    return sorted(
        subject
        for subject in rows.keys() | contents.keys()
        if not _agrees(rows.get(subject), contents.get(subject), subject in deleted)
    )


def _is_contradicted(subject: str) -> bool:
    row = Document.objects.filter(pk=subject.rpartition(":")[2]).first()
    content = dict(_told(ledger.genuine(FILED, subject))).get(subject)
    return not _agrees(row, content, bool(_deleted(ledger.genuine(DELETED, subject))))


def _agrees(row: Document | None, content: str | None, is_deleted: bool) -> bool:
    if row is None or content is None or row.is_deleted != is_deleted:
        return False
    return is_deleted or (bool(row.salt) and content == _content(row))


def _content(document: Document) -> str:
    return str(digest(document.sha256, document.salt))


def _told(entries: Iterable[StoredEntry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield entry.subject, str(json.loads(entry.facts).get("content"))


def _deleted(entries: Iterable[StoredEntry]) -> set[str]:
    return {entry.subject for entry in entries}


def is_lost(document: Document) -> bool:
    """Whether the file is missing or is not what the row says."""
    try:
        store.fetch(document.sha256).close()
    except store.BytesLostError:
        return True
    return False
