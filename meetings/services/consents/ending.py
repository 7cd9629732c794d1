"""Consents that end without effect: declined or withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.models import Director
from meetings.consent_notices import ENDED
from meetings.enums import Stopped
from meetings.models import ConsentRefusal, ConsentSignature, WrittenConsent
from meetings.services.consents.base import (
    asked_member,
    concerned,
    locked,
    moment_of,
    owe,
    put_on_record,
    refuse_ended,
    refuse_in_effect,
    since_it_was_sent,
    waiting,
)
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded

CONSENT_DECLINED = ledger.action(
    "consent.declined", lazy("recorded that a member declined the written consent %(record)s")
)
SIGNATURE_WITHDRAWN = ledger.action(
    "consent.signature_withdrawn",
    lazy("withdrew a signature of the written consent %(record)s"),
)
CONSENT_WITHDRAWN = ledger.action(
    "consent.withdrawn", lazy("withdrew the written consent %(record)s")
)


@act
def decline(
    consent: WrittenConsent,
    director: Director,
    *,
    by: Actor,
    at: datetime,
    declined_on: date | None = None,
    reason: str = "",
) -> ConsentRefusal:
    """A member does not agree: the consent ends without effect, and the others are told."""
    consent = waiting(consent, at)
    asked_member(consent, director)
    moment = since_it_was_sent(consent, moment_of(declined_on, at, "declined_on"), "declined_on")
    if consent.signatures.filter(director=director).exists():
        raise ValidationError(_("This member has signed. Withdraw the signature instead."))
    refusal = ConsentRefusal.objects.create(
        consent=consent, director=director, at=moment, reason=reason.strip(), **recorded(by, at)
    )
    told = ledger.digest(f"reason:{refusal.reason}", refusal.salt) if refusal.reason else None
    put_on_record(
        CONSENT_DECLINED, consent, by, at, director=director, on=day_of(moment), reason=told
    )
    _stop(consent, Stopped.DECLINED, moment, at, knowing=(by, director.user))
    return refusal


@act
def withdraw_signature(signature: ConsentSignature, *, by: Actor, at: datetime) -> WrittenConsent:
    """A member withdraws a signature before everybody has signed: the consent ends without effect."""
    consent = waiting(signature.consent, at)
    signature = consent.signatures.select_for_update().get(pk=signature.pk)
    signature.withdrawn_at = at
    signature.save(update_fields=["withdrawn_at"])
    put_on_record(SIGNATURE_WITHDRAWN, consent, by, at, director=signature.director)
    _stop(consent, Stopped.SIGNATURE_WITHDRAWN, at, at, knowing=(by, signature.director.user))
    return consent


@act
def withdraw_consent(consent: WrittenConsent, *, by: Actor, at: datetime) -> WrittenConsent:
    """The secretary withdraws a draft, or a consent that is not in effect. It stays on record."""
    consent = locked(consent)
    refuse_ended(consent)
    if consent.sent_at:
        refuse_in_effect(consent, at)
    put_on_record(CONSENT_WITHDRAWN, consent, by, at)
    _stop(consent, Stopped.WITHDRAWN, at, at, knowing=(by,))
    return consent


def _stop(
    consent: WrittenConsent,
    why: Stopped,
    moment: datetime,
    at: datetime,
    *,
    knowing: Collection[object],
) -> None:
    """End it without effect, and tell everybody but those who know already."""
    was_sent = consent.sent_at is not None
    consent.stopped_at, consent.stopped_as = moment, why
    consent.save(update_fields=["stopped_at", "stopped_as"])
    if was_sent:
        told = [person for person in concerned(consent, at) if person not in knowing]
        owe(ENDED, told, consent, at)
