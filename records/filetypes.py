"""What a file is, judged by its content: the library that reads a format says whether it is one.

The name is never believed. It must agree with the content all the same, because it is what a
person's computer will go by once the file is saved.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import filenames, image_files, office_xml, packages, pdf_files

LARGEST = 50 * 1024 * 1024
# What a packed file may unpack to, with all that is embedded in it, and how deep: more is an attack.
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 10_000
DEEPEST = 2
# So many times its packed size a large part may unpack to. Sheets unpack to some ten times.
MOST_INFLATED = 100
# A Word document's text takes some twenty times its size while it is read.
LARGEST_TEXT = 16 * 1024 * 1024
# How pictures and packed parts of a Word document begin. What begins otherwise could be read as text.
NO_TEXT = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"PK\x03\x04",
)
# How the older Office formats begin, in which embedded objects are packed: nothing here reads them.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKING = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
OOXML = "application/vnd.openxmlformats-officedocument"


# What the libraries raise on content that is not, or no longer, of their format.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    TypeError,
    EOFError,
    NotImplementedError,
    struct.error,
    zlib.error,
)


class FileType(models.TextChoices):
    PDF = "application/pdf", gettext_lazy("PDF document")
    PNG = "image/png", gettext_lazy("PNG image")
    JPEG = "image/jpeg", gettext_lazy("JPEG image")
    DOCX = f"{OOXML}.wordprocessingml.document", gettext_lazy("Word document")
    XLSX = f"{OOXML}.spreadsheetml.sheet", gettext_lazy("Excel workbook")
    TEXT = "text/plain", gettext_lazy("plain text file")


PACKAGES = frozenset({FileType.DOCX, FileType.XLSX})
# The type and the root element of the main part.
MAIN_PARTS = {
    f"{FileType.DOCX.value}.main+xml": (FileType.DOCX, "document"),
    f"{FileType.XLSX.value}.main+xml": (FileType.XLSX, "workbook"),
}
# The root element of other parts of which a program makes pages.
ROOTS = {"worksheet+xml": "worksheet", "sharedstrings+xml": "sst", "styles+xml": "styles"}
# A page of text has some thirty paragraphs, and of all elements some hundreds.
MOST_PARAGRAPHS = 100_000
MOST_ELEMENTS = 500_000

# The first ending of each is given to a file that has none.
ENDINGS = {
    FileType.PDF: (".pdf",),
    FileType.PNG: (".png",),
    FileType.JPEG: (".jpg", ".jpeg"),
    FileType.DOCX: (".docx",),
    FileType.XLSX: (".xlsx",),
    FileType.TEXT: (".txt", ".md", ".csv"),
}


class DocumentRefused(ValidationError):  # noqa: N818 - says what happened, like Http404
    """The file cannot be taken as it is; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="refused")

    def beside(self, field: str) -> ValidationError:
        """The refusal for a form, beside the field of the file."""
        return ValidationError({field: self.error_list})


@dataclass(frozen=True)
class Allowance:
    """How deep a file lies in others, and what all of them have unpacked to so far."""

    level: int = 0
    unpacked: list[int] = field(default_factory=lambda: [0])


Judge = Callable[[bytes, Allowance], FileType]


def recognise(content: bytes, file_name: str) -> tuple[FileType, str]:
    """The file's type and its clean name, or DocumentRefused with the reason."""
    if not content:
        raise DocumentRefused(_("The file is empty."))
    if len(content) > LARGEST:
        raise DocumentRefused(too_large())
    found = _type_of(content, Allowance())
    _refuse_two_in_one(content, found)
    return found, _agreeing_name(filenames.clean(file_name), found)


def too_large() -> str:
    return _("The file is larger than %(limit)s MB. Make it smaller or split it.") % {
        "limit": LARGEST // 1024 // 1024
    }


def _agreeing_name(name: str, found: FileType) -> str:
    endings = ENDINGS[found]
    ending = PurePosixPath(name).suffix.lower()
    if ending in endings:
        return name
    if re.fullmatch(r"\.[a-z][a-z0-9]{1,5}", ending):
        raise DocumentRefused(
            _("The file name ends in %(ending)s, but the file is a %(type)s. Save it as %(right)s.")
            % {"ending": ending, "type": found.label, "right": endings[0]}
        )
    # No ending, or a full stop within a sentence.
    return f"{name or 'document'}{endings[0]}"


def _type_of(content: bytes, allowed: Allowance) -> FileType:
    for signature, judge in JUDGES.items():
        if content.startswith(signature):
            return judge(content, allowed)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(content, allowed)
    return _text(content)


def _refuse_two_in_one(content: bytes, found: FileType) -> None:
    """What one program reads as a picture and another as a PDF or an archive is meant to mislead."""
    is_pdf_too = found is not FileType.PDF and b"%PDF-" in content[:1024]
    is_archive_too = found not in PACKAGES and _ends_as_an_archive(content)
    if found is not FileType.TEXT and (is_pdf_too or is_archive_too):
        raise DocumentRefused(
            _("The file is of two types at once. Save the %(type)s again and try again.")
            % {"type": found.label}
        )


def _ends_as_an_archive(content: bytes) -> bool:
    """Whether an archive's directory closes the file: what is merely packed in a PDF lies inside."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) < at + 22:
        return False
    return at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") == len(content)


def _pdf(content: bytes, allowed: Allowance) -> FileType:
    try:
        found = pdf_files.read(content)
    except pdf_files.PdfLockedError:
        raise DocumentRefused(
            _("The PDF is locked with a password. Save it without one and try again.")
        ) from None
    except pdf_files.PdfTooLongError:
        raise DocumentRefused(_("The PDF has too much in it. Divide it and try again.")) from None
    except pdf_files.PdfUnreadableError:
        raise DocumentRefused(_unreadable(FileType.PDF)) from None
    if found.starts_something:
        raise DocumentRefused(
            _(
                "The PDF starts a script or another program when it is opened. Print it to a new PDF."
            )
        )
    for attached in found.attached:
        _judge_embedded(
            attached, allowed, _("A file attached to this PDF cannot be accepted. Remove it.")
        )
    return FileType.PDF


def _image(found: FileType, name: str) -> Judge:
    def judge(content: bytes, _allowed: Allowance) -> FileType:
        try:
            image_files.read(content, name)
        except image_files.ImageTooLargeError:
            raise DocumentRefused(
                _("The image is too large. Save it with fewer pixels and try again.")
            ) from None
        except UNREADABLE:
            raise DocumentRefused(_unreadable(found)) from None
        return found

    return judge


def _judge_embedded(content: bytes, allowed: Allowance, refusal: str) -> None:
    """A file within a file is opened with a click: it has to be one that could be filed itself."""
    try:
        if allowed.level >= DEEPEST:
            raise DocumentRefused(unknown())
        _type_of(content, Allowance(allowed.level + 1, allowed.unpacked))
    except DocumentRefused:
        raise DocumentRefused(refusal) from None


def _package(content: bytes, allowed: Allowance) -> FileType:
    """A Word document or an Excel workbook, by what the package itself says of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_too_much(archive, allowed)
            if archive.testzip() is not None:
                raise zipfile.BadZipFile
            return _of_office(archive, content, allowed)
    except packages.PackageError:
        raise DocumentRefused(unknown()) from None
    except (zipfile.BadZipFile, RuntimeError, *UNREADABLE):
        raise DocumentRefused(_("The file is damaged. Save it again and try again.")) from None


def _of_office(archive: zipfile.ZipFile, content: bytes, allowed: Allowance) -> FileType:
    package = packages.read(archive)
    if package.has_macros:
        raise DocumentRefused(_macros())
    if package.main_type not in MAIN_PARTS:
        raise DocumentRefused(unknown())
    found, root = MAIN_PARTS[package.main_type]
    if package.fetches:
        raise DocumentRefused(_outward(package.fetches))
    most = LARGEST_TEXT if found is FileType.DOCX else packages.LARGEST_INDEX
    if archive.getinfo(package.main).file_size > most:
        raise DocumentRefused(_too_much())
    if found is FileType.DOCX:
        _refuse_endless_text(archive)
    try:
        _examine(archive, package, found, root)
    except office_xml.XmlError:
        raise DocumentRefused(_unreadable(found)) from None
    except office_xml.TooManyElementsError:
        raise DocumentRefused(
            _("The file has too much in it. Divide it, or save it as a PDF.")
        ) from None
    _refuse_embedded(archive, package, allowed)
    return _docx(content) if found is FileType.DOCX else found


def _macros() -> str:
    return _("The file contains macros. Save it without them and try again.")


def _examine(
    archive: zipfile.ZipFile, package: packages.Package, found: FileType, root: str
) -> None:
    """Every part of XML: whether it is XML, what it is, and what it would run or fetch."""
    paragraphs, budget = 0, office_xml.Budget(MOST_ELEMENTS, is_strict=found is FileType.DOCX)
    for name, said in sorted(package.parts.items() | {(package.main, package.main_type)}):
        with archive.open(name) as part:
            content = office_xml.read(part, budget)
        expected = root if name == package.main else ROOTS.get(said.rpartition(".")[2], "")
        if expected not in ("", content.root):
            raise office_xml.XmlError
        if content.has_macros:
            raise DocumentRefused(_macros())
        if content.runs_something:
            raise DocumentRefused(
                _("The file starts another program when it is opened. Save it as a PDF.")
            )
        if content.fetches_something:
            raise DocumentRefused(_outward(()))
        paragraphs += content.paragraphs
    if paragraphs > MOST_PARAGRAPHS:
        limit = {"limit": f"{MOST_PARAGRAPHS:,}"}
        raise DocumentRefused(
            _("The file has more than %(limit)s paragraphs. Divide it, or save it as a PDF.")
            % limit
        )


def _outward(kinds: tuple[str, ...]) -> str:
    if "attachedtemplate" in kinds:
        return _(
            "The file uses a template that is stored elsewhere. Attach the template “Normal” in "
            "Word, save the file and try again."
        )
    return _(
        "The file takes content from elsewhere when it is opened. Save it with that content in it, "
        "or as a PDF, and try again."
    )


def _refuse_embedded(
    archive: zipfile.ZipFile, package: packages.Package, allowed: Allowance
) -> None:
    """Judged by the relations, and by how a part begins: a program that is packed into a text is
    only a click away."""
    refusal = _(
        "A file embedded in this one cannot be accepted. Remove it, or save this file as a PDF."
    )
    for part in archive.infolist():
        with archive.open(part) as file:
            head = file.read(len(OLE))
        if head == OLE:
            raise DocumentRefused(refusal)
        if head.startswith((b"PK\x03\x04", b"%PDF-")) or part.filename in package.embedded:
            _judge_embedded(archive.read(part), allowed, refusal)


def _refuse_too_much(package: zipfile.ZipFile, allowed: Allowance) -> None:
    parts = package.infolist()
    if any(part.compress_type not in PACKING for part in parts):
        raise zipfile.BadZipFile
    allowed.unpacked[0] += sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or allowed.unpacked[0] > LARGEST_UNPACKED:
        raise DocumentRefused(_too_much())
    if any(_is_inflated(part) for part in parts):
        raise DocumentRefused(_too_much())


def _is_inflated(part: zipfile.ZipInfo) -> bool:
    """A large part that repeats the same few words: no sheet that anybody filled in is so."""
    return part.file_size > LARGEST_TEXT and part.file_size > MOST_INFLATED * part.compress_size


def _refuse_endless_text(package: zipfile.ZipFile) -> None:
    """A small file can unpack to a text that no memory holds once it is read."""
    text = sum(part.file_size for part in package.infolist() if _is_text(package, part))
    if text > LARGEST_TEXT:
        raise DocumentRefused(_too_much())


def _is_text(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with package.open(part) as file:
        return not file.read(8).startswith(NO_TEXT)


def _too_much() -> str:
    return _("The file is too large when unpacked. Make it smaller and try again.")


def _docx(content: bytes) -> FileType:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        Document(io.BytesIO(content))
    except (OpcError, zipfile.BadZipFile, *UNREADABLE):
        raise DocumentRefused(_unreadable(FileType.DOCX)) from None
    return FileType.DOCX


def _text(content: bytes) -> FileType:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentRefused(unknown()) from None
    if any(unicodedata.category(sign) == "Cc" for sign in set(text) - set("\t\n\r\f")):
        raise DocumentRefused(unknown())
    return FileType.TEXT


def unknown() -> str:
    return _(
        "The portal cannot read this type of file. Choose a PDF, Word, Excel, PNG, JPEG or "
        "plain text (UTF-8) file."
    )


def _unreadable(found: FileType) -> str:
    return _("The %(type)s cannot be read. Save it again and try again.") % {"type": found.label}


JUDGES: dict[bytes, Judge] = {
    b"%PDF-": _pdf,
    b"\x89PNG\r\n\x1a\n": _image(FileType.PNG, "PNG"),
    b"\xff\xd8\xff": _image(FileType.JPEG, "JPEG"),
    b"PK\x03\x04": _package,
}
