"""The package of a Word document, so that it opens: Strict Open XML, links that lead nowhere."""

import posixpath
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*?/>")
TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']*)[\"']")
EXTERNAL = re.compile(rb"\bTargetMode\s*=\s*[\"']External[\"']")


def repaired(data: bytes) -> bytes:
    """The same package in the namespaces that are read here, without links to missing parts.

    Word opens both; the library that reads the document does not. The sizes were checked before.
    """
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        parts = {name: archive.read(name) for name in names if not name.endswith("/")}
    mended = {name: _mended(name, part, names) for name, part in parts.items()}
    if mended == parts:
        return data
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in mended.items():
            archive.writestr(name, part)
    return written.getvalue()


def _mended(name: str, part: bytes, names: set[str]) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return part
    part = STRICT.sub(TRANSITIONAL, part)
    if not name.endswith(".rels"):
        return part
    return RELATIONSHIP.sub(
        lambda found: found.group() if _leads_somewhere(name, found.group(), names) else b"", part
    )


def _leads_somewhere(name: str, relationship: bytes, names: set[str]) -> bool:
    target = TARGET.search(relationship)
    if target is None or EXTERNAL.search(relationship):
        return True
    source = posixpath.dirname(posixpath.dirname(name))  # word/_rels/document.xml.rels: word
    path = target[1].decode("utf-8", "replace").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", source, path)).lstrip("/") in names
