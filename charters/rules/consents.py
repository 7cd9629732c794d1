"""Unanimous written consent: an act without a meeting, signed by every member (DGCL 141(f)).

It takes effect with the last signature, when everybody who serves at that moment has signed. It is
stopped by one refusal and by a change of members: it cannot take effect as it was sent. It is never
counted as a meeting.

Pure: no database and no clock. The day or moment as of which it is judged is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from charters.rules.voting import STATUTE, Body, Bylaws, VotingError, quorum
from records.rule_data import RuleData

CITATION = "DGCL 141(f)"
INTERESTED = "DGCL 141(f), 144"


@dataclass(frozen=True)
class Seat:
    """A member's time on the body; `until` is the first moment on which they no longer serve."""

    member: str
    since: datetime
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Signature:
    """A member signs. `effective_at`: given to take effect later, for example with a seat that begins
    then; it can be withdrawn until everybody has signed.

    Raises VotingError where it is to take effect, or was withdrawn, before it was given.
    """

    member: str
    signed_at: datetime
    effective_at: datetime | None = None
    withdrawn_at: datetime | None = None
    recites_interest: bool = False

    def __post_init__(self) -> None:
        if self.takes_effect_at < self.signed_at:
            raise VotingError(f"{self.member}: a signature is not dated back.")
        if self.withdrawn_at is not None and self.withdrawn_at < self.signed_at:
            raise VotingError(f"{self.member}: withdrawn before it was signed.")

    @property
    def takes_effect_at(self) -> datetime:
        return self.effective_at or self.signed_at


@dataclass(frozen=True)
class Refusal:
    member: str
    at: datetime


@dataclass(frozen=True)
class Terms:
    """What the bylaws say of a body from a moment on.

    seats       of the Board alone: all seats, vacant ones too
    is_sized    False for a Board whose number of seats is not on record: its quorum is not known
    forbidden   where the bylaws do not allow written consents (DGCL 141(f)): where they say so
    """

    since: datetime
    bylaws: Bylaws = STATUTE
    seats: int | None = None
    is_sized: bool = True
    forbidden: str = ""


@dataclass(frozen=True)
class Consent:
    """A consent as it was sent, to those who are to sign it.

    terms     what the bylaws say, each from a moment on; the statute decides before the first
    recused   members with an interest in it: they sign as well, and recite the interest
    members_at  those who serve at that moment were asked, where seats begin or end before it

    Raises VotingError for a signature of somebody who was not asked, a second one by the same
    member, or one from before it was sent.
    """

    sent_at: datetime
    asked: frozenset[str]
    signatures: tuple[Signature, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    recused: frozenset[str] = frozenset()
    members_at: datetime | None = None
    terms: tuple[Terms, ...] = ()

    def __post_init__(self) -> None:
        if not self.asked:
            raise VotingError("A consent is sent to somebody.")
        signers = [signature.member for signature in self.signatures]
        for member in {*signers, *(refusal.member for refusal in self.refusals), *self.recused}:
            if member not in self.asked:
                raise VotingError(f"{member}: not asked to sign this consent.")
        if len(set(signers)) < len(signers):
            raise VotingError("A member signs a consent once.")
        moments = [s.signed_at for s in self.signatures] + [r.at for r in self.refusals]
        if any(moment < self.sent_at for moment in moments):
            raise VotingError("Nobody signs or refuses a consent before it is sent.")


class ConsentState(StrEnum):
    WAITING = "waiting"
    EFFECTIVE = "effective"
    STOPPED = "stopped"


class ConsentReason(StrEnum):
    ALL_SIGNED = "all_signed"
    SIGNATURES_MISSING = "signatures_missing"
    TAKES_EFFECT_LATER = "takes_effect_later"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MEMBERS_CHANGED = "members_changed"
    FORBIDDEN_BY_BYLAWS = "forbidden_by_bylaws"
    SIZE_NOT_ON_RECORD = "size_not_on_record"
    TOO_FEW_FOR_A_QUORUM = "too_few_for_a_quorum"
    INTEREST_NOT_RECITED = "interest_not_recited"


@dataclass(frozen=True)
class ConsentRuling:
    """Where a consent stands.

    effective_at  the moment of the last signature, once it has taken effect
    complete_at   the same where the number of seats at that moment is not on record
    missing       who has not signed
    changes       who came or went since: the members are not those it was sent to
    warns         a recused member is asked to sign: a special meeting is the other way
    """

    state: ConsentState
    reason: ConsentReason
    effective_at: datetime | None = None
    complete_at: datetime | None = None
    missing: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    warns: bool = False
    citation: str = CITATION


def serving_at(seats: Iterable[Seat], at: datetime) -> frozenset[str]:
    return frozenset(seat.member for seat in seats if seat.covers(at))


def judge_consent(
    consent: Consent, seats: Sequence[Seat], as_of: datetime, rules: RuleData
) -> ConsentRuling:
    """Where a consent stands as of a moment: in effect, waiting, or stopped.

    Raises VotingError for a signature that is to take effect further ahead than the statute allows.
    """
    for signature in consent.signatures:
        _refuse_far_ahead(signature, rules)
    found = _judge(consent, seats, as_of)
    if not consent.recused:
        return found
    return replace(found, warns=True, citation=found.citation.replace(CITATION, INTERESTED, 1))


def _judge(consent: Consent, seats: Sequence[Seat], as_of: datetime) -> ConsentRuling:
    given = _given(consent, as_of)
    complete_at = _complete_at(consent, given)
    if complete_at is not None and complete_at <= as_of:
        return _complete(consent, seats, complete_at)
    if reason := _ended(consent, as_of):
        return ConsentRuling(ConsentState.STOPPED, reason)
    if (terms := _terms_at(consent, as_of)).forbidden:
        return _forbidden(terms)
    missing = tuple(sorted(consent.asked - {signature.member for signature in given}))
    if changes := _unforeseen(consent, seats, given, as_of):
        reason = ConsentReason.MEMBERS_CHANGED
        return ConsentRuling(ConsentState.STOPPED, reason, missing=missing, changes=changes)
    if complete_at is not None:
        return ConsentRuling(ConsentState.WAITING, ConsentReason.TAKES_EFFECT_LATER)
    if missing:
        return ConsentRuling(
            ConsentState.WAITING, ConsentReason.SIGNATURES_MISSING, missing=missing
        )
    silent = _silent_on_interest(consent, given)
    return ConsentRuling(ConsentState.WAITING, ConsentReason.INTEREST_NOT_RECITED, missing=silent)


def _complete(consent: Consent, seats: Sequence[Seat], at: datetime) -> ConsentRuling:
    """Everybody asked has signed: in effect, unless others serve by then, too few, or the bylaws
    then in effect do not allow it. Bylaws never make less than all of them enough.

    It needs as many members as would make a quorum (Applied Energetics v. Farley, Del. Ch. 2020),
    by the bylaws in effect at the last signature.
    """
    terms = _terms_at(consent, at)
    if terms.forbidden:
        return _forbidden(terms)
    serving = serving_at(seats, at)
    if serving != consent.asked:
        changes = _changes(consent, seats, at)
        return ConsentRuling(ConsentState.STOPPED, ConsentReason.MEMBERS_CHANGED, changes=changes)
    if not terms.is_sized:
        reason = ConsentReason.SIZE_NOT_ON_RECORD
        return ConsentRuling(ConsentState.WAITING, reason, complete_at=at)
    if len(serving) < quorum(_body(serving, terms)).needed:
        citation = "; ".join(filter(None, (CITATION, terms.bylaws.citation)))
        reason = ConsentReason.TOO_FEW_FOR_A_QUORUM
        return ConsentRuling(ConsentState.STOPPED, reason, citation=citation)
    return ConsentRuling(ConsentState.EFFECTIVE, ConsentReason.ALL_SIGNED, effective_at=at)


def _terms_at(consent: Consent, at: datetime) -> Terms:
    """What the bylaws say at a moment."""
    begun = [terms for terms in consent.terms if terms.since <= at]
    return max(begun, key=lambda terms: terms.since, default=Terms(at))


def _forbidden(terms: Terms) -> ConsentRuling:
    return ConsentRuling(
        ConsentState.STOPPED,
        ConsentReason.FORBIDDEN_BY_BYLAWS,
        citation=f"{CITATION}; {terms.forbidden}",
    )


def _body(serving: frozenset[str], terms: Terms) -> Body:
    """The body; the Board has at least as many seats as directors serving."""
    seats = None if terms.seats is None else max(terms.seats, len(serving))
    return Body(serving, seats, terms.bylaws)


def _refuse_far_ahead(signature: Signature, rules: RuleData) -> None:
    day = signature.signed_at.date()
    longest = timedelta(days=rules.number_on("consent.days_ahead", day))
    if signature.takes_effect_at - signature.signed_at > longest:
        raise VotingError(
            f"{signature.member}: a consent takes effect at most {longest.days} days ahead "
            f"({rules.value_on('consent.days_ahead', day).citation})."
        )


def _given(consent: Consent, as_of: datetime) -> tuple[Signature, ...]:
    """The signatures that stand as of a moment. Once all have signed, none can be withdrawn."""
    signed = [each for each in consent.signatures if each.signed_at <= as_of]
    last = max((each.takes_effect_at for each in signed), default=as_of)
    complete = {each.member for each in signed} == consent.asked
    return tuple(
        each
        for each in signed
        if each.withdrawn_at is None
        or each.withdrawn_at > as_of
        or (complete and each.withdrawn_at > last)
    )


def _complete_at(consent: Consent, given: Sequence[Signature]) -> datetime | None:
    """When the last signature takes effect, where everybody asked has signed as they must."""
    if {each.member for each in given} != consent.asked or _silent_on_interest(consent, given):
        return None
    complete_at = max(each.takes_effect_at for each in given)
    refused = [each.at for each in consent.refusals if each.at <= complete_at]
    return None if refused else complete_at


def _silent_on_interest(consent: Consent, given: Iterable[Signature]) -> tuple[str, ...]:
    """Recused members who signed without reciting their interest."""
    signed = {each.member for each in given if not each.recites_interest}
    return tuple(sorted(signed & consent.recused))


def _ended(consent: Consent, as_of: datetime) -> ConsentReason | None:
    """One refusal ends it, and so does a signature that was withdrawn."""
    if any(each.at <= as_of for each in consent.refusals):
        return ConsentReason.REFUSED
    withdrawn = (each.withdrawn_at for each in consent.signatures)
    if any(moment is not None and moment <= as_of for moment in withdrawn):
        return ConsentReason.WITHDRAWN
    return None


def _unforeseen(
    consent: Consent, seats: Sequence[Seat], given: Sequence[Signature], as_of: datetime
) -> tuple[str, ...]:
    """Who came or went so that it cannot take effect as sent. A seat that is yet to begin is
    foreseen where its signature is to take effect with it, or where it was sent to those who serve
    then."""
    foreseen = max((each.takes_effect_at for each in given), default=as_of)
    return _changes(consent, seats, max(as_of, foreseen, consent.members_at or as_of))


def _changes(consent: Consent, seats: Sequence[Seat], at: datetime) -> tuple[str, ...]:
    return tuple(sorted(serving_at(seats, at) ^ consent.asked))
