"""A charter as it was handed in: its paragraphs in order, before anything is read into them."""

import re
from dataclasses import dataclass


class CharterUnreadable(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """The file is no charter that can be read. Says why in one plain sentence."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, one item of a list or one cell of a table.

    `marker` is what stood before the words ("1.", "- (a)", "##"); Word's own numbering is
    written out. `heading` is the level of a heading the source declares, 0 for none. `indent`
    is in columns. An aside stands beside the text: a page header, a footnote, a text box.
    """

    text: str
    marker: str = ""
    heading: int = 0
    indent: int = 0
    is_bold: bool = False
    is_cell: bool = False
    is_aside: bool = False


@dataclass(frozen=True)
class Manuscript:
    """`text` is the whole text word for word; `paragraphs` the same, taken apart."""

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]


def fold(text: str) -> str:
    """White space folded to single spaces; nothing else is touched."""
    return " ".join(text.split())


LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
UNSEEN = dict.fromkeys(
    [
        0x00AD,
        0x034F,
        0x061C,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)
DIVIDED = re.compile("\u00ad[^\\S\n]*\r?\n\\s*")
PRINTED = str.maketrans(LIGATURES) | UNSEEN


def as_printed(text: str) -> str:
    """The letters a reader sees: ligatures as their letters, and no characters without a shape.

    Soft hyphens, zero-width spaces and marks of direction say nothing, and hide words from
    whoever searches for them.
    """
    return DIVIDED.sub("", text).translate(PRINTED)


def words(text: str) -> list[str]:
    """The words of a text, without punctuation: what must never get lost."""
    return re.findall(r"\w+", text.replace("_", " "))
