"""A Word document to paragraphs: headings from styles, numbering written out, tables' cells.

Word's text sits in more places than the body's plain paragraphs: content controls, tracked
insertions, links, tables, text boxes, footnotes, page headers. All of them are read.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from charters.reading.manuscript import CharterUnreadable, Paragraph, fold
from charters.reading.markers import split_marker
from charters.reading.tables import names_columns, row_paragraphs
from charters.reading.word_package import repaired
from charters.reading.word_styles import Styles

# Read, it takes some twenty times its size.
LARGEST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 2_000
# Empty ones and those of tables and boxes included; and tables within tables.
MOST_PARAGRAPHS = 10_000
MOST_ELEMENTS = 200_000
DEEPEST_TABLE = 5
NOT_ITS_OWN = {qn("w:txbxContent"), qn("w:moveFrom"), qn("w:del"), qn("w:pPr")}
WRITTEN = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:sym"): " ",
}
WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")}
NOTES = ("footnotes", "endnotes")
ASIDE_PARTS = ("header", "footer")
BROKEN_BY_HAND = 25  # words: up to here a line break separates the lines of a heading


def document_paragraphs(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a DOCX in order, then what stands beside its text."""
    document = _opened(data, name)
    _refuse_endless(document, name)
    styles = Styles(document)
    body = [*_paragraphs(document.element.body, styles)]
    return (*body, *_asides(document, styles))


def _opened(data: bytes, name: str) -> WordDocument:
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_archive(archive, name)
        return Document(BytesIO(repaired(data)))
    except CharterUnreadable:
        raise
    except BadZipFile as error:
        raise CharterUnreadable(
            f"{name} is damaged and cannot be opened. Save it again in Word."
        ) from error
    except Exception as error:
        # Whatever a damaged package makes the parser stumble over, the answer is the same.
        raise CharterUnreadable(
            f"{name} is a damaged Word document. Save it again in Word."
        ) from error


def _refuse_endless(document: WordDocument, name: str) -> None:
    """A few kilobytes can hold paragraphs that take a worker minutes."""
    body = document.element.body
    parts = [part for part in document.part.package.iter_parts() if hasattr(part, "element")]
    elements = sum(1 for part in parts for _each in part.element.iter())
    if elements > MOST_ELEMENTS:
        raise CharterUnreadable(f"{name} has too much in it for a charter. Save it as text.")
    paragraphs = sum(1 for part in parts for _each in part.element.iter(qn("w:p")))
    if paragraphs > MOST_PARAGRAPHS:
        raise CharterUnreadable(
            f"{name} has more than {MOST_PARAGRAPHS:,} paragraphs: too many for a charter."
        )
    if body.xpath(f".//w:tbl[count(ancestor::w:tbl) >= {DEEPEST_TABLE}]"):
        raise CharterUnreadable(
            f"{name} has tables within tables, more than {DEEPEST_TABLE} deep. Save it as text."
        )


def _check_archive(archive: ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise CharterUnreadable(f"{name} is too large when unpacked. Import the charter alone.")
    if "word/document.xml" not in archive.namelist():
        raise CharterUnreadable(f"{name} is an archive, not a Word document. Choose a DOCX file.")


def _paragraphs(parent: Any, styles: Styles, is_cell: bool = False) -> Iterator[Paragraph]:
    for element in parent:
        if element.tag == qn("w:p"):
            if not _runs_into_next(element):
                yield from _paragraph(element, styles, is_cell)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, styles)
        elif element.tag in WRAPPERS:
            found = _paragraphs(element, styles, is_cell)
            yield from _beside(found) if _is_contents(element) else found


def _table(table: Any, styles: Styles) -> Iterator[Paragraph]:
    rows = [*_rows(table)]
    for place, row in enumerate(rows):
        cells = [[*_paragraphs(cell, styles, is_cell=True)] for cell in row]
        is_head = place == 0 and len(rows) > 1 and names_columns(cells)
        yield from row_paragraphs(cells, is_head)


def _rows(parent: Any) -> Iterator[list[Any]]:
    for element in parent:
        if element.tag == qn("w:tr"):
            yield [*_cells(element)]
        elif element.tag in WRAPPERS:
            yield from _rows(element)


def _cells(parent: Any) -> Iterator[Any]:
    for element in parent:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag in WRAPPERS:
            yield from _cells(element)


def _is_contents(element: Any) -> bool:
    """Whether Word made this block itself: a table of contents."""
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _runs_into_next(element: Any) -> bool:
    """Put the words before the next ones where a tracked change took out the mark between."""
    mark = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    following = element.getnext()
    if mark is None or following is None or following.tag != qn("w:p"):
        return False
    if mark.find(qn("w:del")) is None and mark.find(qn("w:moveFrom")) is None:
        return False
    place = 1 if following.find(qn("w:pPr")) is not None else 0
    for child in reversed([each for each in element if each.tag != qn("w:pPr")]):
        following.insert(place, child)
    return True


def _paragraph(element: Any, styles: Styles, is_cell: bool) -> Iterator[Paragraph]:
    """Usually one paragraph; the lines of a short one that was broken by hand are several."""
    text = "".join(_writing(element, styles))
    lines = text.split("\n") if len(text.split()) <= BROKEN_BY_HAND else [text]
    numbered = styles.numbering_of(element) if text.strip() else ""
    for line in filter(None, map(fold, lines)):
        typed, words = ("", line) if numbered else split_marker(line)
        yield Paragraph(
            text=words,
            marker=numbered or typed,
            heading=styles.heading_level(element),
            indent=styles.indent(element),
            is_bold=_is_bold(element, styles),
            is_cell=is_cell,
            is_aside=styles.is_contents_line(element),
        )
        numbered = ""
    if hidden := fold("".join(_writing(element, styles, hidden=True))):
        yield Paragraph(hidden, is_aside=True)
    for box in element.iter(qn("w:txbxContent")):
        if not any(each.tag.endswith("}Fallback") for each in box.iterancestors()):
            yield from _beside(_paragraphs(box, styles))


def _writing(element: Any, styles: Styles, hidden: bool = False) -> Iterator[str]:
    """The words as they stand, without what was struck out or belongs to a box; or the hidden."""
    for child in element:
        if child.tag == qn("w:r") and styles.run_is_hidden(child, element) != hidden:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in WRITTEN:
            yield WRITTEN[child.tag]
        elif isinstance(child.tag, str) and child.tag not in NOT_ITS_OWN:
            yield from _writing(child, styles, hidden)


def _is_bold(element: Any, styles: Styles) -> bool:
    runs = [run for run in element.iter(qn("w:r")) if "".join(_writing(run, styles)).strip()]
    return bool(runs) and all(styles.run_is_bold(run, element) for run in runs)


def _asides(document: WordDocument, styles: Styles) -> Iterator[Paragraph]:
    """Footnotes, page headers and footers, each line once."""
    seen = set()
    for part in document.part.package.iter_parts():
        kind = re.sub(r"\d*\.xml$", "", str(part.partname).rsplit("/", 1)[-1])
        if kind not in {*NOTES, *ASIDE_PARTS}:
            continue
        root = getattr(part, "element", None)
        holders = [styles.parsed(part.blob) if root is None else root]
        if kind in NOTES:
            holders = [*holders[0]]
        for aside in (each for holder in holders for each in _beside(_paragraphs(holder, styles))):
            if aside.text not in seen:
                seen.add(aside.text)
                yield aside


def _beside(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    for each in paragraphs:
        yield Paragraph(each.text, each.marker, is_cell=each.is_cell, is_aside=True)
