"""Recusal from one item: it restricts the item from the person everywhere, whatever else they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from accounts.services import withhold
from accounts.withheld import record_of
from charters.registry import members_of
from charters.services.decisions import restrict_decision
from committees.models import Director
from meetings.models import AgendaItem, AgendaItemQuerySet, Recusal
from meetings.notices import SUBSTITUTE
from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded

ITEM_RECUSED = ledger.action("item.recused", lazy("recorded a recusal from the item %(record)s"))

ITEM_RESTRICTED = ledger.action(
    "item.restricted", lazy("restricted the item %(record)s from the account of a recused person")
)


@act
def recuse(
    item: AgendaItem,
    *,
    by: Actor,
    at: datetime,
    user: User | None = None,
    director: Director | None = None,
    stays: bool = False,
) -> Recusal:
    """Record that a person takes no part in an item, declared by themselves or noted for them.

    From here on the item, what it came from and whatever else came of that is restricted from their
    account, and the item leaves the consent group. A recusal is not lifted. If nobody is left to
    prepare the item, the chair is asked for a substitute.
    """
    director, user = _both(director, user)
    if user:
        lock_accounts([user.pk])
    recusal = _recuse(item, director, user, stays, by, at)
    if user:
        _withhold(recusal.item, user, director, by, at)
    for other in _to_come(recusal.item):
        if not _of(other, director, user).exists():
            recuse(other, director=director, user=user, stays=stays, by=by, at=at)
    return recusal


def carry_recusals(item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Whoever is recused from an item that this one was carried from, or that came from the same
    record, is recused from this one as well."""
    origin = Q(pk=item.carried_from_id or 0)
    if item.source_records:
        origin |= Q(pk__in=AgendaItem.objects.about(item.source_records).values("pk"))
    earlier = Recusal.objects.filter(item__in=AgendaItem.objects.filter(origin).exclude(pk=item.pk))
    for recusal in earlier.select_related("director", "user").order_by("pk"):
        director, user = _both(recusal.director, recusal.user)
        if not _of(item, director, user).exists():
            recuse(item, director=director, user=user, stays=recusal.stays, by=by, at=at)


def accounts_recused(items: QuerySet[AgendaItem]) -> set[int]:
    """The accounts of everybody who is recused from any of the items."""
    named = Recusal.objects.filter(item__in=items).values_list("user", "director__user")
    return {key for pair in named for key in pair if key}


def lock_accounts(keys: Collection[int]) -> None:
    """Lock accounts before the meeting whose items their people are recused from: whoever gives an
    account to a director locks it first as well, so that no two wait for each other."""
    if keys:
        list(User.objects.locked().filter(pk__in=keys).order_by("pk"))


def _to_come(item: AgendaItem) -> AgendaItemQuerySet:
    """The items about the same record that nobody has dealt with."""
    return AgendaItem.objects.about(item.source_records).without_outcome().order_by("meeting", "pk")


def _of(item: AgendaItem, director: Director | None, user: User | None) -> QuerySet[Recusal]:
    """The recusal of a person from an item."""
    who = Q(director=director) if director else Q()
    who |= Q(user=user) if user else Q()
    return Recusal.objects.filter(who, item=item)


def _recuse(
    item: AgendaItem,
    director: Director | None,
    user: User | None,
    stays: bool,
    by: Actor,
    at: datetime,
) -> Recusal:
    item = item.locked()
    _refuse(item, director, user)
    recusal = Recusal.objects.create(
        item=item, director=director, user=user, stays=stays and bool(director), **recorded(by, at)
    )
    item.in_consent_group = False
    if user:
        item.restricted_people = item.restricted_people | {user.pk}
        _hand_over(item, user, at)
    item.save(update_fields=["in_consent_group", "restricted_people", "preparer"])
    ledger.record(
        ITEM_RECUSED,
        subject=item,
        by=by,
        at=at,
        recusal=recusal,
        records=[record_of(each) for each in sorted(item.source_records)],
        director=director,
        user=user,
        stays=recusal.stays,
    )
    if user and not preparers(item, at):
        _ask_the_chair(item, at)
    return recusal


def _withhold(
    item: AgendaItem, user: User, director: Director | None, by: Actor, at: datetime
) -> None:
    """Withhold what an item came from from a person, with everything that came of it."""
    if not item.source_records:
        return
    withhold(user, item.source_records)
    for other in AgendaItem.objects.about(item.source_records).order_by("meeting", "pk"):
        _restrict(other, user, director, by, at)


def _restrict(
    item: AgendaItem, user: User, director: Director | None, by: Actor, at: datetime
) -> None:
    """Restrict an item, and what was decided on it, from one more account."""
    item = item.locked()
    if user.pk in item.restricted_people:
        return
    item.restricted_people = item.restricted_people | {user.pk}
    item.save(update_fields=["restricted_people"])
    ledger.record(ITEM_RESTRICTED, subject=item, by=by, at=at, director=director, user=user)
    if item.decision:
        restrict_decision(item.decision, user=user, by=by, at=at)


@act
def follow_account(director: Director, *, by: Actor, at: datetime) -> None:
    """Restrict what a director is recused from, what was decided on it and what it came from, from
    the account that they were given since."""
    user = director.user
    if user is None:
        return
    for recusal in director.recusals.select_related("item").order_by("item__meeting", "item"):
        _restrict(recusal.item, user, director, by, at)
        _withhold(recusal.item, user, director, by, at)


def _hand_over(item: AgendaItem, user: User, at: datetime) -> None:
    """Where somebody who keeps agendas is recused and one other is left, that person prepares it."""
    if item.preparer == user:
        item.preparer = None
    left = preparers(item, at)
    if item.preparer is None and len(left) == 1 and user.has_perm("meetings.change_meeting"):
        [item.preparer] = left


def _both(director: Director | None, user: User | None) -> tuple[Director | None, User | None]:
    """A director with the account, and an account with the director."""
    if director and not user:
        user = director.user
    if user and not director:
        director = Director.objects.filter(user=user).first()
    return director, user


def _refuse(item: AgendaItem, director: Director | None, user: User | None) -> None:
    if director is None and user is None:
        raise ValidationError({"person": _("Choose who is recused.")})
    if item.outcome:
        raise ValidationError(
            _(
                "This item has its outcome already. A recusal is recorded before the vote; ask "
                "counsel about an interest that was learned of later."
            )
        )
    if not item.is_standing:
        raise ValidationError(_("This item is no longer on the agenda."))
    if _of(item, director, user).exists():
        raise ValidationError({"person": _("This person is recused from the item already.")})


def preparers(item: AgendaItem, at: datetime) -> list[User]:
    """Who may prepare an item and is not barred from it, on the date."""
    day = day_of(at)
    able = User.objects.able_to("meetings.change_meeting", day).prefetch_related("roleterm_set")
    return [user for user in able if not item.restriction.bars(user, on=day)]


def _ask_the_chair(item: AgendaItem, at: datetime) -> None:
    for member in members_of(item.meeting.body, day_of(at)):
        if member.is_chair and member.user:
            key = f"meetings.substitute:{item.pk}:{member.user.pk}"
            notices.owe(SUBSTITUTE.name, to=member.user, key=key, at=at, subject=item.meeting)
