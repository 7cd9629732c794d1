"""What a PDF does when it is opened, what is attached to it, and how much of it there may be."""

import io
import time
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from records import filetypes
from records.filetypes import DocumentRefused, FileType, recognise
from records.tests.test_filetypes import WORKBOOK, package

pytestmark = pytest.mark.filterwarnings("ignore:This document has 1 form widget")


def pdf_of(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(out, compress_streams=False)
    return out.getvalue()


def attaching(content: bytes) -> Callable[[pikepdf.Pdf], object]:
    return lambda document: document.attachments.__setitem__("fees.xlsx", content)


def test_a_pdf_may_hold_an_archive() -> None:
    """Attachments lie within it, and the file still ends as a PDF."""
    assert recognise(pdf_of(attaching(package(**WORKBOOK))), "a.pdf")[0] is FileType.PDF


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", package(**WORKBOOK, **{"xl/vbaProject.bin": "x"}), filetypes.OLE]
)
def test_a_pdf_holds_no_file_that_could_not_be_filed(content: bytes) -> None:
    with pytest.raises(DocumentRefused, match="attached to this PDF"):
        recognise(pdf_of(attaching(content)), "a.pdf")


SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
LAUNCH = Dictionary(S=Name.Launch, F="cmd.exe")


def with_mark(**keys: object) -> Callable[[pikepdf.Pdf], object]:
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 1, 1], **keys)
    return lambda document: setattr(document.pages[0], "Annots", Array([mark]))


ACTS = {
    "when opened": lambda document: setattr(document.Root, "OpenAction", SCRIPT),
    "after another act": lambda document: setattr(
        document.Root, "OpenAction", Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([SCRIPT]))
    ),
    "of the whole file": lambda document: setattr(
        document.Root, "Names", Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))
    ),
    "when printed": lambda document: setattr(document.Root, "AA", Dictionary(WP=SCRIPT)),
    "of a page": lambda document: setattr(document.pages[0], "AA", Dictionary(O=SCRIPT)),
    "when shown": with_mark(AA=Dictionary(PV=SCRIPT)),
    "launched by a click": with_mark(A=LAUNCH),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_pdf_that_acts_when_it_is_opened_is_refused(
    act: Callable[[pikepdf.Pdf], object],
) -> None:
    with pytest.raises(DocumentRefused, match="starts a script or another program"):
        recognise(pdf_of(act), "a.pdf")


def test_action_is_known_under_another_spelling() -> None:
    content = pdf_of(with_mark(A=LAUNCH))
    spelled = content.replace(b"/Launch", b"/L#61unch").replace(b"cmd.exe", b"cmd.e")
    assert len(spelled) == len(content)
    with pytest.raises(DocumentRefused, match="starts a script or another program"):
        recognise(spelled, "a.pdf")


def test_fields_that_calculate_and_words_about_scripts_are_taken() -> None:
    for change in (
        with_mark(AA=Dictionary(C=SCRIPT, F=SCRIPT)),
        lambda document: document.docinfo.__setitem__("/Title", "<< /S /Launch >> (/S /Launch)"),
        lambda document: setattr(document.Root, "OpenAction", Array([document.pages[0].obj])),
    ):
        assert recognise(pdf_of(change), "a.pdf")[0] is FileType.PDF


def tree(kids: bytes, count: int) -> bytes:
    """A PDF whose tree of pages is as given, without a table that would have to be right."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, text in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(places)
    return out + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


@pytest.mark.parametrize(
    ("kids", "reason"),
    [
        (b"3 0 R " * 10_001, "too much in it"),
        (b"3 0 R " * 1_000_000, "too much in it"),
        (b"2 0 R", "too much in it"),
        (b"", "cannot be read"),
        (b"null", "cannot be read"),
    ],
)
def test_pages_without_end_are_refused_at_once(kids: bytes, reason: str) -> None:
    """A file of some kilobytes would hold a worker for minutes, and take gigabytes."""
    assert recognise(tree(b"3 0 R", 1), "a.pdf")[0] is FileType.PDF
    started = time.process_time()
    with pytest.raises(DocumentRefused, match=reason):
        recognise(tree(kids, 9), "a.pdf")
    assert time.process_time() - started < 10
