"""The secret address of a person's calendar: created, shown once, stopped."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from meetings.models import FeedAddress
from records import ledger
from records.acts import act

FEED_CREATED = ledger.action("calendar.created", lazy("created the calendar address of %(record)s"))

FEED_STOPPED = ledger.action("calendar.stopped", lazy("stopped the calendar address of %(record)s"))

# 256 bits: nobody guesses one, so that a plain digest is enough.
TOKEN_BYTES = 32


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@act
def create_feed_address(person: User, *, at: datetime) -> str:
    """A new secret address for a person, made by that person; the one before stops working at once.

    The token is answered here and stored nowhere.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    address, _created = FeedAddress.objects.update_or_create(
        person=person, defaults={"digest": digest_of(token), "created_at": at, "stopped_at": None}
    )
    ledger.record(FEED_CREATED, subject=address, by=person, at=at)
    return token


@act
def stop_feed_address(person: User, *, at: datetime) -> FeedAddress:
    """Withdraw the address of a person's calendar; from here on it is answered like an unknown one."""
    address = FeedAddress.objects.select_for_update().visible_to(person).in_use().first()
    if address is None:
        raise ValidationError(_("You have no calendar address in use. There is nothing to stop."))
    address.stopped_at = at
    address.save(update_fields=["stopped_at"])
    ledger.record(FEED_STOPPED, subject=address, by=person, at=at)
    return address
