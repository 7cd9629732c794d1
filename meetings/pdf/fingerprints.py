"""What each page of a PDF draws, as a digest: equal for the same drawing in another file.

What a second export changes is left out: numbers of objects, compression, dates, the random prefix of
an embedded font's name.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

from meetings.pdf.assembly import hidden_layers

SUBSET = re.compile(r"^/[A-Z]{6}\+")
# How a stream is stored, where it or an annotation hangs, and what nobody sees drawn. Elsewhere, as in
# a page's resources, these can be names that a program chose.
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
ObjGen = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """The layers of a file that are not shown, and the digests of its objects found so far."""

    hidden: frozenset[ObjGen] = frozenset()
    known: dict[ObjGen, bytes] = field(default_factory=dict)


def page_digests(content: bytes) -> tuple[str, ...]:
    """A digest of each page in its order. Raises pikepdf.PdfError for what is no PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reading = Reading(frozenset(layer.objgen for layer in hidden_layers(pdf)))
        return tuple(_page(page, reading) for page in pdf.pages)


def _page(page: Page, reading: Reading) -> str:
    found = hashlib.sha256()
    edges = (f"{float(edge):.2f}" for edge in page.cropbox)
    found.update(" ".join([*edges, str(page.obj.get("/Rotate", 0))]).encode())
    found.update(_instructions(page))
    found.update(_digest(page.resources, reading, 0))
    for each in page.obj.get("/Annots", Array()):
        found.update(_whole(each, reading, 0, is_annotation=True))
    return found.hexdigest()


def _instructions(page: Page) -> bytes:
    """What it draws, however its streams are cut and packed. Taking each instruction apart would
    make other spacing equal too, and take seconds for a pack."""
    contents = page.obj.get("/Contents", Array())
    streams = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(_data(stream).strip() for stream in streams)


def _digest(thing: object, reading: Reading, depth: int) -> bytes:
    """Of an object with everything that it refers to. One that refers to itself ends there."""
    if not isinstance(thing, pikepdf.Object):
        return hashlib.sha256(repr(thing).encode()).digest()
    if not thing.is_indirect:
        return _whole(thing, reading, depth)
    known = reading.known
    if thing.objgen not in known:
        known[thing.objgen] = b""
        known[thing.objgen] = _whole(thing, reading, depth)
    return known[thing.objgen]


def _whole(
    thing: pikepdf.Object, reading: Reading, depth: int, *, is_annotation: bool = False
) -> bytes:
    found = hashlib.sha256()
    if depth < DEEPEST:
        skipped = UNDRAWN if is_annotation or _has_fixed_keys(thing) else frozenset()
        for part in _parts(thing, reading, depth + 1, skipped):
            found.update(part)
    return found.digest()


def _has_fixed_keys(thing: pikepdf.Object) -> bool:
    """Whether its keys are those of the standard: a stream, an annotation or a page."""
    if isinstance(thing, pikepdf.Stream):
        return True
    return isinstance(thing, Dictionary) and thing.get("/Type") in (Name.Annot, Name.Page)


def _parts(
    thing: pikepdf.Object, reading: Reading, depth: int, skipped: frozenset[str]
) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream | Dictionary):
        if thing.is_indirect and thing.objgen in reading.hidden:
            yield b"hidden"
        for key in sorted(thing.keys()):
            if key not in skipped:
                yield key.encode()
                yield _digest(thing[key], reading, depth)
        if isinstance(thing, pikepdf.Stream):
            yield _data(thing)
    elif isinstance(thing, Array):
        for each in thing:
            yield _digest(each, reading, depth)
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
