"""Committees and who sits on them. A seating or a resignation is a fact and is never refused."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from committees.enums import CommitteeKind, EndReason
from committees.models import ChairTerm, Committee, Director, Membership
from records import ledger
from records.acts import act
from records.ledger import Actor


@act
def establish(*, name: str, kind: CommitteeKind, by: Actor, at: datetime) -> Committee:
    """Set up a committee of the Board, or the Board itself."""
    committee = Committee.objects.create(name=name, kind=kind)
    ledger.record("committee.established", subject=committee, by=by, at=at, kind=kind)
    return committee


@act
def add_director(
    *, name: str, by: Actor, at: datetime, sort_name: str = "", user: User | None = None
) -> Director:
    """Put a director on record, with or without an account."""
    salt = ledger.new_salt()
    director = Director.objects.create(
        name=name, sort_name=sort_name or sorted_as(name), user=user, salt=salt
    )
    ledger.record(
        "director.added",
        subject=director,
        by=by,
        at=at,
        name=ledger.digest(name, salt),
        account=user,
    )
    return director


@act
def rename_director(
    director: Director, *, name: str, sort_name: str, user: User | None, by: Actor, at: datetime
) -> Director:
    """Correct a director's name or the account they sign in with."""
    director = Director.objects.select_for_update().get(pk=director.pk)
    before, account_before = ledger.digest(director.name, director.salt), director.user
    director.name, director.sort_name, director.user = name, sort_name or sorted_as(name), user
    director.save(update_fields=["name", "sort_name", "user"])
    ledger.record(
        "director.changed",
        subject=director,
        by=by,
        at=at,
        name=[before, ledger.digest(name, director.salt)],
        account=[account_before, user],
    )
    return director


@act
def seat(
    director: Director, committee: Committee, *, starts_on: date, by: Actor, at: datetime
) -> Membership:
    """Seat a director on a committee from a day on."""
    overlapping = committee.memberships.select_for_update().filter(director=director)
    for term in overlapping:
        if term.ends_on is None or starts_on < term.ends_on:
            raise ValidationError(
                {
                    "starts_on": _("%(name)s already sits on this committee then.")
                    % {"name": director}
                }
            )
    membership = Membership.objects.create(
        director=director, committee=committee, starts_on=starts_on
    )
    ledger.record(
        "membership.begun",
        subject=membership,
        by=by,
        at=at,
        committee=committee,
        starts_on=starts_on,
    )
    return membership


@act
def end_membership(
    membership: Membership,
    *,
    ends_on: date,
    reason: EndReason,
    by: Actor,
    at: datetime,
    exchange_notified_on: date | None = None,
) -> Membership:
    """Record that a member leaves: `ends_on` is the first day out of office. Ends the chair too."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ends_on is not None:
        raise ValidationError({"ends_on": _("This membership has ended already.")})
    if ends_on <= membership.starts_on:
        raise ValidationError({"ends_on": _("A membership ends after the day it began.")})
    membership.ends_on, membership.end_reason = ends_on, reason
    membership.exchange_notified_on = exchange_notified_on
    membership.save(update_fields=["ends_on", "end_reason", "exchange_notified_on"])
    for term in membership.chair_terms.filter(ends_on=None, starts_on__lt=ends_on):
        end_chair(term, ends_on=ends_on, by=by, at=at)
    ledger.record(
        "membership.ended",
        subject=membership,
        by=by,
        at=at,
        ends_on=ends_on,
        reason=reason,
        exchange_notified_on=exchange_notified_on,
    )
    return membership


@act
def record_exchange_notice(
    membership: Membership, *, on: date, by: Actor, at: datetime
) -> Membership:
    """Record the day on which the exchange was told of the vacancy (Nasdaq 5605(c)(4))."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ends_on is None:
        raise ValidationError(_("This membership has not ended, so there is no vacancy to notify."))
    membership.exchange_notified_on = on
    membership.save(update_fields=["exchange_notified_on"])
    ledger.record("membership.exchange_notified", subject=membership, by=by, at=at, on=on)
    return membership


@act
def designate_chair(
    membership: Membership, *, starts_on: date, by: Actor, at: datetime
) -> ChairTerm:
    """Make a member the chair from a day on; whoever chairs then ceases to."""
    if not membership.covers(starts_on):
        raise ValidationError({"starts_on": _("The chair must sit on the committee that day.")})
    sitting = ChairTerm.objects.select_for_update().filter(
        membership__committee=membership.committee, ends_on=None
    )
    for term in sitting:
        if starts_on <= term.starts_on:
            raise ValidationError({"starts_on": _("The present chair began on or after that day.")})
        end_chair(term, ends_on=starts_on, by=by, at=at)
    term = ChairTerm.objects.create(membership=membership, starts_on=starts_on)
    ledger.record(
        "chair.designated", subject=term, by=by, at=at, membership=membership, starts_on=starts_on
    )
    return term


@act
def end_chair(term: ChairTerm, *, ends_on: date, by: Actor, at: datetime) -> ChairTerm:
    """End a chair's term; the seat on the committee stays."""
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    ledger.record("chair.ended", subject=term, by=by, at=at, ends_on=ends_on)
    return term


def sorted_as(name: str) -> str:
    """Family name first, as far as it can be guessed: Ngozi Okafor -> Okafor, Ngozi."""
    given, __, family = name.strip().rpartition(" ")
    return f"{family}, {given}" if given else family
