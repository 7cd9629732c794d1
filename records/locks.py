"""Locks on a document's bytes that last until the transaction's end.

Whoever files a document shares the lock of its content; whoever would take bytes away needs it
alone. So bytes that a transaction under way counts on are never taken, and filing waits for nobody
else who files. SQLite has one writer at a time, who holds this lock by being the writer.
"""

from django.db import connection


def share(sha256: str) -> None:
    """Keep these bytes in place until this transaction has ended."""
    _take("pg_advisory_xact_lock_shared", sha256)


def take(sha256: str) -> None:
    """Wait until nobody counts on these bytes, and let nobody begin to."""
    _take("pg_advisory_xact_lock", sha256)


def _take(function: str, sha256: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A lock on a document's bytes lasts as long as a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_key(sha256)])


def _key(sha256: str) -> int:
    """As much of the digest as the server's number holds."""
    return int(sha256[:15], 16)
