"""On SQLite reporters write one after the other, in the order in which they come.

SQLite has one writer, and who waits for it asks again now and then: of fifty at once some would never
have their turn. The lock of a file is handed on by the system.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def in_line() -> Iterator[None]:
    """Wait for one's turn. PostgreSQL needs none."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (Path(settings.VAR_DIR) / "concerns.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
