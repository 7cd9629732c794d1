"""Deleting cases permanently: what a reader approved, and nothing that somebody wrote to since."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from whistleblower.models import Case, Night, Part, Slot

# Outside the database and its backups: in a restored database nobody opens these cases, and they are
# deleted again.
DELETED = "deleted-cases.txt"
# Those that a night is about to delete. They stay open until it has.
DELETING = "cases-to-delete.txt"


def list_path() -> Path:
    return Path(settings.ANCHOR_DIR) / DELETED


def begin_list() -> None:
    """The first night writes an empty list, so that one that is missing later is told from it."""
    if not list_path().exists():
        _write_list(DELETED, set())


def is_list_lost() -> bool:
    """Whether the list that the first night wrote is not there: what it names would open again in a
    restored database."""
    return not list_path().exists() and Night.objects.exists()


def deleted_before() -> set[str]:
    """The cases that were deleted, whatever a restored database says."""
    return _read_list(DELETED)


def is_deleted(case: Case) -> bool:
    return case.pk in deleted_before()


def delete_approved() -> None:
    """Delete every case that is marked or on a list. The list is written first: a night that fails
    afterwards deletes them the next time, unless somebody keeps them until then."""
    marked = set(Case.objects.filter(is_marked_for_deletion=True).values_list("pk", flat=True))
    known = _read_list(DELETING)
    if marked - known:
        _write_list(DELETING, known | marked)
    forget(marked | known | deleted_before())


def keep(case: Case) -> None:
    """Take back an approved deletion, because somebody wrote to the case, reopened it or holds it."""
    Case.objects.filter(pk=case.pk).update(is_marked_for_deletion=False)
    if case.pk in (known := _read_list(DELETING)):
        _write_list(DELETING, known - {case.pk})


def settle() -> None:
    """After the deletion was committed: from here on the cases open for nobody, whatever database
    is restored."""
    known = _read_list(DELETING)
    gone = known - set(Case.objects.filter(pk__in=known).values_list("pk", flat=True))
    if gone:
        _write_list(DELETED, deleted_before() | gone)
        _write_list(DELETING, known - gone)


def _read_list(name: str) -> set[str]:
    path = Path(settings.ANCHOR_DIR) / name
    return set(path.read_text().split()) if path.exists() else set()


def _write_list(name: str, cases: set[str]) -> None:
    """The old list stays until the new one is on the disk, whenever the machine stops."""
    path = Path(settings.ANCHOR_DIR) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=name, delete=False) as new:
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
