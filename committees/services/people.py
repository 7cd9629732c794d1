"""Committees and who sits on them. A seating or a resignation is a fact and is never refused."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.models import Committee
from committees.enums import DeterminationKind, EndReason
from committees.models import ChairTerm, Director, Membership
from committees.registry import ACCOUNTS
from records import ledger
from records.acts import act
from records.dates import long_day
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
CHAIR_DESIGNATED = ledger.action("chair.designated", lazy("recorded the chair: %(record)s"))
CHAIR_CORRECTED = ledger.action(
    "chair.corrected", lazy("corrected the term of the chair %(record)s")
)
CHAIR_ENDED = ledger.action("chair.ended", lazy("ended the term of the chair %(record)s"))


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
        raise ValidationError(_("These are the days on record, so there is nothing to correct."))
    membership.save(update_fields=["starts_on", "ends_on", "end_reason", "exchange_notified_on"])
    for term in membership.chair_terms.select_for_update():
        _fit(term, was["ends_on"], membership, by, at)
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
        raise ValidationError({"ends_on": _("A membership ends after the day it began.")})
    if ends_on is not None and not reason:
        raise ValidationError({reason_field: _("Say why the membership ended.")})
    if ends_on is None and reason:
        raise ValidationError({"ends_on": _("Say on which day the membership ended.")})
    if ends_on is None and exchange_notified_on is not None:
        raise ValidationError(
            {"exchange_notified_on": _("Without an end there is no vacancy to notify.")}
        )
    others = membership.committee.memberships.filter(director=membership.director_id)
    for other in others.exclude(pk=membership.pk):
        if _overlap(starts_on, ends_on, other):
            raise ValidationError(
                {
                    "starts_on": _("%(name)s already sits on this committee then.")
                    % {"name": membership.director}
                }
            )
    membership.starts_on, membership.ends_on = starts_on, ends_on
    membership.end_reason = reason or ""
    membership.exchange_notified_on = exchange_notified_on


def _overlap(starts_on: date, ends_on: date | None, other: Membership | ChairTerm) -> bool:
    """Whether a span shares a day with a seat or a term; ends are the first day out."""
    if other.starts_on == other.ends_on:
        return False
    begins_before_its_end = other.ends_on is None or starts_on < other.ends_on
    return begins_before_its_end and (ends_on is None or other.starts_on < ends_on)


def _days(membership: Membership) -> dict[str, Any]:
    return {
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "reason": EndReason(membership.end_reason) if membership.end_reason else None,
        "exchange_notified_on": membership.exchange_notified_on,
    }


def _fit(
    term: ChairTerm, old_end: date | None, membership: Membership, by: Actor, at: datetime
) -> None:
    """Keep a chair's term within its seat. One that lies outside is left without a day."""
    starts_on, ends_on = max(term.starts_on, membership.starts_on), term.ends_on
    if ends_on is not None and ends_on == old_end and not _chaired_by_another(term, membership):
        ends_on = membership.ends_on
    elif membership.ends_on is not None:
        ends_on = min(ends_on or membership.ends_on, membership.ends_on)
    if ends_on is not None and ends_on <= starts_on:
        starts_on = ends_on = term.starts_on
    if (starts_on, ends_on) == (term.starts_on, term.ends_on):
        return
    before = [term.starts_on, term.ends_on]
    term.starts_on, term.ends_on = starts_on, ends_on
    term.save(update_fields=["starts_on", "ends_on"])
    membership.move_on()
    ledger.record(
        CHAIR_CORRECTED,
        subject=term,
        by=by,
        at=at,
        starts_on=[before[0], starts_on],
        ends_on=[before[1], ends_on],
    )


def _chaired_by_another(term: ChairTerm, membership: Membership) -> bool:
    """Whether another chairs between the term's end and the seat's new one."""
    if term.ends_on is None:
        return False
    others = ChairTerm.objects.filter(membership__committee=membership.committee_id)
    return any(
        _overlap(term.ends_on, membership.ends_on, other) for other in others.exclude(pk=term.pk)
    )


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
        raise ValidationError({"ends_on": _("A membership ends after the day it began.")})
    membership.ends_on, membership.end_reason = ends_on, reason
    membership.exchange_notified_on = exchange_notified_on
    membership.save(update_fields=["ends_on", "end_reason", "exchange_notified_on"])
    for term in membership.chair_terms.select_for_update():
        if _overlap(ends_on, None, term):
            _end_chair(term, max(ends_on, term.starts_on), by, at)
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


@act
def designate_chair(
    membership: Membership,
    *,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> ChairTerm:
    """Make a member the chair from a day on; whoever chairs then ceases to.

    A past chair is recorded with the end of the term. The chair ends with the seat at the latest.
    """
    Committee.objects.select_for_update().get(pk=membership.committee_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not membership.covers(starts_on):
        raise ValidationError({"starts_on": _("The chair must sit on the committee that day.")})
    _refuse_under_exception(membership, starts_on)
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("A term ends after the day it began.")})
    if ends_on and membership.ends_on and membership.ends_on < ends_on:
        raise ValidationError({"ends_on": _("The chair ends with the seat at the latest.")})
    last = ends_on or membership.ends_on
    terms = ChairTerm.objects.select_for_update().filter(
        membership__committee=membership.committee_id
    )
    for term in terms.select_related("membership__director"):
        if _overlap(starts_on, last, term):
            _give_way(term, starts_on, ends_on, by, at)
    term = ChairTerm.objects.create(membership=membership, starts_on=starts_on, ends_on=last)
    membership.move_on()
    ledger.record(
        CHAIR_DESIGNATED,
        subject=term,
        by=by,
        at=at,
        membership=membership,
        starts_on=starts_on,
        ends_on=last,
    )
    return term


def _refuse_under_exception(membership: Membership, starts_on: date) -> None:
    """Who serves under exceptional circumstances does not chair (RULE-13)."""
    made = membership.director.determinations.standing().by(starts_on)
    latest = made.of_kind(DeterminationKind.EXCEPTION).last()
    if latest and latest.ends_on and starts_on <= latest.ends_on:
        raise ValidationError(
            {
                "starts_on": _(
                    "%(name)s serves under exceptional circumstances until %(day)s and does not "
                    "chair the committee until then (Nasdaq 5605(c)(2)(B))."
                )
                % {"name": membership.director, "day": long_day(latest.ends_on)}
            }
        )


def _give_way(
    term: ChairTerm, starts_on: date, ends_on: date | None, by: Actor, at: datetime
) -> None:
    """End a term where the next begins; refused where more of it than its end would be lost."""
    words = {"name": term.membership.director, "day": long_day(term.starts_on)}
    if starts_on <= term.starts_on:
        raise ValidationError(
            {
                "starts_on": _(
                    "The present chair began on or after that day: %(name)s, on %(day)s. "
                    "For a term before that one, say until when it lasted."
                )
                % words
            }
        )
    if ends_on is not None and (term.ends_on is None or ends_on < term.ends_on):
        raise ValidationError(
            {
                "starts_on": _(
                    "%(name)s chairs since %(day)s, before this term and after it. "
                    "End that term first."
                )
                % words
            }
        )
    _end_chair(term, starts_on, by, at)


@act
def end_chair(term: ChairTerm, *, ends_on: date, by: Actor, at: datetime) -> ChairTerm:
    """End a chair's term; the seat on the committee stays."""
    Committee.objects.select_for_update().get(pk=term.membership.committee_id)
    term = ChairTerm.objects.select_for_update().get(pk=term.pk)
    if term.ends_on is not None:
        raise ValidationError({"ends_on": _("This term as chair has its end on record already.")})
    if ends_on <= term.starts_on:
        raise ValidationError({"ends_on": _("A term ends after the day it began.")})
    _end_chair(term, ends_on, by, at)
    return term


def _end_chair(term: ChairTerm, ends_on: date, by: Actor, at: datetime) -> None:
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    term.membership.move_on()
    ledger.record(CHAIR_ENDED, subject=term, by=by, at=at, ends_on=ends_on)


def sorted_as(name: str) -> str:
    """Family name first, as far as it can be guessed: Ngozi Okafor -> Okafor, Ngozi."""
    given, __, family = name.strip().rpartition(" ")
    return f"{family}, {given}" if given else family
