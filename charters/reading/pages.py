"""What a printed page adds to the text: page numbers, running heads and feet, hyphenated words."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014\s|]*(?:page\s+)?(?:[A-Z]-)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-\u2013\u2014\s|]*",
    re.I,
)
ROMAN_PAGE = re.compile(r"[-\u2013\s]*[ivxlc]{1,5}[-\u2013\s]*")
DIVISION = re.compile(r"\W*(?:article|section|part|appendix|annex|exhibit|schedule)\b", re.I)
PAGE_BREAK = "\f"
PAGE_TAG = re.compile(r"\s*<PAGE>\s*\d*\s*", re.I)  # in the SEC's text files
NEAR = 3  # lines with words between a running head and the edge of its page
LONGEST_RUNNING = 15  # words
ENDS_IN_NUMBER = re.compile(r"#[^\w.;]*$")
ASKS = re.compile(r"\b(?:shall|will|must|may)\b|^\W*(?:#|[a-z])[.)]", re.I)
COMPOUND = {
    "non", "pre", "self", "co", "anti", "semi", "sub", "multi", "off", "in", "on", "long", "short",
    "third", "full", "part", "well", "high", "low", "year", "cross", "ex", "inter", "post", "two",
    "three", "four", "five", "ten", "re", "by", "follow", "day", "decision", "quality", "risk",
}  # fmt: skip
CONJUNCTION = re.compile(r"(?:and|or|to)\b")


class Edge(StrEnum):
    """What a line is to its page."""

    TEXT = "text"
    NUMBER = "number"
    RUNNING = "running"


def edges(lines: Sequence[str]) -> list[Edge]:
    """For each line, whether it belongs to the page and not to the text.

    A running head or foot is a line that is repeated, its numbers aside, near page numbers or
    page breaks, or a line that is repeated with another number at its end.
    """
    written = [place for place, line in enumerate(lines) if line.strip()]
    masks = {place: _mask(lines[place]) for place in written}
    numbers = {place for place in written if _is_number(lines, place)}
    breaks = {place for place, line in enumerate(lines) if PAGE_BREAK in line}
    repeated = Counter(masks[place] for place in _near(written, numbers | breaks))
    numbered = _numbered(lines, masks)
    found = [Edge.TEXT] * len(lines)
    for place in written:
        if place in numbers:
            found[place] = Edge.NUMBER
        elif masks[place] in numbered:
            found[place] = Edge.RUNNING
    for place in _near(written, numbers | breaks):
        if found[place] is Edge.TEXT and repeated[masks[place]] > 1 and _may_run(lines[place]):
            found[place] = Edge.RUNNING
    return found


def joined(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    """Lines as one text; a word that was divided at the end of a line is one word again.

    The hyphen stays where the word has it anyway: after "non", "pre" and their like, and where
    both halves are words of this text ("quality-control").
    """
    text = ""
    for line in lines:
        divided = re.search(r"(\w+)[-\u2010\u00ad]$", text)
        if not divided or not line[:1].islower() or CONJUNCTION.match(line):
            text = f"{text} {line}"
            continue
        first, second = divided[1].lower(), re.split(r"[^\w]", line, maxsplit=1)[0].lower()
        whole = first + second in vocabulary
        compound = first in COMPOUND or (first in vocabulary and second in vocabulary)
        text = text + line if compound and not whole else text[:-1] + line
    return text


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text in lower case, those divided at the end of a line left out."""
    return frozenset(re.findall(r"\w+", re.sub(r"\w+-[^\S\n]*\n\s*\w+", " ", text).lower()))


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _is_number(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    if PAGE_TAG.fullmatch(line) or (PAGE_NUMBER.fullmatch(line) and re.search(r"\d", line)):
        return True
    around = [lines[at] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    alone = not any(each.strip(" \f") for each in around)
    return bool(ROMAN_PAGE.fullmatch(line)) and alone


def _near(written: Sequence[int], marks: set[int]) -> list[int]:
    """The lines of text within reach of a page number or a page break."""
    places = sorted({*written, *marks})
    near = set()
    for at, place in enumerate(places):
        if place in marks:
            near.update(places[max(0, at - NEAR) : at + NEAR + 1])
    return sorted(near - marks)


def _may_run(line: str) -> bool:
    words = line.split()
    return len(words) <= LONGEST_RUNNING and not DIVISION.match(line) and words[0][0].isalnum()


def _numbered(lines: Sequence[str], masks: dict[int, str]) -> set[str]:
    """The masks of lines such as "Audit Committee Charter - 2", each time with another number."""
    ends: dict[str, set[str]] = {}
    for place, mask in masks.items():
        words = mask.split()
        is_short = 3 <= len(words) <= LONGEST_RUNNING
        if is_short and ENDS_IN_NUMBER.search(mask) and not ASKS.search(mask):
            ends.setdefault(mask, set()).add(lines[place])
    return {
        mask
        for mask, found in ends.items()
        if len(found) > 1 and mask.count("#") == 1 and not DIVISION.match(mask)
        and re.search(r"charter|committee|page", mask)
    }  # fmt: skip
