"""The lines of one section get their references, and lead-ins are told from clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from charters.reading.headings import LONGEST_NAME, reads_as_name
from charters.reading.markers import Shape
from charters.reading.prose import IMPERATIVE, introduces, only_introduces, states_requirement
from charters.reading.references import References


class Sort(StrEnum):
    LEAD_IN = "lead_in"
    CLAUSE = "clause"
    UNPLACED = "unplaced"


@dataclass(frozen=True)
class TextLine:
    """A sentence (depth 0) or an item of a list (depth 1 and more) of a section."""

    sort: Sort
    text: str
    marker: str = ""
    depth: int = 0
    shape: Shape | None = None
    reference: str = ""
    parent: str = ""
    level: int = 0
    opens_list: bool = False  # a list stands inside the same sentence

    @property
    def waits(self) -> bool:
        return self.opens_list or introduces(self.text)

    @property
    def only_introduces(self) -> bool:
        if self.opens_list:
            return not states_requirement(self.text)
        return only_introduces(self.text)


def names_what_follows(text: str) -> bool:
    """An item that is a heading to those under it, and asks nothing by itself.

    "A. Independent auditor", "(b) With respect to the statements,".
    """
    if len(text.split()) > LONGEST_NAME or states_requirement(text) or IMPERATIVE.match(text):
        return False
    return text.endswith(",") or (reads_as_name(text) and not text.endswith((" and", " or")))


def numbered(lines: Sequence[TextLine], prefix: str, references: References) -> Iterator[TextLine]:
    """The lines of a section with their references and parents, in the same order."""
    return _Section(lines, prefix, references).numbered()


class _Section:
    def __init__(self, lines: Sequence[TextLine], prefix: str, references: References) -> None:
        self.lines = lines
        self.prefix = prefix
        self.references = references
        self.main = self._main_list()
        self.above: list[tuple[int, TextLine]] = []  # what the next line may stand under
        self.below: dict[int, int] = {}  # how many stand under a line so far, by its depth

    def numbered(self) -> Iterator[TextLine]:
        for place, line in enumerate(self.lines):
            if line.sort is Sort.UNPLACED:
                yield line
                continue
            found = self._item(place, line) if line.depth else self._sentence(place, line)
            self.above = [each for each in self.above if each[0] < line.depth]
            standing_under = self.above if line.depth > 1 or self._is_under(self._last()) else []
            found = replace(found, level=len(standing_under) + 1)
            self.above.append((line.depth, found))
            self.below = {d: n for d, n in self.below.items() if d < line.depth}
            yield found

    def _last(self) -> TextLine | None:
        return self.above[-1][1] if self.above else None

    def _main_list(self) -> range:
        """The places of the list whose items are the section's own top-level clauses.

        It is the first list: if nothing but one sentence stands before it and no other list has
        a lead-in of its own; in a section of duties or purposes also after several sentences;
        and any list that is numbered 1, 2, 3.
        """
        runs = self._runs()
        led = [run for run in runs if run.start and self._is_led(run)]
        if not runs:
            return range(0)
        first = self.lines[runs[0].start]
        before = [each for each in self.lines[: runs[0].start] if each.sort is Sort.CLAUSE]
        counted = first.shape is not None and first.shape.kind.startswith(("decimal", "dotted"))
        sole = len(led) <= 1 and (len(before) <= 1 or self.prefix in {"P", "R"})
        return runs[0] if sole or counted else range(0)

    def _runs(self) -> list[range]:
        runs: list[range] = []
        start = None
        for place, line in enumerate([*self.lines, TextLine(Sort.CLAUSE, "")]):
            if line.depth and start is None:
                start = place
            elif not line.depth and line.sort is Sort.CLAUSE and start is not None:
                runs.append(range(start, place))
                start = None
        return runs

    def _is_led(self, run: range) -> bool:
        lead = self._lead_of(run.start)
        return lead is not None and lead.waits

    def _lead_of(self, start: int) -> TextLine | None:
        before = (self.lines[at] for at in range(start - 1, -1, -1))
        return next((line for line in before if line.sort is Sort.CLAUSE), None)

    def _next(self, place: int) -> TextLine | None:
        after = (self.lines[at] for at in range(place + 1, len(self.lines)))
        return next((line for line in after if line.sort is not Sort.UNPLACED), None)

    def _leads(self, place: int, line: TextLine) -> bool:
        following = self._next(place)
        return following is not None and following.depth > line.depth

    def _ends_in_colon(self, line: TextLine) -> bool:
        """What follows is no list here: sentences, or the sub-headings of the section."""
        return line.text.rstrip(" -\u2014\u2013").endswith(":")

    def _sentence(self, place: int, line: TextLine) -> TextLine:
        leads = self._leads(place, line)
        opens_main = leads and self.main and self._next(place) is self.lines[self.main.start]
        if line.only_introduces and (leads or self._ends_in_colon(line)):
            is_named = leads and not opens_main
            reference = self.references.top(self.prefix) if is_named else ""
            return replace(line, sort=Sort.LEAD_IN, reference=reference)
        if self.main and place < self.main.start:
            return replace(line, reference=self.references.before_list(self.prefix))
        return replace(line, reference=self.references.top(self.prefix))

    def _item(self, place: int, line: TextLine) -> TextLine:
        above = next((each for depth, each in reversed(self.above) if depth < line.depth), None)
        is_top = line.depth == 1 and (place in self.main or not self._is_under(above))
        if is_top or above is None or not above.reference:
            own = line.shape.value if line.shape and place in self.main and is_top else 0
            reference = self.references.top(self.prefix, own)
        else:
            depth = above.depth
            self.below[depth] = self.below.get(depth, 0) + 1
            reference = self.references.below(above.reference, self.below[depth])
        waits = self._leads(place, line) and (line.only_introduces or names_what_follows(line.text))
        return replace(
            line,
            sort=Sort.LEAD_IN if waits else Sort.CLAUSE,
            reference=reference,
            parent=above.reference if above and (line.depth > 1 or self._is_under(above)) else "",
        )

    def _is_under(self, above: TextLine | None) -> bool:
        """A list stands under the sentence before it only if that sentence waits for it."""
        return above is not None and (above.depth > 0 or above.waits)
