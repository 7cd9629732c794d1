"""After a backup was restored: what was deleted is deleted again, and reporters hear what may be lost."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock, ledger
from records.acts import act
from records.ledger import Actor
from records.models import LegalHold
from whistleblower.models import Channel, OpenDesk
from whistleblower.rules import restores
from whistleblower.services import deletions

RESTORED = ledger.action("channel.restored", lazy("restored the %(record)s from a backup"))


@act
def record_restore(*, lost_from: date, by: Actor, at: datetime) -> Channel:
    """Delete at once what was deleted before, unless a legal hold is open, and have the return page
    say that what was sent since `lost_from` may be lost."""
    on = clock.day_of(at)
    if lost_from > on:
        raise ValidationError({"lost_from": _("This date is in the future.")})
    channel = Channel.objects.select_for_update().first()
    if channel is None:
        raise ValidationError(_("The company has no concerns channel."))
    if not deletions.list_path().exists():
        raise ValidationError(_no_list())
    OpenDesk.objects.all().delete()
    if not LegalHold.objects.open().exists():
        deletions.forget(deletions.deleted_before())
    earlier = channel.lost_from, channel.restored_on
    channel.lost_from, channel.restored_on = restores.lost_from(*earlier, lost_from, on), on
    channel.save(update_fields=["lost_from", "restored_on"])
    ledger.record(RESTORED, subject=channel, by=by, at=at, lost_from=lost_from)
    return channel


def _no_list() -> str:
    return _(
        "The list of deleted cases is missing: %(path)s. Set ANCHOR_DIR to the folder that holds it, "
        "or copy it there. If no list was ever written, create an empty file of that name. Without "
        "the list, deleted cases open again."
    ) % {"path": deletions.list_path()}
