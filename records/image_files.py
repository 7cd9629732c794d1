"""Reading an image whole, within limits."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# How many points an image may have, and how often a JPEG may draw all of them: a scan of a few bytes
# costs as much time as one of a megabyte. Cameras and programs write some ten.
MOST_PIXELS = 80_000_000
MOST_SCANS = 20
# Where coded data of a JPEG ends: at a marker that is neither a stuffed byte nor a restart.
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
END, SCAN, BARE = 0xD9, 0xDA, {0x01, 0xD8}

_ONE_AT_A_TIME = threading.Lock()


class ImageTooLargeError(ValueError):
    """The image has more points than one that a reader needs."""


class ImageUnreadableError(ValueError):
    """The image takes more work to draw than any program would ask for."""


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


def read(content: bytes, name: str) -> None:
    """Raises ImageTooLargeError, ImageUnreadableError, and what Pillow raises on a torn file."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=[name])
        if image.width * image.height > MOST_PIXELS:
            raise ImageTooLargeError
        if name == "JPEG" and scans(content) > MOST_SCANS:
            raise ImageUnreadableError
        with whole_images():
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageTooLargeError from None


def scans(content: bytes) -> int:
    """How often a JPEG draws its points (ITU-T T.81, B.2): small pictures within it do not count."""
    found = at = 0
    while marker := MARKER.search(content, at):
        kind, at = marker[1][0], marker.end()
        if kind == END:
            break
        found += kind == SCAN
        if kind not in BARE:
            at += max(2, int.from_bytes(content[at : at + 2], "big"))
    return found
