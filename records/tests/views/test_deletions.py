"""The pages of retention: what is kept how long, what is over, and whether it goes by night."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.models import DeletionPolicy, Document, LedgerEntry
from records.services import legal_holds
from records.tests.filing import AT, days_of_filing, filed, kinds_to_keep

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stage(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "documents"
    with kinds_to_keep(), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(client_of: Callable[..., Client], secretary: User) -> Client:
    return client_of(secretary)


def text(response: Any) -> str:
    return str(response.content.decode())


def seen(browser: Client) -> dict[str, str]:
    """What the button of the page sends."""
    return {"seen": browser.get("/documents/delete/").context["form"]["seen"].value()}


def test_register_lists_every_kind(browser: Client) -> None:
    rows = browser.get("/documents/retention/").context["rows"]
    listed = {str(row.label): str(row.kept) for row in rows}
    assert listed.keys() == {str(kind.label) for kind in DOCUMENT_KINDS}
    assert (listed["Minutes"], listed["Letter"]) == ("permanently", "seven years")
    assert listed["Note"] == "30 days, as a draft"


def test_preview_lists_what_goes_and_why_and_what_stays(browser: Client) -> None:
    first = filed("letter", title="Letter")
    filed("letter", title="Corrected letter", content=b"Corrected.", supersedes=first)
    filed("note", title="New note", at=NOW - timedelta(days=1))
    filed("minutes", title="Minutes")
    page = browser.get("/documents/delete/")

    over = [(one.title, one.because, one.goes_on) for one in page.context["over"]]
    assert over == [("Letter", "superseded by a later version", "Sep 3, 2026")]
    to_come = [(one.title, one.goes_on) for one in page.context["to_come"]]
    assert to_come == [("New note", "Oct 19, 2026"), ("Corrected letter", "Aug 4, 2033")]
    assert "Delete document" in text(page)


def test_what_was_read_is_deleted(browser: Client) -> None:
    filed("note", title="One"), filed("note", title="Two", content=b"Two.")
    page = browser.post("/documents/delete/", seen(browser), follow=True)

    assert "2 documents were deleted." in text(page)
    assert not Document.objects.kept().exists()
    assert LedgerEntry.objects.filter(action="document.deleted").count() == 2


def test_the_ledger_tells_of_it_by_number(browser: Client) -> None:
    note = filed("note", title="The merger with Larch")
    browser.post("/documents/delete/", seen(browser))
    told = text(browser.get("/ledger/"))
    assert "deleted the document" in told
    assert str(note.pk)[:8] in told
    assert "merger" not in told


def test_a_list_that_changed_meanwhile_is_shown_again(browser: Client) -> None:
    filed("note", title="One")
    read = seen(browser)
    filed("note", title="Two", content=b"Two.")
    page = browser.post("/documents/delete/", read)

    assert "The list has changed since you opened it." in text(page)
    assert "Delete 2 documents" in text(page)
    assert Document.objects.kept().count() == 2
    # The button of the page that now is there deletes both.
    browser.post("/documents/delete/", {"seen": page.context["form"]["seen"].value()})
    assert not Document.objects.kept().exists()


@pytest.mark.parametrize("forged", [{}, {"seen": ""}, {"seen": "x" * 100}, {"seen": "\x00"}])
def test_without_the_list_that_was_read_nothing_is_deleted(
    browser: Client, forged: dict[str, str]
) -> None:
    filed("note")
    page = browser.post("/documents/delete/", forged)
    assert page.status_code == 200
    assert Document.objects.kept().count() == 1


def test_sent_twice_it_deletes_once(browser: Client) -> None:
    filed("note")
    read = seen(browser)
    browser.post("/documents/delete/", read)
    page = browser.post("/documents/delete/", read)
    assert "The list has changed" in text(page)
    assert LedgerEntry.objects.filter(action="document.deleted").count() == 1


def test_under_a_hold_there_is_no_button_and_a_forged_one_is_refused(
    browser: Client, secretary: User
) -> None:
    filed("note", title="Note")
    read = seen(browser)
    legal_holds.place(reason="A letter of counsel.", by=secretary, at=NOW)
    page = browser.get("/documents/delete/")

    assert [one.title for one in page.context["over"]] == ["Note"]
    assert "Retention ended, under legal hold" in text(page)
    assert "Delete document" not in text(page)
    assert "A legal hold is open" in text(browser.post("/documents/delete/", read))
    assert Document.objects.kept().count() == 1


def test_closed_documents_are_neither_listed_nor_deleted(browser: Client) -> None:
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.closed",
            "Closed",
            lambda user: False,
            retention=DOCUMENT_KINDS.get("tests.note").retention,
            runs_from=days_of_filing,
        )
    )
    filed("closed", title="Larch merger", at=AT)
    try:
        assert "Larch merger" not in text(browser.get("/documents/delete/"))
        browser.post("/documents/delete/", seen(browser))
        assert Document.objects.kept().count() == 1
    finally:
        DOCUMENT_KINDS.remove("tests.closed")


def test_deleting_by_night_is_switched_on_and_off_in_two_steps(browser: Client) -> None:
    address = "/documents/retention/nightly/"
    assert "automatically, every night" in text(browser.get(address))
    assert not DeletionPolicy.objects.exists()
    browser.post(address, {"confirmed": "1"})
    assert DeletionPolicy.objects.get().is_nightly
    assert "Documents are deleted in the night after their retention period ends" in text(
        browser.get("/documents/retention/")
    )

    browser.post(address, {"confirmed": "1"})
    assert not DeletionPolicy.objects.get().is_nightly
