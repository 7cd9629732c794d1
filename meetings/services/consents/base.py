"""What the acts on consents share: locks, moments, whom to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.rules.consents import ConsentRuling, ConsentState
from committees.models import Director
from meetings.models import ConsentMember, WrittenConsent
from meetings.reports.consents import ruling_words
from meetings.rulings import beginning_of, ruling_on
from records import clock, ledger, notices
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor
from records.notice_kinds import NoticeKind

IN_EFFECT = lazy("This consent is in effect. It cannot be changed or withdrawn.")


def put_on_record(
    action: ledger.Action, consent: WrittenConsent, by: Actor, at: datetime, **facts: object
) -> None:
    ledger.record(action, subject=consent, by=by, at=at, **facts)  # type: ignore[arg-type]


def locked(consent: WrittenConsent) -> WrittenConsent:
    return WrittenConsent.objects.select_for_update().get(pk=consent.pk)


def refuse_ended(consent: WrittenConsent) -> None:
    if consent.effective_on:
        raise ValidationError(IN_EFFECT)
    if consent.stopped_at:
        raise ValidationError(_("This consent has ended without effect. Start a new one."))


def refuse_in_effect(consent: WrittenConsent, at: datetime) -> ConsentRuling:
    """Where a consent that was sent stands. Refused once the last signature has taken effect, also
    before that is settled: from then on nobody takes back an act that is law (DGCL 141(f))."""
    ruling = ruling_on(consent, at, clock.zone())
    if ruling.state is ConsentState.EFFECTIVE:
        raise ValidationError(IN_EFFECT)
    if ruling.complete_at is not None:
        raise ValidationError(ruling_words(consent, ruling, clock.zone()))
    return ruling


def unsigned(consent: WrittenConsent) -> WrittenConsent:
    """The consent under a lock, refused where somebody has signed what it says."""
    consent = locked(consent)
    refuse_ended(consent)
    signature = consent.signatures.select_related("director").first()
    if signature:
        raise ValidationError(
            _("%(name)s has signed. Withdraw this consent and start a new one.")
            % {"name": signature.director.name}
        )
    return consent


def waiting(consent: WrittenConsent, at: datetime) -> WrittenConsent:
    """The consent under a lock, refused where it cannot be signed any more."""
    consent = locked(consent)
    refuse_ended(consent)
    if consent.sent_at is None:
        raise ValidationError(_("This consent has not been sent for signature."))
    ruling = refuse_in_effect(consent, at)
    if ruling.state is ConsentState.STOPPED:
        raise ValidationError(ruling_words(consent, ruling, clock.zone()))
    return consent


def asked_member(consent: WrittenConsent, director: Director) -> ConsentMember:
    member = consent.members.filter(director=director).first()
    if member is None:
        raise ValidationError(
            _("%(name)s was not asked to sign this consent.") % {"name": director.name}
        )
    return member


def moment_of(day: date | None, at: datetime, field: str) -> datetime:
    """The moment of a date: now where it is today, else its beginning."""
    if day is None or day == day_of(at):
        return at
    if day > day_of(at):
        raise ValidationError({field: _("This date is in the future.")})
    return beginning_of(day, clock.zone())


def since_it_was_sent(consent: WrittenConsent, moment: datetime, field: str) -> datetime:
    """A moment of the day on which it was sent is never before it was sent."""
    assert consent.sent_at is not None  # noqa: S101  (it waits for signatures)
    if moment >= consent.sent_at:
        return moment
    if day_of(moment) == day_of(consent.sent_at):
        return consent.sent_at
    raise ValidationError(
        {
            field: _("The consent was sent on %(day)s. Nobody signs or declines it before.")
            % {"day": long_day(day_of(consent.sent_at))}
        }
    )


def owe(
    kind: NoticeKind, people: Iterable[User | None], consent: WrittenConsent, at: datetime
) -> None:
    for person in people:
        key = f"consent:{consent.pk}:{person.pk if person else 0}"
        notices.owe(kind, to=person, key=key, at=at, subject=consent)


def concerned(consent: WrittenConsent, at: datetime) -> list[User]:
    """Everybody asked who has an account, and the secretaries who may read it."""
    day = day_of(at)
    asked = [member.director.user for member in consent.members.select_related("director__user")]
    found = [user for user in asked if user] + notices.holders("meetings.change_consent", day)
    return [user for user in dict.fromkeys(found) if not consent.restriction.bars(user, on=day)]
