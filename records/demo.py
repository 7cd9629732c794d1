"""Chapters of the demonstration that an app adds to the story told by the project package.

An app adds its own in its module `demo_chapters.py`:

    CHAPTERS.add(DemoChapter("whistleblower.concerns", begin))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from records.registry import ExtensionPoint


class Telling(Protocol):
    """One telling of a chapter. `stage` has the days of the story, `story` what is on record so far."""

    def scenes(self, stage: Any) -> Iterable[tuple[datetime, Callable[[Any, datetime], Any]]]: ...

    def guide(self) -> Iterable[str]:
        """What the command says of it at the end, line by line."""


@dataclass(frozen=True)
class DemoChapter:
    """`begin` answers a new telling."""

    name: str
    begin: Callable[[], Telling]


CHAPTERS: ExtensionPoint[DemoChapter] = ExtensionPoint("demo chapters", module="demo_chapters")


def begin_all() -> list[Telling]:
    return [each.begin() for each in CHAPTERS]
