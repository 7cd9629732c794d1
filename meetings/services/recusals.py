"""Recusal from one item: it restricts the item from the person everywhere, whatever else they are."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.registry import members_of
from charters.services.decisions import restrict_decision
from committees.models import Director
from meetings.models import AgendaItem, Recusal
from meetings.notices import SUBSTITUTE
from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded

ITEM_RECUSED = ledger.action("item.recused", lazy("recorded a recusal from the item %(record)s"))

ITEM_RESTRICTED = ledger.action(
    "item.restricted", lazy("restricted the item %(record)s from the account of a recused director")
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

    From here on the item is restricted from their account, and it leaves the consent group. A
    recusal is not lifted. If nobody is left to prepare the item, the chair is asked for a substitute.
    """
    item = item.locked()
    director, user = _both(director, user)
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
        director=director,
        user=user,
        stays=recusal.stays,
    )
    if user and not preparers(item, at):
        _ask_the_chair(item, at)
    return recusal


@act
def follow_account(director: Director, *, by: Actor, at: datetime) -> None:
    """Restrict what a director is recused from, and what was decided on it, from the account that
    they were given since."""
    user = director.user
    if user is None:
        return
    for recusal in director.recusals.select_related("item"):
        item = recusal.item.locked()
        if user.pk in item.restricted_people:
            continue
        item.restricted_people = item.restricted_people | {user.pk}
        item.save(update_fields=["restricted_people"])
        ledger.record(ITEM_RESTRICTED, subject=item, by=by, at=at, director=director, user=user)
        if item.decision:
            restrict_decision(item.decision, user=user, by=by, at=at)


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
    same = Recusal.objects.filter(item=item)
    if (director and same.filter(director=director).exists()) or (
        user and same.filter(user=user).exists()
    ):
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
