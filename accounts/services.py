"""Every change to people and their roles. Each leaves one entry in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import factors, permissions, rules
from accounts.enums import Role
from accounts.models import RoleTerm, User
from records import ledger, rows
from records.acts import act
from records.clock import day_of
from records.enums import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from enum import Enum

    from allauth.mfa.models import Authenticator

T = TypeVar("T")

REASONS = {
    rules.Objection.ONES_OWN_ACCOUNT: _(
        "Nobody closes their own account: ask another secretary or administrator to do it."
    ),
    rules.Objection.CLOSED_ALREADY: _("The account is closed already."),
    rules.Objection.OPEN_ALREADY: _("The account is open already."),
    rules.Objection.GIVEN_TO_ONESELF: _(
        "Nobody gives a role to themselves: ask another secretary or administrator to do it."
    ),
    rules.Objection.OPENS_PAPERS: _(
        "This role opens papers of the company's committee: the corporate secretary gives it."
    ),
    rules.Objection.HELD_ALREADY: _(
        "This person already holds the role then. End it first, or choose a later day."
    ),
    rules.Objection.ENDS_BEFORE_IT_STARTS: _("The role cannot end before the day it starts."),
    rules.Objection.ENDED_ALREADY: _(
        "The role has ended by then. An end can only be moved earlier."
    ),
    rules.Objection.ENDED_BY_ONESELF: _(
        "Nobody ends a role of their own: ask another secretary or administrator to do it."
    ),
    rules.Objection.ENDS_IN_THE_PAST: _(
        "A role ends today or later. Where it ended earlier, the operator records it by the "
        "command end_role."
    ),
}


def _refuse(objection: rules.Objection | None) -> None:
    if objection is not None:
        raise ValidationError(REASONS[objection], code=objection.value)


@act
def register_person(
    email: str, name: str, *, by: User | Office, at: datetime, password: str | None = None
) -> User:
    """A new account. Without a password the person sets their own through a link sent by mail."""
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise ValidationError(
            {"email": _("There is an account with this address. Give that person a role instead.")}
        )
    user = User(email=address, name=name.strip())
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    ledger.record("person.registered", subject=user, by=by, at=at)
    return user


@act
def give_role(
    user: User, role: Role, starts_on: date, *, by: User | Office, at: datetime
) -> RoleTerm:
    """From this day on the person holds the role."""
    User.objects.select_for_update().get(pk=user.pk)
    terms = [term.as_rule() for term in RoleTerm.objects.filter(user=user, role=role)]
    _refuse(
        rules.objection_to_giving(
            terms,
            starts_on,
            to_oneself=by == user,
            opens_papers=permissions.opens_papers(role),
            keeps_papers=_gives(by, role, at),
        )
    )
    term = RoleTerm.objects.create(user=user, role=role, starts_on=starts_on)
    user.forget_roles()
    ledger.record(
        "role.given", subject=user, by=by, at=at, term=term.pk, role=Role(role), starts_on=starts_on
    )
    return term


def _gives(by: User | Office, role: Role, at: datetime) -> bool:
    return isinstance(by, Office) or permissions.may_give(by.roles(day_of(at)), role)


@act
def end_role(term: RoleTerm, ends_on: date, *, by: User | Office, at: datetime) -> RoleTerm:
    """From this day on the person no longer holds the role. The term stays on record.

    An end before today would open what the role closed meanwhile: that is the operator's alone.
    """
    term = RoleTerm.objects.select_for_update().select_related("user").get(pk=term.pk)
    _refuse(
        rules.objection_to_ending(
            term.as_rule(),
            ends_on,
            ones_own=by == term.user,
            not_before=None if by == Office.OPERATOR else day_of(at),
        )
    )
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    ledger.record(
        "role.ended",
        subject=term.user,
        by=by,
        at=at,
        term=term.pk,
        role=Role(term.role),
        ends_on=ends_on,
    )
    return term


@act
def close_account(user: User, *, by: User | Office, at: datetime) -> None:
    """The person can no longer sign in, and every session ends; roles and records stay."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse(rules.objection_to_closing(is_open=user.is_active, ones_own=by == user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    ledger.record("account.closed", subject=user, by=by, at=at)


@act
def open_account(user: User, *, by: User | Office, at: datetime) -> None:
    """A closed account opens again, with the password and the roles it had."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse(rules.objection_to_opening(is_open=user.is_active))
    user.is_active = True
    user.save(update_fields=["is_active"])
    ledger.record("account.opened", subject=user, by=by, at=at)


@act
def set_password(user: User, password: str, *, by: User | Office, at: datetime) -> None:
    """A new password; every session of the person but the one that asks for it ends by this."""
    user.set_password(password)
    user.save(update_fields=["password"])
    ledger.record("password.set", subject=user, by=by, at=at)


@act
def end_sessions(user: User, *, by: User, at: datetime) -> User:
    """Every session of the person ends by this; who asks for it in one may begin that one anew."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    stored.sessions_ended = user.sessions_ended = stored.sessions_ended + 1
    stored.save(update_fields=["sessions_ended"])
    ledger.record("sessions.ended", subject=stored, by=by, at=at)
    return user


@act
def add_factor(user: User, kind: Enum, set_up: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person sets up a second factor, or makes new recovery codes, in the library's own way."""
    User.objects.select_for_update().get(pk=user.pk)
    done = set_up()
    ledger.record("factor.added", subject=user, by=by, at=at, kind=kind)
    return done


@act
def end_factor(factor: Authenticator, take_away: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person no longer uses a second factor; one always stays."""
    user = User.objects.select_for_update().get(pk=factor.user_id)
    factors.refuse_to_end_the_last(factor)
    kind, done = factors.Type(factor.type), take_away()
    ledger.record("factor.ended", subject=user, by=by, at=at, kind=kind)
    return done


@act
def admit(
    email: str,
    name: str,
    roles: Iterable[Role],
    starts_on: date,
    *,
    by: User | Office,
    at: datetime,
    password: str | None = None,
) -> User:
    """A new account with its roles, all or nothing."""
    user = register_person(email, name, by=by, at=at, password=password)
    for role in dict.fromkeys(roles):
        give_role(user, role, starts_on, by=by, at=at)
    return user


@dataclass(frozen=True)
class Admission:
    """One row of the people to be let in: who, and in which role."""

    email: str
    name: str
    role: Role


@act
def admit_all(
    admissions: Iterable[Admission], starts_on: date, *, by: User | Office, at: datetime
) -> list[User]:
    """Let people in, all or nobody. Who has an account, from a row before or for long, gets the
    role beside those held: one person wears several hats."""
    admitted = []
    for number, admission in enumerate(admissions):
        with rows.row(number):
            known = User.objects.filter(email__iexact=admission.email.strip()).first()
            user = known or register_person(admission.email, admission.name, by=by, at=at)
            give_role(user, admission.role, starts_on, by=by, at=at)
            admitted.append(user)
    return admitted
