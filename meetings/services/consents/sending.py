"""Consents sent: every member of a date is asked to sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Committee
from committees.models import Director, Membership
from meetings.consent_notices import TO_SIGN
from meetings.models import BodyRules, ConsentMember, WrittenConsent
from meetings.rulings import last_roster_day
from meetings.services.consents.base import locked, moment_of, owe, put_on_record
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor

CONSENT_SENT = ledger.action(
    "consent.sent", lazy("sent the written consent %(record)s for signature")
)


@act
def send_consent(
    consent: WrittenConsent,
    *,
    by: Actor,
    at: datetime,
    sent_on: date | None = None,
    members_on: date | None = None,
    interested: Collection[Director] = (),
    sign_by: date | None = None,
) -> WrittenConsent:
    """Ask every member to sign.

    sent_on      when it was sent, where that was earlier and on paper
    members_on   the date whose members are asked, where a seat begins or ends before the last
                 signature; those not yet serving sign with effect from the first day of their seat
    interested   members with an interest in it: they sign too, and say so
    """
    consent = locked(consent)
    if consent.sent_at or consent.stopped_at:
        raise ValidationError(_("This consent was sent or withdrawn already."))
    consent.sent_at = moment_of(sent_on, at, "sent_on")
    first = day_of(consent.sent_at)
    _refuse_by_the_bylaws(consent.body, first)
    consent.members_on = _roster_day(members_on, first)
    directors = _members(consent.body, consent.members_on)
    _refuse_member_who_cannot_read(consent, directors, at)
    if sign_by and sign_by < first:
        raise ValidationError({"sign_by": _("This date is before the consent is sent.")})
    interests = {director.pk for director in interested}
    if not interests <= {director.pk for director in directors}:
        raise ValidationError({"interested": _("Choose members who are asked to sign.")})
    consent.sign_by = sign_by
    consent.save(update_fields=["sent_at", "sign_by", "members_on"])
    ConsentMember.objects.bulk_create(
        ConsentMember(consent=consent, director=each, is_interested=each.pk in interests)
        for each in directors
    )
    put_on_record(
        CONSENT_SENT,
        consent,
        by,
        at,
        sent_on=first,
        members=list(directors),
        interested=sorted(interests),
        content=ledger.digest(f"content:{consent.signed_content()}", consent.salt),
    )
    owe(TO_SIGN, [each.user for each in directors if each.user], consent, at)
    return consent


def _refuse_by_the_bylaws(body: Committee, day: date) -> None:
    """Refuse what the rules in effect do not allow, and what could not be judged by them."""
    rules = BodyRules.objects.in_force(body, day)
    if rules.forbids_consents:
        raise ValidationError(
            _("The bylaws do not allow written consents (%(citation)s). Call a meeting.")
            % {"citation": rules.consents_citation}
        )
    if body.kind == CommitteeKind.BOARD and rules.seats is None:
        raise ValidationError(
            _(
                "The number of seats on the Board is not on record, so its quorum is not known. "
                "Record the number under Meeting rules, then send this consent."
            )
        )


def _refuse_member_who_cannot_read(
    consent: WrittenConsent, directors: Iterable[Director], at: datetime
) -> None:
    for director in directors:
        if director.user and consent.restriction.bars(director.user, on=day_of(at)):
            raise ValidationError(
                _(
                    "%(name)s is asked to sign and could not read this consent, because it is "
                    "restricted. Call a meeting, or draft it without the restriction."
                )
                % {"name": director.name}
            )


def _roster_day(members_on: date | None, first: date) -> date:
    """The date whose members are asked: from the day it is sent, as far ahead as the statute lets a
    signature take effect."""
    chosen = members_on or first
    last, days, law = last_roster_day(first)
    if not first <= chosen <= last:
        raise ValidationError(
            {
                "members_on": _("Choose a date up to %(days)s days after it is sent (%(law)s).")
                % {"days": days, "law": law}
            }
        )
    return chosen


def _members(body: Committee, day: date) -> list[Director]:
    seats = Membership.objects.in_office(day).filter(committee=body)
    directors = [seat.director for seat in seats.select_related("director__user")]
    if not directors:
        raise ValidationError(_("Nobody serves on this body. Nobody can act for it by consent."))
    return directors
