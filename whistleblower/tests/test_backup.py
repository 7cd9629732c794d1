"""A real backup in the two parts of docs/operations.md, restored into a fresh database."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from records import clock
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.models import Case, Slot
from whistleblower.services import deletions, nights, visits
from whistleblower.services import desk as desks
from whistleblower.tests.channels import NEXT, TEXT, TODAY, World, open_world
from whistleblower.tests.services.test_nights import LATER, approved

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# As the page on operations says it.
LONG = ["--format", "custom", f"--exclude-table-data={Slot._meta.db_table}"]
KEYS = ["--format", "custom", "--data-only", f"--table={Slot._meta.db_table}"]


@pytest.fixture(autouse=True)
def _stage(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ANCHOR_DIR = tmp_path / "anchors"
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world() -> World:
    deletions.begin_list()
    return open_world()


def address(name: str) -> str:
    """Of a database on the server of the tests."""
    at = connection.settings_dict
    who = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}"
    return f"postgresql://{who}@{at['HOST']}:{at['PORT'] or 5432}/{name}"


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(errors="replace")


def dumped(path: Path, options: list[str]) -> Path:
    run("pg_dump", *options, "--file", str(path), address(connection.settings_dict["NAME"]))
    return path


@contextmanager
def restored(*parts: Path) -> Iterator[None]:
    """The portal on a fresh database into which the parts were restored, one after the other."""
    before = connection.settings_dict["NAME"]
    name = f"{before}_restored"
    server = psycopg2.connect(address("postgres"))
    server.autocommit = True
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    try:
        server.cursor().execute(drop)
        server.cursor().execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        for part in parts:
            run("pg_restore", "--exit-on-error", "--dbname", address(name), str(part))
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        server.cursor().execute(drop)
        server.close()


def test_case_that_was_deleted_is_deleted_again_after_a_restore(
    world: World, tmp_path: Path
) -> None:
    gone, stays = approved(world), world.send(TEXT)
    pk = Case.objects.get(is_marked_for_deletion=True).pk
    other = Case.objects.exclude(pk=pk).get().pk
    parts = dumped(tmp_path / "long", LONG), dumped(tmp_path / "keys", KEYS)
    nights.run(at=LATER)
    deletions.settle()
    lost = world.send("Sent after the backup.", on=LATER.date())
    assert visits.find(gone) is None
    with restored(*parts):
        # The rows are there again, and open for nobody from the first request on.
        assert Case.objects.filter(pk=pk).exists()
        assert Slot.objects.filter(case=pk).exists()
        assert visits.find(gone) is None
        assert world.chair.desk(LATER).cases == {other}
        call_command("migrate", run_syncdb=True, verbosity=0)
        call_command("verify_ledger", verbosity=0)
        call_command("after_restore", "--from", f"{TODAY:%Y-%m-%d}")
        assert not Case.objects.filter(pk=pk).exists()
        assert not Slot.objects.filter(case=pk).exists()
        # The other opens as before; what was sent later is lost, and the page says so to everybody.
        found = visits.find(stays)
        assert found is not None
        assert found.opened.state.report["texts"]["what"] == TEXT
        opened = desks.open_case(world.chair.desk(LATER), other, at=LATER)
        assert opened is not None
        assert opened.state.report["texts"]["what"] == TEXT
        assert visits.find(lost) is None
        page = Client().get("/concerns/en/return/").content.decode()
        assert "What was sent between November 20, 2026" in page
    assert Case.objects.filter(pk=other).exists()


def test_part_that_is_kept_for_long_opens_nothing(world: World, tmp_path: Path) -> None:
    code = world.send(TEXT)
    sealed = [bytes(each.sealed).hex() for each in Slot.objects.all()]
    assert len(sealed) == len(world.readers) + 1
    part = dumped(tmp_path / "long", LONG)
    plain = run("pg_restore", "--file", "-", str(part))
    assert Case.objects.get().pk in plain
    assert not [each for each in sealed if each in plain]
    keys = run("pg_restore", "--file", "-", str(dumped(tmp_path / "keys", KEYS)))
    assert all(each in keys for each in sealed)
    with restored(part):
        assert Case.objects.exists()
        assert not Slot.objects.exists()
        for reader in world.readers.values():
            assert desks.open_cases(reader.desk(), at=NEXT + timedelta(days=1)) == ([], [])
        with pytest.raises(SealBrokenError):
            visits.find(code)
