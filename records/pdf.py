"""PDFs from HTML: tagged (PDF/UA-1), with title, language and bookmarks.

What comes out depends on the arguments and the portal's own static files alone, and on no clock:
an issued report rendered again from its stored data gives the same bytes. Nothing is ever fetched
over the network or from elsewhere on the disk.
"""

from __future__ import annotations

import gc
import threading
from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.utils.translation import gettext as _

from records.chain import instant
from records.unbroken import unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

VARIANT = "pdf/ua-1"
# A name that leads nowhere: style sheets and images are looked up by their path behind it.
ORIGIN = "https://static.invalid"
TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}

_one_at_a_time = threading.Lock()


class PdfUnavailable(RuntimeError):  # noqa: N818 - a state of the machine, told in a sentence
    """The machine lacks the library that lays out PDFs."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This server cannot make PDFs, because the Pango library is not installed. "
                "Print the page instead."
            )
        )


@cache
def is_available() -> bool:
    """Whether PDFs can be made here. WeasyPrint raises OSError without Pango."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def render(html: str, *, created: datetime | None = None) -> bytes:
    """The HTML as a PDF. Raises PdfUnavailable, or ValueError for HTML that makes no good one.

    The HTML needs a <title> and a language. It may use static files by their usual address or
    relative to the static root ("css/document.css"). Its links are absolute or within the document.
    `created` is what the file says about itself; without it, it says nothing.
    """
    if not is_available():
        raise PdfUnavailable
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    with _undisturbed():
        try:
            document = HTML(string=unbroken(html), base_url=_root(), url_fetcher=_fetcher()).render(
                font_config=_fonts()
            )
        except FatalURLFetchingError as error:
            raise ValueError(str(error)) from None
        _examine(document)
        if created:
            document.metadata.created = document.metadata.modified = instant(created)
        return bytes(document.write_pdf(pdf_variant=VARIANT, finisher=_give_headers_their_scope))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """One rendering at a time and no garbage collection meanwhile, which saves a fifth."""
    with _one_at_a_time:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_on:
                gc.enable()


def _examine(document: Any) -> None:
    """PDF/UA needs a title and a language; a link into the static files would lead nowhere."""
    if not (document.metadata.title and document.metadata.lang):
        raise ValueError("A PDF needs a <title> and a language: <html lang=…>.")
    for page in document.pages:
        for kind, target, *_rest in page.links:
            if kind == "external" and target.startswith(ORIGIN):
                raise ValueError(f"A link in a PDF is absolute: {target.removeprefix(ORIGIN)}")


@cache
def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):  # type: ignore[misc]
        """Answers with our static files; every other address is refused and left out."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = _static_name(url)
            path = _static_path(name)
            if path is None:
                raise FatalURLFetchingError(f"There is no static file {name}.")
            kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFiles()


def _fonts() -> Any:
    """The typefaces, registered once per process: what Fontconfig keeps of each registration is
    never freed. Where their files were cleaned away from the temporary folder, they are registered
    again."""
    found = _registered()
    folder = found._folder
    if folder is not None and len(list(folder.glob("*"))) < found.files:
        _registered.cache_clear()
        found = _registered()
    return found


@cache
def _registered() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    class Typefaces(FontConfiguration):  # type: ignore[misc]
        files = 0

        def add_font_face(self, *args: Any) -> Any:
            found = super().add_font_face(*args)
            self.files = len(list(self._folder.glob("*")))
            return found

    return Typefaces()


def _root() -> str:
    return urljoin(ORIGIN, str(settings.STATIC_URL))


def _static_name(url: str) -> str:
    """`https://static.invalid/static/css/a.css` is css/a.css. Raises ValueError for others."""
    name = unquote(url.partition("#")[0].partition("?")[0].removeprefix(_root()))
    if not url.startswith(_root()):
        raise ValueError(f"A PDF takes static files of the portal only, not {url}")
    return name


def _static_path(name: str) -> Path | None:
    """Where the file lies, also when the address carries the hash that browsers' caches need."""
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    names = {with_hash: plain for plain, with_hash in hashed.items()}
    try:
        found = finders.find(names.get(name, name))
    except SuspiciousFileOperation:
        return None
    return Path(found) if isinstance(found, str) else None


def _give_headers_their_scope(document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads its row or its column (ISO 14289-1, 7.5).

    WeasyPrint notes for each data cell which headers it has; a header that one in its own row
    refers to heads the row.
    """
    cells = [each for each in pdf.objects if isinstance(each, dict) and "S" in each]
    headers_in_row: defaultdict[bytes, set[str]] = defaultdict(set)
    for cell in cells:
        if cell["S"] == "/TD" and "A" in cell:
            headers = cell["A"].get("Headers", ())
            headers_in_row[cell["P"]].update(header.string for header in headers)
    for cell in cells:
        if cell["S"] == "/TH" and "A" in cell:
            is_of_row = "ID" in cell and cell["ID"].string in headers_in_row[cell["P"]]
            cell["A"]["Scope"] = "/Row" if is_of_row else "/Column"
