"""manage.py documents: files compared with the record, and the register of kinds."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from records import ledger, store
from records.documents import DRAFT
from records.enums import SystemActor
from records.filetypes import FileType
from records.models import Document, LedgerEntry
from records.services import deletions, documents
from records.tests import ledgers
from records.tests.filing import AT, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return tmp_path / "documents"


def printed(*words: str) -> str:
    out = StringIO()
    call_command("documents", *words, stdout=out)
    return out.getvalue()


def file(content: bytes = b"A.") -> Any:
    by = SystemActor.OPERATOR
    return documents.file(
        kind=DRAFT.name, title="A", content=content, file_name="a.txt", by=by, at=AT
    )


def test_all_is_well() -> None:
    file()
    assert printed() == "Files as filed: 1. The texts of all records are as recorded.\n"


@pytest.mark.parametrize("is_missing", [True, False])
def test_lost_file_is_named(folder: Path, is_missing: bool) -> None:
    document = file()
    path = next(path for path in folder.rglob("*") if path.is_file())
    path.unlink() if is_missing else path.write_bytes(b"B.")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("documents", stdout=out)
    assert ended.value.code == 1
    assert f"Document {document.pk}" in out.getvalue()


def test_file_of_no_document_is_named(folder: Path) -> None:
    sha256 = store.keep(b"Nobody's.")
    assert f"{sha256} belongs to no document." in printed()
    assert stored() == {sha256}


def exchanged(one: Document, other: Document) -> None:
    """As somebody who writes the database does it: another's content, as if it had been filed."""
    Document.objects.filter(pk=one.pk).update(sha256=other.sha256)


def with_its_salt(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).update(sha256=other.sha256, salt=other.salt)


def emptied(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).update(
        sha256="", salt="", title="", file_name="", deleted_at=AT, deleted_because="draft"
    )


def removed(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).delete()


def retitled(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).update(title="Another title")


def renamed(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).update(file_name="another.txt")


def of_another_type(one: Document, other: Document) -> None:
    Document.objects.filter(pk=one.pk).update(content_type=FileType.PDF)


@pytest.mark.parametrize(
    "forgery", [exchanged, with_its_salt, emptied, removed, retitled, renamed, of_another_type]
)
def test_document_that_is_not_what_the_ledger_says_is_named_and_no_file_is_swept(
    forgery: Callable[[Document, Document], None], caplog: pytest.LogCaptureFixture
) -> None:
    filed, other = file(), file(content=b"Another.")
    label = f"records.Document:{filed.pk}"
    forgery(filed, other)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("documents", stdout=out)
    assert f"{label} is not what the ledger says was filed." in out.getvalue()

    deletions.by_night(at=AT)
    assert filed.sha256 in stored()
    # Where a row still names the file, there is none to remove.
    is_named = Document.objects.filter(sha256=filed.sha256).exists()
    assert (label in caplog.text) != is_named


def test_forged_entry_of_the_ledger_counts_for_nothing() -> None:
    filed, other = file(), file(content=b"Another.")
    exchanged(filed, other)
    entry = LedgerEntry.objects.get(subject=f"records.Document:{filed.pk}")
    facts = json.dumps(entry.facts | {"content": f"{ledger.digest(other.sha256, filed.salt)}"})
    ledgers.tamper(f"UPDATE {ledgers.TABLE} SET facts = '{facts}' WHERE sequence = {entry.pk}")
    with pytest.raises(SystemExit):
        printed()


@pytest.mark.parametrize("forgery", [exchanged, retitled, renamed, of_another_type])
def test_page_hands_out_nothing_else_than_was_filed(
    secretary: User,
    client_of: Callable[[User], Client],
    forgery: Callable[[Document, Document], None],
) -> None:
    filed, other = file(), file(content=b"Another.")
    Document.objects.update(filed_by=secretary)
    address = f"/documents/{filed.pk}/"
    response = client_of(secretary).get(address)
    assert response.getvalue()
    before = response.status_code
    forgery(filed, other)
    assert (before, client_of(secretary).get(address).status_code) == (200, 500)


def test_register_stands_in_the_documents() -> None:
    text = (Path(django_settings.BASE_DIR) / "docs" / "documents.md").read_text()
    assert printed("--kinds").strip() in text, (
        "docs/documents.md is out of date: put the output of `manage.py documents --kinds` there."
    )
