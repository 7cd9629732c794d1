"""The pages of documents: the list, what is known of one, filing a draft and a later version."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import SystemActor
from records.filetypes import LARGEST
from records.models import Document, LedgerEntry
from records.services import deletions
from records.tests.filing import A_MONTH_LATER, AT, filed, kinds_to_keep
from records.tests.test_filetypes import pdf

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "documents"
    with kinds_to_keep():
        yield tmp_path / "documents"


@pytest.fixture
def browser(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/documents/{query}")
    assert response.status_code == 200
    return [row.title for row in response.context["rows"]]


def upload(content: bytes = b"A plan.", name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# The list


def test_list_shows_what_the_reader_may_see(client_of: ClientOf, member: User) -> None:
    DOCUMENT_KINDS.add(DocumentKind("tests.closed", "Closed", lambda user: False))
    filed("letter", title="Letter of the auditor")
    filed("closed", title="Secret")
    try:
        assert titles(client_of(member)) == ["Letter of the auditor"]
    finally:
        DOCUMENT_KINDS.remove("tests.closed")


def test_line_says_what_when_by_whom_and_how_long(browser: Client, secretary: User) -> None:
    filed("letter", title="Letter of the auditor", by=secretary)
    html = browser.get("/documents/").content.decode()
    for words in ("Letter of the auditor", "plain text", "Aug 4, 2026", "seven years"):
        assert words in html
    assert secretary.name in html


def test_list_is_filtered_by_kind_and_by_state(browser: Client) -> None:
    first = filed("letter", title="Letter")
    filed("letter", title="Corrected letter", content=b"Corrected.", supersedes=first)
    filed("minutes", title="Minutes")
    filed("note", title="Note")
    deletions.delete(by=SystemActor.OPERATOR, at=A_MONTH_LATER - timedelta(days=1))

    assert set(titles(browser)) == {"Corrected letter", "Minutes", "Note"}
    assert titles(browser, "?kind=tests.minutes") == ["Minutes"]
    assert titles(browser, "?show=earlier") == ["Letter"]
    assert titles(browser, "?show=earlier&kind=tests.minutes") == []
    deletions.delete(by=SystemActor.OPERATOR, at=A_MONTH_LATER)
    assert titles(browser, "?show=deleted") == ["a deleted document"] * 2
    # What nobody offers is no filter.
    assert len(titles(browser, "?kind=poster&show=everything")) == 2


def test_list_turns_its_pages_within_the_filter(browser: Client) -> None:
    for number in range(51):
        filed("letter", title=f"Letter {number}")
    html = browser.get("/documents/?kind=tests.letter").content.decode()
    assert "?kind=tests.letter&amp;page=2" in html
    assert len(titles(browser, "?kind=tests.letter&page=2")) == 1


def test_list_asks_as_often_for_many_documents_as_for_one(browser: Client, secretary: User) -> None:
    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            titles(browser, query)
        return len(captured)

    filed("letter", by=secretary)
    few = queries("")
    for number in range(100):
        first = filed("letter", content=f"{number}".encode(), by=secretary)
        filed("letter", content=f"{number}.".encode(), by=secretary, supersedes=first)
    # Only that there is a second page has to be found out.
    assert [queries("") - few, queries("?show=earlier") - few] == [0, 0]


# One document


def test_page_tells_what_is_known_of_a_document(browser: Client) -> None:
    paper = filed("letter", title="Letter of the auditor", content=pdf(), file_name="a.pdf")
    html = browser.get(paper.about_url).content.decode()
    for words in ("Letter of the auditor", "PDF document", "Seven years", paper.sha256):
        assert words in html
    assert f'href="{paper.get_absolute_url()}?inline"' in html


def test_versions_are_listed_newest_first_and_the_earlier_one_is_marked(
    client_of: ClientOf, member: User
) -> None:
    first = filed("letter")
    second = filed("letter", content=b"Corrected.", supersedes=first)
    page = client_of(member).get(first.about_url)

    versions = [(version.number, is_this) for version, is_this in page.context["versions"]]
    assert versions == [(2, False), (1, True)]
    assert "A later version replaced this one." in page.content.decode()
    assert f'href="{second.about_url}"' in page.content.decode()


def test_a_deleted_document_says_so_and_nothing_else(browser: Client) -> None:
    note = filed("note", title="The merger with Larch")
    deletions.delete(by=SystemActor.OPERATOR, at=A_MONTH_LATER)

    gone, about = browser.get(note.get_absolute_url()), browser.get(note.about_url)
    assert (gone.status_code, about.status_code) == (410, 200)
    for page in (gone, about):
        assert "merger" not in page.content.decode()
        assert note.sha256 not in page.content.decode()
        assert "Deleted on September 3, 2026: a draft." in page.content.decode()


def test_what_is_not_open_is_not_found(client_of: ClientOf, member: User) -> None:
    draft = filed("draft")
    for address in (draft.get_absolute_url(), draft.about_url):
        assert client_of(member).get(address).status_code == 404


# Filing


def test_a_draft_is_filed(browser: Client, secretary: User) -> None:
    page = browser.post("/documents/drafts/file/", {"title": "Plan", "file": upload()}, follow=True)

    draft = Document.objects.get()
    assert page.redirect_chain == [(draft.about_url, 302)]
    assert "“Plan” was filed." in page.content.decode()
    assert (draft.kind, draft.filed_by, draft.file_name) == ("records.draft", secretary, "plan.txt")


def test_a_later_version_is_filed(browser: Client) -> None:
    draft = filed("draft", title="Plan")
    address = f"/documents/{draft.pk}/supersede/"
    assert browser.get(address).context["form"].initial == {"title": "Plan"}
    browser.post(address, {"title": "Plan", "file": upload(b"A better plan.")})

    assert Document.objects.get(supersedes=draft).version == 2
    again = browser.post(address, {"title": "Plan", "file": upload(b"The best plan.")})
    assert "A later version was already filed." in again.content.decode()
    assert Document.objects.count() == 2


def test_only_drafts_are_superseded_here(browser: Client) -> None:
    letter = filed("letter")
    assert browser.get(f"/documents/{letter.pk}/supersede/").status_code == 404


def test_a_refused_file_says_why_beside_the_field_and_keeps_the_title(browser: Client) -> None:
    page = browser.post(
        "/documents/drafts/file/", {"title": "Plan", "file": upload(b"MZ\x00", "plan.exe")}
    )
    assert page.status_code == 200
    assert "The portal cannot read this type of file" in page.context["form"].errors["file"][0]
    assert page.context["form"]["title"].value() == "Plan"
    assert not Document.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "plan.txt", "empty"),
        (b"a" * (LARGEST + 1), "plan.txt", "larger than 50 MB"),
        (b"<html>", "plan.pdf", "ends in .pdf, but the file is a plain text"),
        (pdf()[:-30], "plan.pdf", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing(
    browser: Client, folder: Path, content: bytes, name: str, reason: str
) -> None:
    page = browser.post("/documents/drafts/file/", {"title": "Plan", "file": upload(content, name)})
    assert reason in page.context["form"].errors["file"][0]
    assert page.context["form"]["title"].value() == "Plan"
    assert not Document.objects.exists()
    assert not folder.exists()


def test_a_deleted_draft_is_not_superseded(browser: Client) -> None:
    """Its page does not offer it, and a form that was open meanwhile says why."""
    draft = filed("draft", at=AT)
    later = filed("draft", at=AT, content=b"More.", supersedes=draft)
    deletions.delete(by=SystemActor.OPERATOR, at=A_MONTH_LATER)
    later.delete()
    assert not browser.get(draft.about_url).context["may_supersede"]

    address = f"/documents/{draft.pk}/supersede/"
    page = browser.post(address, {"title": "Plan", "file": upload()})
    assert "This version was deleted in the meantime" in page.content.decode()
    assert not Document.objects.kept().exists()
