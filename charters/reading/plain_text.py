"""Plain text and Markdown to paragraphs: hard-wrapped lines are joined, marks taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from charters.reading.headings import is_name
from charters.reading.manuscript import Paragraph, fold
from charters.reading.markers import Shape, is_bullet, shapes, split_marker
from charters.reading.pages import PAGE_BREAK, Edge, edges, joined, vocabulary
from charters.reading.tables import row_paragraphs

HASH_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[\s#]*$")
DECORATION = frozenset("-=_*~#.`\u2013\u2014 ")
QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
TABLE_ROW = re.compile(r"[^|]*\|.*\|\s*")
STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)")
EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
FOOTNOTE = re.compile(r"\s*\[\^[\w-]+\]:\s.*")  # Markdown's
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!'\"|>])")
TABLE_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
ENDS_A_CLAUSE = (".", ":", ";", "!", "?")
LONGEST_WRAP = 160
LONGEST_SURE_WRAP = 120  # columns; longer lines must show more clearly that they were broken
SHORTEST_WRAP = 40


def text_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text or of Markdown, in order."""
    written = LINE_END.split(text.replace(PAGE_BREAK, f"\n{PAGE_BREAK}\n"))
    lines = [QUOTE.sub("", line.expandtabs(4).rstrip(" \t")) for line in written]
    found = edges(lines)
    lines = [line.rstrip() for line in lines]
    typescript = _Typescript(wrap_width(lines), vocabulary(text))
    return tuple(typescript.paragraphs(lines, found))


def is_decoration(line: str) -> bool:
    """A rule across the page, a row of dots, the edge of a cell: nothing but strokes."""
    if line.strip() == "|":
        return True
    return DECORATION.issuperset(line) and len(line.replace(" ", "")) >= 3


def is_all_strong(text: str) -> bool:
    """Whether Markdown sets the whole of it in bold."""
    core = text.rstrip(".:")
    return any(
        core.startswith(mark) and core.endswith(mark) and core.count(mark) == 2 and len(core) > 4
        for mark in ("**", "__")
    )


def wrap_width(lines: list[str]) -> int:
    """The column at which the lines were broken by hand, 0 if they were not.

    A file counts as hard-wrapped if a fifth of its lines, and three at least, end close to the
    longest line that is not simply a paragraph, and a third of those (of very long ones half)
    break off in the middle of a sentence. Where many lines are longer still, they are
    paragraphs.
    """
    written = [line for line in lines if line]
    if sum(len(line) > LONGEST_WRAP for line in written) > len(written) / 10:
        return 0
    return _wrap_within(lines, LONGEST_SURE_WRAP) or _wrap_within(lines, LONGEST_WRAP)


def _wrap_within(lines: list[str], longest: int) -> int:
    written = [line for line in lines if line and len(line) <= longest]
    width = max(map(len, written), default=0)
    full = [line for line in written if len(line) >= width - 12]
    if width < SHORTEST_WRAP or len(full) < max(3, len(written) / 5):
        return 0
    broken = [line for line in full if not line.endswith(ENDS_A_CLAUSE)]
    share = 3 if width <= LONGEST_SURE_WRAP else 2
    return width if len(broken) >= max(2, len(full) / share) else 0


@dataclass
class _Open:
    """A paragraph that later lines may still continue."""

    marker: str
    indent: int
    column: int
    lines: list[str] = field(default_factory=list)
    heading: int = 0
    vocabulary: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return fold(joined(self.lines, self.vocabulary))

    def closed(self) -> Paragraph:
        marked = self.text
        text = ESCAPED.sub(r"\1", EMPHASIS.sub(r"\2", STRONG.sub(r"\2", marked)))
        return Paragraph(
            text, self.marker, self.heading, self.indent, is_bold=is_all_strong(marked)
        )


def _cell(text: str) -> list[Paragraph]:
    marker, words = split_marker(text)
    return [Paragraph(fold(words), marker, is_cell=True)] if text.strip() else []


class _Typescript:
    """Reads lines one after the other and decides which belong together."""

    def __init__(self, width: int, vocabulary: frozenset[str] = frozenset()) -> None:
        self.width = width
        self.vocabulary = vocabulary
        self.open: _Open | None = None
        self.last = ""  # the line before, "" after a gap
        self.held: list[Paragraph] = []  # page numbers and running heads inside a paragraph
        self.before_page = ""  # the last line of the page before, where its text may go on
        self.seen: dict[str, int] = {}  # how far each kind of numbering has come

    def paragraphs(self, lines: list[str], found: list[Edge]) -> Iterator[Paragraph]:
        for place, line in enumerate(lines):
            if found[place] is not Edge.TEXT:
                yield from self._turn_page(line)
            elif FOOTNOTE.fullmatch(line):
                yield from self._close()
                yield Paragraph(fold(line), is_aside=True)
            elif TABLE_ROW.fullmatch(line):
                yield from self._row(line, "".join(lines[place + 1 : place + 2]))
            else:
                yield from self._take(line)
        yield from self._close()

    def _turn_page(self, line: str) -> Iterator[Paragraph]:
        """Page numbers, running heads and feet come after a paragraph that they stand in."""
        edge = Paragraph(fold(line), is_aside=True)
        if self.open is None:
            yield edge
            return
        self.held.append(edge)
        self.before_page = self.before_page or self.open.lines[-1]
        self.last = ""

    def _row(self, line: str, below: str) -> Iterator[Paragraph]:
        yield from self._close()
        if not TABLE_RULE.fullmatch(line):
            cells = [_cell(cell) for cell in line.strip().strip("|").split("|")]
            yield from row_paragraphs(cells, is_head=bool(TABLE_RULE.fullmatch(below)))

    def _take(self, line: str) -> Iterator[Paragraph]:
        if not line.strip():
            self.last = ""
        elif self._underlines(line) or is_decoration(line):
            if not self._waits():
                yield from self._close()
        elif heading := HASH_HEADING.fullmatch(line):
            yield from self._begin(heading[1], 0, heading[2], heading=len(heading[1]))
            yield from self._close()
        else:
            yield from self._take_words(line)

    def _waits(self) -> bool:
        """Whether a marker stands on a line of its own and its words are still to come."""
        return self.open is not None and bool(self.open.marker) and not self.open.text

    def _take_words(self, line: str) -> Iterator[Paragraph]:
        marker, words = split_marker(ESCAPED.sub(r"\1", line[:12]) + line[12:])
        indent = len(line) - len(line.lstrip())
        if marker and self._opens_an_item(marker, line):
            yield from self._begin(marker, indent, words)
        elif self._continues(line, indent) and self.open:
            self.open.lines.append(line.strip())
            self.before_page = ""
        else:
            yield from self._begin("", indent, line.strip())
        self.last = line

    def _begin(self, marker: str, indent: int, words: str, heading: int = 0) -> Iterator[Paragraph]:
        yield from self._close()
        for shape in shapes(marker):
            self.seen[shape.kind] = shape.value
        column = indent + len(marker) + 1
        self.open = _Open(marker, indent, column, [words], heading, self.vocabulary)

    def _close(self) -> Iterator[Paragraph]:
        if self.open:
            yield self.open.closed()
        yield from self.held
        self.open, self.last, self.held, self.before_page = None, "", [], ""

    def _underlines(self, line: str) -> bool:
        """Whether a line of = or - makes the line above it a heading."""
        ruled = re.fullmatch(r"(=|-){3,}", line.strip())
        if not ruled or not self.open or not self.last or len(self.open.lines) > 1:
            return False
        if self.open.marker and is_bullet(self.open.marker):
            return False
        self.open.heading = 1 if ruled[1] == "=" else 2
        return True

    def _opens_an_item(self, marker: str, line: str) -> bool:
        """In the middle of a wrapped sentence "(m) of the Act" is no item of a list."""
        if is_bullet(marker) or not self._runs_on(line) or self.last.rstrip()[-1:] in ".;:,":
            return True
        return any(self._is_next(shape) for shape in shapes(marker))

    def _is_next(self, shape: Shape) -> bool:
        return shape.value == self.seen.get(shape.kind, 0) + 1

    def _continues(self, line: str, indent: int) -> bool:
        if self.open is None or self.open.heading:
            return False
        if not self.open.text:
            return True
        if self.before_page:
            return self._goes_over_the_page(line)
        if self.open.marker and indent and indent >= self.open.column:
            return not (is_name(self.open.text) and line.lstrip()[0].isupper())
        return self._runs_on(line)

    def _goes_over_the_page(self, line: str) -> bool:
        """Whether the sentence that the page before broke off goes on in this line."""
        before, first = self.before_page, line.split()[0]
        if before.endswith(ENDS_A_CLAUSE):
            return False
        is_full = bool(self.width) and len(before) + 1 + len(first) > self.width
        return first[0].islower() or is_full or before.endswith(",")

    def _runs_on(self, line: str) -> bool:
        """Whether the line before was broken only because this one's first word did not fit."""
        if not self.last or not self.open or len(self.last) > LONGEST_WRAP:
            return False
        first = line.split()[0]
        if self.width and len(self.last) + 1 + len(first) > self.width:
            return True
        return bool(self.width) and first[0].islower() and self.last[-1] not in ".:;"
