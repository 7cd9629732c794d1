"""Signatures, here and on paper. A consent takes effect in the act of its last signature, which gives it its
number and its decision."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import HowDecided
from charters.rules.consents import ConsentState
from charters.services import record_decision
from charters.services.uploads import Upload, filed
from committees.models import Director, Membership
from meetings.consent_notices import EFFECTIVE
from meetings.documents import CONSENT_PAPER
from meetings.enums import HowSigned
from meetings.models import ConsentSignature, WrittenConsent
from meetings.rulings import beginning_of, ruling_on
from meetings.services.consents.base import (
    asked_member,
    concerned,
    locked,
    moment_of,
    owe,
    put_on_record,
    since_it_was_sent,
    waiting,
)
from meetings.services.numbering import next_number
from records import clock, ledger
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.enums import SystemActor
from records.facts import Actor, recorded
from records.models import Document

CONSENT_SIGNED = ledger.action(
    "consent.signed", lazy("recorded a signature of the written consent %(record)s")
)
CONSENT_EFFECTIVE = ledger.action(
    "consent.effective", lazy("put the written consent %(record)s in effect")
)


@act
def sign(
    consent: WrittenConsent,
    director: Director,
    *,
    by: User,
    at: datetime,
    recites_interest: bool = False,
) -> ConsentSignature:
    """A member signs in the portal: text and attachments as they are shown."""
    consent = waiting(consent, at)
    if director.user != by:
        raise ValidationError(_("Only the member signs here. Record a signed paper instead."))
    signature = _add_signature(
        consent, director, at, HowSigned.HERE, recites_interest=recites_interest, by=by, at=at
    )
    settle(consent, by=by, at=at)
    return signature


@act
def record_signatures(
    consent: WrittenConsent,
    directors: Collection[Director],
    *,
    signed_on: date,
    upload: Upload,
    by: Actor,
    at: datetime,
    recites_interest: bool = False,
) -> list[ConsentSignature]:
    """Record a paper that members signed on a date. It counts as signing here does."""
    consent = waiting(consent, at)
    if not directors:
        raise ValidationError({"directors": _("Say who signed.")})
    signed_at = since_it_was_sent(consent, moment_of(signed_on, at, "signed_on"), "signed_on")
    document = filed(upload, kind=CONSENT_PAPER, title=str(consent), by=by, at=at)
    made = [
        _add_signature(
            consent,
            director,
            signed_at,
            HowSigned.ON_PAPER,
            recites_interest=recites_interest,
            document=document,
            by=by,
            at=at,
        )
        for director in directors
    ]
    settle(consent, by=by, at=at)
    return made


@act
def settle(consent: WrittenConsent, *, by: Actor, at: datetime) -> WrittenConsent:
    """Put a consent in effect where every member has signed and each signature has taken effect."""
    consent = locked(consent)
    if not consent.is_waiting:
        return consent
    ruling = ruling_on(consent, at, clock.zone())
    if ruling.state is not ConsentState.EFFECTIVE or ruling.effective_at is None:
        return consent
    day = day_of(ruling.effective_at)
    consent.decision = record_decision(
        consent.body,
        decided_on=day,
        how=HowDecided.WRITTEN_CONSENT,
        number=next_number(consent.body, day),
        text=consent.text,
        restricted_roles=consent.restricted_roles,
        restricted_people=consent.restricted_people,
        by=by,
        at=at,
    )
    consent.effective_on = day
    consent.save(update_fields=["effective_on", "decision"])
    put_on_record(
        CONSENT_EFFECTIVE, consent, by, at, on=day, decision=consent.decision, serves=consent.serves
    )
    owe(EFFECTIVE, concerned(consent, at), consent, at)
    return consent


def settle_waiting(*, at: datetime) -> None:
    """Put in effect what every member has signed and whose last signature has taken effect since."""
    for consent in WrittenConsent.objects.waiting():
        settle(consent, by=SystemActor.SCHEDULER, at=at)


def _add_signature(
    consent: WrittenConsent,
    director: Director,
    signed_at: datetime,
    how: HowSigned,
    *,
    by: Actor,
    at: datetime,
    recites_interest: bool,
    document: Document | None = None,
) -> ConsentSignature:
    member = asked_member(consent, director)
    if consent.signatures.filter(director=director).exists():
        raise ValidationError(_("%(name)s has signed already.") % {"name": director.name})
    if member.is_interested and not recites_interest:
        raise ValidationError(
            {
                "recites_interest": _(
                    "%(name)s has an interest in this. The signature counts if it says so."
                )
                % {"name": director.name}
            }
        )
    signature = ConsentSignature.objects.create(
        consent=consent,
        director=director,
        how=how,
        signed_at=signed_at,
        takes_effect_at=_with_the_seat(consent, director, signed_at),
        recites_interest=member.is_interested,
        content=consent.signed_content(),
        document=document,
        **recorded(by, at),
    )
    consent.move_on()
    put_on_record(
        CONSENT_SIGNED,
        consent,
        by,
        at,
        director=director,
        how=how,
        on=day_of(signed_at),
        document=document,
        content=ledger.digest(f"content:{signature.content}", consent.salt),
    )
    return signature


def _with_the_seat(
    consent: WrittenConsent, director: Director, signed_at: datetime
) -> datetime | None:
    """When the signature of somebody takes effect whose seat is still to begin; None: at once."""
    day = day_of(signed_at)
    seats = Membership.objects.filter(committee=consent.body_id, director=director)
    if any(seat.covers(day) for seat in seats):
        return None
    ahead = [seat.starts_on for seat in seats if seat.starts_on > day]
    if not ahead:
        raise ValidationError(
            _("%(name)s did not serve on %(day)s, so this signature cannot count.")
            % {"name": director.name, "day": long_day(day)}
        )
    return beginning_of(min(ahead), clock.zone())
