"""What a file is, judged by its content: the library that reads a format says whether it is one.

The name is never believed. It must agree with the content all the same, because it is what a
person's computer will go by once the file is saved.
"""

import io
import re
import struct
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 50 * 1024 * 1024
# What a packed file may unpack to, and how many points an image may have: more is an attack.
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 10_000
MOST_PIXELS = 80_000_000
LONGEST_NAME = 120
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
    TEXT = "text/plain", gettext_lazy("plain text")


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


def recognise(content: bytes, file_name: str) -> tuple[FileType, str]:
    """The file's type and its clean name, or DocumentRefused with the reason."""
    if not content:
        raise DocumentRefused(_("The file is empty."))
    if len(content) > LARGEST:
        raise DocumentRefused(too_large())
    found = _type_of(content)
    return found, _agreeing_name(clean_name(file_name), found)


def too_large() -> str:
    return _("The file is larger than %(limit)s MB. Make it smaller or divide it.") % {
        "limit": LARGEST // 1024 // 1024
    }


def clean_name(file_name: str) -> str:
    """The last part of the name without what could mislead a person or a computer."""
    name = unicodedata.normalize("NFC", file_name).replace("\\", "/").rpartition("/")[2]
    # Control and formatting characters (a right-to-left override hides an ending) and the
    # signs that some systems refuse.
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] not in "C")
    name = re.sub(r'[<>:"|?*]', "-", name)
    name = re.sub(r"\s+", " ", name).strip(" .")
    path = PurePosixPath(name)
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix[:LONGEST_NAME]}"


def _agreeing_name(name: str, found: FileType) -> str:
    endings = ENDINGS[found]
    ending = PurePosixPath(name).suffix.lower()
    if ending in endings:
        return name
    if re.fullmatch(r"\.[a-z][a-z0-9]{1,5}", ending):
        raise DocumentRefused(
            _("The file is named %(ending)s, but it is a %(type)s. Save it anew as %(right)s.")
            % {"ending": ending, "type": found.label, "right": endings[0]}
        )
    # No ending, or a full stop within a sentence.
    return f"{name or 'document'}{endings[0]}"


def _type_of(content: bytes) -> FileType:
    for signature, judge in JUDGES.items():
        if content.startswith(signature):
            return judge(content)
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    return _text(content)


def _pdf(content: bytes) -> FileType:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            has_pages = len(pdf.pages) > 0
    except pikepdf.PasswordError:
        raise DocumentRefused(
            _("The PDF is locked with a password. Save it without one and try again.")
        ) from None
    except pikepdf.PdfError:
        has_pages = False
    if not has_pages:
        raise DocumentRefused(_unreadable(FileType.PDF))
    return FileType.PDF


_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def whole_images() -> Iterator[None]:
    """Read images whole or not at all. WeasyPrint, once imported, lets Pillow fill up torn ones."""
    from PIL import ImageFile

    with _ONE_AT_A_TIME:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _image(found: FileType, name: str) -> Callable[[bytes], FileType]:
    def judge(content: bytes) -> FileType:
        from PIL import Image

        try:
            image = Image.open(io.BytesIO(content), formats=[name])
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            with whole_images():
                image.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise DocumentRefused(
                _("The image has too many pixels. Save it smaller and try again.")
            ) from None
        except UNREADABLE:
            raise DocumentRefused(_unreadable(found)) from None
        return found

    return judge


def _package(content: bytes) -> FileType:
    """A Word document or an Excel workbook: both are packed folders of XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = _unpackable(package)
            if package.testzip() is not None:
                raise zipfile.BadZipFile
    except (zipfile.BadZipFile, RuntimeError, *UNREADABLE):
        raise DocumentRefused(_("The file is damaged and cannot be opened.")) from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentRefused(_("The file holds macros. Save it without them and try again."))
    if "word/document.xml" in names:
        return _docx(content)
    if {"xl/workbook.xml", "[Content_Types].xml"} <= names:
        return FileType.XLSX
    raise DocumentRefused(unknown())


def _unpackable(package: zipfile.ZipFile) -> set[str]:
    parts = package.infolist()
    if any(part.compress_type not in PACKING for part in parts):
        raise zipfile.BadZipFile
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise DocumentRefused(_("The file unpacks to more than the portal opens. Save it smaller."))
    return {part.filename for part in parts}


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
        "The portal takes PDF, Word, Excel, PNG, JPEG and plain text (UTF-8). This is none of them."
    )


def _unreadable(found: FileType) -> str:
    return _(
        "The file begins like a %(type)s but cannot be read as one. Save it anew and try again."
    ) % {"type": found.label}


JUDGES: dict[bytes, Callable[[bytes], FileType]] = {
    b"%PDF-": _pdf,
    b"\x89PNG\r\n\x1a\n": _image(FileType.PNG, "PNG"),
    b"\xff\xd8\xff": _image(FileType.JPEG, "JPEG"),
    b"PK\x03\x04": _package,
}
