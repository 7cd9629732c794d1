"""What was deleted is not on the disk: SQLite overwrites it, and its log of changes is emptied."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from whistleblower.crypto import slots
from whistleblower.models import (
    REPORTER,
    Case,
    Channel,
    Night,
    Part,
    ProcedureEntry,
    RosterList,
    RosterSignature,
    Slot,
)
from whistleblower.services import deletions, disk, writing

ON = date(2026, 11, 20)
# Longer than a page of the file, so that it fills pages of its own.
LONG = 9000


def planted(seed: int, size: int) -> bytes:
    """Bytes that stand nowhere else, the same in each process."""
    return random.Random(seed).randbytes(size)


TEXT, KEY, REPORTERS, LATER = (
    planted(seed, size) for seed, size in enumerate((LONG, slots.SIZE, 300, slots.SIZE))
)


def store() -> None:
    """A case, one of its entries and a slot; and a case that stays."""
    for name, is_marked in (("goes", True), ("stays", False)):
        case = Case.objects.create(
            id=name,
            locator=planted(len(name), 32),
            received_on=ON,
            is_marked_for_deletion=is_marked,
            reporter_opens=planted(7, 32),
            reporter_key=REPORTERS if is_marked else b"k",
            last_used=b"u",
        )
        sealed = TEXT if is_marked else planted(8, LONG)
        Part.objects.create(case=case, number=1, generation=0, on=ON, sealed=sealed)
        key = KEY if is_marked else LATER
        Slot.objects.create(case=case, generation=0, reader="reader", sealed=key)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def delete() -> None:
    """As the nightly run does."""
    with transaction.atomic():
        deletions.delete_approved()
    deletions.settle()
    disk.clean_up()


def take_a_reader_out() -> None:
    writing.empty_slots(Case.objects.get(pk="stays"), ["reader", REPORTER])
    disk.clean_up()


def on_disk(file: Path, content: bytes) -> bool:
    """Whether any sixteen bytes of this stand in the database's files."""
    everything = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    return any(content[at : at + 16] in everything for at in range(len(content) - 15))


@pytest.fixture
def file(own_database: str, tmp_path: Path) -> Path:
    found = tmp_path / "portal.sqlite3"
    run(own_database, tmp_path, "store")
    assert all(on_disk(found, each) for each in (TEXT, KEY, REPORTERS, LATER))
    return found


@pytest.fixture
def _web(file: Path) -> Iterator[None]:
    """A process that keeps the database open, as the web does: its log of changes stays."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("SELECT id FROM whistleblower_case").fetchall()
        yield


def run(database: str, anchors: Path, act: str) -> None:
    """Do one of the acts above in a process that uses that database."""
    code = f"import django; django.setup(); from {__name__} import {act}; {act}()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database, "ANCHOR_DIR": str(anchors / "anchors")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.usefixtures("_web")
def test_nothing_of_a_deleted_case_is_in_the_files_of_the_database(
    file: Path, own_database: str, tmp_path: Path
) -> None:
    run(own_database, tmp_path, "delete")
    assert [each for each in (TEXT, KEY, REPORTERS) if on_disk(file, each)] == []
    assert on_disk(file, LATER)
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT id FROM whistleblower_case").fetchall() == [("stays",)]


@pytest.mark.usefixtures("_web")
def test_key_of_a_reader_who_was_taken_out_is_not_in_the_files_after_the_night(
    file: Path, own_database: str, tmp_path: Path
) -> None:
    run(own_database, tmp_path, "take_a_reader_out")
    assert not on_disk(file, LATER)
    assert on_disk(file, KEY)


def say_whether_clean() -> None:
    """Fails where somebody reads the database, and is done afterwards."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
    Night.objects.create(on=ON, digest="d")
    with suppress(disk.StillOnDiskError):
        disk.clean_last_night()
    assert disk.is_unclean()


def clean() -> None:
    disk.clean_last_night()
    assert not disk.is_unclean()


def test_log_of_changes_that_could_not_be_emptied_is_said_and_tried_again(
    file: Path, own_database: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT id FROM whistleblower_case").fetchall()
        run(own_database, tmp_path, "say_whether_clean")
    run(own_database, tmp_path, "clean")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_postgresql_writes_every_table_of_the_channel_into_a_new_file() -> None:
    names = [each._meta.db_table for each in disk.REWRITTEN]

    def files() -> list[int]:
        with connection.cursor() as cursor:
            found = []
            for name in names:
                cursor.execute("SELECT pg_relation_filenode(%s::regclass)", [name])
                found.append(cursor.fetchone()[0])
            return found

    before = files()
    disk.clean_up()
    assert all(was != now for was, now in zip(before, files(), strict=True))


def test_every_table_of_the_channel_that_loses_rows_is_rewritten() -> None:
    lasting = {Channel, ProcedureEntry, RosterList, RosterSignature}
    ours = set(apps.get_app_config("whistleblower").get_models())
    assert ours - lasting == set(disk.REWRITTEN)
    assert disk.REWRITTEN[0] is Slot


@pytest.mark.django_db
def test_every_connection_overwrites_what_it_deletes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own way: the nightly run rewrites the table of the keys.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
