"""How often an image may be drawn."""

import io
import struct

import pytest
from PIL import Image

from records import image_files
from records.filetypes import DocumentRefused, FileType, recognise


def test_image_that_is_drawn_again_and_again_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG", progressive=True)
    content = out.getvalue()
    count = image_files.scans(content)
    assert 5 < count < 15
    assert recognise(content, "a.jpg")[0] is FileType.JPEG
    scan = content[content.rfind(b"\xff\xda") : -2]
    until = content[:-2] + scan * (image_files.MOST_SCANS - count)
    assert recognise(until + b"\xff\xd9", "a.jpg")[0] is FileType.JPEG
    with pytest.raises(DocumentRefused, match="cannot be read"):
        recognise(until + scan + b"\xff\xd9", "a.jpg")
    # A small picture of it within the file, and what a telephone adds behind it, do not count.
    preview = b"\xff\xe1" + struct.pack(">H", 2 + 4 * 30) + b"\xff\xda\x00\x02" * 30
    assert image_files.scans(content[:2] + preview + content[2:] + b"\xff\xda" * 99) == count
