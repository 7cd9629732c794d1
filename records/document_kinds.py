"""The kinds of documents: for each, the app that owns it says who may see which of them.

An app adds its kinds in its module `documents.py`:

    MINUTES = DOCUMENT_KINDS.add(
        DocumentKind("meetings.minutes", _("Minutes"), visible=minutes_open_to)
    )

A document of a kind that nobody has registered is seen by nobody, and is never deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from records.enums import Retention
from records.registry import ExtensionPoint

if TYPE_CHECKING:
    from django.db.models import Model

    from records.models import Document

# Asked with the user: all of the kind (True), none (False), or those to which the Q applies.
Visible = Callable[[Any], Q | bool]
# Asked with documents of the kind: the day from which each one's time is counted. Of a document
# that it leaves out the time has not begun, and it is kept.
RunsFrom = Callable[["Collection[Document]"], Mapping[UUID, date]]


@dataclass(frozen=True)
class Held:
    """A record that keeps a document permanently, and the values as text that it was made from."""

    record: Model
    document: Document
    values: str


@dataclass(frozen=True)
class Holder:
    """Records of one sort that each hold a document, such as issued reports.

    The entry of the ledger with this action names each record's document and has digests of its
    content and of the values: the record cannot be made to hold others.
    """

    action: str
    every: Callable[[], Iterable[Held]]


@dataclass(frozen=True)
class DocumentKind:
    """What a document is. `name` is stored with each document."""

    name: str
    label: str | Promise
    visible: Visible
    retention: Retention = Retention.FOR_GOOD
    # Left out: the day on which it was superseded; for the newest version of what is kept for
    # years, the day of filing; and for a draft that nothing has superseded, none yet.
    runs_from: RunsFrom | None = None
    holder: Holder | None = None

    def __str__(self) -> str:
        return self.name


DOCUMENT_KINDS: ExtensionPoint[DocumentKind] = ExtensionPoint("document kinds", module="documents")


def label_of(name: str) -> str | Promise:
    """The kind in words; the bare name of one that no app knows any more."""
    kind = DOCUMENT_KINDS.find(name)
    return kind.label if kind else name


def retention_of(name: str) -> Retention:
    """What no app knows any more is kept: nobody is left to say that its time is over."""
    kind = DOCUMENT_KINDS.find(name)
    return kind.retention if kind else Retention.FOR_GOOD


def choices() -> list[tuple[str, str | Promise]]:
    return [(kind.name, kind.label) for kind in DOCUMENT_KINDS]
