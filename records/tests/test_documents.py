"""Documents: filed once and permanently, seen by those whom the kind's owner lets see them."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records import ledger, store
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import SystemActor
from records.filetypes import DocumentRefused, FileType
from records.models import Document, LedgerEntry
from records.services import documents
from records.tests.test_filetypes import GOOD, pdf

pytestmark = pytest.mark.django_db

AT = datetime(2026, 8, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return tmp_path / "documents"


@pytest.fixture(autouse=True)
def _kinds_of_documents() -> Iterator[None]:
    DOCUMENT_KINDS.add(DocumentKind("tests.own_letter", "Letter", lambda user: Q(filed_by=user)))
    DOCUMENT_KINDS.add(DocumentKind("tests.open_paper", "Paper", lambda user: True))
    DOCUMENT_KINDS.add(DocumentKind("tests.closed_paper", "Paper", lambda user: False))
    yield
    for name in ("tests.own_letter", "tests.open_paper", "tests.closed_paper"):
        DOCUMENT_KINDS.remove(name)


def filed(kind: str = "tests.open_paper", **fields: object) -> Document:
    given: dict[str, object] = {
        "title": "Letter of the auditor",
        "content": pdf(deterministic_id=True),
        "file_name": "letter.pdf",
        "by": SystemActor.OPERATOR,
        "at": AT,
    }
    return documents.file(kind=kind, **(given | fields))  # type: ignore[arg-type]


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def get(person: User, document: Document, query: str = "") -> Any:
    client = Client()
    client.force_login(person, backend="accounts.backends.RoleBackend")
    return client.get(document.get_absolute_url() + query)


def read(response: Any) -> bytes:
    return b"".join(response.streaming_content)


# Filing


def test_document_is_filed_with_its_line_in_the_ledger(secretary: User, folder: Path) -> None:
    document = filed(by=secretary, title="  Letter \u202eof\u2069\nthe auditor ")

    assert (document.title, document.file_name) == ("Letter of the auditor", "letter.pdf")
    assert (document.content_type, document.filed_by) == ("application/pdf", secretary)
    entry = LedgerEntry.objects.get()
    assert (entry.action, entry.subject) == ("document.filed", f"records.Document:{document.pk}")
    assert entry.facts == {
        "kind": "tests.open_paper",
        "type": "application/pdf",
        "size": document.size,
        "content": str(ledger.digest(document.sha256, document.salt)),
        "title": str(ledger.digest(f"title:{document.title}", document.salt)),
        "file_name": str(ledger.digest(f"file_name:{document.file_name}", document.salt)),
    }
    assert [path.name for path in stored(folder)] == [document.sha256]
    assert stored(folder)[0].stat().st_mode & 0o077 == 0


def test_same_content_lies_on_the_disk_once(folder: Path) -> None:
    one, other = filed(), filed(title="A copy", content=io.BytesIO(pdf(deterministic_id=True)))

    assert one.pk != other.pk
    assert one.sha256 == other.sha256
    assert len(stored(folder)) == 1


def test_filing_again_puts_a_damaged_file_right(folder: Path) -> None:
    document = filed()
    stored(folder)[0].write_bytes(b"damaged")
    with pytest.raises(store.BytesLostError):
        store.fetch(document.sha256)
    filed()

    store.fetch(document.sha256).close()


def test_refused_file_leaves_nothing(folder: Path) -> None:
    with pytest.raises(DocumentRefused, match=r"ends in \.docx"):
        filed(file_name="letter.docx")

    assert not Document.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert not folder.exists()


def test_document_that_is_not_filed_in_the_end_does_no_harm(folder: Path) -> None:
    with pytest.raises(ValidationError):
        filed(title="x" * 201)
    assert not Document.objects.exists()

    document = filed()
    assert len(stored(folder)) == 1
    store.fetch(document.sha256).close()


def test_kind_that_no_app_knows_is_refused() -> None:
    with pytest.raises(LookupError, match="no app has registered"):
        filed(kind="poster")


# Versions


def test_later_version_follows_the_earlier_one(secretary: User) -> None:
    first = filed()
    second = filed(by=secretary, content=b"Corrected.", file_name="a.txt", supersedes=first)
    third = filed(content=b"Again.", file_name="a.txt", supersedes=second)

    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert {one.series for one in (first, second, third)} == {first.series}
    assert Document.objects.newest().get() == third
    assert Document.objects.get(pk=first.pk).later == second
    facts = LedgerEntry.objects.get(subject=f"records.Document:{second.pk}").facts
    assert (facts["version"], facts["supersedes"]) == (2, f"records.Document:{first.pk}")


def test_earlier_version_stays_open_to_whom_it_was(outsider: User) -> None:
    first = filed()
    filed("tests.closed_paper")
    filed(content=b"Corrected.", file_name="a.txt", supersedes=first)

    assert first in Document.objects.visible_to(outsider)
    assert read(get(outsider, first)) == pdf(deterministic_id=True)


def test_version_gets_one_successor() -> None:
    first = filed()
    filed(content=b"Corrected.", file_name="a.txt", supersedes=first)
    with pytest.raises(ValidationError, match="A later version was already filed"):
        filed(content=b"Corrected too.", file_name="a.txt", supersedes=first)
    with pytest.raises(ValueError, match="no later version"):
        filed("tests.own_letter", supersedes=first)

    assert Document.objects.count() == 2


def test_version_is_refused_by_the_database_too() -> None:
    first, other = filed(), filed()
    second = filed(content=b"Corrected.", file_name="a.txt", supersedes=first)
    for wrong in (
        {"version": 2},
        {"version": 2, "supersedes": first},
        {"version": 2, "supersedes": other.pk},
        {"series": second.series},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=other.pk).update(**wrong)


# Seeing


def test_owner_of_the_kind_decides(secretary: User, outsider: User) -> None:
    own, opened, closed = (
        filed("tests.own_letter", by=secretary),
        filed("tests.open_paper"),
        filed("tests.closed_paper"),
    )

    assert set(Document.objects.visible_to(secretary)) == {own, opened}
    assert set(Document.objects.visible_to(outsider)) == {opened}
    assert closed not in Document.objects.visible_to(secretary)


def test_kind_that_lost_its_owner_is_seen_by_nobody(secretary: User) -> None:
    DOCUMENT_KINDS.add(DocumentKind("tests.orphan", "Orphan", lambda user: True))
    filed("tests.orphan")
    DOCUMENT_KINDS.remove("tests.orphan")

    assert not Document.objects.visible_to(secretary).exists()


def test_nobody_sees_without_an_open_account(secretary: User) -> None:
    filed()
    secretary.is_active = False

    assert not Document.objects.visible_to(secretary).exists()
    assert not Document.objects.visible_to(AnonymousUser()).exists()


def test_kind_is_registered_once_and_named_like_a_word() -> None:
    with pytest.raises(ValueError, match="registered already"):
        DOCUMENT_KINDS.add(DocumentKind("tests.open_paper", "Paper", lambda user: True))
    with pytest.raises(ValueError, match="no name"):
        DOCUMENT_KINDS.add(DocumentKind("tests.open paper", "Paper", lambda user: True))


# Serving


def test_document_is_a_download_in_a_sandbox(outsider: User) -> None:
    document = filed(file_name="Prüfung.pdf")
    response = get(outsider, document)

    assert read(response) == pdf(deterministic_id=True)
    assert response.status_code == 200
    headers = {name: response[name] for name in HEADERS}
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Pr%C3%BCfung.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "X-Frame-Options",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "Cache-Control",
)


def test_pdf_may_be_shown_in_the_browser(outsider: User) -> None:
    response = get(outsider, filed(), "?inline")
    assert read(response) == pdf(deterministic_id=True)

    assert {name: response[name] for name in HEADERS} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="letter.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


@pytest.mark.parametrize(("content", "name", "found"), GOOD)
def test_only_what_was_read_as_a_pdf_is_shown_in_the_browser(
    outsider: User, content: bytes, name: str, found: FileType
) -> None:
    """The type is the one found in the content when it was filed, whatever is asked for."""
    document = filed(content=content, file_name=name)
    for query in ("", "?inline", "?inline=1&inline=0"):
        response = get(outsider, document, query)
        assert read(response) == content
        is_inline = found is FileType.PDF and bool(query)
        assert response["Content-Type"].partition(";")[0] == found
        assert response["Content-Disposition"].startswith("inline" if is_inline else "attachment")
        assert ("sandbox" in response["Content-Security-Policy"]) is not is_inline
        assert response["X-Content-Type-Options"] == "nosniff"


def test_asking_for_the_headers_alone_gives_the_same(outsider: User) -> None:
    document, client = filed(), Client()
    client.force_login(outsider, backend="accounts.backends.RoleBackend")
    asked, answered = (
        client.get(document.get_absolute_url()),
        client.head(document.get_absolute_url()),
    )
    read(asked), read(answered)
    assert {name: answered[name] for name in HEADERS} == {name: asked[name] for name in HEADERS}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", 'a".txt\r\nSet-Cookie: x=1', "CON", "\u202etxt.exe"]
)
def test_no_name_reaches_beyond_its_header(outsider: User, name: str) -> None:
    response = get(outsider, filed(content=b"A text.", file_name=name + ".txt"))
    read(response)
    assert "Set-Cookie" not in response.headers
    said = response["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert not set(said) & {"/", "\r", "\n", "\u202e"}


def test_text_is_sent_with_its_encoding(outsider: User) -> None:
    response = get(outsider, filed(content="grüße".encode(), file_name="a.txt"))

    assert read(response) == "grüße".encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_unseen_and_unknown_documents_are_not_found(secretary: User, outsider: User) -> None:
    unseen = filed("tests.own_letter", by=secretary)
    unknown = Document(pk="00000000-0000-4000-8000-000000000000")

    assert get(outsider, unseen).status_code == 404
    assert get(outsider, unknown).status_code == 404


def test_documents_ask_for_sign_in() -> None:
    response = Client().get(filed().get_absolute_url())

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("is_missing", [True, False])
def test_damaged_file_is_not_handed_out(outsider: User, folder: Path, is_missing: bool) -> None:
    document = filed()
    path = stored(folder)[0]
    if is_missing:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    response = get(outsider, document)

    assert response.status_code == 500
    assert "The file cannot be shown" in response.content.decode()
    assert document.sha256 in response.content.decode()


def test_reading_leaves_no_trace(outsider: User) -> None:
    document = filed()
    before = LedgerEntry.objects.count()
    read(get(outsider, document))

    assert LedgerEntry.objects.count() == before
