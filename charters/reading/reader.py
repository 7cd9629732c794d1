"""From the bytes of a charter to its paragraphs: plain text, Markdown or DOCX.

The kind is told by the content, never by the file's name.
"""

import re
import unicodedata
from dataclasses import replace

from charters.reading.broken_lines import rejoined
from charters.reading.manuscript import CharterUnreadable, Manuscript, Paragraph, as_printed
from charters.reading.plain_text import text_paragraphs
from charters.reading.word import document_paragraphs

__all__ = ["CharterUnreadable", "Manuscript", "Paragraph", "read"]

LARGEST_FILE = 2 * 1024 * 1024
LONGEST_TEXT = 200_000
FOREIGN = {
    b"%PDF": "is a PDF. Open it in Word and save it as DOCX, or copy its text and paste it",
    b"\xd0\xcf\x11\xe0": "is in Word's older format or locked. Save it as DOCX without a password",
    b"{\\rtf": "is a rich-text file. Save it as DOCX or plain text first",
    b"\x89PNG": "is an image. Choose a Word, Markdown or plain text file",
    b"\xff\xd8\xff": "is an image. Choose a Word, Markdown or plain text file",
    b"GIF8": "is an image. Choose a Word, Markdown or plain text file",
}
TAG = re.compile(r"</?(?:p|div|span|li|ul|ol|td|tr|table|br|font|h[1-6])\b[^<>]*>", re.I)
MOST_TAGS = 3
BINARY = "is not a text file. Choose a Word, Markdown or plain text file"


def read(data: bytes, name: str) -> Manuscript:
    """The manuscript in these bytes. `name` only appears in what is said of it."""
    if not data.strip():
        raise CharterUnreadable(f"{name} is empty.")
    if len(data) > LARGEST_FILE:
        raise CharterUnreadable(f"{name} is larger than 2 MB. Import the charter alone.")
    for beginning, reason in FOREIGN.items():
        if data.startswith(beginning):
            raise CharterUnreadable(f"{name} {reason}.")
    return _from_word(data, name) if data.startswith(b"PK") else _from_text(data, name)


def _from_word(data: bytes, name: str) -> Manuscript:
    paragraphs = tuple(
        replace(each, text=as_printed(each.text)) for each in document_paragraphs(data, name)
    )
    text = "\n".join(f"{each.marker} {each.text}".strip() for each in paragraphs)
    _check_length(text, name)
    return Manuscript(name, text, tuple(rejoined(paragraphs)))


def _from_text(data: bytes, name: str) -> Manuscript:
    text = as_printed(_decoded(data, name))
    _check_length(text, name)
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<?xml")):
        raise CharterUnreadable(f"{name} is a web page. Save its text as plain text first.")
    if len(TAG.findall(text)) >= MOST_TAGS:
        raise CharterUnreadable(
            f"{name} contains the code of a web page. Copy the text as your browser shows it,"
            " and paste that."
        )
    return Manuscript(name, text, tuple(rejoined(text_paragraphs(text))))


def _check_length(text: str, name: str) -> None:
    if not any(character.isalnum() for character in text):
        raise CharterUnreadable(f"{name} is empty.")
    if len(text) > LONGEST_TEXT:
        raise CharterUnreadable(
            f"{name} has more than {LONGEST_TEXT:,} characters. Import the charter alone."
        )


def _decoded(data: bytes, name: str) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _holds_controls(text):
            break
        return text.removeprefix("\ufeff")
    raise CharterUnreadable(f"{name} {BINARY}.")


def _encodings(data: bytes) -> list[str]:
    """The encodings worth trying. UTF-16 shows by its mark, or by every other byte being nil."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    for encoding, high_bytes in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if high_bytes.count(0) > len(high_bytes) * 0.7:
            return [encoding]
    return ["utf-8-sig", "cp1252"]


def _holds_controls(text: str) -> bool:
    allowed = "\t\n\r\f\v\x85"
    return any(unicodedata.category(each) == "Cc" and each not in allowed for each in text)
