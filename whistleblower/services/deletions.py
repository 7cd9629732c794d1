"""Deleting cases for good: what a reader approved, and nothing that somebody wrote to since."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection

from whistleblower.models import Case, Part, Slot

# Outside the database and its backups: a restored database loses these cases again.
DELETED = "deleted-cases.txt"


def deleted_file() -> Path:
    return Path(settings.ANCHOR_DIR) / DELETED


def deleted_before() -> set[str]:
    """The cases that were deleted, whatever a restored database says."""
    path = deleted_file()
    return set(path.read_text().split()) if path.exists() else set()


def delete_approved() -> None:
    """Delete every case that is marked or on the list. The list is written first: a night that fails
    afterwards deletes them the next time, unless somebody keeps them until then."""
    marked = set(Case.objects.filter(is_marked_for_deletion=True).values_list("pk", flat=True))
    known = deleted_before()
    if marked - known:
        _write_list(known | marked)
    forget(marked | known)


def keep(case: Case) -> None:
    """Take back an approved deletion, because somebody wrote to the case, reopened it or holds it."""
    Case.objects.filter(pk=case.pk).update(is_marked_for_deletion=False)
    if case.pk in (known := deleted_before()):
        _write_list(known - {case.pk})


def _write_list(cases: set[str]) -> None:
    """The old list stays until the new one is on the disk, whenever the machine stops."""
    path = deleted_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=DELETED, delete=False) as new:
        # Sorted: the list does not tell in which order the cases came.
        new.write("".join(f"{each}\n" for each in sorted(cases)))
        new.flush()
        os.fsync(new.fileno())
    Path(new.name).replace(path)


def forget(cases: set[str]) -> None:
    """Delete cases: their keys first, then their entries."""
    for model, field in ((Slot, "case__in"), (Part, "case__in"), (Case, "pk__in")):
        rows = model.objects.filter(**{field: cases})
        rows._raw_delete(rows.db)


def clean_up() -> None:
    """After the deletion was committed: no bytes of deleted keys stay in the database's files."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif not connection.in_atomic_block:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(Slot._meta.db_table)}")
