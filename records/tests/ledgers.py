"""A ledger of a few lines to tamper with, and what somebody with the database's password can do."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from records import guards, ledger
from records.acts import act
from records.enums import SystemActor
from records.ledger import Actor

AT = datetime(2026, 8, 4, 12, 0, 0, 7, tzinfo=UTC)
TABLE = guards.TABLE
COLUMNS = "sequence, at, actor, action, subject, facts, previous_hash, hash, seal"


@act
def note(subject: User, by: Actor = SystemActor.OPERATOR, at: datetime = AT, **facts: Any) -> None:
    ledger.record("person.noted", subject=subject, by=by, at=at, **facts)


def tamper(*statements: str) -> None:
    with guards.lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def verify(*args: str) -> tuple[int, dict[str, Any]]:
    """The command's exit code and what it says as JSON."""
    out = StringIO()
    try:
        call_command("verify_ledger", "--json", *args, stdout=out)
    except SystemExit as stop:
        return int(str(stop.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


SWAP = (
    f"UPDATE {TABLE} SET sequence = 99 WHERE sequence = 2",
    f"UPDATE {TABLE} SET sequence = 2 WHERE sequence = 4",
    f"UPDATE {TABLE} SET sequence = 4 WHERE sequence = 99",
)
CLOSE_UP = (
    f"DELETE FROM {TABLE} WHERE sequence = 2",
    f"UPDATE {TABLE} SET sequence = 2 WHERE sequence = 3",
    f"UPDATE {TABLE} SET sequence = 3 WHERE sequence = 4",
    f"UPDATE {TABLE} SET sequence = 4 WHERE sequence = 5",
)
PUSH_ASIDE = (
    f"UPDATE {TABLE} SET sequence = 6 WHERE sequence = 5",
    f"UPDATE {TABLE} SET sequence = 5 WHERE sequence = 4",
    f"UPDATE {TABLE} SET sequence = 4 WHERE sequence = 3",
    f"INSERT INTO {TABLE} SELECT 3, at, actor, action, subject, facts, 'x', 'y', seal FROM {TABLE} "
    "WHERE sequence = 1",
)
# What was done, and how the first fault is named.
TAMPERINGS = [
    ([f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 2"], 2, "changed"),
    ([f"UPDATE {TABLE} SET action = 'a.b' WHERE sequence = 5"], 5, "changed"),
    ([f"UPDATE {TABLE} SET subject = 'x:1' WHERE sequence = 1"], 1, "changed"),
    ([f"UPDATE {TABLE} SET facts = '{{}}' WHERE sequence = 3"], 3, "changed"),
    ([f"UPDATE {TABLE} SET at = '2026-01-01 00:00:00' WHERE sequence = 3"], 3, "changed"),
    ([f"UPDATE {TABLE} SET previous_hash = 'x' WHERE sequence = 3"], 3, "changed"),
    ([f"UPDATE {TABLE} SET hash = 'x' WHERE sequence = 4"], 4, "changed"),
    ([f"DELETE FROM {TABLE} WHERE sequence = 1"], 1, "removed"),
    ([f"DELETE FROM {TABLE} WHERE sequence = 3"], 3, "removed"),
    (CLOSE_UP, 2, "removed"),
    (SWAP, 2, "reordered"),
    ([f"UPDATE {TABLE} SET sequence = 7 WHERE sequence = 2"], 2, "reordered"),
    (PUSH_ASIDE, 3, "inserted"),
]
# Shown by an anchor that was noted down before, and by nothing else.
BEHIND_THE_ANCHOR = [
    ([f"DELETE FROM {TABLE} WHERE sequence > 3"], 4, "removed"),
    ([f"DELETE FROM {TABLE}"], 1, "removed"),
]
