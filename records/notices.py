"""Notices: `register` a kind, `owe` one within an act. What becomes of it is the sweep's.

An app names its kinds in its module `notices.py`, which is found when Django starts:

    SIGNATURE = notices.register("signature", _("A consent waits for a signature"), compose)

and a service owes one in the transaction of its act, so that an act that fails owes nothing:

    notices.owe(SIGNATURE, to=member, key=f"consent:{consent.pk}", at=at, subject=consent)

No mail is sent then. `compose(notice, reader)` is asked at each delivery, answers a `Line` or None,
and is where a secret link is minted. It must not rely on being asked only once.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from kombu.exceptions import OperationalError

from records import ledger, notice_kinds
from records.facts import label, plain
from records.models import LedgerCheck, Notice
from records.notice_kinds import Kind, Line, register

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model

    from records.facts import Fact

__all__ = ["Kind", "Line", "holders", "owe", "register", "ring", "ring_afterwards"]

logger = logging.getLogger(__name__)

# What a bell that nobody heard is worth: the clock sweeps each minute anyway.
RINGS_FOR = 60


def owe(
    kind: Kind | str,
    *,
    to: Any,
    key: str,
    at: datetime,
    subject: Model | None = None,
    not_before: datetime | None = None,
    **facts: Fact,
) -> None:
    """Owe a person a notice. Owed before, of this kind and by this key, it is not owed again.

    Its facts are those of the ledger: identifiers, words of closed lists, dates; no prose.
    """
    if ledger.page() is None:
        raise RuntimeError(f"{kind} outside an act: a notice is owed in the act's transaction.")
    if not (is_aware(at) and (not_before is None or is_aware(not_before))):
        raise TypeError("An instant of a notice needs a time zone.")
    if not 0 < len(key) <= 200:
        raise ValueError("A notice's key has 1 to 200 characters.")
    notice = Notice(
        kind=notice_kinds.get(str(kind)).name,
        key=key,
        recipient=to,
        subject=label(subject) if subject is not None else "",
        facts={name: plain(fact) for name, fact in facts.items()},
        owed_at=at,
        not_before=not_before,
    )
    # In one statement, so that two acts may owe the same at once.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    ring_afterwards()


def ring_afterwards() -> None:
    """Ring when the act under way is on record, once however much it owes."""
    if page := ledger.page():
        page.afterwards.add(ring)


def ring() -> None:
    """Wake a worker, after the commit. A broker that is down is no reason to fail: beat sweeps."""
    try:
        current_app.send_task("records.tasks.deliver_notices", expires=RINGS_FOR, retry=False)
    except (OperationalError, OSError) as fault:
        logger.warning("Nobody was rung for what is owed: %s", type(fault).__name__)


def holders(permission: str, on: date) -> list[Any]:
    """Who holds a permission on a day, and has an account that is open."""
    return list(get_user_model()._default_manager.able_to(permission, on))


def _compose_ledger_fault(notice: Notice, reader: Any) -> Line | None:
    newest = LedgerCheck.objects.first()
    if newest is None or newest.is_all_well:
        return None
    return Line(_("The nightly check of the ledger has something to show you."), reverse("ledger"))


LEDGER_FAULT = register(
    "ledger_fault",
    lazy("The nightly check of the ledger found something"),
    _compose_ledger_fault,
    urgent=True,
    warning=True,
)
