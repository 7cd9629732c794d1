"""From a manuscript to the charter's structure: sections, lead-ins and clauses.

What cannot be placed is shown as such; nothing is dropped: the passages together hold every
word of the manuscript, in its order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from charters.reading import headings
from charters.reading.contents import contents_lines
from charters.reading.headings import Heading
from charters.reading.lines import body_lines
from charters.reading.manuscript import CharterUnreadable, Manuscript, Paragraph
from charters.reading.markers import shapes
from charters.reading.numbering import Sort, TextLine, numbered
from charters.reading.prose import introduces, states_requirement
from charters.reading.references import References

__all__ = ["CharterText", "CharterUnreadable", "Role", "TextPassage", "structure"]


MOST_CLAUSES = 1_000
MOST_PARAGRAPHS = 5_000
LONGEST_FRONT = 20  # lines before the text: company, title, dates
RUNNING = {"of", "the", "page"}


class Role(StrEnum):
    TITLE = "title"
    COMPANY = "company"
    SECTION = "section"
    LEAD_IN = "lead_in"
    CLAUSE = "clause"
    UNPLACED = "unplaced"


@dataclass(frozen=True)
class TextPassage:
    """One piece of the charter. `marker` is what stood before its words: "1.", "- (a)".

    `section` is the name of the section it stands in, `parent` the reference of what it stands
    under. `level` is 0 outside the sections, otherwise how deep it lies in its section.
    """

    role: Role
    text: str
    order: int
    marker: str = ""
    section: str = ""
    reference: str = ""
    parent: str = ""
    level: int = 0


@dataclass(frozen=True)
class CharterText:
    """A charter taken apart. `company` and `title` are "" where the text does not say."""

    company: str
    title: str
    passages: tuple[TextPassage, ...]

    @property
    def clauses(self) -> tuple[TextPassage, ...]:
        return tuple(each for each in self.passages if each.role is Role.CLAUSE)

    @property
    def sections(self) -> tuple[TextPassage, ...]:
        return tuple(each for each in self.passages if each.role is Role.SECTION)

    @property
    def unplaced(self) -> tuple[TextPassage, ...]:
        return tuple(each for each in self.passages if each.role is Role.UNPLACED)

    @cached_property
    def by_reference(self) -> dict[str, TextPassage]:
        return {each.reference: each for each in self.passages if each.reference}

    def context(self, clause: TextPassage) -> str:
        """The words of all lead-ins and clauses a clause stands under."""
        above = self.by_reference.get(clause.parent)
        return f"{self.context(above)} {above.text}".strip() if above else ""


def structure(manuscript: Manuscript) -> CharterText:
    """Take a manuscript apart. Raises CharterUnreadable where nothing looks like a charter."""
    if len(manuscript.paragraphs) > MOST_PARAGRAPHS:
        raise CharterUnreadable(
            f"{manuscript.name} has too many paragraphs. Import the charter alone."
        )
    passages = tuple(_Reader(manuscript.paragraphs).passages())
    if not _is_a_charter(passages):
        raise CharterUnreadable(
            f"{manuscript.name} does not look like a charter: it has no section, no list and"
            " no sentence like a clause. Choose another file."
        )
    if sum(each.role is Role.CLAUSE for each in passages) > MOST_CLAUSES:
        raise CharterUnreadable(
            f"{manuscript.name} has more than {MOST_CLAUSES:,} clauses. Import the charter alone."
        )
    title = _title([each.text for each in passages if each.role is Role.TITLE])
    return CharterText(_company(passages, title), headings.as_title(title), passages)


def _is_a_charter(passages: Sequence[TextPassage]) -> bool:
    clauses = [each for each in passages if each.role is Role.CLAUSE]
    return any(
        each.marker or headings.section_kind(each.section) or headings.looks_like_clause(each.text)
        for each in clauses
    )


def _title(lines: Sequence[str]) -> str:
    """The lines of the title as one; a line that another one repeats stands once."""
    folded = [line.casefold() for line in lines]
    kept = [
        line
        for place, line in enumerate(lines)
        if not headings.names_committee(line)
        or not any(
            folded[place] in other and (len(other) > len(line) or at < place)
            for at, other in enumerate(folded)
            if at != place
        )
    ]
    return " ".join(kept)


def _company(passages: Sequence[TextPassage], title: str) -> str:
    """The line that names the company, else its name in the title, else the first in the text."""
    lines = (each.text for each in passages if each.role is Role.COMPANY)
    in_text = filter(None, (headings.company_in(each.text) for each in passages))
    return next(lines, "") or _company_in(title) or next(in_text, "")


def _company_in(title: str) -> str:
    """ "Charter of the Audit Committee of Acme, Inc." and "Acme, Inc. Audit Committee Charter"."""
    before = re.split(r"\b(?:charter|audit|amended|committee)\b", title, maxsplit=1, flags=re.I)[0]
    after = re.split(r"\bof (?:the )?(?!the\b|audit\b|board\b|directors\b)", title, flags=re.I)[-1]
    return next((name for part in (before, after) if headings.is_company(name := part.strip())), "")


def _running_words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word not in RUNNING}


class _Reader:
    """Goes through the paragraphs once, section by section."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        aside = contents_lines(paragraphs)
        self.paragraphs = [
            replace(each, is_aside=True) if place in aside else each
            for place, each in enumerate(paragraphs)
        ]
        self.divisions = headings.divisions(self.paragraphs)
        self.references = References()
        self.makes: dict[str, int] = {}  # how deep headings of a make stand
        self.counts: dict[str, int] = {}  # how far the numbers of headings have come
        self.path: list[tuple[int, str]] = []  # the prefixes of the headings above, with depth
        self.running: set[str] = set()  # title and company, repeated on later pages
        self.run_words: dict[Role, set[str]] = {Role.TITLE: set(), Role.COMPANY: set()}
        self.section, self.level, self.above = "", 0, ""
        self.divided = 0  # the depth at which headings divide a section of duties
        self.order = 0

    def passages(self) -> Iterator[TextPassage]:
        front = self._front()
        for place in range(front):
            yield self._front_passage(place, front)
        body: list[Paragraph] = []
        for place in range(front, len(self.paragraphs)):
            paragraph = self.paragraphs[place]
            heading = None if self._is_running(paragraph) else self._heading(place)
            name, rest = self._run_in(paragraph) if not heading else ("", "")
            if not heading and not name:
                body.append(paragraph)
                continue
            yield from self._close_section(body)
            opened = heading or Heading(name.rstrip(":.\u2014\u2013- "), "run in")
            at_once = all(self._only_leads(each) for each in body)
            yield self._open_section(opened, name or paragraph.text, paragraph.marker, at_once)
            body = [Paragraph(rest)] if name else []
        yield from self._close_section(body)

    def _only_leads(self, paragraph: Paragraph) -> bool:
        """What a section of duties says before its first sub-heading, and no clause of its own."""
        if paragraph.is_aside or self._is_scrap(paragraph):
            return True
        text = paragraph.text
        return not paragraph.marker and introduces(text) and not states_requirement(text)

    def _front(self) -> int:
        """How many paragraphs stand before the text: company, title, date of adoption."""
        place = 0
        longest = min(len(self.paragraphs), LONGEST_FRONT)
        while place < longest and self._is_front(self.paragraphs[place]):
            place += 1
        last = place - 1
        if last < 0 or self._is_titular(self.paragraphs[last].text):
            return place
        if last and self._goes_on(self.paragraphs[last - 1].text, self.paragraphs[last].text):
            return place
        has_title = any(headings.is_title(each.text) for each in self.paragraphs[:last])
        opens = headings.heading_at(last, self.paragraphs) is not None
        is_title = headings.is_title(self.paragraphs[last].text)
        return last if opens and (has_title or not is_title) else place

    def _is_front(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        is_prose = len(text.split()) > 20 or (
            text.endswith((".", ":", ";")) and not headings.is_company(text)
        )
        names_charter = re.search(r"\bcharter\b", text, re.I)
        opens = not names_charter and bool(headings.section_kind(text))
        opens = opens or headings.is_numbered_division(text)
        if headings.is_furniture(text):
            return True
        return not (paragraph.marker.strip("#") or paragraph.is_cell or is_prose or opens)

    def _is_titular(self, text: str) -> bool:
        return headings.is_company(text) or bool(re.search(r"\bcharter\b", text, re.I))

    def _goes_on(self, above: str, text: str) -> bool:
        """ "Charter of the" on one line and "Audit Committee" on the next are one title."""
        return headings.names_committee(text) and headings.is_title(above)

    def _front_passage(self, place: int, front: int) -> TextPassage:
        paragraph = self.paragraphs[place]
        later = self.paragraphs[place + 1 : front]
        role = Role.UNPLACED
        if headings.is_furniture(paragraph.text) or paragraph.is_aside:
            pass
        elif headings.is_title(paragraph.text):
            role = Role.TITLE
        elif headings.is_company(paragraph.text) or (
            place == 0 and any(headings.is_title(each.text) for each in later)
        ):
            role = Role.COMPANY
        if role is not Role.UNPLACED:
            self.running.add(paragraph.text.casefold())
            self.run_words[role].update(_running_words(paragraph.text))
        return self._passage(role, paragraph.text, paragraph.marker)

    def _is_running(self, paragraph: Paragraph) -> bool:
        """The title and the company as they stand at the head or foot of a page."""
        if paragraph.text.casefold() in self.running:
            return True
        title, words = self.run_words[Role.TITLE], _running_words(paragraph.text)
        is_whole = "charter" in title and title <= words
        return is_whole and words <= title | self.run_words[Role.COMPANY]

    def _heading(self, place: int) -> Heading | None:
        return headings.heading_at(place, self.paragraphs)

    def _run_in(self, paragraph: Paragraph) -> tuple[str, str]:
        if paragraph.is_aside:
            return "", ""
        if not paragraph.marker.strip("#"):
            return headings.run_in(paragraph.text)
        is_division = {shape.kind for shape in shapes(paragraph.marker)} & self.divisions
        return headings.named_item(paragraph.text) if is_division else ("", paragraph.text)

    def _open_section(self, heading: Heading, text: str, marker: str, at_once: bool) -> TextPassage:
        """Begin a section. Headings that follow one of duties `at_once` divide that section."""
        depth = self._depth(heading)
        if headings.section_kind(heading.name):
            self.divided = 0
        elif at_once and headings.section_kind(self.section) == "R" and self.level == depth:
            self.divided = depth
        self.section, self.level = heading.name, depth + (1 if self.divided == depth else 0)
        while self.path and self.path[-1][0] >= self.level:
            self.path.pop()
        self.above = self.path[-1][1] if self.path else ""
        kind = headings.section_kind(heading.name)
        if kind or self.above:
            self.path.append((self.level, kind or self.above))
        return self._passage(Role.SECTION, text, marker, level=self.level)

    def _depth(self, heading: Heading) -> int:
        """Headings of one make stand at one depth; a make that comes later stands deeper."""
        if heading.declared:
            declared = [int(make.split()[1]) for make in self.makes if make.startswith("style")]
            depth = heading.declared - min([*declared, heading.declared]) + 1
            return self.makes.setdefault(heading.make, depth)
        make = self._counted(heading.marker) if heading.make == "numbered" else heading.make
        if make not in self.makes:
            known = headings.section_kind(heading.name) and not make.startswith("dotted")
            top = known or make == "article"
            self.makes[make] = 1 if top else max(self.makes.values(), default=0) + 1
        return self.makes[make]

    def _counted(self, marker: str) -> str:
        """The kind of numbering a heading goes on with: "I." is a Roman number, after H. not."""
        readings = shapes(marker)
        goes_on = (s for s in readings if self.counts.get(s.kind) == s.value - 1 > 0)
        begins = (s for s in reversed(readings) if s.value == 1)
        shape = next(goes_on, None) or next(begins, None) or readings[-1]
        self.counts[shape.kind] = shape.value
        return shape.kind

    def _close_section(self, body: Sequence[Paragraph]) -> Iterator[TextPassage]:
        lines = [*self._lines(body)]
        prefix = ""
        if any(line.sort is not Sort.UNPLACED for line in lines):
            prefix = self.references.prefix(self.section, self.above)
        for line in numbered(lines, prefix, self.references):
            role = Role(line.sort.value)
            yield self._passage(
                role, line.text, line.marker, line.reference, line.parent, line.level
            )

    def _lines(self, body: Sequence[Paragraph]) -> Iterator[TextLine]:
        def is_unplaced(each: Paragraph) -> bool:
            return each.is_aside or self._is_running(each) or self._is_scrap(each)

        return body_lines(body, is_unplaced)

    def _is_scrap(self, paragraph: Paragraph) -> bool:
        """Page numbers and dates; words that are no sentence and stand in no list."""
        text = paragraph.text
        if headings.is_furniture(text) or not any(each.isalnum() for each in text):
            return True
        if paragraph.marker.strip("#"):
            return False
        if not self.section:
            return not headings.looks_like_clause(text)
        is_sentence = text.rstrip("\"')\u201d").endswith((".", ":", ";", "!", "?"))
        return not (is_sentence or headings.looks_like_clause(text) or len(text.split()) >= 8)

    def _passage(
        self,
        role: Role,
        text: str,
        marker: str,
        reference: str = "",
        parent: str = "",
        level: int = 0,
    ) -> TextPassage:
        self.order += 1
        return TextPassage(role, text, self.order, marker, self.section, reference, parent, level)
