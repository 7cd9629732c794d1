"""The kinds of notices: what the portal owes people, and who may know of it.

Nothing of a kind that nobody has registered is ever delivered or shown. What is sealed has no
kind here: concerns keep their own digest, and nothing of them is in these tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q
from django.utils.functional import Promise

from records.registry import ExtensionPoint

if TYPE_CHECKING:
    from records.models import Notice

# A path of this portal, with nothing that could break a line or lead elsewhere.
PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f<>\"]*")


@dataclass(frozen=True)
class EmailLine:
    """One notice in a mail: a neutral sentence without substance, and where it waits.

    `subject`: the email's subject, where one notice has to be seen without being opened.
    """

    text: str
    url: str
    subject: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(str(self.text).split()))
        if not self.text:
            raise ValueError("A line of a mail says something.")
        if not PATH.fullmatch(self.url):
            raise ValueError(f"{self.url!r} is no path of the portal.")


# Asked at delivery with the notice and its recipient; None: nothing waits for them any more.
Compose: TypeAlias = "Callable[[Notice, Any], EmailLine | None]"
# Instead, where one reading of the records serves them all: asked once for all of a kind in one mail.
# Of each, by key, its line; for those it leaves out nothing waits any more.
ComposeAll: TypeAlias = "Callable[[Sequence[Notice], Any], Mapping[int, EmailLine]]"
# Asked with a reader of the page of notices: all of the kind, none, or those to which the Q applies.
Visible = Callable[[Any], Q | bool]
# Asked with a page of notices and its reader: of each, by key, why it was owed, in a sentence that
# this reader may read. For those it leaves out the label stands.
Why: TypeAlias = "Callable[[Sequence[Notice], Any], Mapping[int, str]]"


@dataclass(frozen=True)
class NoticeKind:
    """What a notice is about. Its label is the sentence that says why it was owed."""

    name: str
    label: str | Promise
    compose: Compose | None = None
    is_urgent: bool = False
    visible: Visible | None = None
    why: Why | None = None
    compose_all: ComposeAll | None = None
    # Whom it is about might be who cancels notices: a warning is delivered whoever minds.
    is_warning: bool = False

    def __post_init__(self) -> None:
        if (self.compose is None) == (self.compose_all is None):
            raise ValueError(f"The notice kind {self.name} is composed one by one, or all at once.")

    def __str__(self) -> str:
        return self.name

    def lines(self, notices: Sequence[Notice], reader: Any) -> Mapping[int, EmailLine]:
        """Of each that still waits, by key, what a mail says."""
        if self.compose_all:
            return self.compose_all(notices, reader)
        assert self.compose is not None  # noqa: S101  (register has seen to it)
        found = ((notice.pk, self.compose(notice, reader)) for notice in notices)
        return {key: line for key, line in found if line is not None}

    def seen_by(self, reader: Any) -> Q | bool:
        return self.visible(reader) if self.visible else True

    def whys(self, notices: Sequence[Notice], reader: Any) -> Mapping[int, str]:
        return self.why(notices, reader) if self.why else {}


NOTICE_KINDS: ExtensionPoint[NoticeKind] = ExtensionPoint("notice kinds", module="notices")


def is_warning(name: str) -> bool:
    """Of a kind that no app knows any more nothing goes out, warning or not."""
    kind = NOTICE_KINDS.find(name)
    return kind is not None and kind.is_warning


def batches(notices: Iterable[Notice]) -> list[list[Notice]]:
    """Those that are composed at once, so that what fails keeps back only what it must."""
    together: dict[object, list[Notice]] = defaultdict(list)
    for notice in notices:
        kind = NOTICE_KINDS.find(notice.kind)
        # Kinds that one function composes are read for at once: every reminder of a person.
        together[(kind and kind.compose_all) or notice.pk].append(notice)
    return list(together.values())
