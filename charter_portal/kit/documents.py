"""A resolution of the kit as a Word document and as a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm

from charter_portal.kit.resolutions import NOTICE, Block, Resolution, Sort
from records import pdf
from records.archives import undated

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from charter_portal.kit.resolutions import Facts

INDENT = Cm(0.8)


@dataclass(frozen=True)
class Printed:
    """A resolution with what a document says around it."""

    resolution: Resolution
    company: str
    committee: str
    locale: str
    paper: str


def as_pdf(printed: Printed) -> bytes:
    """The PDF: tagged, and byte for byte the same each time."""
    return pdf.render(as_html(printed))


def as_html(printed: Printed) -> str:
    return render_to_string("kit/document.html", {"printed": printed, "notice": NOTICE})


def as_word(resolution: Resolution, facts: Facts) -> bytes:
    """The document in Word's format, to be adapted: the same bytes each time. Blanks are marked."""
    document = Document()
    document.core_properties.title = resolution.title
    document.core_properties.author = facts.committee
    document.add_heading(resolution.title, level=0)
    document.add_paragraph(style="Intense Quote").add_run(str(NOTICE))
    number = 0
    for block in resolution.blocks:
        number = number + 1 if block.sort == Sort.ITEM else 0
        _write(block, _paragraph(document, block, number))
    file = io.BytesIO()
    document.save(file)
    return undated(file.getvalue())


def _paragraph(document: WordDocument, block: Block, number: int) -> Paragraph:
    """An empty paragraph for a block. Numbers are written out: Word would count on across lists."""
    paragraph: Paragraph = document.add_paragraph()
    if block.sort == Sort.HEADING:
        paragraph.style = "Heading 1"
    if number:
        paragraph.paragraph_format.left_indent = INDENT
        paragraph.paragraph_format.first_line_indent = -INDENT
        paragraph.paragraph_format.tab_stops.add_tab_stop(INDENT)
        paragraph.add_run(f"{number}.\t")
    return paragraph


def _write(block: Block, paragraph: Paragraph) -> None:
    for run in block.runs:
        written = paragraph.add_run(f"[{run.text}]" if run.is_blank else run.text)
        if run.is_blank:
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW
