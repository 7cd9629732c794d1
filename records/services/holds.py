"""Holds: while one is open nothing is purged. Nobody is told, and only who may place one knows."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import ledger
from records.acts import act
from records.facts import Person
from records.models import Hold
from records.services.purges import lock_policy


@act
def place(*, reason: str, by: Person, at: datetime) -> Hold:
    """Stop every purge from now on. A purge under way is over before, or does not begin."""
    lock_policy()
    reason = reason.strip()
    if Hold.objects.open().filter(placed_by=by.pk, reason=reason).exists():
        raise ValidationError({"reason": _("You have placed this hold already; it is open.")})
    hold = Hold(reason=reason, salt=ledger.new_salt(), placed_by=ledger.person(by), placed_at=at)
    hold.full_clean()
    hold.save()
    _record("hold.placed", hold, reason, by, at)
    return hold


@act
def lift(hold: Hold, *, reason: str, by: Person, at: datetime) -> Hold:
    """End a hold. Purges go on once no other is open."""
    lock_policy()
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at is not None:
        raise ValidationError(_("This hold has been lifted already."))
    hold.lifted_by, hold.lifted_at = ledger.person(by), at
    hold.lifted_because = reason.strip()
    if not hold.lifted_because:
        raise ValidationError({"reason": _("Say why the hold is lifted.")})
    hold.full_clean()
    hold.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    _record("hold.lifted", hold, hold.lifted_because, by, at)
    return hold


def _record(action: str, hold: Hold, reason: str, by: Person, at: datetime) -> None:
    ledger.record(action, subject=hold, by=by, at=at, reason=ledger.digest(reason, hold.salt))
