"""The rows of a table as paragraphs: a clause keeps what stands in its row, such as how often."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from charters.reading.manuscript import Paragraph

LONGEST_REMARK = 6  # words: a frequency, a source, a person
LONGEST_COLUMN_NAME = 4
SHORTEST_CLAUSE = 5
BETWEEN = " \u2014 "

Cell = Sequence[Paragraph]


def row_paragraphs(cells: Sequence[Cell], is_head: bool = False) -> Iterator[Paragraph]:
    """The paragraphs of a row, in order. The names of columns stand beside the text.

    A cell with nothing but a number or a bullet marks what stands next to it; short cells after a
    clause go on with it.
    """
    written = [cell for cell in cells if cell]
    if is_head:
        yield from (replace(each, is_aside=True) for each in chain(*written))
        return
    if len(written) > 1 and _is_marker(written[0]):
        marker = written[0][0].marker
        written = [_marked(written[1], marker), *written[2:]]
    if len(written) > 1 and _is_clause(written[0]) and all(map(_is_remark, written[1:])):
        *before, clause = written[0]
        remarks = [f"{each.marker} {each.text}".strip() for each in chain(*written[1:])]
        written = [[*before, replace(clause, text=BETWEEN.join([clause.text, *remarks]))]]
    yield from chain(*written)


def names_columns(cells: Sequence[Cell]) -> bool:
    """Whether these cells of a first row are the names of the columns."""
    written = [cell for cell in cells if cell]
    return len(written) > 1 and all(
        len(cell) == 1 and not cell[0].marker and len(cell[0].text.split()) <= LONGEST_COLUMN_NAME
        for cell in written
    )


def _is_marker(cell: Cell) -> bool:
    return len(cell) == 1 and bool(cell[0].marker) and not cell[0].text


def _marked(cell: Cell, marker: str) -> Cell:
    first, *others = cell
    return [replace(first, marker=f"{marker} {first.marker}".strip()), *others]


def _is_clause(cell: Cell) -> bool:
    return len(cell[-1].text.split()) >= SHORTEST_CLAUSE


def _is_remark(cell: Cell) -> bool:
    return len(cell) == 1 and len(cell[0].text.split()) <= LONGEST_REMARK
