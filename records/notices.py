"""Notices: `owe` one within an act. What becomes of it is the sweep's.

An app adds its kinds in its module `notices.py`:

    SIGNATURE = NOTICE_KINDS.add(
        NoticeKind("meetings.signature", _("A consent waits for a signature"), compose)
    )

and a service owes one in the transaction of its act, so that an act that fails owes nothing:

    notices.owe(SIGNATURE, to=member, key=f"consent:{consent.pk}", at=at, subject=consent)

No mail is sent then. `compose(notice, reader)` is asked at each delivery, answers a `EmailLine` or None,
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

from records import ledger, ledger_checks, notice_kinds
from records.facts import label, plain
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model

    from records.facts import Fact

__all__ = ["EmailLine", "NoticeKind", "holders", "owe", "ring", "ring_afterwards"]

logger = logging.getLogger(__name__)

# Seconds after which a message that no worker took expires: a sweep runs each minute anyway.
RINGS_FOR = 60


def owe(
    kind: NoticeKind | str,
    *,
    to: Any,
    key: str,
    at: datetime,
    subject: Model | str | None = None,
    not_before: datetime | None = None,
    **facts: Fact,
) -> None:
    """Owe a person a notice. Owed before, of this kind and by this key, it is not owed again.

    `subject` is the record, or how the ledger names it. Its facts are those of the ledger:
    identifiers, words of closed lists, dates; no prose.
    """
    if ledger.page() is None:
        raise RuntimeError(f"{kind} outside an act: a notice is owed in the act's transaction.")
    if not (is_aware(at) and (not_before is None or is_aware(not_before))):
        raise TypeError("An instant of a notice needs a time zone.")
    if not 0 < len(key) <= 200:
        raise ValueError("A notice's key has 1 to 200 characters.")
    notice = Notice(
        kind=notice_kinds.NOTICE_KINDS.get(str(kind)).name,
        key=key,
        recipient_id=to.pk,
        subject=subject if isinstance(subject, str) else label(subject) if subject else "",
        facts={name: plain(fact) for name, fact in facts.items()},
        owed_at=at,
        not_before=not_before,
    )
    # In one statement, so that two acts may owe the same at once.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    ring_afterwards()


def ring_afterwards() -> None:
    """Wake a worker when the act under way is on record, once however much it owes."""
    if page := ledger.page():
        page.afterwards.add(ring)


def ring() -> None:
    """Wake a worker, after the commit, to deliver what is owed."""
    wake("records.tasks.deliver_notices")


def wake(task: str) -> None:
    """Have a worker do it now. A broker that is down is no reason to fail: the schedule does it."""
    try:
        current_app.send_task(task, expires=RINGS_FOR, retry=False)
    except (OperationalError, OSError) as fault:
        logger.warning("Nobody was rung for what is owed: %s", type(fault).__name__)


def holders(permission: str, on: date) -> list[Any]:
    """Who holds a permission on a day, and has an account that is open."""
    return list(get_user_model()._default_manager.able_to(permission, on))


def _compose_ledger_fault(notice: Notice, reader: Any) -> EmailLine | None:
    """Withdrawn by a later check that found all well, and by nothing else."""
    newest = ledger_checks.newest()
    if newest and newest.is_all_well and newest.at > notice.owed_at:
        return None
    return EmailLine(
        _("The nightly integrity check of the activity log needs your attention."),
        reverse("ledger"),
    )


LEDGER_FAULT = NOTICE_KINDS.add(
    NoticeKind(
        "records.ledger_fault",
        lazy("The nightly integrity check found something"),
        _compose_ledger_fault,
        is_urgent=True,
        is_warning=True,
    )
)
