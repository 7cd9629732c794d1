"""The lines of a table of contents: they name the sections and ask nothing."""

import re
from collections.abc import Sequence

from charters.reading.manuscript import Paragraph

CONTENTS = re.compile(r"(?:table of )?contents|index", re.I)
PAGE_AT_END = re.compile(r"[\s.\u2026\u00b7_]*(?:\d{1,3}|[ivxlc]{1,5})$")


def contents_lines(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The places of the heading "Contents" and of the lines under it."""
    begin = next((at for at, each in enumerate(paragraphs) if _is_heading(each)), None)
    if begin is None:
        return frozenset()
    last = {_name(each): at for at, each in enumerate(paragraphs)}
    end = begin + 1
    while end < len(paragraphs) and _is_line(paragraphs[end], last, end):
        end += 1
    return frozenset(range(begin, end)) if end > begin + 1 else frozenset()


def _is_heading(paragraph: Paragraph) -> bool:
    return bool(CONTENTS.fullmatch(paragraph.text.rstrip(":").strip()))


def _is_line(paragraph: Paragraph, last: dict[str, int], place: int) -> bool:
    """It ends in a page number, or its words stand again further down as a heading."""
    if len(paragraph.text.split()) > 15 or paragraph.text.endswith((".", ";")):
        return False
    is_repeated = last[_name(paragraph)] > place
    return is_repeated or paragraph.is_aside or bool(re.search(r"\s\d{1,3}$", paragraph.text))


def _name(paragraph: Paragraph) -> str:
    return PAGE_AT_END.sub("", paragraph.text).casefold()
