"""The outcomes of verifying the ledger, as far as the portal's seal confirms them.

They lie in the same database as the ledger. Whoever can write there can add, change or remove one:
each is sealed as a whole, and what is not sealed is ignored.
"""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max

from records import chain
from records.models import LedgerCheck, LedgerEntry
from records.models.ledger import LedgerCheckQuerySet

CHECKED = "ledger.checked"


def keep(check: LedgerCheck) -> LedgerCheck:
    """Store a check behind all others, with the seal over every column, its key included.

    The key is not left to the database: a forged row may have the one that it would give next.
    """
    check.pk = (LedgerCheck.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    check.seal = seal_of(check)
    check.save(force_insert=True)
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
            check = LedgerCheck.objects.get(pk=key)
            if compare_digest(seal_of(check), check.seal):
                yield check
        except (DatabaseError, LedgerCheck.DoesNotExist, TypeError, ValueError, OverflowError):
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
    subject = (
        LedgerEntry.objects.filter(action=CHECKED)
        .order_by("-sequence")
        .values_list("subject", flat=True)
        .first()
    )
    key = str(subject or "").rpartition(":")[2]
    return key.isdecimal() and int(key) > (check.pk if check else 0)
