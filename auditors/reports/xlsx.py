"""A workbook of one sheet, written as values only: no formula, no macro, no link.

What could be read as a formula once it is pasted elsewhere has an apostrophe before it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from xlsxwriter import Workbook

from records.archives import EPOCH, undated
from records.spreadsheets import guarded

Value: TypeAlias = str | Decimal | int | date | None

# In characters: the first column holds words, the others a heading or a figure.
WIDTHS = (44, 26)

# What XML 1.0 cannot hold.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A cell is written as what it is: the library is not to guess from its text.
AS_GIVEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(title: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """The file: the same bytes for the same values."""
    content = io.BytesIO()
    with Workbook(content, AS_GIVEN) as book:
        book.set_properties({"title": _text(title), "created": datetime(*EPOCH, tzinfo=UTC)})
        sheet = book.add_worksheet(_name(title))
        sheet.set_column(0, 0, WIDTHS[0])
        sheet.set_column(1, max(map(len, rows), default=1), WIDTHS[1])
        shapes = {places: book.add_format({"num_format": _digits(places)}) for places in range(3)}
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, Decimal | int):
                    sheet.write_number(row, column, value, shapes[_places(value)])
                elif value:
                    sheet.write_string(row, column, guarded(_text(str(value))))
    return undated(content.getvalue())


def _places(value: Decimal | int) -> int:
    """How many decimals a figure was given with, two at most."""
    exponent = Decimal(value).as_tuple().exponent
    return min(max(-exponent, 0), 2) if isinstance(exponent, int) else 0


def _digits(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")


def _name(title: str) -> str:
    """A sheet's name has at most 31 characters and none of a few."""
    return _text(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])


def _text(text: str) -> str:
    return UNWRITABLE.sub("", text)
