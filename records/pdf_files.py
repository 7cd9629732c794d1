"""What a PDF is made of, read within limits: how many pages it has, and whether it acts when opened."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

# What of a PDF's own structure may unpack to, how often it may be packed, and how long a list in it
# may be: the parser takes seconds for a million entries.
LARGEST_STRUCTURE = 64 * 1024 * 1024
MOST_PACKINGS = 4
LONGEST_LIST = 100_000
MOST_PAGES = 10_000
MOST_OBJECTS = 500_000
DEEPEST_PAGES = 50
# Actions that start a program or take in data, wherever they stand (ISO 32000-2, 12.6.4).
STARTS = re.compile(rb"/S\s*/(?:Launch|ImportData)\b")
# A string as qpdf writes it: what it says is no structure.
STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
# The triggers by which an annotation acts once its page is shown.
SHOWN = ("/PO", "/PV", "/PC", "/PI")


class PdfUnreadableError(ValueError):
    """The file is no PDF that can be read, or has no page."""


class PdfLockedError(ValueError):
    """The PDF needs a password."""


class PdfTooLongError(ValueError):
    """The PDF has more pages or objects than a document of any use."""


@dataclass(frozen=True)
class Contents:
    starts_something: bool
    # The files attached to it.
    attached: tuple[bytes, ...]


@cache
def library() -> ModuleType:
    """pikepdf, told once how much it may unpack and read: a small PDF can name gigabytes."""
    import pikepdf
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(
        flate_max_memory=LARGEST_STRUCTURE,
        png_max_memory=LARGEST_STRUCTURE,
        tiff_max_memory=LARGEST_STRUCTURE,
        run_length_max_memory=LARGEST_STRUCTURE,
        max_stream_filters=MOST_PACKINGS,
        parser_max_container_size=LONGEST_LIST,
    )
    return pikepdf


def read(content: bytes) -> Contents:
    """Raises PdfUnreadableError, PdfLockedError or PdfTooLongError."""
    pikepdf = library()
    try:
        # Pages are not told what they inherit: that alone walks the whole tree, however large.
        with pikepdf.open(
            io.BytesIO(content), attempt_recovery=False, inherit_page_attributes=False
        ) as pdf:
            return _contents(pdf)
    except pikepdf.PasswordError:
        raise PdfLockedError from None
    except PdfTooLongError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError):
        raise PdfUnreadableError from None


def _contents(pdf: Any) -> Contents:
    pages = list(_pages(pdf.Root.Pages, 0, [MOST_PAGES]))
    if not pages:
        raise PdfUnreadableError
    if len(pdf.objects) > MOST_OBJECTS:
        raise PdfTooLongError
    return Contents(
        starts_something=_opens_with_a_script(pdf.Root, pages)
        or any(STARTS.search(_structure(each)) for each in pdf.objects),
        attached=tuple(each.get_file().read_bytes() for each in pdf.attachments.values()),
    )


def _pages(node: Any, depth: int, left: list[int]) -> Iterator[Any]:
    """The pages below a node of the tree. Every node counts: a tree may have no page at all."""
    for kid in node.get("/Kids", ()):
        left[0] -= 1
        if left[0] < 0 or depth > DEEPEST_PAGES:
            raise PdfTooLongError
        if _is_dictionary(kid):
            if "/Kids" in kid:
                yield from _pages(kid, depth + 1, left)
            else:
                yield kid


def _opens_with_a_script(root: Any, pages: list[Any]) -> bool:
    """Whether a script runs without a click. Those of form fields, which calculate, do not."""
    names = root.get("/Names")
    if _is_dictionary(names) and "/JavaScript" in names:
        return True
    return _is_script(root.get("/OpenAction")) or any(
        map(_is_script, (*_triggered(root), *(act for page in pages for act in _of_page(page))))
    )


def _of_page(page: Any) -> Iterator[Any]:
    yield from _triggered(page)
    found = page.get("/Annots")
    for mark in found if isinstance(found, library().Array) else ():
        if _is_dictionary(mark) and _is_dictionary(mark.get("/AA")):
            yield from (mark.AA.get(trigger) for trigger in SHOWN)


def _triggered(owner: Any) -> Iterator[Any]:
    triggers = owner.get("/AA")
    if _is_dictionary(triggers):
        yield from (each for _name, each in triggers.items())


def _is_script(action: Any, depth: int = 0) -> bool:
    if isinstance(action, library().Array):
        return any(_is_script(each, depth) for each in action)
    if not _is_dictionary(action) or depth > DEEPEST_PAGES:
        return False
    return "/JS" in action or _is_script(action.get("/Next"), depth + 1)


def _structure(found: Any) -> bytes:
    pikepdf = library()
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    return (
        STRING.sub(b"()", found.unparse(resolved=True))
        if isinstance(found, pikepdf.Object)
        else b""
    )


def _is_dictionary(found: Any) -> bool:
    return isinstance(found, library().Dictionary)
