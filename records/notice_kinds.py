"""The registry of notices' kinds: what the portal owes people, and who may know of it.

Nothing of a kind that nobody has registered is ever delivered or shown. What is sealed has no
kind here: concerns keep their own digest, and pass none of these doors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from records.models import Notice

NAME = re.compile(r"[a-z][a-z_]{0,39}")
# A path of this portal, with nothing that could break a line or lead elsewhere.
PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f<>\"]*")


@dataclass(frozen=True)
class Line:
    """One notice in a mail: a neutral sentence without substance, and where it waits."""

    text: str
    url: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(str(self.text).split()))
        if not self.text:
            raise ValueError("A line of a mail says something.")
        if not PATH.fullmatch(self.url):
            raise ValueError(f"{self.url!r} is no path of the portal.")


# Asked at delivery with the notice and its recipient; None: nothing waits for them any more.
Compose: TypeAlias = "Callable[[Notice, Any], Line | None]"
# Asked with a reader of the page of notices: all of the kind, none, or those to which the Q applies.
Visible = Callable[[Any], Q | bool]
# Asked with a page of notices and its reader: of each, by key, why it was owed, in a sentence that
# this reader may read. For those it leaves out the label stands.
Why: TypeAlias = "Callable[[Sequence[Notice], Any], Mapping[int, str]]"


@dataclass(frozen=True)
class Kind:
    """What a notice is about. Its label is the sentence that says why it was owed."""

    name: str
    label: str | Promise
    compose: Compose
    is_urgent: bool = False
    visible: Visible | None = None
    why: Why | None = None

    def __str__(self) -> str:
        return self.name

    def seen_by(self, reader: Any) -> Q | bool:
        return self.visible(reader) if self.visible else True

    def whys(self, notices: Sequence[Notice], reader: Any) -> Mapping[int, str]:
        return self.why(notices, reader) if self.why else {}


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    label: str | Promise,
    compose: Compose,
    *,
    urgent: bool = False,
    visible: Visible | None = None,
    why: Why | None = None,
) -> Kind:
    if name in _kinds:
        raise ValueError(f"The notice kind {name} is registered already.")
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no notice kind: write it like ledger_fault.")
    _kinds[name] = Kind(name, label, compose, urgent, visible, why)
    return _kinds[name]


def unregister(name: str) -> None:
    """For tests that register a kind of their own."""
    del _kinds[name]


def get(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No app has registered the notice kind {name!r}.") from None


def every() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def autodiscover() -> None:
    autodiscover_modules("notices")
