"""What an Office file (a ZIP of XML parts, ECMA-376 part 2) says it is: by content types and relations.

The names of parts prove nothing: a program goes by what `[Content_Types].xml` and the relations say.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from zipfile import ZipFile

TYPES = "[Content_Types].xml"
# What a part that says what is in the package may unpack to.
LARGEST_INDEX = 4 * 1024 * 1024
# The kinds of relation that may lead out of the file. Of any other a program would fetch the target.
OUTWARD = frozenset({"hyperlink", "externallinkpath"})
# A part of another format that a program takes into the document when it opens it.
FOREIGN = "afchunk"
# An address, a drive or a host: what leads out of a package, whatever the relation says.
ABROAD = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
MACROS = ("macro", "vba", "activex")
# Parts of a workbook by which it could run or fetch something: read whatever their type says.
ACTING = frozenset({"externallink", "connections", "querytable"})
# Files packed into this one, which a click opens.
EMBEDDED = frozenset({"package", "oleobject"})


class PackageError(ValueError):
    """The file is no Office file, or not one whole: nothing in it can be believed."""


@dataclass(frozen=True)
class Relation:
    kind: str
    target: str
    is_external: bool
    # The name of the part that it leads to, in lower letters.
    part: str


@dataclass(frozen=True)
class Package:
    """The main part's name and type, and whatever in the file is not a document."""

    main: str
    main_type: str
    has_macros: bool
    # The kinds of the relations by which a program would fetch something from elsewhere.
    fetches: tuple[str, ...]
    # The parts of XML by their names, and the type of each.
    parts: dict[str, str]
    # The parts that are files of their own.
    embedded: tuple[str, ...]


def read(archive: ZipFile) -> Package:
    """Raises PackageError, and what zipfile raises on a damaged archive."""
    names = {name.lower(): name for name in archive.namelist()}
    if len(names) != len(archive.namelist()):
        raise PackageError("Two parts have one name.")
    defaults, overrides = _types(archive, names)
    relations = [each for name in names.values() for each in _relations(archive, name)]
    main = _main(archive, names)
    acting = {each.part for each in relations if each.kind in ACTING}
    embedded = {each.part for each in relations if each.kind in EMBEDDED}

    def type_of(name: str) -> str:
        return overrides.get(name) or defaults.get(posixpath.splitext(name)[1].lstrip("."), "")

    return Package(
        main=names[main],
        main_type=type_of(main),
        has_macros=any(
            mark in said
            for said in (
                *defaults.values(),
                *overrides.values(),
                *(each.kind for each in relations),
                *(name.rpartition("/")[2] for name in names),
            )
            for mark in MACROS
        ),
        fetches=tuple(
            sorted(
                {each.kind for each in relations if each.is_external} - OUTWARD
                | {FOREIGN for each in relations if each.kind == FOREIGN}
            )
        ),
        parts={
            whole: said
            for name, whole in names.items()
            if (said := type_of(name)).endswith(("+xml", "/xml")) or name in acting
        },
        embedded=tuple(sorted(names[name] for name in embedded & names.keys())),
    )


def _types(archive: ZipFile, names: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The content types by ending and by part, both in lower letters."""
    defaults, overrides = {}, {}
    for element in _parsed(archive, names.get(TYPES.lower(), TYPES)):
        kind, said = etree.QName(element).localname, element.get("ContentType", "").lower()
        if kind == "Default":
            defaults[element.get("Extension", "").lower()] = said
        elif kind == "Override":
            overrides[element.get("PartName", "").lower().lstrip("/")] = said
    return defaults, overrides


def _main(archive: ZipFile, names: dict[str, str]) -> str:
    """The one part that the package's own relations call the document, in lower letters."""
    found = {
        each.part
        for each in _relations(archive, names.get("_rels/.rels", ""))
        if each.kind == "officedocument"
    }
    if len(found) != 1 or not found <= names.keys():
        raise PackageError("The package has no document.")
    return found.pop()


def _relations(archive: ZipFile, name: str) -> Iterator[Relation]:
    if not name.lower().endswith(".rels"):
        return
    # Relations of `xl/workbook.xml` are in `xl/_rels/workbook.xml.rels`; those of all, in `_rels`.
    folder = posixpath.dirname(posixpath.dirname(name.lower()))
    for element in _parsed(archive, name):
        yield Relation(
            kind=element.get("Type", "").rstrip("/").rpartition("/")[2].lower(),
            target=element.get("Target", ""),
            is_external=element.get("TargetMode", "").strip().lower() == "external"
            or bool(ABROAD.match(element.get("Target", ""))),
            part=_part(folder, element.get("Target", "").lower()),
        )


def _part(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _parsed(archive: ZipFile, name: str) -> list[etree._Element]:
    try:
        with archive.open(name) as part:
            text = part.read(LARGEST_INDEX + 1)
    except KeyError:
        raise PackageError(f"{name} is missing.") from None
    if len(text) > LARGEST_INDEX:
        raise PackageError(f"{name} is too large.")
    root = _as_xml(etree.XMLParser(resolve_entities=False, no_network=True), text)
    return [each for each in root if isinstance(each.tag, str)]


def _as_xml(parser: etree.XMLParser, text: bytes) -> etree._Element:
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise PackageError("A part is no XML.") from error
    if root.getroottree().docinfo.doctype:
        raise PackageError("A part declares entities of its own.")
    return root
