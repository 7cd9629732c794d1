"""Papers inspected, and packs assembled from them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from meetings.pdf.assembly import TAB, Tab, TabFile, assemble
from meetings.pdf.inspection import PaperRefusedError, inspect, refuse_unfit
from meetings.tests.factories import a_pdf

PLANTED = "ZEPHYR"
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def changed(change: Callable[[pikepdf.Pdf], None], *texts: str, **saving: object) -> bytes:
    """A PDF with something done to it."""
    with pikepdf.open(io.BytesIO(a_pdf(*texts))) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file, **saving)
        return file.getvalue()


def with_hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Internal comments"))
    page = pdf.pages[0]
    page.obj.Resources.Properties = Dictionary(MC0=layer)
    text = f"/OC /MC0 BDC BT /F1 18 Tf 72 600 Td ({PLANTED}) Tj ET EMC"
    page.contents_add(pdf.make_stream(text.encode()))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def with_answer(answer: str) -> Callable[[pikepdf.Pdf], None]:
    """A form with one field, filled in; every form has the same field."""

    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="title",
                V=answer,
                DA="/F1 12 Tf 0 g",
                Rect=[72, 500, 300, 520],
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=HELVETICA)), DA="/F1 12 Tf 0 g"
        )

    return change


def as_xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def with_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["model.xlsx"] = PLANTED.encode()


def without_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def nothing(pdf: pikepdf.Pdf) -> None:
    return None


LIMITED = pikepdf.Encryption(owner="secret", user="", allow=pikepdf.Permissions(extract=False))
LOCKED = pikepdf.Encryption(owner="secret", user="secret")
UNREADABLE = "Forecast.pdf could not be read as a PDF. Export it again."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            changed(nothing, encryption=LOCKED),
            "Forecast.pdf needs a password. Upload a copy without one.",
        ),
        (a_pdf()[:60], UNREADABLE),
        (b"PK\x03\x04 a Word file", UNREADABLE),
        (
            changed(as_xfa),
            "Forecast.pdf is an Adobe XFA form. Print it to PDF and upload that copy.",
        ),
        (changed(without_pages), UNREADABLE),
    ],
    ids=["needs a password", "cut off", "a Word file", "XFA", "no pages"],
)
def test_what_cannot_go_into_a_pack_is_refused_at_upload(content: bytes, said: str) -> None:
    with pytest.raises(PaperRefusedError) as caught:
        inspect(content, "Forecast.pdf")
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (a_pdf(), []),
        (
            changed(nothing, encryption=LIMITED),
            ["The print and copy limits of Forecast.pdf do not apply in the pack."],
        ),
        (
            a_pdf().rpartition(b"startxref")[0] + b"startxref\n9\n%%EOF",
            ["Forecast.pdf was repaired. Check its pages."],
        ),
        (
            changed(with_hidden_layer),
            [
                "This PDF has 1 hidden layer: Internal comments. Upload a copy without it, or keep "
                "it hidden."
            ],
        ),
        (
            changed(with_attachment),
            ["model.xlsx inside this PDF is not in the pack. Attach it to the item to share it."],
        ),
        (
            changed(with_answer("AAA")),
            ["Form fields are fixed in the pack: their answers can be read and not changed."],
        ),
    ],
    ids=["plain", "limits", "damaged end", "hidden layer", "attachment", "form"],
)
def test_what_the_pack_does_not_show_is_said_at_upload(content: bytes, notes: list[str]) -> None:
    assert list(inspect(content, "Forecast.pdf").notes) == notes


def pack(*tabs: Tab, front: bytes | None = None) -> bytes:
    return assemble("Audit Committee", front or a_pdf("Agenda"), tabs)


def tab(number: int, *contents: bytes, title: str = "") -> Tab:
    files = tuple(TabFile(f"Paper {place}", each) for place, each in enumerate(contents, start=1))
    return Tab(number, title or f"{number}. Item", files)


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_pages_are_numbered_by_tab_on_the_page_and_as_labels() -> None:
    made = pack(tab(3, a_pdf("C1", "C2")), Tab(4, "4. Restricted item"), tab(5, a_pdf("E1")))
    reader = PdfReader(io.BytesIO(made))
    assert reader.page_labels == ["i", "3-1", "3-2", "5-1"]
    assert ["".join(text.split()) for text in texts(made)] == ["Agenda", "C13-1", "C23-2", "E15-1"]
    assert [each.title for each in reader.outline if not isinstance(each, list)] == [
        "Agenda",
        "3. Item",
        "4. Restricted item",
        "5. Item",
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_number_is_at_the_lower_right_as_the_page_is_seen(turn: int) -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.CropBox = Array([50, 100, 550, 700])

    made = pack(tab(4, changed(turned)))
    found: list[tuple[float, float]] = []

    def look(text: str, cm: object, tm: list[float], *rest: object) -> None:
        if text.strip() == "4-1":
            found.append((tm[4], tm[5]))

    PdfReader(io.BytesIO(made)).pages[1].extract_text(visitor_text=look)
    ((x, y),) = found
    seen = {
        0: (x - 50, y - 100, 500),
        90: (y - 100, 550 - x, 600),
        180: (550 - x, 700 - y, 500),
        270: (700 - y, x - 50, 600),
    }[turn]
    across, up, width = seen
    assert width - 60 < across < width - 30
    assert up == pytest.approx(18)


def test_agenda_links_lead_to_tabs() -> None:
    def linked(pdf: pikepdf.Pdf) -> None:
        links = [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[0, 0, 9, 9],
                A=Dictionary(S=Name.URI, URI=f"{TAB}{number}"),
            )
            for number in (3, 4)
        ]
        pdf.pages[0].obj.Annots = Array(links)

    made = pack(tab(3, a_pdf("C")), Tab(4, "4. Restricted item"), front=changed(linked))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        there, nowhere = pdf.pages[0].obj.Annots
        assert there.Dest[0].objgen == pdf.pages[1].obj.objgen
        assert "/Dest" not in nowhere
        assert "/A" not in nowhere


def test_hidden_layer_stays_hidden() -> None:
    made = pack(tab(1, changed(with_hidden_layer)), tab(2, changed(with_hidden_layer)))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        off = {layer.objgen for layer in pdf.Root.OCProperties.D.OFF}
        used = {page.obj.Resources.Properties.MC0.objgen for page in list(pdf.pages)[1:]}
        assert off == used


def test_answers_of_two_forms_from_one_template_are_kept_apart() -> None:
    made = pack(tab(1, changed(with_answer("AAA")), changed(with_answer("BBB"))))
    _front, first, second = texts(made)
    assert "AAA" in first
    assert "BBB" not in first
    assert "BBB" in second
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_scripts_and_attachments_are_left_behind() -> None:
    def active(pdf: pikepdf.Pdf) -> None:
        with_attachment(pdf)
        script = Dictionary(S=Name.JavaScript, JS=PLANTED)
        pdf.Root.OpenAction = script
        pdf.pages[0].obj.AA = Dictionary(O=script)
        pdf.pages[0].obj.PieceInfo = Dictionary(Word=Dictionary(Private=PLANTED))
        pdf.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=script)]
        )

    assert PLANTED not in everything(pack(tab(1, changed(active))))


def test_file_that_cannot_be_read_leaves_a_page_that_names_it() -> None:
    missing = TabFile("Forecast", None, a_pdf("Forecast is missing"))
    made = pack(Tab(2, "2. Item", (missing, TabFile("Other", a_pdf("There")))))
    assert PdfReader(io.BytesIO(made)).page_labels == ["i", "2-1", "2-2"]
    assert "Forecast is missing" in texts(made)[1]


def test_same_pack_has_the_same_bytes() -> None:
    assert pack(tab(1, a_pdf("A"))) == pack(tab(1, a_pdf("A")))


def everything(content: bytes) -> str:
    """Every string and every stream of a PDF, decompressed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "\n".join(part for each in pdf.objects for part in _parts(each))


def _parts(thing: object) -> Iterator[str]:
    if isinstance(thing, pikepdf.Stream):
        yield thing.read_bytes().decode("latin-1")
    yield repr(thing)


def layer(name: str, **more: object) -> Callable[[pikepdf.Pdf], None]:
    """A hidden layer with the words, by whatever switches it off."""

    def change(pdf: pikepdf.Pdf) -> None:
        with_hidden_layer(pdf)
        [found] = pdf.Root.OCProperties.OCGs
        found.Name = name
        del pdf.Root.OCProperties.D["/OFF"]
        if "base" in more:
            pdf.Root.OCProperties.D.BaseState = Name.OFF
        else:
            found.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))

    return change


@pytest.mark.parametrize("how", ["base", "usage"])
def test_layer_that_is_off_in_another_way_is_named_and_stays_off(how: str) -> None:
    paper = changed(layer("Internal comments", **{how: True}))
    [note] = inspect(paper, "Forecast.pdf").notes
    assert note.startswith("This PDF has 1 hidden layer: Internal comments.")
    with pikepdf.open(io.BytesIO(pack(tab(1, paper)))) as pdf:
        shown = pdf.Root.OCProperties.D
        used = pdf.pages[1].obj.Resources.Properties.MC0.objgen
        assert [each.objgen for each in shown.OFF] == [used]
        assert list(shown.Order) == []


def marked(**mark: object) -> Callable[[pikepdf.Pdf], None]:
    """A page with a mark that tells the words."""

    def change(pdf: pikepdf.Pdf) -> None:
        given = {"Type": Name.Annot, "Rect": [0, 0, 9, 9], "Contents": PLANTED} | mark
        pdf.pages[0].obj.Annots = Array([Dictionary(given_keys(given))])

    return change


def given_keys(given: dict[str, object]) -> dict[str, object]:
    return {f"/{key}": value for key, value in given.items()}


SCRIPT = Dictionary(S=Name.JavaScript, JS=PLANTED)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ({"Subtype": Name.FileAttachment}, "1 file attached to a page of this PDF is not in"),
        ({"Subtype": Name.Redact}, "Text is marked for redaction and was not removed"),
        ({"Subtype": Name.RichMedia}, "Scripts, sound and film of this PDF are not"),
        ({"Subtype": Name.Link, "A": SCRIPT}, "Scripts, sound and film of this PDF are not"),
        ({"Subtype": Name.Text, "F": 2}, "This PDF has 1 comment."),
        ({"Subtype": Name.Text, "F": 32}, "This PDF has 1 comment."),
        (
            {
                "Subtype": Name.Link,
                "Contents": "",
                "A": Dictionary(S=Name.URI, URI="https://example.com/", Next=SCRIPT),
            },
            "Scripts, sound and film of this PDF are not",
        ),
        (
            {"Subtype": Name.Link, "A": Dictionary(S=Name.URI, URI=f"javascript:{PLANTED}")},
            None,
        ),
    ],
)
def test_mark_that_is_not_shown_is_left_behind_and_said(
    mark: dict[str, object], note: str | None
) -> None:
    paper = changed(marked(**mark))
    assert PLANTED not in everything(pack(tab(1, paper)))
    notes = inspect(paper, "Forecast.pdf").notes
    assert [each for each in notes if note and each.startswith(note)] or note is None


def test_comment_that_is_seen_stays_and_is_said() -> None:
    paper = changed(marked(Subtype=Name.Text))
    assert PLANTED in everything(pack(tab(1, paper)))
    assert list(inspect(paper, "Forecast.pdf").notes) == [
        "This PDF has 1 comment. Readers of the pack see it."
    ]


def test_private_data_of_pictures_and_pages_is_left_behind() -> None:
    def private(pdf: pikepdf.Pdf) -> None:
        data = Dictionary(App=Dictionary(Private=PLANTED))
        picture = pdf.make_stream(b"q Q")
        picture.Type, picture.Subtype = Name.XObject, Name.Form
        picture.BBox = Array([0, 0, 9, 9])
        picture.PieceInfo = data
        picture.Metadata = pdf.make_stream(PLANTED.encode())
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=picture)
        pdf.pages[0].obj.AF = Array([pdf.make_stream(PLANTED.encode())])
        pdf.pages[0].obj.PresSteps = Dictionary(NA=SCRIPT)

    assert PLANTED not in everything(pack(tab(1, changed(private))))


def test_address_of_a_tab_in_a_paper_is_no_link_of_the_agenda() -> None:
    paper = changed(
        marked(Subtype=Name.Link, Contents="", A=Dictionary(S=Name.URI, URI=f"{TAB}nothing"))
    )
    with pikepdf.open(io.BytesIO(pack(tab(1, paper)))) as pdf:
        assert not list(pdf.pages[1].obj.Annots)


def test_file_that_contradicts_itself_is_refused_at_upload() -> None:
    def broken(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.MediaBox = Array([0, 0, 612, 792])
        pdf.pages[0].obj.Rotate = Name.Upright

    with pytest.raises(PaperRefusedError, match="could not be read as a PDF"):
        refuse_unfit(changed(broken), "Forecast.pdf")


def test_marks_that_are_none_do_not_keep_a_paper_out() -> None:
    def odd(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([None, 5, Dictionary(Subtype=Name.Odd)])

    refuse_unfit(changed(odd), "Forecast.pdf")
