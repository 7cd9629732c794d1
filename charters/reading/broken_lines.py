"""Documents made from printed pages: every line a paragraph of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from charters.reading.headings import is_name
from charters.reading.manuscript import Paragraph
from charters.reading.pages import PAGE_NUMBER

ENDS = (".", ":", ";", "!", "?")
FEWEST_WORDS = 5
EDGE = re.compile(r"\b(?:charter|page \d+)\b", re.I)
LONGEST_EDGE = 15  # words


def rejoined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs with those that only go on with the sentence before them joined to it.

    A line goes on if it begins in lower case, has no marker, and the one before does not end;
    the edges of a page may lie between. Under a colon that may be an item of a list that has
    lost its bullets: it stays apart.
    """
    before: Paragraph | None = None
    held: list[Paragraph] = []
    listed = False
    for place, each in enumerate(paragraphs):
        if before is not None and not listed:
            following = paragraphs[place + 1] if place + 1 < len(paragraphs) else each
            if each.is_aside or (_is_edge(each) and _goes_on(before, following)):
                held.append(each)
                continue
            if _goes_on(before, each):
                before = replace(before, text=f"{before.text} {each.text}")
                continue
        if before is not None:
            yield before
            listed = before.text.endswith(":") or (listed and _is_bare(each))
        yield from held
        before, held = each, []
    if before is not None:
        yield before
    yield from held


def _is_edge(paragraph: Paragraph) -> bool:
    """A page number, or a line that names the charter at the head or foot of a page."""
    words = f"{paragraph.marker} {paragraph.text}".split()
    if len(words) > LONGEST_EDGE or paragraph.text.endswith(ENDS):
        return False
    return bool(PAGE_NUMBER.fullmatch(" ".join(words)) or EDGE.search(paragraph.text))


def _goes_on(before: Paragraph, here: Paragraph) -> bool:
    if not _is_bare(here) or before.is_cell or before.is_aside or before.text.endswith(ENDS):
        return False
    return len(before.text.split()) >= FEWEST_WORDS and not is_name(before.text)


def _is_bare(paragraph: Paragraph) -> bool:
    """Words without a marker that begin in the middle of a sentence."""
    is_body = not (paragraph.marker or paragraph.heading or paragraph.is_cell)
    return is_body and paragraph.text[:1].islower()
