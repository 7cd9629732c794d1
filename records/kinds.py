"""The registry of document kinds: for each, the app that owns it says who may see which of them.

Every app names its kinds in its module `documents.py`, which is found when Django starts:

    kinds.register(
        "board_report",
        _("Report to the Board"),
        visible=reports_open_to,
        retention=Retention.FOR_GOOD,
    )

A document of a kind that nobody has registered is seen by nobody, and is never purged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from records.enums import Retention

if TYPE_CHECKING:
    from records.models import Document

# Asked with the user: all of the kind (True), none (False), or those to which the Q applies.
Visible = Callable[[Any], Q | bool]
# Asked with documents of the kind: the day from which each one's time is counted. Of a document
# that it leaves out the time has not begun, and it is kept.
RunsFrom = Callable[["Collection[Document]"], Mapping[UUID, date]]


@dataclass(frozen=True)
class Kind:
    """What a document is. Its name is a word of a closed list, like an enumeration's."""

    name: str
    label: str | Promise
    visible: Visible
    retention: Retention = Retention.FOR_GOOD
    # Left out: the day on which it was superseded; for the newest version of what is kept for
    # years, the day of filing; and for a draft that nothing has superseded, none yet.
    runs_from: RunsFrom | None = None

    def __str__(self) -> str:
        return self.name


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    label: str | Promise,
    visible: Visible,
    *,
    retention: Retention = Retention.FOR_GOOD,
    runs_from: RunsFrom | None = None,
) -> Kind:
    if name in _kinds:
        raise ValueError(f"The document kind {name} is registered already.")
    if not name.isidentifier() or len(name) > 40:
        raise ValueError(f"{name!r} is no document kind: write it like board_report.")
    _kinds[name] = Kind(name, label, visible, retention, runs_from)
    return _kinds[name]


def unregister(name: str) -> None:
    """For tests that register a kind of their own."""
    del _kinds[name]


def get(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No app has registered the document kind {name!r}.") from None


def every() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def label_of(name: str) -> str | Promise:
    """The kind in words; the bare name of one that no app knows any more."""
    return _kinds[name].label if name in _kinds else name


def retention_of(name: str) -> Retention:
    """What no app knows any more is kept: nobody is left to say that its time is over."""
    return _kinds[name].retention if name in _kinds else Retention.FOR_GOOD


def choices() -> list[tuple[str, str | Promise]]:
    return [(kind.name, kind.label) for kind in every()]


def autodiscover() -> None:
    autodiscover_modules("documents")
