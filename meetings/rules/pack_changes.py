"""What changed between two versions of a tab, page by page; insertions are understood.

Pages are compared by what they draw and numbered from 1, as a tab's are (4-1, 4-2).

Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Span:
    """Pages from the first to the last, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class PageChanges:
    """New and changed pages by their numbers now, removed ones by those before, and the pages that
    are the same and have other numbers, as before and now."""

    new: tuple[Span, ...] = ()
    changed: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()
    moved: tuple[tuple[Span, Span], ...] = ()

    @property
    def is_none(self) -> bool:
        return self == PageChanges()


def page_changes(before: Sequence[str], now: Sequence[str]) -> PageChanges:
    """Compare two versions, each as the digests of its pages."""
    found = list(_steps(before, now))
    return PageChanges(
        new=tuple(now for sort, __, now in found if sort == "new" and now),
        changed=tuple(now for sort, __, now in found if sort == "changed" and now),
        removed=tuple(before for sort, before, __ in found if sort == "removed" and before),
        moved=tuple(
            (before, now) for sort, before, now in found if sort == "moved" and before and now
        ),
    )


def _steps(
    before: Sequence[str], now: Sequence[str]
) -> Iterator[tuple[str, Span | None, Span | None]]:
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for sort, i, j, k, m in matcher.get_opcodes():
        if sort == "equal":
            if i != k:
                yield "moved", _span(i, j), _span(k, m)
            continue
        # Of pages that were exchanged, as many are changed as stand on both sides.
        common = min(j - i, m - k)
        yield "changed", None, _span(k, k + common)
        yield "removed", _span(i + common, j), None
        yield "new", None, _span(k + common, m)


def _span(start: int, end: int) -> Span | None:
    return Span(start + 1, end) if end > start else None
