"""The outcomes of verifying the ledger, as far as the portal's seal confirms them.

They lie in the same database as the ledger. Whoever can write there can add, change or remove one:
each is sealed as a whole, and what is not sealed is ignored.
"""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, IntegrityError

from records import chain, ledger
from records.models import LedgerCheck, LedgerEntry
from records.models.ledger import LedgerCheckQuerySet

CHECKED = "ledger.checked"


def keep(check: LedgerCheck) -> LedgerCheck:
    """Store a check behind all others, with the seal over every column, its key included.

    The key is not left to the database: a forged row may have the one that it would give next, or
    the last that there is. One of which the ledger tells is not given again: somebody may have kept
    the row that had it.
    """
    last = newest()
    check.pk = max(last.pk if last else 0, _told_key()) + 1
    while LedgerCheck.objects.filter(pk=check.pk).exists():
        check.pk += 1
    check.seal = seal_of(check)
    # Without asking for the row back, which a trigger may have let vanish.
    LedgerCheck.objects.bulk_create([check], ignore_conflicts=True)
    if not LedgerCheck.objects.filter(pk=check.pk, seal=check.seal).exists():
        raise IntegrityError(
            "The database did not keep the result of a check of the ledger. "
            "See manage.py check --database default."
        )
    return check


def seal_of(check: LedgerCheck) -> str:
    columns = {
        field.attname: _plain(getattr(check, field.attname))
        for field in LedgerCheck._meta.concrete_fields
        if field.attname != "seal"
    }
    return chain.seal_of(f"check {chain.encode(columns)}", str(settings.LEDGER_SEAL_KEY).encode())


def _plain(value: object) -> object:
    return chain.instant(value) if isinstance(value, datetime) else value


def sealed(checks: LedgerCheckQuerySet) -> Iterator[LedgerCheck]:
    """Those that the portal wrote, one by one. Columns of others need not even be of their types."""
    for key in checks.values_list("pk", flat=True).iterator():
        try:
            # More than one where somebody has taken the constraint away.
            rows = list(LedgerCheck.objects.filter(pk=key))
            yield from [row for row in rows if compare_digest(seal_of(row), row.seal)]
        except (DatabaseError, TypeError, ValueError, OverflowError):
            continue


def newest() -> LedgerCheck | None:
    return next(sealed(LedgerCheck.objects.order_by("-pk")), None)


def newest_sound() -> LedgerCheck | None:
    return next(sealed(LedgerCheck.objects.filter(is_sound=True).order_by("-pk")), None)


def most_anchors() -> int:
    """How many anchors the check with the most of them was held against."""
    check = next(sealed(LedgerCheck.objects.order_by("-anchors", "-pk")), None)
    return check.anchors if check else 0


def is_lost_after(check: LedgerCheck | None) -> bool:
    """Whether the ledger tells of a later check than the newest that is there."""
    return _told_key() > (check.pk if check else 0)


def is_trusted() -> bool:
    """Whether the newest check is there, sealed, and was sound: an incremental one may go on."""
    check = newest()
    return check is not None and check.is_sound and not is_lost_after(check)


def _told_key() -> int:
    """The key of the last check of which the ledger tells."""
    subject = (
        LedgerEntry.objects.filter(action=CHECKED)
        .order_by("-sequence")
        .values_list("subject", flat=True)
        .first()
    )
    key = str(subject or "").rpartition(":")[2]
    return int(key) if key.isdecimal() and len(key) < len(str(ledger.LAST_PLACE)) else 0
