"""What was deleted, or written again, does not stay in the files of the database.

SQLite overwrites what it deletes (`secure_delete`), but its log of changes holds the pages as they
were until it is emptied. PostgreSQL leaves every old row in the table's file until the table is
rewritten: old keys, and the hour and order of what arrived.
"""

from __future__ import annotations

from django.db import connection, models

from whistleblower.models import Case, Night, OpenDesk, Part, ReaderKey, Slot

# Wrapped keys first. Every table whose rows are deleted, written again or changed.
REWRITTEN: tuple[type[models.Model], ...] = (Slot, OpenDesk, ReaderKey, Case, Part, Night)


class StillOnDiskError(Exception):
    """Somebody is reading the database, so that its files still hold what was deleted."""


def clean_last_night() -> None:
    """After a night, and every hour until it is done. Raises StillOnDiskError."""
    night = Night.objects.order_by("on").last()
    if night is None or night.is_clean:
        return
    clean_up()
    Night.objects.filter(pk=night.pk).update(is_clean=True)


def is_unclean() -> bool:
    """Whether what the last night deleted is still in the files."""
    night = Night.objects.order_by("on").last()
    return night is not None and not night.is_clean


def clean_up() -> None:
    """Once the deletion was committed. Raises StillOnDiskError."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
            if is_busy:
                raise StillOnDiskError
            return
        for each in REWRITTEN:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(each._meta.db_table)}")
