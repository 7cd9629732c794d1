"""Committees and who sits on them. A seating or a resignation is a fact and is never refused."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.models import Committee
from committees.enums import EndReason
from committees.models import Director, Membership
from committees.registry import ACCOUNTS
from committees.services.chairs import fit_chair, overlap, stop_chairing
from records import ledger
from records.acts import act
from records.facts import Fact
from records.ledger import Actor

DIRECTOR_ADDED = ledger.action("director.added", lazy("added the director %(record)s"))
DIRECTOR_CHANGED = ledger.action("director.changed", lazy("changed what is known of %(record)s"))
MEMBERSHIP_BEGUN = ledger.action("membership.begun", lazy("seated %(record)s"))
MEMBERSHIP_CORRECTED = ledger.action(
    "membership.corrected", lazy("corrected the seat of %(record)s")
)
MEMBERSHIP_ENDED = ledger.action("membership.ended", lazy("ended the seat of %(record)s"))
MEMBERSHIP_EXCHANGE_NOTIFIED = ledger.action(
    "membership.exchange_notified", lazy("recorded the notice to the exchange: %(record)s")
)


@act
def add_director(
    *, name: str, by: Actor, at: datetime, sort_name: str = "", user: User | None = None
) -> Director:
    """Put a director on record, with or without an account."""
    _refuse_taken(user)
    director = Director.objects.create(name=name, sort_name=sort_name or sorted_as(name), user=user)
    ledger.record(
        DIRECTOR_ADDED,
        subject=director,
        by=by,
        at=at,
        name=ledger.digest(name, director.salt),
        account=user,
    )
    return director


@act
def rename_director(
    director: Director, *, name: str, sort_name: str, user: User | None, by: Actor, at: datetime
) -> Director:
    """Correct a director's name or the account they sign in with."""
    director = Director.objects.select_for_update().get(pk=director.pk)
    _refuse_taken(user, director)
    before, account_before = ledger.digest(director.name, director.salt), director.user
    director.name, director.sort_name, director.user = name, sort_name or sorted_as(name), user
    director.save(update_fields=["name", "sort_name", "user"])
    ledger.record(
        DIRECTOR_CHANGED,
        subject=director,
        by=by,
        at=at,
        name=[before, ledger.digest(name, director.salt)],
        account=[account_before, user],
    )
    if user is not None and user != account_before:
        for follower in ACCOUNTS:
            follower.follow(director, by=by, at=at)
    return director


def _refuse_taken(user: User | None, director: Director | None = None) -> None:
    """Each account is one person's; it is locked until the act has ended."""
    if user is None:
        return
    User.objects.locked().get(pk=user.pk)
    holder = Director.objects.filter(user=user).first()
    if holder is not None and holder != director:
        raise ValidationError({"user": _("This account is another director's.")})


@act
def seat(
    director: Director,
    committee: Committee,
    *,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    end_reason: EndReason | None = None,
    exchange_notified_on: date | None = None,
) -> Membership:
    """Seat a director on a committee from a day on; what has ended is recorded with its end."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    membership = Membership(director=director, committee=committee)
    _set_days(membership, starts_on, ends_on, end_reason, exchange_notified_on, "end_reason")
    membership.save()
    end: dict[str, Fact] = {}
    if ends_on is not None:
        end = {
            "ends_on": ends_on,
            "reason": end_reason,
            "exchange_notified_on": exchange_notified_on,
        }
    ledger.record(
        MEMBERSHIP_BEGUN,
        subject=membership,
        by=by,
        at=at,
        committee=committee,
        starts_on=starts_on,
        **end,
    )
    return membership


@act
def correct_membership(
    membership: Membership,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: EndReason | None,
    exchange_notified_on: date | None,
    by: Actor,
    at: datetime,
) -> Membership:
    """Correct a seat's days; the ledger keeps the old beside the new. The chair fits the seat.

    A term as chair that ended with the seat ends with it still.
    """
    Committee.objects.select_for_update().get(pk=membership.committee_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    was = _days(membership)
    _set_days(membership, starts_on, ends_on, reason, exchange_notified_on, "reason")
    now = _days(membership)
    if was == now:
        raise ValidationError(_("These are the dates on record, so there is nothing to correct."))
    membership.save(update_fields=["starts_on", "ends_on", "end_reason", "exchange_notified_on"])
    for term in membership.chair_terms.select_for_update():
        fit_chair(term, was["ends_on"], membership, by, at)
    facts: dict[str, Fact] = {
        name: [was[name], now[name]] for name in now if was[name] != now[name]
    }
    ledger.record(MEMBERSHIP_CORRECTED, subject=membership, by=by, at=at, **facts)
    return membership


def _set_days(
    membership: Membership,
    starts_on: date,
    ends_on: date | None,
    reason: EndReason | None,
    exchange_notified_on: date | None,
    reason_field: str,
) -> None:
    """Give a seat its days, where they are possible and the director sits once on each of them."""
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("A membership ends after the date it began.")})
    if ends_on is not None and not reason:
        raise ValidationError({reason_field: _("Say why the membership ended.")})
    if ends_on is None and reason:
        raise ValidationError({"ends_on": _("Enter the date on which the membership ended.")})
    if ends_on is None and exchange_notified_on is not None:
        raise ValidationError(
            {"exchange_notified_on": _("Without an end there is no vacancy to notify.")}
        )
    others = membership.committee.memberships.filter(director=membership.director_id)
    for other in others.exclude(pk=membership.pk):
        if overlap(starts_on, ends_on, other):
            raise ValidationError(
                {
                    "starts_on": _("%(name)s already sits on this committee then.")
                    % {"name": membership.director}
                }
            )
    membership.starts_on, membership.ends_on = starts_on, ends_on
    membership.end_reason = reason or ""
    membership.exchange_notified_on = exchange_notified_on


def _days(membership: Membership) -> dict[str, Any]:
    return {
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "reason": EndReason(membership.end_reason) if membership.end_reason else None,
        "exchange_notified_on": membership.exchange_notified_on,
    }


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
    Committee.objects.select_for_update().get(pk=membership.committee_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ends_on is not None:
        raise ValidationError({"ends_on": _("This membership has ended already.")})
    if ends_on <= membership.starts_on:
        raise ValidationError({"ends_on": _("A membership ends after the date it began.")})
    membership.ends_on, membership.end_reason = ends_on, reason
    membership.exchange_notified_on = exchange_notified_on
    membership.save(update_fields=["ends_on", "end_reason", "exchange_notified_on"])
    for term in membership.chair_terms.select_for_update():
        if overlap(ends_on, None, term):
            stop_chairing(term, max(ends_on, term.starts_on), by, at)
    ledger.record(
        MEMBERSHIP_ENDED,
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
    ledger.record(MEMBERSHIP_EXCHANGE_NOTIFIED, subject=membership, by=by, at=at, on=on)
    return membership


def sorted_as(name: str) -> str:
    """Family name first, as far as it can be guessed: Ngozi Okafor -> Okafor, Ngozi."""
    given, __, family = name.strip().rpartition(" ")
    return f"{family}, {given}" if given else family
