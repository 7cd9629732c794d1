"""PDFs: tagged, named, in a language; the same bytes for the same words; nothing from outside."""

import gc
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from records import pdf
from records.tests.rendering import CREATED, HTML

pytestmark = pytest.mark.pdf


@pytest.fixture(autouse=True)
def _drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere a run draws the same document once (`conftest.py`)."""
    monkeypatch.setattr(pdf, "render", pdf.render.__wrapped__)


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.render(HTML, created=CREATED)


@pytest.fixture
def document(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def page(body: str, head: str = "<title>t</title>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def elements(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{kind}"
    ]


def scopes(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return [str(cell.A.Scope) for cell in elements(document, "TH")]


def text(content: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_pdf_is_tagged_and_says_what_it_is(document: pikepdf.Pdf) -> None:
    assert document.Root.MarkInfo.Marked
    assert document.Root.Lang == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.docinfo["/Title"] == "Report to the Board"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Report to the Board"
    assert elements(document, "Table")
    assert [figure.Alt for figure in elements(document, "Figure")] == ["kept"]


def test_pdf_has_bookmarks(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        top = outline.root[0]
        assert top.title == "Report to the Board"
        assert [each.title for each in top.children] == ["Charter at a glance", "Next 90 days"]


def test_pdf_says_when_it_was_made_only_if_told(document: pikepdf.Pdf) -> None:
    assert document.docinfo["/CreationDate"] == "D:20260804120000Z"
    with pikepdf.open(io.BytesIO(pdf.render(HTML))) as silent:
        assert "/CreationDate" not in silent.docinfo


def test_header_cells_say_what_they_head(content: bytes) -> None:
    assert scopes(content) == ["/Column", "/Column", "/Row", "/Row"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><th>a<th>b<tr><td>1<td>2", ["/Column", "/Column"]),
        ("<tr><td><th>b<tr><th scope=row>r<td>2", ["/Column", "/Row"]),
        (
            "<tr><th rowspan=2 scope=row>r<th scope=row>s<td>1<tr><th scope=row>t<td>2",
            ["/Row", "/Row", "/Row"],
        ),
        ("<tr><th colspan=2>a<tr><td>1<td>2", ["/Column"]),
    ],
)
def test_headers_of_other_tables(rows: str, expected: list[str]) -> None:
    assert scopes(pdf.render(page(f"<table>{rows}</table>"))) == expected


def test_headers_repeated_on_every_page_keep_their_scope() -> None:
    rows = "<tr><th scope=row>r<td>2" * 200
    table = f"<table><thead><tr><th>a<th>b</thead><tbody>{rows}</table>"
    found = scopes(pdf.render(page(table)))

    assert found.count("/Row") == 200
    assert found.count("/Column") > 4
    assert len(found) == found.count("/Row") + found.count("/Column")


@pytest.mark.any_database
def test_bytes_depend_on_the_arguments_alone() -> None:
    """Two processes, two hash seeds, two clocks, two zones: one file."""

    def rendered(seed: str, now: str, zone: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "records.tests.rendering", now],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return run.stdout

    one = rendered("1", "2026-01-01T00:00:00+00:00", "UTC")
    other = rendered("2", "2031-12-31T23:59:59+00:00", "Asia/Tokyo")
    assert len(one) == 64
    assert one == other


def test_same_bytes_again_in_one_process(content: bytes) -> None:
    assert pdf.render(HTML, created=CREATED) == content
    assert pdf.render(HTML, created=datetime(2026, 8, 5, tzinfo=UTC)) != content


def test_same_bytes_after_other_documents_and_after_its_typefaces_were_cleaned_away(
    content: bytes,
) -> None:
    pdf.render(page("<p>another"))
    assert pdf.render(HTML, created=CREATED) == content
    before = pdf._fonts()
    next(before._folder.iterdir()).unlink()
    assert pdf.render(HTML, created=CREATED) == content
    assert pdf._fonts() is not before


def test_own_static_files_are_used(content: bytes) -> None:
    fonts = b"".join(bytes(str(name), "ascii") for name in font_names(content))
    assert b"Source" in fonts


def font_names(content: bytes) -> set[Any]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return {
            str(each.BaseFont)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }


def test_static_address_of_a_page_works_too() -> None:
    style = '<title>t</title><link rel="stylesheet" href="/static/css/document.css">'
    assert any("Source" in name for name in font_names(pdf.render(page("<p>text", style))))


def test_address_with_a_hash_leads_to_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = type("Storage", (), {"hashed_files": {"css/document.css": "css/document.1a2b.css"}})
    monkeypatch.setattr(pdf, "staticfiles_storage", storage)

    assert pdf._static_path("css/document.1a2b.css") == Path(str(finders.find("css/document.css")))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/spy.png",
        "http://127.0.0.1:1/spy.png",
        "file:///etc/hostname",
        "file:///etc/passwd.css",
        "ftp://example.com/a.png",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        "//example.com/spy.png",
        "/etc/passwd",
        "/static/../manage.py",
        "https://static.invalid@example.com/static/a.png",
        "https://static.invalid/other/a.png",
    ],
)
def test_nothing_else_is_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    body = f'<p>before</p><img alt="" src="{address}"><p>after</p>'
    style = f'<link rel="stylesheet" href="{address}"><style>@import "{address}";</style>'

    words = text(pdf.render(page(body, f"<title>t</title>{style}")))
    assert "before" in words
    assert "after" in words


@pytest.mark.parametrize("address", ["missing.css", "missing.py", "%2e%2e/%2e%2e/pyproject.toml"])
def test_missing_static_file_is_an_error(address: str) -> None:
    head = f'<title>t</title><link rel="stylesheet" href="/static/x/{address}">'
    with pytest.raises(ValueError, match="static file"):
        pdf.render(page("<p>text", head))


@pytest.mark.parametrize("html", [page("<p>text", head=""), "<title>t</title><p>text"])
def test_title_and_language_are_needed(html: str) -> None:
    with pytest.raises(ValueError, match="title"):
        pdf.render(html)


def test_link_that_would_lead_nowhere_is_an_error() -> None:
    with pytest.raises(ValueError, match="/charter/R-1g/"):
        pdf.render(page('<a href="/charter/R-1g/">R-1g</a>'))


def test_collector_runs_again_afterwards() -> None:
    pdf.render(page("<p>text"))
    assert gc.isenabled()
    with pytest.raises(ValueError, match="title"):
        pdf.render("<p>text")
    assert gc.isenabled()

    gc.disable()
    try:
        pdf.render(page("<p>text"))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_several_threads_render_at_once() -> None:
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(pdf.render(HTML, created=CREATED)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(results)) == 1
    assert len(results) == 3
    assert gc.isenabled()


def test_missing_library_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    with pytest.raises(pdf.PdfUnavailable, match="Pango library is not installed"):
        pdf.render(page("<p>text"))
