"""What a file is, by its content; what is refused, in plain words; what becomes of its name."""

import contextlib
import io
import zipfile

import docx
import pikepdf
import pytest
from PIL import Image, ImageFile

from records import filetypes
from records.filetypes import DocumentRefused, FileType, clean_name, recognise


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


WORKBOOK = {"Types": "<Types/>", "xl__workbook.xml": "<workbook/>"}

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
    (package(word__document_xml="<x/>", **{"word__document.xml": "<x/>"}), "a.docx", "cannot be"),
    (package(hello="world"), "a.zip", "none of them"),
    (package(xl__vbaProject="x", **WORKBOOK, **{"xl__vbaProject.bin": "x"}), "a.xlsx", "macros"),
    (b"MZ\x90\x00\x03", "a.txt", "none of them"),
    (b"plain\x00text", "a.txt", "none of them"),
    (b"esc\x1b[31m", "a.txt", "none of them"),
    ("grüße".encode("latin-1"), "a.txt", "none of them"),
    (b"GIF89a" + bytes(20), "a.gif", "none of them"),
    # Files that lie about their type.
    (pdf(), "a.docx", "named .docx, but it is a PDF document"),
    (image("PNG"), "a.jpg", "named .jpg, but it is a PNG image"),
    (b"<script>alert(1)</script>", "a.html", "named .html, but it is a plain text"),
    (b"hello", "a.exe", "named .exe"),
    (word(), "a.xlsx", "named .xlsx"),
]


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
    with pytest.raises(DocumentRefused, match="too many pixels"):
        recognise(out.getvalue(), "a.png")


def test_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "LARGEST_UNPACKED", 1000)
    with pytest.raises(DocumentRefused, match="unpacks to more"):
        recognise(package(**WORKBOOK, big="0" * 1001), "a.xlsx")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\minutes.pdf", "minutes.pdf"),
        ("/absolute.pdf", "absolute.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie- b.pdf"),
        ("minutes\u202efdp.exe", "minutesfdp.exe"),
        ("nul\x00l.pdf", "null.pdf"),
        ("  many   blanks .pdf ", "many blanks .pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("Prüfung – März.pdf", "Prüfung – März.pdf"),
        ('what?<is>"this".pdf', "what--is--this-.pdf"),
        ("...", ""),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_name_is_cleaned(given: str, expected: str) -> None:
    assert clean_name(given) == expected
