"""The paragraphs of a section as sentences and items, each with its depth."""

import re
from collections.abc import Callable, Iterator, Sequence

from charters.reading.lists import Levels
from charters.reading.manuscript import Paragraph
from charters.reading.markers import Shape
from charters.reading.numbering import Sort, TextLine
from charters.reading.prose import IMPERATIVE, introduces, opening_list, sentences, unfold

LOOK_AHEAD = 60  # paragraphs, to tell whether (i) is a letter or a number
UNMARKED = Shape("bullet", 0)
GOES_ON = re.compile(r"[;,](?:\s+(?:and|or|and/or))?$", re.I)


def body_lines(
    body: Sequence[Paragraph], is_unplaced: Callable[[Paragraph], bool]
) -> Iterator[TextLine]:
    """Items with their depth; prose taken apart into sentences and the lists inside them."""
    return _Body(body, is_unplaced).lines()


class _Body:
    def __init__(self, body: Sequence[Paragraph], is_unplaced: Callable[[Paragraph], bool]) -> None:
        self.body = body
        self.is_unplaced = is_unplaced
        self.levels = Levels()
        self.before = ""  # the paragraph before, unless an item with a marker
        self.listed = False  # whether that was an item without a marker

    def lines(self) -> Iterator[TextLine]:
        for place, paragraph in enumerate(self.body):
            is_item = self._is_unmarked_item(paragraph)
            if paragraph.is_aside or (not is_item and self.is_unplaced(paragraph)):
                yield TextLine(Sort.UNPLACED, paragraph.text, paragraph.marker)
            elif paragraph.marker.strip("#"):
                yield self._item(place, paragraph)
            elif is_item:
                yield TextLine(Sort.CLAUSE, paragraph.text, "", 1, UNMARKED)
                self.before, self.listed = paragraph.text, True
            else:
                yield from self._prose(place, paragraph)
                self.before, self.listed = paragraph.text, False

    def _item(self, place: int, paragraph: Paragraph) -> TextLine:
        upcoming = [each.marker for each in self.body[place + 1 : place + 1 + LOOK_AHEAD]]
        depth, shape = self.levels.place(paragraph.marker, paragraph.indent, upcoming)
        self.before, self.listed = "", False
        return TextLine(Sort.CLAUSE, paragraph.text, paragraph.marker, depth + 1, shape)

    def _is_unmarked_item(self, paragraph: Paragraph) -> bool:
        """An item of a list that has lost its bullets, on the way through another program."""
        text = paragraph.text
        if paragraph.marker or paragraph.is_cell or not self.before:
            return False
        if self.listed and self.before.endswith("."):
            return bool(IMPERATIVE.match(text)) and text[0].isupper()
        if not (self.listed or introduces(self.before)):
            return False
        is_part = text[:1].islower() or bool(GOES_ON.search(text))
        goes_on = self.listed and bool(GOES_ON.search(self.before))
        return is_part or goes_on or bool(IMPERATIVE.match(text))

    def _prose(self, place: int, paragraph: Paragraph) -> Iterator[TextLine]:
        """Sentences. Those between two items of one list stand under the first of them."""
        depth = self._resumed(place)
        if not depth:
            self.levels = Levels()
        marker = paragraph.marker
        if not marker and (items := opening_list(paragraph.text)):
            yield from self._inside(items, depth + 1)
            return
        for sentence in sentences(paragraph.text):
            first, *items = unfold(sentence)
            shape = UNMARKED if depth else None
            yield TextLine(Sort.CLAUSE, first[1], marker, depth, shape, opens_list=bool(items))
            marker = ""
            yield from self._inside(items, depth + 1)

    def _inside(self, items: Sequence[tuple[str, str]], depth: int) -> Iterator[TextLine]:
        """The items of a list inside a sentence, and of the lists inside those."""
        levels = Levels()
        for label, words in items:
            _, shape = levels.place(label, 0)
            first, *deeper = unfold(words)
            yield TextLine(Sort.CLAUSE, first[1], label, depth, shape, opens_list=bool(deeper))
            yield from self._inside(deeper, depth + 1)

    def _resumed(self, place: int) -> int:
        """The depth under the item whose list goes on after this paragraph, 0 if none does."""
        after = (each.marker for each in self.body[place + 1 : place + 1 + LOOK_AHEAD])
        marker = next((each for each in after if each.strip("#")), "")
        at = self.levels.resumes(marker)
        return 0 if at is None else at + 2
