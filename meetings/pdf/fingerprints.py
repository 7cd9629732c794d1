"""What each page of a PDF draws, as a digest: equal for the same drawing in another file.

What a second export changes is left out: numbers of objects, compression, dates, the random prefix of
an embedded font's name.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

SUBSET = re.compile(r"^/[A-Z]{6}\+")
# How a stream is stored, where it hangs, and what nobody sees drawn.
UNDRAWN = frozenset(
    {
        "/Length",
        "/Filter",
        "/DecodeParms",
        "/Parent",
        "/P",
        "/Metadata",
        "/PieceInfo",
        "/StructParent",
        "/StructParents",
        "/LastModified",
        "/ID",
        "/NM",
        "/M",
        "/CreationDate",
        "/Dest",
        "/A",
        "/AA",
        "/Popup",
    }
)
IMAGE = Name("/Image")
DEEPEST = 40


def page_digests(content: bytes) -> tuple[str, ...]:
    """A digest of each page in its order. Raises pikepdf.PdfError for what is no PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        known: dict[tuple[int, int], bytes] = {}
        return tuple(_page(page, known) for page in pdf.pages)


def _page(page: Page, known: dict[tuple[int, int], bytes]) -> str:
    found = hashlib.sha256()
    edges = (f"{float(edge):.2f}" for edge in page.cropbox)
    found.update(" ".join([*edges, str(page.obj.get("/Rotate", 0))]).encode())
    found.update(_instructions(page))
    found.update(_digest(page.resources, known, 0))
    for each in page.obj.get("/Annots", Array()):
        found.update(_digest(each, known, 0))
    return found.hexdigest()


def _instructions(page: Page) -> bytes:
    """What it draws, however its streams are cut and packed. Taking each instruction apart would
    make other spacing equal too, and take seconds for a pack."""
    contents = page.obj.get("/Contents", Array())
    streams = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(_data(stream).strip() for stream in streams)


def _digest(thing: object, known: dict[tuple[int, int], bytes], depth: int) -> bytes:
    """Of an object with everything that it refers to. One that refers to itself ends there."""
    if not isinstance(thing, pikepdf.Object):
        return hashlib.sha256(repr(thing).encode()).digest()
    if not thing.is_indirect:
        return _whole(thing, known, depth)
    if thing.objgen not in known:
        known[thing.objgen] = b""
        known[thing.objgen] = _whole(thing, known, depth)
    return known[thing.objgen]


def _whole(thing: pikepdf.Object, known: dict[tuple[int, int], bytes], depth: int) -> bytes:
    found = hashlib.sha256()
    if depth < DEEPEST:
        for part in _parts(thing, known, depth + 1):
            found.update(part)
    return found.digest()


def _parts(
    thing: pikepdf.Object, known: dict[tuple[int, int], bytes], depth: int
) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream | Dictionary):
        for key in sorted(thing.keys()):
            if key not in UNDRAWN:
                yield key.encode()
                yield _digest(thing[key], known, depth)
        if isinstance(thing, pikepdf.Stream):
            yield _data(thing)
    elif isinstance(thing, Array):
        for each in thing:
            yield _digest(each, known, depth)
    elif isinstance(thing, Name):
        yield SUBSET.sub("/", str(thing)).encode()
    else:
        yield thing.unparse()


def _data(stream: pikepdf.Object) -> bytes:
    """As it is drawn; a scan as it is stored, because unpacking each would take long."""
    if stream.get("/Subtype") == IMAGE:
        return stream.read_raw_bytes()
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
