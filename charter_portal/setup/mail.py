"""What has become of a test mail, which is owed like any other notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from charter_portal.notices import MAIL_CHECK
from records.dates import long_day
from records.enums import DeliveryState, NoticeState
from records.models import Notice

if TYPE_CHECKING:
    from accounts.models import User


def asked_by(user: User | None = None) -> Notice | None:
    """The last test mail that was asked for, by this person or by anybody."""
    asked = Notice.objects.filter(kind=MAIL_CHECK.name).select_related("delivery", "recipient")
    return (asked.filter(recipient=user) if user else asked).order_by("owed_at", "pk").last()


def has_arrived() -> bool:
    """Whether a mail server has ever taken a test mail."""
    delivered = Notice.objects.filter(
        kind=MAIL_CHECK.name,
        delivery__state=DeliveryState.DELIVERED,
        delivery__is_to_folder=False,
    )
    return delivered.exists()


def what_became(notice: Notice | None) -> str:
    """What has become of a test mail, in a sentence."""
    if notice is None:
        return _("No test email was sent yet.")
    if notice.state == NoticeState.CANCELLED:
        said = {"person": notice.cancelled_by, "because": notice.cancelled_because}
        return _("%(person)s canceled it: %(because)s") % said
    if notice.state == NoticeState.WITHDRAWN:
        return notice.get_withdrawn_because_display()
    delivery = notice.delivery
    if delivery is None or delivery.state in (DeliveryState.WAITING, DeliveryState.CLAIMED):
        met = delivery.get_setback_display() if delivery else ""
        waits = _("It will be sent within two minutes. Reload this page then.")
        return f"{met} {waits}".strip()
    if delivery.state == DeliveryState.DELIVERED and delivery.is_to_folder:
        return _("It was written to a folder and sent to nobody, because no mail server is set up.")
    if delivery.state == DeliveryState.DELIVERED and delivery.delivered_at:
        at = localtime(delivery.delivered_at)
        return _(
            "The mail server accepted it on %(day)s at %(time)s for %(address)s. Check your email."
        ) % {
            "day": long_day(at.date()),
            "time": time_format(at, "TIME_FORMAT"),
            "address": notice.recipient.email,
        }
    state = _("It is %(state)s.") % {"state": delivery.get_state_display()}
    return f"{state} {delivery.get_setback_display()}".strip()
