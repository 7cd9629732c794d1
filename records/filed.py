"""What the ledger says was filed, compared with the documents on record and their files.

A document's row, its file and the digest in the row lie where one and the same person may be able to
write. The ledger holds a digest of the content under the document's salt: it cannot be exchanged
together with them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models.fields.reverse_related import ForeignObjectRel

from records import ledger, store, texts
from records.document_kinds import DOCUMENT_KINDS, Held, Holder
from records.facts import digest, label
from records.models import Document

if TYPE_CHECKING:
    from records.chain import StoredEntry

FILED, DELETED = "document.filed", "document.deleted"
# What the entry on a document holds: how it is stored, and digests of its title and file name.
RECORDED = ("kind", "type", "size", "content", *Document.sealed)
# The facts of an entry about a record that holds a document.
HELD = ("document", "content", "values")


def is_as_filed(document: Document) -> bool:
    """Whether the row of a document that was not deleted is the one that the ledger records: of
    the same content, kind, title and file name."""
    subject = label(document)
    recorded = dict(_recorded(ledger.genuine(FILED, subject)))
    return _agrees(document, recorded.get(subject), is_deleted=False)


def contradictions() -> list[str]:
    """The documents, as the ledger names them, whose rows are not as the ledger records them.

    Changed, without an entry that the portal wrote, missing, or emptied other than by a deletion.
    """
    found = _contradicted(Document.objects.all())
    # What was filed or deleted meanwhile is looked at again.
    confirmed = [subject for subject in found if _is_contradicted(subject)]
    held = [subject for holder in _holders() for subject in _exchanged(holder)]
    misled = _misled()
    return sorted({*confirmed, *held, *(misled and misled & _misled())})


def holds_as_recorded(held: Held, action: str) -> bool:
    """Whether a record still holds what the ledger's entry of the action names."""
    subject = label(held.record)
    return _named(ledger.genuine(action, subject)).get(subject) == _held(held)


def _misled() -> set[str]:
    """The records, of whatever app, that refer to another document than the ledger names for them.

    An entry names the document as its record does, such as `evidence`. A record without an entry of
    its own, such as a signature, is named together with one that it refers to.
    """
    named, found = _named_for_records(), set()
    for model, field in references():
        others = [
            other
            for other in model._meta.concrete_fields
            if other.is_relation and other.related_model is not Document
        ]
        rows = model._base_manager.values_list("pk", field.attname, *(o.attname for o in others))
        for key, document, *keys in rows.iterator():
            subject = f"{model._meta.label}:{key}"
            refers_to = f"{Document._meta.label}:{document}" if document else None
            if entry := named.get((subject, field.name)):
                is_right = refers_to == entry[-1]
            else:
                labels = (
                    f"{other.related_model._meta.label}:{other_key}"
                    for other, other_key in zip(others, keys, strict=True)
                )
                is_right = refers_to is None or any(
                    refers_to in named.get((label, field.name), ()) for label in labels
                )
            if not is_right:
                found.add(subject)
    return found


def references() -> Iterator[tuple[Any, Any]]:
    """Every model and field that refers to a document, also where no way leads back."""
    for relation in Document._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            yield relation.related_model, relation.field


def _named_for_records() -> dict[tuple[str, str], list[str | None]]:
    """By record and name: the documents that entries name, oldest first, None where one says none."""
    entries = [(e.subject, e.action, json.loads(e.facts)) for e in ledger.genuine_about(Document)]
    mark = f"{Document._meta.label}:"
    naming = {
        (action, name)
        for _subject, action, facts in entries
        for name, fact in facts.items()
        if str(fact).startswith(mark)
    }
    found: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for subject, action, facts in entries:
        for name, fact in facts.items():
            if (action, name) in naming:
                found[subject, name].append(fact)
    return found


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
    recorded, deleted = dict(_recorded(ledger.genuine(FILED))), _deleted(ledger.genuine(DELETED))
    return sorted(
        subject
        for subject in rows.keys() | recorded.keys()
        if not _agrees(rows.get(subject), recorded.get(subject), subject in deleted)
    )


def _is_contradicted(subject: str) -> bool:
    row = Document.objects.filter(pk=subject.rpartition(":")[2]).first()
    recorded = dict(_recorded(ledger.genuine(FILED, subject))).get(subject)
    return not _agrees(row, recorded, bool(_deleted(ledger.genuine(DELETED, subject))))


def _agrees(row: Document | None, recorded: dict[str, str] | None, is_deleted: bool) -> bool:
    """Whether a row is as its entry records it. An entry from before titles were sealed has none."""
    if row is None or recorded is None or row.is_deleted != is_deleted:
        return False
    return is_deleted or (bool(row.salt) and recorded.items() <= _facts_of(row).items())


def _facts_of(document: Document) -> dict[str, str]:
    """The facts of the entry that a document as it is stored would have."""
    facts = {
        "kind": document.kind,
        "type": document.content_type,
        "size": document.size,
        "content": _content(document),
        **texts.digests(document),
    }
    return {name: str(fact) for name, fact in facts.items()}


def _content(document: Document) -> str:
    return str(digest(document.sha256, document.salt))


def _recorded(entries: Iterable[StoredEntry]) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in entries:
        facts = json.loads(entry.facts)
        yield entry.subject, {name: str(facts[name]) for name in RECORDED if name in facts}


def _deleted(entries: Iterable[StoredEntry]) -> set[str]:
    return {entry.subject for entry in entries}


def is_lost(document: Document) -> bool:
    """Whether the file is missing or is not what the row says."""
    try:
        store.fetch(document.sha256).close()
    except store.BytesLostError:
        return True
    return False
