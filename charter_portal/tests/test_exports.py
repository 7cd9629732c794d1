"""No cell of an export is a formula, whatever somebody has typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from django.test import Client

from accounts.models import User
from charter_portal.demo import company
from charter_portal.tests.exporting import EXPORTS, cells, is_table
from charter_portal.tests.walking import undone
from charter_portal.tests.year.acts import EACH_A_FEW_TIMES, live
from charter_portal.tests.year.world import World
from records.models import LedgerEntry
from records.spreadsheets import guarded

pytestmark = pytest.mark.django_db

TYPED = ("name", "title", "label", "subject", "description", "what", "heading", "capacity")
BEGINNINGS = ("=", "+", "-", "@", "\t=", "\r=")


YEAR = {"first": "2027-01-01", "last": "2027-12-31"}
# By the name of the address: what is asked for, and what is posted.
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "attendance_file": ("/attendance/FY2027/file/", {}),
    "fee_table_xlsx": ("/auditor/fees/table.xlsx?year=2027-12-31", {}),
    "minutes_folder": ("/minutes-folder/", YEAR),
}


def plant(beginning: str) -> None:
    """Let every text that somebody types begin so, wherever the tables hold one. The ledger holds
    none, and nothing in it is ever changed."""
    for model in apps.get_models():
        if model is LedgerEntry:
            continue
        for field in model._meta.concrete_fields:
            is_typed = isinstance(field, models.CharField | models.TextField)
            if is_typed and field.name in TYPED and not field.choices:
                write(model._meta.db_table, field.column, beginning, field.max_length or 10_000)


def write(table: str, column: str, beginning: str, longest: int) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(table)} SET {quote(column)} = substr(%s || {quote(column)}, 1, %s) "
            f"WHERE {quote(column)} <> ''",
            [beginning, longest],
        )


def test_no_cell_of_an_export_is_a_formula(
    client_of: Callable[..., Client], secretary: User
) -> None:
    """In every export of a year in which everything was recorded that can be."""
    world = World(Path(company.CHARTER))
    live(world, EACH_A_FEW_TIMES)
    with time_machine.travel(datetime(2027, 12, 1, 17, tzinfo=UTC), tick=False):
        for beginning in BEGINNINGS:
            for name, (address, given) in ASKED.items():
                with undone():
                    plant(beginning)
                    client = client_of(secretary)
                    response = client.post(address, given) if given else client.get(address)
                    assert is_table(response), name
                    texts = list(cells(response))
                    assert [text for text in texts if text != guarded(text)] == [], name
                    assert any(beginning.strip() in text for text in texts), name


def test_every_export_is_tried() -> None:
    assert ASKED.keys() == EXPORTS


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\uff1d1", "'\uff1d1"),
        ("Ann - chair", "Ann - chair"),
        ("", ""),
        (" ", " "),
    ],
)
def test_text_that_a_spreadsheet_would_calculate_is_guarded(text: str, written: str) -> None:
    assert guarded(text) == written
    assert guarded(written) == written
