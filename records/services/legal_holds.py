"""Holds: while one is open nothing is deleted. Nobody is told, and only who may place one knows."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger, texts
from records.acts import act
from records.facts import Person
from records.models import LegalHold
from records.services.deletions import lock_policy

LEGAL_HOLD_PLACED = ledger.action("legal_hold.placed", lazy("placed the %(record)s"))
LIFTING_PROPOSED = ledger.action("legal_hold.lifting", lazy("proposed to lift the %(record)s"))
LEGAL_HOLD_RELEASED = ledger.action("legal_hold.released", lazy("lifted the %(record)s"))


@act
def place(*, reason: str, by: Person, at: datetime) -> LegalHold:
    """Stop every deletion from now on. A deletion under way is over before, or does not begin."""
    lock_policy()
    reason = reason.strip()
    if LegalHold.objects.open().filter(placed_by=by.pk, reason=reason).exists():
        raise ValidationError({"reason": _("You already placed this hold. It is open.")})
    hold = LegalHold(reason=reason, placed_by=ledger.person(by), placed_at=at)
    hold.full_clean()
    hold.save()
    _record(LEGAL_HOLD_PLACED, hold, "reason", by, at)
    return hold


@act
def lift(hold: LegalHold, *, reason: str, by: Person, at: datetime) -> LegalHold:
    """Two people lift a hold: the first proposes it, another confirms it. Deletions go on once no other
    is open."""
    lock_policy()
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at is not None:
        raise ValidationError(_("This hold was already lifted."))
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Enter a reason for lifting the hold.")})
    if hold.lifting_by_id is None:
        return _propose_lifting(hold, reason, by, at)
    if hold.lifting_by_id == by.pk:
        raise ValidationError(said_by_another())
    hold.lifted_by, hold.lifted_at = ledger.person(by), at
    hold.lifted_because = reason
    hold.full_clean()
    hold.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    _record(LEGAL_HOLD_RELEASED, hold, "lifted_because", by, at)
    return hold


def said_by_another() -> str:
    return _("You proposed to lift this hold. Another person who may place one confirms it.")


def _propose_lifting(hold: LegalHold, reason: str, by: Person, at: datetime) -> LegalHold:
    hold.lifting_by, hold.lifting_at = ledger.person(by), at
    hold.lifting_because = reason
    hold.full_clean()
    hold.save(update_fields=["lifting_by", "lifting_at", "lifting_because"])
    _record(LIFTING_PROPOSED, hold, "lifting_because", by, at)
    return hold


def _record(action: ledger.Action, hold: LegalHold, name: str, by: Person, at: datetime) -> None:
    """With a digest of the reason that the field of this name has."""
    said = {name: texts.digest_of(hold, name)}
    ledger.record(action, subject=hold, by=by, at=at, **said)
