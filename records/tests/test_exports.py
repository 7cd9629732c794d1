"""The export: everything or nothing, to be verified by anybody, and a line in the ledger of it."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records import anchors, exports, ledger, verify
from records.models import LedgerEntry
from records.services import ledger as services
from records.tests.ledgers import AT, TABLE, note, tamper

pytestmark = pytest.mark.django_db

FILES = ["anchors.jsonl", "ledger.jsonl", "verify.py"]


def export(folder: Path, *args: str) -> str:
    out = io.StringIO()
    call_command("export_ledger", str(folder), *args, stdout=out)
    return out.getvalue()


def test_export_holds_every_entry(secretary: User, tmp_path: Path) -> None:
    note(secretary, number=1)
    services.anchor(at=AT)
    note(secretary, number=2, by=secretary)
    head = ledger.head()
    said = export(tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    lines = (tmp_path / "out" / "ledger.jsonl").read_text().splitlines()
    entry = LedgerEntry.objects.get(pk=2)
    assert json.loads(lines[1]) == {
        "action": "person.noted",
        "actor": entry.actor,
        "at": "2026-08-04T12:00:00.000007Z",
        "facts": {"number": 2},
        "hash": entry.hash,
        "previous_hash": entry.previous_hash,
        "sequence": 2,
        "subject": f"accounts.User:{secretary.pk}",
    }
    kept = (tmp_path / "out" / "anchors.jsonl").read_text().splitlines()
    assert [json.loads(line)["sequence"] for line in kept] == [1, 2]
    assert f"verify.py --anchor 2:{head.hash}" in said
    assert verify.main([str(tmp_path / "out"), "--anchor", f"2:{head.hash}"]) == 0


def test_export_leaves_a_line(secretary: User, tmp_path: Path) -> None:
    note(secretary)
    export(tmp_path / "one")
    export(tmp_path / "two", "--by", secretary.email)

    theirs, mine = LedgerEntry.objects.filter(action="ledger.exported")
    assert (theirs.actor, theirs.facts) == ("operator", {"entries": 1})
    assert (mine.actor.split()[0], mine.facts) == (f"user:{secretary.pk}", {"entries": 2})


def test_nobody_unknown_exports(secretary: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nobody with an open account"):
        export(tmp_path / "out", "--by", "nobody@example.com")


def test_empty_ledger_is_exported(db: None, tmp_path: Path) -> None:
    export(tmp_path / "out")

    assert (tmp_path / "out" / "ledger.jsonl").read_bytes() == b""
    assert verify.main([str(tmp_path / "out")]) == 0


def test_empty_folder_is_filled_and_another_refused(secretary: User, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    export(tmp_path / "empty")
    for taken in (tmp_path / "empty", tmp_path / "empty" / "verify.py"):
        with pytest.raises(CommandError, match="is not empty"):
            export(taken)


def test_nothing_is_left_of_an_export_that_failed(
    secretary: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(secretary)
    monkeypatch.setattr(exports, "VERIFIER", tmp_path / "not there")
    with pytest.raises(CommandError):
        export(tmp_path / "out")

    assert list(tmp_path.iterdir()) == []
    assert not LedgerEntry.objects.filter(action="ledger.exported").exists()


def test_export_is_its_owners_alone(secretary: User, tmp_path: Path) -> None:
    export(tmp_path / "out")

    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET facts = '[1, 2' WHERE sequence = 2",
        f"UPDATE {TABLE} SET at = 'yesterday' WHERE sequence = 2",
        f"UPDATE {TABLE} SET facts = '\"é\"' WHERE sequence = 2",
    ],
)
def test_what_cannot_be_read_is_exported_and_named(
    secretary: User, tmp_path: Path, statement: str, request: pytest.FixtureRequest
) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stores no such value")
    for _ in range(3):
        note(secretary)
    services.anchor(at=AT)
    tamper("PRAGMA ignore_check_constraints = 1", statement, "PRAGMA ignore_check_constraints = 0")
    (tmp_path / "out").mkdir()
    exports.write(tmp_path / "out", AT)

    outcome = verify.verify(tmp_path / "out" / "ledger.jsonl", [])
    assert outcome.fault == (2, "changed", None)


def test_ledger_that_takes_no_line_is_exported(secretary: User, tmp_path: Path) -> None:
    """Its second entry was given a number after the last: whatever is appended would follow it."""
    for _ in range(3):
        note(secretary)
    tamper(f"UPDATE {TABLE} SET sequence = 7 WHERE sequence = 2")
    export(tmp_path / "out")

    assert verify.main([str(tmp_path / "out")]) == 1


def test_secretary_is_offered_the_export(secretary: User) -> None:
    note(secretary)
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")
    page = client.get(reverse("ledger")).content.decode()
    assert "Export activity log" in page


def test_archive_holds_the_same(secretary: User, tmp_path: Path) -> None:
    note(secretary)
    with (
        services.export_archive(by=secretary, at=AT) as archive,
        zipfile.ZipFile(archive) as packed,
    ):
        assert sorted(packed.namelist()) == [f"ledger/{name}" for name in FILES]
        packed.extractall(tmp_path)

    assert verify.main([str(tmp_path / "ledger")]) == 0
    assert anchors.NAME in FILES
    assert LedgerEntry.objects.last().action == "ledger.exported"
