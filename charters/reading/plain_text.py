"""Plain text and Markdown to paragraphs: hard-wrapped lines are joined, marks taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from charters.reading.manuscript import Paragraph, fold
from charters.reading.markers import Shape, is_bullet, shapes, split_marker

HASH_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[\s#]*$")
DECORATION = frozenset("-=_*~#.`\u2013\u2014 ")
QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
PAGE_NUMBER = re.compile(r"[-\u2013\s]*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?[-\u2013\s]*", re.I)
STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)")
EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!'\"|>])")
LONGEST_WRAP = 120
SHORTEST_WRAP = 40


def text_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text or of Markdown, in order."""
    lines = [QUOTE.sub("", line.expandtabs(4).rstrip()) for line in text.splitlines()]
    return tuple(_Typescript(wrap_width(lines)).paragraphs(lines))


def is_decoration(line: str) -> bool:
    """A rule across the page, a row of dots: nothing but strokes, three or more."""
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
    longest line that is not simply a paragraph.
    """
    lengths = [len(line) for line in lines if line and len(line) <= LONGEST_WRAP]
    width = max(lengths, default=0)
    full = [length for length in lengths if length >= width - 12]
    return width if width >= SHORTEST_WRAP and len(full) >= max(3, len(lengths) / 5) else 0


@dataclass
class _Open:
    """A paragraph that later lines may still continue."""

    marker: str
    indent: int
    column: int
    lines: list[str] = field(default_factory=list)
    heading: int = 0

    @property
    def text(self) -> str:
        return fold(" ".join(self.lines))

    def closed(self) -> Paragraph:
        marked = self.text
        text = ESCAPED.sub(r"\1", EMPHASIS.sub(r"\2", STRONG.sub(r"\2", marked)))
        return Paragraph(
            text, self.marker, self.heading, self.indent, is_bold=is_all_strong(marked)
        )


class _Typescript:
    """Reads lines one after the other and decides which belong together."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.open: _Open | None = None
        self.last = ""  # the line before, "" after a gap
        self.seen: dict[str, int] = {}  # how far each kind of numbering has come

    def paragraphs(self, lines: list[str]) -> Iterator[Paragraph]:
        for line in [*lines, ""]:
            yield from self._take(line)
        yield from self._close()

    def _take(self, line: str) -> Iterator[Paragraph]:
        if not line.strip():
            self.last = ""
        elif self._underlines(line) or is_decoration(line):
            yield from self._close()
        elif heading := HASH_HEADING.fullmatch(line):
            yield from self._begin(heading[1], 0, heading[2], heading=len(heading[1]))
            yield from self._close()
        elif TABLE_ROW.fullmatch(line):
            yield from self._close()
            for cell in line.strip().strip("|").split("|"):
                if cell.strip(" :-"):
                    yield Paragraph(fold(cell), is_cell=True)
        elif PAGE_NUMBER.fullmatch(line):
            yield from self._close()
            yield Paragraph(fold(line))
        else:
            yield from self._take_words(line)

    def _take_words(self, line: str) -> Iterator[Paragraph]:
        marker, words = split_marker(ESCAPED.sub(r"\1", line[:12]) + line[12:])
        indent = len(line) - len(line.lstrip())
        if marker and self._opens_an_item(marker, line):
            yield from self._begin(marker, indent, words)
        elif self._continues(line, indent) and self.open:
            self.open.lines.append(line.strip())
        else:
            yield from self._begin("", indent, line.strip())
        self.last = line

    def _begin(self, marker: str, indent: int, words: str, heading: int = 0) -> Iterator[Paragraph]:
        yield from self._close()
        for shape in shapes(marker):
            self.seen[shape.kind] = shape.value
        self.open = _Open(marker, indent, indent + len(marker) + 1, [words], heading)

    def _close(self) -> Iterator[Paragraph]:
        if self.open:
            yield self.open.closed()
        self.open, self.last = None, ""

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
        if self.open.marker and indent and indent >= self.open.column:
            return True
        return self._runs_on(line)

    def _runs_on(self, line: str) -> bool:
        """Whether the line before was broken only because this one's first word did not fit."""
        if not self.last or not self.open or len(self.last) > LONGEST_WRAP:
            return False
        first = line.split()[0]
        if self.width and len(self.last) + 1 + len(first) > self.width:
            return True
        return bool(self.width) and first[0].islower() and self.last[-1] not in ".:;"
