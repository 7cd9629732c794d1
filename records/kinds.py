"""The registry of document kinds: for each, the app that owns it says who may see which of them.

Every app names its kinds in its module `documents.py`, which is found when Django starts:

    kinds.register("board_report", _("Report to the Board"), visible=reports_open_to)

A document of a kind that nobody has registered is seen by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

# Asked with the user: all of the kind (True), none (False), or those to which the Q applies.
Visible = Callable[[Any], Q | bool]


@dataclass(frozen=True)
class Kind:
    """What a document is. Its name is a word of a closed list, like an enumeration's."""

    name: str
    label: str | Promise
    visible: Visible

    def __str__(self) -> str:
        return self.name


_kinds: dict[str, Kind] = {}


def register(name: str, label: str | Promise, visible: Visible) -> Kind:
    if name in _kinds:
        raise ValueError(f"The document kind {name} is registered already.")
    if not name.isidentifier() or len(name) > 40:
        raise ValueError(f"{name!r} is no document kind: write it like board_report.")
    _kinds[name] = Kind(name, label, visible)
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


def choices() -> list[tuple[str, str | Promise]]:
    return [(kind.name, kind.label) for kind in every()]


def autodiscover() -> None:
    autodiscover_modules("documents")
