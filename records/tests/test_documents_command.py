"""manage.py documents: files compared with the record, and the register of kinds."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from records.documents import DRAFT
from records.enums import Office
from records.services import documents
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


def file() -> Any:
    return documents.file(
        kind=DRAFT.name, title="A", content=b"A.", file_name="a.txt", by=Office.OPERATOR, at=AT
    )


def test_all_is_well() -> None:
    file()
    assert printed() == "All 1 files are what was filed.\n"


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
    document = file()
    sha256 = document.sha256
    document.delete()
    assert f"{sha256} belongs to no document." in printed()
    assert stored() == {sha256}


def test_register_stands_in_the_documents() -> None:
    text = (Path(django_settings.BASE_DIR) / "docs" / "documents.md").read_text()
    assert printed("--kinds").strip() in text, (
        "docs/documents.md is out of date: put the output of `manage.py documents --kinds` there."
    )
