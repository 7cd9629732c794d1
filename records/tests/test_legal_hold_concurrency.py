"""Deletions, holds and filings at the same time: one comes before the other, and no bytes are lost."""

import os

import pytest
from django.db import connection

from records.tests.test_concurrency import python

MEETING = ("-m", "records.tests.holding")


def meet(database: str) -> None:
    process = python(*MEETING, database=database)
    output, _ = process.communicate(timeout=200)
    assert (process.returncode, output) == (0, "")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_they_take_turns_on_postgresql() -> None:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    meet(f"{server}/{connection.settings_dict['NAME']}")


def test_they_take_turns_on_sqlite(own_database: str) -> None:
    meet(own_database)
