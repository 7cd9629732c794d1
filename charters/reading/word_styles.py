"""What a Word document says of a paragraph by its style: heading, numbering, indent, weight."""

import re
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from charters.reading.markers import letter

TWIPS_PER_COLUMN = 120
LONGEST_CHAIN = 20
GLYPHS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◦", "": "•"}
CONTENTS_STYLE = re.compile(r"toc ?(?:heading|\d)", re.I)
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Styles:
    """The styles and the numbering of one document, and how far its numbering has come."""

    def __init__(self, document: WordDocument) -> None:
        self.styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.iter(qn("w:style"))
        }
        self.numbering = Numbering(_numbering_root(document))

    def heading_level(self, paragraph: Any) -> int:
        """1 for a title or a first-level heading, 0 for body text."""
        for style in self._chain(paragraph):
            name = _value(style, "w:name").lower()
            if name in {"title", "subtitle"}:
                return 1
            if found := re.fullmatch(r"heading (\d)", name):
                return int(found[1])
        return 0

    def numbering_of(self, paragraph: Any) -> str:
        """The number or bullet Word shows before the paragraph, "" for none."""
        place = self._numbered(paragraph)
        return self.numbering.next_marker(*place) if place else ""

    def indent(self, paragraph: Any) -> int:
        """Columns from the left margin; a list without indents is set in by its level."""
        own = _left(paragraph.find(qn("w:pPr")))
        lefts = [own, *(_left(style.find(qn("w:pPr"))) for style in self._chain(paragraph))]
        if place := self._numbered(paragraph):
            lefts.append(self.numbering.left(*place))
            lefts.append((place[1] + 1) * 3 * TWIPS_PER_COLUMN)
        return next((left for left in lefts if left is not None), 0) // TWIPS_PER_COLUMN

    def run_is_bold(self, run: Any, paragraph: Any) -> bool:
        return _is_on([run, *self._chain(paragraph)], "w:b")

    def run_is_hidden(self, run: Any, paragraph: Any) -> bool:
        return _is_on([run, *self._chain(paragraph)], "w:vanish")

    def is_contents_line(self, paragraph: Any) -> bool:
        """A line of a table of contents, by its style."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = [_value(style, "w:name") for style in self._chain(paragraph)]
        used = named if own is None else [own.get(qn("w:val")) or "", *named]
        return any(CONTENTS_STYLE.fullmatch(name) for name in used)

    def parsed(self, blob: bytes) -> Any:
        """A part python-docx does not open itself."""
        return parse_xml(blob)

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        """Its list and level there: set on the paragraph itself or on its style."""
        for holder in [paragraph, *self._chain(paragraph)]:
            found = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None and (number := _value(found, "w:numId")):
                level = _value(found, "w:ilvl")
                return (number, int(level or 0)) if number != "0" else None
        return None

    def _chain(self, paragraph: Any) -> list[Any]:
        """The paragraph's style and those it is based on."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = own.get(qn("w:val")) if own is not None else None
        chain: list[Any] = []
        while name in self.styles and len(chain) < LONGEST_CHAIN:
            chain.append(self.styles[name])
            name = _value(chain[-1], "w:basedOn")
        return chain


class Numbering:
    """Word keeps no numbers in its text: they are counted here as Word would show them."""

    def __init__(self, root: Any) -> None:
        abstract = {} if root is None else _by_id(root, "w:abstractNum", "w:abstractNumId")
        numbers = {} if root is None else _by_id(root, "w:num", "w:numId")
        self.levels: dict[str, dict[int, Any]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.counter: dict[str, str] = {}
        self.starts: dict[str, dict[int, int]] = {}
        for number, element in numbers.items():
            based_on = _value(element, "w:abstractNumId")
            self.levels[number] = _levels(_linked(abstract.get(based_on), abstract), element)
            self.starts[number] = _starts(element)
            restarts = element.find(qn("w:lvlOverride")) is not None
            self.counter[number] = number if restarts else f"abstract {based_on}"

    def next_marker(self, number: str, level: int) -> str:
        levels = self.levels.get(number, {})
        counts = self.counts.setdefault(self.counter.get(number, number), {})
        start = self.starts.get(number, {}).get(level, _start(levels.get(level)))
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            if _restarts(levels.get(deeper), level):
                del counts[deeper]
        if _format(levels.get(level)) in {"bullet", "none"}:
            glyph = _value(levels.get(level), "w:lvlText").strip()
            return GLYPHS.get(glyph, glyph)
        return self._written(levels, level, counts)

    def left(self, number: str, level: int) -> int | None:
        element = self.levels.get(number, {}).get(level)
        return None if element is None else _left(element.find(qn("w:pPr")))

    def _written(self, levels: dict[int, Any], level: int, counts: dict[int, int]) -> str:
        pattern = _value(levels.get(level), "w:lvlText") or f"%{level + 1}."

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            count = counts.get(at, _start(levels.get(at)))
            return _in_figures(count, _format(levels.get(at)))

        return re.sub(r"%(\d)", number, pattern).strip()


def _numbering_root(document: WordDocument) -> Any:
    kinds = document.part.rels.values()
    holds = any(each.reltype.endswith("/numbering") for each in kinds)
    return document.part.numbering_part.element if holds else None


def _by_id(root: Any, tag: str, key: str) -> dict[str, Any]:
    return {element.get(qn(key)): element for element in root.findall(qn(tag))}


def _levels(abstract: Any, number: Any) -> dict[int, Any]:
    found = [] if abstract is None else abstract.findall(qn("w:lvl"))
    found += number.findall(f"{qn('w:lvlOverride')}/{qn('w:lvl')}")
    return {int(level.get(qn("w:ilvl"))): level for level in found}


def _linked(abstract: Any, others: dict[str, Any]) -> Any:
    """The list that this one takes its levels from by the name of a style, else itself."""
    if link := _value(abstract, "w:numStyleLink"):
        named = (each for each in others.values() if _value(each, "w:styleLink") == link)
        return next(named, abstract)
    return abstract


def _starts(number: Any) -> dict[int, int]:
    """Where a list begins to count by its own account, by level."""
    overrides = number.findall(qn("w:lvlOverride"))
    return {
        int(each.get(qn("w:ilvl")) or 0): int(start)
        for each in overrides
        if (start := _value(each, "w:startOverride"))
    }


def _restarts(level: Any, after: int) -> bool:
    """Whether a level counts from its beginning again after an item of a level above it."""
    limit = _value(level, "w:lvlRestart")
    return not limit or after < int(limit)


def _is_on(holders: list[Any], tag: str) -> bool:
    marks = (holder.find(f"{qn('w:rPr')}/{qn(tag)}") for holder in holders)
    first = next((mark for mark in marks if mark is not None), None)
    return first is not None and first.get(qn("w:val")) not in {"0", "false", "off"}


def _value(element: Any, tag: str) -> str:
    child = None if element is None else element.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val")) or "")


def _start(level: Any) -> int:
    return int(_value(level, "w:start") or 1)


def _format(level: Any) -> str:
    return _value(level, "w:numFmt") or "decimal"


def _left(properties: Any) -> int | None:
    """The left indent in twips, or None where none is set."""
    found = None if properties is None else properties.find(qn("w:ind"))
    if found is None:
        return None
    left = found.get(qn("w:left")) or found.get(qn("w:start"))
    return int(float(left)) if left else None


def _in_figures(count: int, form: str) -> str:
    if "Letter" in form:
        text = letter(max(count, 1))
    elif "Roman" in form:
        text = _roman(count)
    else:
        text = str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    for value, digits in ROMAN:
        if count >= value:
            return digits + _roman(count - value)
    return ""
