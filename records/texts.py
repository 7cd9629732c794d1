"""The texts of records, compared with the digests of them that the ledger holds.

Whoever may write into the database can put another text in the place of one. The ledger has its
digest under the record's salt, and its entries are sealed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.apps import apps

from records import ledger
from records.facts import Fact, digest, label
from records.models.bases import Salted

# How a digest is written into an entry.
DIGEST = "sha256:"


def digest_of(record: Salted, name: str) -> Fact:
    """The digest of one text, or None where there is none. The name of its field goes into it, so
    that nobody sees which of a record's texts are equal."""
    text = getattr(record, name)
    return digest(f"{name}:{text}", record.salt) if text else None


def digests(record: Salted) -> dict[str, Fact]:
    """The digests of all texts that the ledger is to hold of a record, by field."""
    return {name: digest_of(record, name) for name in record.sealed}


def changed() -> list[str]:
    """The records, as the ledger names them, of which a text is not the one that was recorded."""
    found = _changed()
    # What was recorded meanwhile is looked at again.
    return sorted(found & _changed()) if found else []


def _changed() -> set[str]:
    rows = [*_rows()]
    recorded = _Recorded()
    return {label(row) for row in rows if not all(recorded.has(row, name) for name in row.sealed)}


def _rows() -> Iterator[Salted]:
    """Those with a salt: without one the texts were deleted under the retention policy."""
    for model in apps.get_models():
        if issubclass(model, Salted) and model.sealed:
            columns = ("pk", "salt", *model.sealed)
            yield from model._base_manager.exclude(salt="").only(*columns).iterator()


class _Recorded:
    """The digests in the entries that the portal wrote."""

    def __init__(self) -> None:
        self.all: set[str] = set()
        # By record and field; None where the entry says that there is no text.
        self.last: dict[tuple[str, str], str | None] = {}
        for entry in ledger.genuine_with(DIGEST):
            for name, fact in json.loads(entry.facts).items():
                self.last[entry.subject, name] = fact
                if isinstance(fact, str) and fact.startswith(DIGEST):
                    self.all.add(fact)

    def has(self, row: Salted, name: str) -> bool:
        """Whether the text has the digest that its last entry holds.

        A record without entries of its own, such as a step of an action, has its digest in an entry
        on another record. Its salt is its own, so that no other text has the same digest.
        """
        text, own = getattr(row, name), (label(row), name)
        possible = {str(digest(each, row.salt)) for each in (text, f"{name}:{text}")}
        if self.last.get(own) is not None:
            return self.last[own] in possible
        return not text or not self.all.isdisjoint(possible)
