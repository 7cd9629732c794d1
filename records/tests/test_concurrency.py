"""Several processes append to one ledger at once: no fork, no deadlock, no line lost."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from records import ledger
from records.models import Holiday
from records.tests.appending import THREADS

PROCESSES, TIMES = 3, 20
DAYS = [date(2026, 7, 3), date(2026, 12, 25)]


def python(*args: str, database: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def append_at_once(database: str) -> None:
    module = ("-m", "records.tests.appending", str(TIMES))
    processes = [python(*module, database=database) for _ in range(PROCESSES)]
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert (process.returncode, output) == (0, "")


def declare() -> None:
    Holiday.objects.bulk_create(Holiday(on=day, name="A day off") for day in DAYS)


def assert_whole() -> None:
    verdict = ledger.verify()
    assert verdict.first_fault is None
    assert verdict.entries == PROCESSES * THREADS * TIMES


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_processes_append_at_once_on_postgresql() -> None:
    declare()
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    append_at_once(f"{server}/{connection.settings_dict['NAME']}")

    assert_whole()


def test_processes_append_at_once_on_sqlite(own_database: str) -> None:
    run(own_database, "declare()")
    append_at_once(own_database)
    run(own_database, "assert_whole()")


def run(database: str, call: str) -> None:
    """Call one of the functions above in a process that uses that database."""
    code = f"import django; django.setup(); from {__name__} import *; {call}"
    process = python("-c", code, database=database)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")
