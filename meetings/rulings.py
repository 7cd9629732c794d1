"""What the law says of a consent, from its records: signatures, refusals, and who serves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from charters.enums import CommitteeKind
from charters.models import Committee
from charters.rules.consents import (
    Consent,
    ConsentRuling,
    ConsentState,
    Refusal,
    Seat,
    Signature,
    Terms,
    judge_consent,
)
from meetings.models import BodyRules, ConsentSignature, WrittenConsent
from records.calendar import DAY
from records.rule_data import TABLE


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in the company's zone."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def seats_of(consent: WrittenConsent, zone: tzinfo) -> list[Seat]:
    """Every seat on the body, past and future ones included. A seat ends with the first moment of
    its first day out of office."""
    return [
        Seat(
            member=str(seat.director_id),
            since=beginning_of(seat.starts_on, zone),
            until=beginning_of(seat.ends_on, zone) if seat.ends_on else None,
        )
        for seat in consent.body.memberships.all()
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
        members_at=beginning_of(consent.members_on, zone) if consent.members_on else None,
        terms=terms_of(consent.body, zone),
    )
    return judge_consent(asked, seats_of(consent, zone), at, TABLE)


def is_in_effect(consent: WrittenConsent, at: datetime, zone: tzinfo) -> bool:
    """Whether it waits on record, and its last signature has taken effect: it is yet to be settled."""
    if not consent.is_waiting:
        return False
    return ruling_on(consent, at, zone).state is ConsentState.EFFECTIVE


def _signature(given: ConsentSignature) -> Signature:
    return Signature(
        member=str(given.director_id),
        signed_at=given.signed_at,
        effective_at=given.takes_effect_at,
        withdrawn_at=given.withdrawn_at,
        recites_interest=given.recites_interest,
    )


def terms_of(body: Committee, zone: tzinfo) -> tuple[Terms, ...]:
    """What the bylaws say of a body, each entry from its date on. Of a Board nothing is said of its
    quorum while its number of seats is not on record; a committee counts its members."""
    is_board = body.kind == CommitteeKind.BOARD
    before = Terms(datetime.min.replace(tzinfo=UTC), is_sized=not is_board)
    entries = body.meeting_rules.all()
    return before, *(_terms(rules, zone, is_board=is_board) for rules in entries)


def _terms(rules: BodyRules, zone: tzinfo, *, is_board: bool) -> Terms:
    return Terms(
        since=beginning_of(rules.effective_on, zone),
        bylaws=rules.bylaws(rules.effective_on),
        seats=rules.seats if is_board else None,
        is_sized=not is_board or rules.seats is not None,
        forbidden=rules.consents_citation if rules.forbids_consents else "",
    )
