"""What people decide of notices: to send a mail again, to cancel a notice; and when they go."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.enums import DeliveryState, NoticeState, Office
from records.models import Delivery, Notice
from records.rules.notices import KEPT_FOR
from records.services.purges import is_nightly, lock_unless_held

if TYPE_CHECKING:
    from datetime import datetime

    from records.ledger import Actor


@act
def send_again(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Let a mail go out once more that is uncertain or was not accepted. It may arrive twice."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not delivery.is_for_a_person:
        raise ValidationError(_("Only a mail that is uncertain or was not accepted is sent again."))
    was = DeliveryState(delivery.state)
    delivery.state, delivery.due_at, delivery.claimed_at = DeliveryState.WAITING, at, None
    delivery.save(update_fields=["state", "due_at", "claimed_at"])
    ledger.record(
        "delivery.sent_again", subject=delivery, by=by, at=at, was=was, tries=delivery.tries
    )
    notices.ring_afterwards()
    return delivery


@act
def cancel(notice: Notice, *, because: str, by: Actor, at: datetime) -> Notice:
    """Take a notice back before it is delivered, with the reason. It is never owed again."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.delivery_id:
        notice.delivery = Delivery.objects.select_for_update().get(pk=notice.delivery_id)
    if notice.is_warning:
        raise ValidationError(_("This warns the person it is owed to, and is not taken back."))
    if not notice.may_be_cancelled:
        raise ValidationError(_("It has gone out, or is just being sent, or came to nothing."))
    notice.state, notice.ended_at = NoticeState.CANCELLED, at
    notice.cancelled_by, notice.cancelled_because = ledger.person(by), because.strip()
    notice.salt = ledger.new_salt()
    if not notice.cancelled_because:
        raise ValidationError({"because": _("Say why: the page of notices shows it.")})
    notice.save()
    ledger.record(
        "notice.cancelled",
        subject=notice,
        by=by,
        at=at,
        to=notice.recipient,
        because=ledger.digest(notice.cancelled_because, notice.salt),
    )
    if notice.delivery:
        _let_go_of_nothing(notice.delivery)
    return notice


def _let_go_of_nothing(delivery: Delivery) -> None:
    """A mail without notices is not sent."""
    if not delivery.notices.filter(state=NoticeState.CARRIED).exists():
        delivery.state, delivery.claimed_at = DeliveryState.VOID, None
        delivery.save(update_fields=["state", "claimed_at"])


@act
def purge(*, by: Actor, at: datetime) -> int:
    """Let go of what was delivered, or came to nothing, more than a year ago: the clock of all, a
    person of what is open to them.

    Raises ValidationError under a hold. Who was told of what is then nowhere on record.
    """
    policy = lock_unless_held()
    over = Notice.objects.over(at)
    mine = over if isinstance(by, Office) else over.visible_to(by)
    count, _rows = Notice.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).delete()
    Delivery.objects.filter(notices=None, gathered_at__lte=at - KEPT_FOR).delete()
    if count:
        ledger.record(
            "notices.purged",
            subject=policy,
            by=by,
            at=at,
            notices=count,
            until=day_of(at - KEPT_FOR),
        )
    return count


def purge_by_night(*, at: datetime) -> None:
    """Where the company lets the clock purge. Under a hold, nothing, and no trace of it."""
    if is_nightly():
        with suppress(ValidationError):
            purge(by=Office.CLOCK, at=at)
