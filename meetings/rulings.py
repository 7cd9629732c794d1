"""What the law says of a consent, from its records: signatures, refusals, and who serves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from charters.enums import CommitteeKind
from charters.rules.consents import (
    Consent,
    ConsentRuling,
    Refusal,
    Seat,
    Signature,
    judge_consent,
)
from committees.models import Membership
from meetings.models import BodyRules, ConsentSignature, WrittenConsent
from records.calendar import DAY
from records.rule_data import TABLE


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in the company's zone."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def seats_of(consent: WrittenConsent, zone: tzinfo) -> list[Seat]:
    """Every seat on the body, past and future ones included. A seat ends with the first moment of
    its first day out of office."""
    rows = Membership.objects.filter(committee=consent.body_id)
    return [
        Seat(
            member=str(seat.director_id),
            since=beginning_of(seat.starts_on, zone),
            until=beginning_of(seat.ends_on, zone) if seat.ends_on else None,
        )
        for seat in rows
    ]


def last_roster_day(sent_on: date) -> tuple[date, int, str]:
    """The last date whose members can be asked, the days until then, and the law that says so."""
    days = TABLE.number_on("consent.days_ahead", sent_on)
    return sent_on + DAY * days, days, TABLE.value_on("consent.days_ahead", sent_on).citation


def ruling_on(consent: WrittenConsent, at: datetime, zone: tzinfo) -> ConsentRuling:
    """Where a consent that was sent is as of a moment."""
    assert consent.sent_at is not None  # noqa: S101  (asked of consents that were sent)
    members = list(consent.members.all())
    asked = Consent(
        sent_at=consent.sent_at,
        asked=frozenset(str(member.director_id) for member in members),
        signatures=tuple(_signature(each) for each in consent.signatures.all()),
        refusals=tuple(Refusal(str(each.director_id), each.at) for each in consent.refusals.all()),
        recused=frozenset(str(each.director_id) for each in members if each.is_interested),
        seats=_board_seats(consent),
        members_at=beginning_of(consent.members_on, zone) if consent.members_on else None,
    )
    return judge_consent(asked, seats_of(consent, zone), at, TABLE)


def _signature(given: ConsentSignature) -> Signature:
    return Signature(
        member=str(given.director_id),
        signed_at=given.signed_at,
        effective_at=given.takes_effect_at,
        withdrawn_at=given.withdrawn_at,
        recites_interest=given.recites_interest,
    )


def _board_seats(consent: WrittenConsent) -> int | None:
    """All seats of the Board, vacant ones too, where they are on record; a committee counts its
    members."""
    if consent.body.kind != CommitteeKind.BOARD:
        return None
    rules = BodyRules.objects.filter(body=consent.body_id).first()
    return rules.seats if rules else None
