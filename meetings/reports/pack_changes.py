"""What changed between two versions of a pack, as one reader may see both.

The lists are made from what is open to the reader today, so that they never name a tab that is
restricted from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pikepdf
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from meetings.pdf.fingerprints import page_digests
from meetings.reports.pack_content import PackContent, PackFile, PackLine
from meetings.rules.pack_changes import PageChanges, Span, page_changes
from records import store

# Files whose digests are kept in memory: those of a few packs.
KEPT = 256


def changes(before: PackContent, now: PackContent) -> list[str]:
    """A sentence for each item or tab that differs, in the order of the agenda."""
    return list(_changes(before, now))


def _changes(before: PackContent, now: PackContent) -> Iterator[str]:
    then = {line.number: line for line in before.lines}
    known = [line.number for line in now.lines if line.number in then]
    if known != [line.number for line in before.lines if line.number in known]:
        yield _("The order of the items changed.")
    for line in now.lines:
        words = list(_line_changes(then, line))
        if words:
            yield f"{line.number}. {line.title}: {' '.join(words)}"


def _line_changes(then: Mapping[int, PackLine], line: PackLine) -> Iterator[str]:
    before = then.get(line.number)
    if before is None:
        yield _("Added.")
        before = PackLine(line.number, line.title)
    elif line.left and not before.left:
        yield f"{line.left}."
    elif (before.title, before.details, before.minutes) != (line.title, line.details, line.minutes):
        yield _("The agenda line changed.")
    if before.files != line.files:
        yield from _tab_changes(before, line)


def _tab_changes(before: PackLine, now: PackLine) -> Iterator[str]:
    found = page_changes(_pages(before), _pages(now))
    if not found.is_none:
        yield from page_words(now.number, found)
    elif before.files and now.files:
        yield _("A file was replaced. No page changed.")


def page_words(tab: int, found: PageChanges) -> Iterator[str]:
    """New: 4-4. 4-4 to 4-10 are now 4-5 to 4-11."""
    for words, spans in (
        (_("New: %(pages)s."), found.new),
        (_("Changed: %(pages)s."), found.changed),
        (_("Removed: %(pages)s of the earlier version."), found.removed),
    ):
        if spans:
            yield words % {"pages": get_text_list([_pages_words(tab, s) for s in spans], _("and"))}
    for before, now in found.moved:
        said = {"before": _pages_words(tab, before), "now": _pages_words(tab, now)}
        if before.first == before.last:
            yield _("%(before)s is now %(now)s.") % said
        else:
            yield _("%(before)s are now %(now)s.") % said


def _pages_words(tab: int, span: Span) -> str:
    if span.first == span.last:
        return f"{tab}-{span.first}"
    return _("%(first)s to %(last)s") % {
        "first": f"{tab}-{span.first}",
        "last": f"{tab}-{span.last}",
    }


def _pages(line: PackLine) -> list[str]:
    """The pages of a tab, over all its papers."""
    return [digest for file in line.files for digest in _digests(file)]


def _digests(file: PackFile) -> tuple[str, ...]:
    sha256 = file.document.sha256
    if file.document.is_deleted:
        return _unreadable(sha256)
    try:
        return _digests_of(sha256)
    except store.BytesLostError:
        return _unreadable(sha256)


def _unreadable(sha256: str) -> tuple[str, ...]:
    """A page that names the paper stands for one that cannot be read. Two such papers differ."""
    return (f"unreadable:{sha256}",)


@lru_cache(maxsize=KEPT)
def _digests_of(sha256: str) -> tuple[str, ...]:
    """Of a file, by its digest: the same bytes have the same pages.

    Raises BytesLostError, which is not kept: the file can be restored.
    """
    with store.fetch(sha256) as stored:
        content = stored.read()
    try:
        return page_digests(content)
    except pikepdf.PdfError:
        return _unreadable(sha256)
