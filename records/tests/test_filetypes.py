"""What a file is, by its content; what is refused, in plain words; what becomes of its name."""

import contextlib
import io
import itertools
import struct
import zipfile
import zlib
from zipfile import ZIP_DEFLATED as DEFLATED

import docx
import pikepdf
import pytest
from PIL import Image, ImageFile

from records import filetypes
from records.filetypes import DocumentRefused, FileType, recognise


def pdf(**options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, **options)
    return out.getvalue()


def image(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Charter")
    document.save(out)
    return out.getvalue()


def package(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), text)
    return out.getvalue()


NAMES = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def types(main: str = SHEET, part: str = "/xl/workbook.xml", more: str = "") -> str:
    return (
        f'<Types xmlns="{NAMES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.x+xml"/>'
        f'<Override PartName="{part}" ContentType="{main}"/>{more}</Types>'
    )


def relations(target: str = "xl/workbook.xml", kind: str = "officeDocument", mode: str = "") -> str:
    return (
        f'<Relationships xmlns="{NAMES}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


WORKBOOK = {
    "Types": types(),
    "_rels/.rels": relations(),
    "xl__workbook.xml": "<workbook/>",
}


def word_with(**parts: str) -> bytes:
    """A Word document with other parts in the place of its own, or beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(out, "w", DEFLATED) as new:
        given = {name.replace("__", "/"): text for name, text in parts.items()}
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, text in given.items():
            new.writestr(name, text)
    return out.getvalue()


def more_types(more: str) -> dict[str, str]:
    """The content types of a Word document, with others among them."""
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        text = archive.read("[Content_Types].xml").decode()
    return {"[Content_Types].xml": text.replace("</Types>", f"{more}</Types>")}


EXTERNAL = ' TargetMode="External"'
MACROS = '<Override PartName="/word/{}" ContentType="application/vnd.ms-{}"/>'
# Word goes by types and relations: the names of parts are nothing to it.
DISGUISED = [
    (
        word_with(word__notes="x", **more_types(MACROS.format("notes", "office.vbaProject"))),
        "a.docx",
        "macros",
    ),
    (
        word_with(**{"word/_rels/notes.xml.rels": relations("theme/a.bin", "vbaProject")}),
        "a.docx",
        "macros",
    ),
    (
        word_with(
            **more_types(
                '<Default Extension="bin" ContentType="application/vnd.ms-office.activeX"/>'
            )
        ),
        "a.docx",
        "macros",
    ),
    (
        package(
            **WORKBOOK | {"Types": types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")}
        ),
        "a.xlsx",
        "macros",
    ),
    (
        word_with(
            **{
                "word/_rels/settings.xml.rels": relations(
                    "https://elsewhere.example/t.dotm", "attachedTemplate", EXTERNAL
                )
            }
        ),
        "a.docx",
        "template that is stored elsewhere",
    ),
    *(
        (
            word_with(
                **{"word/_rels/notes.xml.rels": relations("https://a.example/", kind, EXTERNAL)}
            ),
            "a.docx",
            "content from elsewhere",
        )
        for kind in ("oleObject", "image", "frame", "subDocument", "aFChunk")
    ),
    # A workbook that is none.
    (package(**WORKBOOK | {"xl__workbook.xml": "no XML"}), "a.xlsx", "cannot be read"),
    (package(**WORKBOOK | {"xl__workbook.xml": "<workbook>"}), "a.xlsx", "cannot be read"),
    (package(**WORKBOOK | {"xl__workbook.xml": "<html/>"}), "a.xlsx", "cannot be read"),
    (package(**WORKBOOK | {"Types": "<Types/>"}), "a.xlsx", "cannot read this type of file"),
    (package(**WORKBOOK | {"Types": "no XML"}), "a.xlsx", "cannot read this type of file"),
    (
        package(**WORKBOOK | {"_rels/.rels": relations("xl/other.xml")}),
        "a.xlsx",
        "cannot read this type of file",
    ),
    (package(**WORKBOOK | {"_rels/.rels": "<x/>"}), "a.xlsx", "cannot read this type of file"),
    (
        package(**WORKBOOK | {"XL/Workbook.xml": "<workbook/>"}),
        "a.xlsx",
        "cannot read this type of file",
    ),
    # A template, and a Word document that says that it is a workbook.
    (
        package(**WORKBOOK | {"Types": types(SHEET.replace("sheet", "template"))}),
        "a.xlsx",
        "cannot read this type of file",
    ),
    (package(**WORKBOOK | {"Types": types(DOCUMENT)}), "a.docx", "cannot be read"),
    (
        package(**WORKBOOK | {"Types": f"<!DOCTYPE x [<!ENTITY a 'b'>]>{types()}"}),
        "a.xlsx",
        "cannot read this type of file",
    ),
]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
LINK = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def text_of(body: str, before: str = "") -> bytes:
    """A Word document with this as its text."""
    text = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return word_with(**{"word/document.xml": text})


def fields(*said: str) -> str:
    """A field whose instruction Word has divided."""
    runs = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in said)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>'


def workbook_with(name: str, said: str, text: str) -> bytes:
    more = f'<Override PartName="/{name}" ContentType="{said}"/>'
    return package(**WORKBOOK | {"Types": types(more=more)}, **{name: text})


# What runs or fetches something without a macro or a relation that says so, and parts that are none.
HIDDEN = [
    (text_of(fields('DDEAUTO c:\\cmd.exe "/k calc"')), "a.docx", "starts another program"),
    (text_of(fields("DD", "EAUTO cmd /c")), "a.docx", "starts another program"),
    (text_of('<w:p><w:fldSimple w:instr="dde cmd /c"/></w:p>'), "a.docx", "starts another program"),
    (
        workbook_with(
            "xl/externalLinks/externalLink1.xml",
            LINK,
            '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
        ),
        "a.xlsx",
        "starts another program",
    ),
    (
        text_of(fields('INCLUDEPICTURE "http://a.example/x.png"')),
        "a.docx",
        "content from elsewhere",
    ),
    (text_of(fields("INCLUDE", 'TEXT "\\\\host\\share"')), "a.docx", "content from elsewhere"),
    *(
        (
            word_with(**{"word/_rels/settings.xml.rels": relations(target, "image", mode)}),
            "a.docx",
            "content from elsewhere",
        )
        for target, mode in (
            ("https://a.example/x.png", ""),
            ("file:///x.png", ""),
            ("\\\\host\\x.png", ""),
            ("x.png", ' TargetMode=" External "'),
        )
    ),
    (
        word_with(**{"word/_rels/notes.xml.rels": relations("other.html", "aFChunk")}),
        "a.docx",
        "content from elsewhere",
    ),
    (workbook_with("xl/worksheets/s.xml", WORKSHEET, "MZ no XML"), "a.xlsx", "cannot be read"),
    (workbook_with("xl/worksheets/s.xml", WORKSHEET, "<html/>"), "a.xlsx", "cannot be read"),
    (
        workbook_with("xl/worksheets/s.xml", WORKSHEET, "<!DOCTYPE x><worksheet/>"),
        "a.xlsx",
        "cannot be read",
    ),
    (text_of("<w:p/>", "<!DOCTYPE w [<!ENTITY a 'b'>]>"), "a.docx", "cannot be read"),
]


@pytest.mark.parametrize(("content", "name", "reason"), [*DISGUISED, *HIDDEN])
def test_office_file_is_judged_by_types_and_relations(
    content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(DocumentRefused, match=reason):
        recognise(content, name)


def test_links_of_a_text_and_to_another_workbook_may_lead_out() -> None:
    linked = word_with(
        **{"word/_rels/notes.xml.rels": relations("https://a.example/", "hyperlink", EXTERNAL)}
    )
    assert recognise(linked, "a.docx")[0] is FileType.DOCX
    rates = relations("file:///rates.xlsx", "externalLinkPath", EXTERNAL)
    workbook = package(**WORKBOOK, **{"xl/externalLinks/_rels/externalLink1.xml.rels": rates})
    assert recognise(workbook, "a.xlsx")[0] is FileType.XLSX


def test_part_may_have_another_name() -> None:
    """The document is where the relations say."""
    parts = {"Types": types(part="/Fees.xml"), "_rels/.rels": relations("/fees.xml")}
    assert recognise(package(**parts, **{"fees.xml": "<workbook/>"}), "a.xlsx")[0] is FileType.XLSX


def paragraphs(count: int) -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{namespace}"><w:body>{"<w:p/>" * count}</w:body></w:document>'
    return word_with(**{"word/document.xml": text})


def test_endless_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = paragraphs(300_000)
    assert len(many) < 50_000
    with pytest.raises(DocumentRefused, match="more than 100,000 paragraphs"):
        recognise(many, "a.docx")
    monkeypatch.setattr(filetypes, "MOST_PARAGRAPHS", 20)
    assert recognise(paragraphs(20), "a.docx")[0] is FileType.DOCX
    with pytest.raises(DocumentRefused, match="more than 20 paragraphs"):
        recognise(paragraphs(21), "a.docx")


@pytest.mark.parametrize("element", ["w:r", "w:tc", "w:bookmarkStart", "other"])
def test_endless_text_of_anything_is_refused(element: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MOST_ELEMENTS", 20_000)
    assert recognise(word(), "a.docx")[0] is FileType.DOCX
    with pytest.raises(DocumentRefused, match="too much in it"):
        recognise(text_of(f"<w:p>{f'<{element}/>' * 20_000}</w:p>"), "a.docx")
    header = f'<w:hdr xmlns:w="{WORD}">{"<w:r/>" * 20_000}</w:hdr>'
    more = more_types('<Override PartName="/word/h.xml" ContentType="application/x+xml"/>')
    with pytest.raises(DocumentRefused, match="too much in it"):
        recognise(word_with(**{"word/h.xml": header}, **more), "a.docx")


def test_large_workbook_is_looked_at_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MOST_ELEMENTS", 100)
    rows = f"<worksheet>{'<row/>' * 100_000}</worksheet>"
    found = recognise(workbook_with("xl/worksheets/s.xml", WORKSHEET, rows), "a.xlsx")
    assert found[0] is FileType.XLSX


def test_fields_of_an_ordinary_text_are_taken() -> None:
    ordinary = (
        fields("PAGE") + fields(' TOC \\o "1-3" \\h') + fields('HYPERLINK "https://a.example"')
    )
    assert recognise(text_of(ordinary), "a.docx")[0] is FileType.DOCX


def test_large_part_hides_none_that_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MOST_ELEMENTS", 100)
    parts = {
        "xl/calc.xml": ("application/x.calcChain+xml", f"<calcChain>{'<c/>' * 30_000}</calcChain>"),
        "xl/link.xml": (
            "application/x.externalLink+xml",
            "<externalLink><ddeLink/></externalLink>",
        ),
    }
    said = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items()
    )
    book = package(
        **WORKBOOK | {"Types": types(more=said)} | {name: text for name, (_, text) in parts.items()}
    )
    with pytest.raises(DocumentRefused, match="starts another program"):
        recognise(book, "a.xlsx")


@pytest.mark.parametrize(
    ("connection", "is_taken"), [("", True), ('refreshOnLoad="1"', False), ('name="x"', True)]
)
def test_workbook_that_fetches_its_data_is_refused(connection: str, is_taken: bool) -> None:
    text = f"<connections><connection {connection}/></connections>"
    book = workbook_with("xl/connections.xml", "application/x.connections+xml", text)
    if is_taken:
        assert recognise(book, "a.xlsx")[0] is FileType.XLSX
    else:
        with pytest.raises(DocumentRefused, match="takes content from elsewhere"):
            recognise(book, "a.xlsx")


def test_file_embedded_in_a_text_is_judged_as_one_that_is_filed() -> None:
    def holding(content: bytes) -> bytes:
        return word_with(**{"word/embeddings/a.bin": content})  # type: ignore[dict-item]

    assert recognise(holding(package(**WORKBOOK)), "a.docx")[0] is FileType.DOCX
    assert recognise(holding(pdf()), "a.docx")[0] is FileType.DOCX
    with_macros = package(**WORKBOOK, **{"xl/vbaProject.bin": "x"})
    for content in (
        with_macros,
        filetypes.OLE + bytes(500),
        package(hello="world"),
        holding(with_macros),
        holding(holding(pdf())),
    ):
        with pytest.raises(DocumentRefused, match="embedded in this one"):
            recognise(holding(content), "a.docx")


def test_embedded_files_unpack_to_no_more_than_one_may(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = package(**WORKBOOK, big="0" * 600_000)
    monkeypatch.setattr(filetypes, "LARGEST_UNPACKED", 2_000_000)
    one = {"word/embeddings/a.bin": inner}
    assert recognise(word_with(**one), "a.docx")[0] is FileType.DOCX  # type: ignore[arg-type]
    many = {f"word/embeddings/{number}.bin": inner for number in range(4)}
    with pytest.raises(DocumentRefused, match="embedded in this one"):
        recognise(word_with(**many), "a.docx")  # type: ignore[arg-type]


GOOD = [
    (pdf(), "minutes.pdf", FileType.PDF),
    (b"\n" + pdf(), "minutes.PDF", FileType.PDF),
    (image("PNG"), "scan.png", FileType.PNG),
    (image("JPEG"), "scan.jpeg", FileType.JPEG),
    (word(), "charter.docx", FileType.DOCX),
    (package(**WORKBOOK), "fees.xlsx", FileType.XLSX),
    ("Zeile eins\r\n\tzwei – drei\f".encode(), "note.txt", FileType.TEXT),
    (b"\xef\xbb\xbfa,b\n", "table.csv", FileType.TEXT),
    (b"# Charter\n", "charter.md", FileType.TEXT),
]


@pytest.mark.parametrize(("content", "name", "expected"), GOOD)
def test_type_is_known_by_content(content: bytes, name: str, expected: FileType) -> None:
    assert recognise(content, name) == (expected, name)


@pytest.mark.parametrize(("content", "name", "expected"), GOOD)
def test_name_without_an_ending_is_given_one(content: bytes, name: str, expected: FileType) -> None:
    ending = filetypes.ENDINGS[expected][0]

    assert recognise(content, "letter no. 5 of the auditor")[1].endswith(f"auditor{ending}")
    assert recognise(content, "../")[1] == f"document{ending}"


def unpacking_to(part: str, text: str) -> bytes:
    """A Word document of a few kilobytes, of which one part unpacks to a long text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(out, "w", DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, text)
    return out.getvalue()


def overlong_pdf(megabytes: int) -> bytes:
    """A PDF whose structure is packed into a stream that unpacks to so much."""
    catalogue = b"1 0 << /Type /Catalog /Pages 3 0 R >> " + b" " * (megabytes * 1024 * 1024)
    packed, parts, at = zlib.compress(catalogue, 9), [b"%PDF-1.5\n"], {}
    streams = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\n"
    for number, body in {
        3: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>\n",
        4: b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>\n",
        2: streams % (len(packed), packed) + b"endstream\n",
    }.items():
        at[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%sendobj\n" % (number, body))
    start = sum(map(len, parts))
    rows = [(0, 0, 255), (2, 2, 0), *((1, at[number], 0) for number in (2, 3, 4)), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    table_of = (
        b"<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\n"
    )
    parts.append(b"5 0 obj\n" + table_of % (len(table), table) + b"endobj\n")
    return b"".join([*parts, b"startxref\n%d\n%%%%EOF\n" % start])


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in itertools.pairwise("abcdefghi")
    )
    + "]><x>&i;</x>"
)

locked = pikepdf.Encryption(owner="owner", user="user")
torn = pdf()[:-40]

BAD = [
    (b"", "a.pdf", "empty"),
    (b"%PDF-1.7 and nothing else", "a.pdf", "cannot be read"),
    (torn, "a.pdf", "cannot be read"),
    (pdf(encryption=locked), "a.pdf", "password"),
    (image("PNG")[:-30], "a.png", "cannot be read"),
    (image("JPEG")[:300], "a.jpg", "cannot be read"),
    (b"\x89PNG\r\n\x1a\n<script>", "a.png", "cannot be read"),
    (word()[:-50], "a.docx", "damaged"),
    (
        package(word__document_xml="<x/>", **{"word__document.xml": "<x/>"}),
        "a.docx",
        "cannot read this type of file",
    ),
    (word_with(**{"word/document.xml": "<x/>"}), "a.docx", "cannot be read"),
    (package(hello="world"), "a.zip", "cannot read this type of file"),
    (package(xl__vbaProject="x", **WORKBOOK, **{"xl__vbaProject.bin": "x"}), "a.xlsx", "macros"),
    (b"MZ\x90\x00\x03", "a.txt", "cannot read this type of file"),
    (b"plain\x00text", "a.txt", "cannot read this type of file"),
    (b"esc\x1b[31m", "a.txt", "cannot read this type of file"),
    ("grüße".encode("latin-1"), "a.txt", "cannot read this type of file"),
    (b"GIF89a" + bytes(20), "a.gif", "cannot read this type of file"),
    # Files that lie about their type.
    (pdf(), "a.docx", "ends in .docx, but the file is a PDF document"),
    (image("PNG"), "a.jpg", "ends in .jpg, but the file is a PNG image"),
    (b"<script>alert(1)</script>", "a.html", "ends in .html, but the file is a plain text"),
    (b"hello", "a.exe", "ends in .exe"),
    (word(), "a.xlsx", "ends in .xlsx"),
    (
        b"<html><script>alert(1)</script></html>",
        "a.pdf",
        "ends in .pdf, but the file is a plain text",
    ),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "ends in .svg"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "ends in .png"),
    (b"#!/bin/sh\nrm -rf /\n", "a.sh", "ends in .sh"),
    (b"\x7fELF\x02\x01\x01\x00", "a.pdf", "cannot read this type of file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.doc", "cannot read this type of file"),
    (package(**{"META-INF/MANIFEST.MF": "x"}), "a.jar", "cannot read this type of file"),
    # Two in one.
    (b"<script>alert(1)</script>\n" + pdf(), "a.pdf", "cannot read this type of file"),
    (pdf() + package(**WORKBOOK), "a.pdf", "of two types at once"),
    (image("PNG") + package(hello="world"), "a.png", "of two types at once"),
    (image("JPEG") + package(hello="world"), "a.jpg", "of two types at once"),
    (image("JPEG")[:2] + b"\xff\xfe\x00\x09%PDF-1.7" + image("JPEG")[2:], "a.jpg", "two types"),
    # Small files that unpack to more than a memory holds.
    (
        unpacking_to("word/document.xml", "<x>" + "<y/>" * 5_000_000 + "</x>"),
        "a.docx",
        "when unpacked",
    ),
    (unpacking_to("word/media/image1.xml", "<y/>" * 5_000_000), "a.docx", "when unpacked"),
    (unpacking_to("word/document.xml", ENTITIES), "a.docx", "cannot be read"),
    (overlong_pdf(65), "a.pdf", "cannot be read"),
]


def test_a_pdf_with_its_structure_packed_is_read() -> None:
    assert recognise(overlong_pdf(1), "a.pdf")[0] is FileType.PDF


@pytest.mark.parametrize(("content", "name", "reason"), BAD)
def test_what_is_no_such_file_is_refused(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        recognise(content, name)

    assert reason in refused.value.messages[0]
    assert refused.value.messages[0].endswith((".", "pdf", "txt", "docx", "png"))


def test_a_torn_image_is_refused_once_pdfs_have_been_rendered(monkeypatch) -> None:
    """WeasyPrint tells Pillow, for the whole process, to fill up what is torn."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    for name, whole in (("a.png", image("PNG")), ("a.jpg", image("JPEG"))):
        with pytest.raises(DocumentRefused, match="cannot be read"):
            recognise(whole[: len(whole) // 2], name)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_every_change_of_one_byte_is_read_or_refused() -> None:
    """A damaged file never ends in an error page."""
    for content, name, _ in GOOD:
        for place in range(0, len(content), max(1, len(content) // 60)):
            damaged = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
            with contextlib.suppress(DocumentRefused):
                recognise(damaged, name)


def test_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "LARGEST", 10 * 1024 * 1024)
    recognise(b"a" * filetypes.LARGEST, "a.txt")
    with pytest.raises(DocumentRefused, match="larger than 10 MB"):
        recognise(b"a" * (filetypes.LARGEST + 1), "a.txt")


def test_image_of_too_many_points_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    with pytest.raises(DocumentRefused, match="The image is too large"):
        recognise(out.getvalue(), "a.png")


def test_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "LARGEST_UNPACKED", 1000)
    with pytest.raises(DocumentRefused, match="The file is too large when unpacked"):
        recognise(package(**WORKBOOK, big="0" * 1001), "a.xlsx")
