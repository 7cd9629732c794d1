"""What people decide of notices: to send a mail again, to cancel a notice; and when they go."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.enums import DeliveryState, NoticeState, SystemActor
from records.models import Delivery, Notice
from records.rules.notices import KEPT_FOR
from records.services.deletions import is_nightly, lock_unless_held

if TYPE_CHECKING:
    from datetime import datetime

    from records.ledger import Actor

NOTICES_DELETED = ledger.action("notices.deleted", lazy("deleted old emails by %(record)s"))
DELIVERY_SENT_AGAIN = ledger.action("delivery.sent_again", lazy("sent the %(record)s again"))
NOTICE_CANCELLED = ledger.action("notice.cancelled", lazy("canceled an email: %(record)s"))


@act
def send_again(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Send an email again that is uncertain or was not accepted. It may arrive twice."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not delivery.is_for_a_person:
        raise ValidationError(
            _("You can send an email again only if it is uncertain or was not accepted.")
        )
    was = DeliveryState(delivery.state)
    delivery.state, delivery.due_at, delivery.claimed_at = DeliveryState.WAITING, at, None
    delivery.save(update_fields=["state", "due_at", "claimed_at"])
    ledger.record(
        DELIVERY_SENT_AGAIN, subject=delivery, by=by, at=at, was=was, tries=delivery.tries
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
        raise ValidationError(_("Security warnings cannot be canceled."))
    if not notice.may_be_cancelled:
        raise ValidationError(_("This email was already sent, is being sent, or was canceled."))
    notice.state, notice.ended_at = NoticeState.CANCELLED, at
    notice.cancelled_by, notice.cancelled_because = ledger.person(by), because.strip()
    if not notice.cancelled_because:
        raise ValidationError({"because": _("Enter a reason. The Emails page shows it.")})
    notice.save()
    ledger.record(
        NOTICE_CANCELLED,
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
def delete(*, by: Actor, at: datetime) -> int:
    """Let go of what was delivered, or came to nothing, more than a year ago: the scheduler of all, a
    person of what is open to them.

    Raises ValidationError under a hold. Who was told of what is then nowhere on record.
    """
    policy = lock_unless_held()
    over = Notice.objects.over(at)
    mine = over if isinstance(by, SystemActor) else over.visible_to(by)
    count, _rows = Notice.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).delete()
    Delivery.objects.filter(notices=None, gathered_at__lte=at - KEPT_FOR).delete()
    if count:
        ledger.record(
            NOTICES_DELETED,
            subject=policy,
            by=by,
            at=at,
            notices=count,
            until=day_of(at - KEPT_FOR),
        )
    return count


def delete_by_night(*, at: datetime) -> None:
    """Where the company lets the scheduler delete. Under a hold, nothing, and no trace of it."""
    if is_nightly():
        with suppress(ValidationError):
            delete(by=SystemActor.SCHEDULER, at=at)
