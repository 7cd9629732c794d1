"""Every change to people and their roles. Each leaves one entry in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as lazy

from accounts import permissions, rules
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.services.sign_in import end_invitation, invite
from records import ledger, notices, rows
from records.acts import act
from records.clock import day_of
from records.enums import NewAccounts, SystemActor
from records.models import Company

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

PERSON_REGISTERED = ledger.action("person.registered", lazy("added an account for %(record)s"))
ACCOUNT_CONFIRMED = ledger.action("account.confirmed", lazy("confirmed the account of %(record)s"))
ROLE_GIVEN = ledger.action("role.given", lazy("gave a role to %(record)s"))
ROLE_ENDED = ledger.action("role.ended", lazy("ended a role of %(record)s"))
ACCOUNT_CLOSED = ledger.action("account.closed", lazy("closed the account of %(record)s"))
ACCOUNT_OPENED = ledger.action("account.opened", lazy("reopened the account of %(record)s"))
PASSWORD_SET = ledger.action("password.set", lazy("set the password of %(record)s"))

REASONS = {
    rules.Objection.ONES_OWN_ACCOUNT: _(
        "You cannot close your own account. Ask another secretary or administrator."
    ),
    rules.Objection.CLOSED_ALREADY: _("The account is already closed."),
    rules.Objection.AWAITS_CONFIRMATION: _("Another person must confirm this account first."),
    rules.Objection.CONFIRMED_ALREADY: _("This account does not need confirmation."),
    rules.Objection.NO_SECOND_PERSON: _(
        "The person who added an account cannot confirm it. Ask another secretary or administrator."
    ),
    rules.Objection.OPEN_ALREADY: _("The account is already open."),
    rules.Objection.GIVEN_TO_ONESELF: _(
        "You cannot give yourself a role. Ask another secretary or administrator."
    ),
    rules.Objection.OPENS_PAPERS: _(
        "This role gives access to committee documents. Ask the corporate secretary to give it."
    ),
    rules.Objection.HELD_ALREADY: _(
        "This person already has the role on that date. End it first, or choose a later date."
    ),
    rules.Objection.STARTS_IN_THE_PAST: _(
        "Enter today or a later date. If the person held the role earlier, the operator records it "
        "with the command give_role."
    ),
    rules.Objection.ENDS_BEFORE_IT_STARTS: _(
        "The role cannot end before it starts. Enter a later date."
    ),
    rules.Objection.ENDED_ALREADY: _("The role already ended by that date. Enter an earlier date."),
    rules.Objection.ENDED_BY_ONESELF: _(
        "You cannot end your own role. Ask another secretary or administrator."
    ),
    rules.Objection.ENDS_IN_THE_PAST: _(
        "Enter today or a later date. If the role ended earlier, the operator records it "
        "with the command end_role."
    ),
}


def _refuse(objection: rules.Objection | None) -> None:
    if objection is not None:
        raise ValidationError(REASONS[objection], code=objection.value)


@act
def register_person(
    email: str, name: str, *, by: User | SystemActor, at: datetime, password: str | None = None
) -> User:
    """A new account. Who has no password gets an invitation, once the account is open."""
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise ValidationError(
            {
                "email": _(
                    "There is already an account with this address. Give that person a "
                    "role instead."
                )
            }
        )
    if not rules.is_one_line(name.strip()):
        raise ValidationError({"name": _("Enter the name on one line.")})
    waits = not isinstance(by, SystemActor) and _takes_two()
    user = User(
        email=address,
        name=name.strip(),
        registered_by=ledger.person(by),
        awaits_confirmation=waits,
        is_active=not waits,
    )
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    ledger.record(PERSON_REGISTERED, subject=user, by=by, at=at)
    if waits:
        _ask_a_second_person(user, by=by, at=at)
    elif password is None and not isinstance(by, SystemActor):
        invite(user, by=by, at=at)
    return user


def _takes_two() -> bool:
    company = Company.objects.current()
    return company is not None and company.new_accounts == NewAccounts.BY_TWO


def _ask_a_second_person(user: User, *, by: User | SystemActor, at: datetime) -> None:
    for keeper in User.objects.able_to("accounts.change_user", day_of(at)):
        if keeper != by:
            notices.owe(
                "accounts.account_waits", to=keeper, key=f"user:{user.pk}", at=at, subject=user
            )


@act
def confirm_account(user: User, *, by: User, at: datetime) -> User:
    """A second person lets somebody in whom a first one has added; only now are they invited."""
    user = User.objects.locked().get(pk=user.pk)
    _refuse(
        rules.objection_to_confirming(
            awaits=user.awaits_confirmation,
            by_a_second=by.pk not in (user.pk, user.registered_by_id),
        )
    )
    user.awaits_confirmation, user.is_active = False, True
    user.save(update_fields=["awaits_confirmation", "is_active"])
    ledger.record(ACCOUNT_CONFIRMED, subject=user, by=by, at=at)
    invite(user, by=by, at=at)
    return user


@act
def give_role(
    user: User, role: Role, starts_on: date, *, by: User | SystemActor, at: datetime
) -> RoleTerm:
    """From this day on the person holds the role.

    A start before today would close permanently what was issued meanwhile and is restricted from the
    role: that is the operator's alone.
    """
    User.objects.locked().get(pk=user.pk)
    terms = [term.as_rule() for term in RoleTerm.objects.filter(user=user, role=role)]
    _refuse(
        rules.objection_to_giving(
            terms,
            starts_on,
            to_oneself=by == user,
            opens_papers=permissions.opens_papers(role),
            keeps_papers=_gives(by, role, at),
            not_before=None if by == SystemActor.OPERATOR else day_of(at),
        )
    )
    term = RoleTerm.objects.create(user=user, role=role, starts_on=starts_on)
    user.forget_roles()
    ledger.record(
        ROLE_GIVEN, subject=user, by=by, at=at, term=term.pk, role=Role(role), starts_on=starts_on
    )
    return term


def _gives(by: User | SystemActor, role: Role, at: datetime) -> bool:
    return isinstance(by, SystemActor) or permissions.may_give(by.roles(day_of(at)), role)


@act
def end_role(term: RoleTerm, ends_on: date, *, by: User | SystemActor, at: datetime) -> RoleTerm:
    """From this day on the person no longer holds the role. The term stays on record.

    An end before today would open what the role closed meanwhile: that is the operator's alone.
    """
    term = RoleTerm.objects.select_for_update(of=("self",)).select_related("user").get(pk=term.pk)
    _refuse(
        rules.objection_to_ending(
            term.as_rule(),
            ends_on,
            ones_own=by == term.user,
            not_before=None if by == SystemActor.OPERATOR else day_of(at),
        )
    )
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    ledger.record(
        ROLE_ENDED,
        subject=term.user,
        by=by,
        at=at,
        term=term.pk,
        role=Role(term.role),
        ends_on=ends_on,
    )
    return term


@act
def close_account(user: User, *, by: User | SystemActor, at: datetime) -> None:
    """The person can no longer sign in, and every session ends; roles and records stay."""
    user = User.objects.locked().get(pk=user.pk)
    _refuse(rules.objection_to_closing(is_open=user.is_active, ones_own=by == user))
    user.is_active = False
    # Opened again, the account has no session from before.
    user.sessions_ended += 1
    user.save(update_fields=["is_active", "sessions_ended"])
    end_invitation(user, at=at)
    ledger.record(ACCOUNT_CLOSED, subject=user, by=by, at=at)


@act
def open_account(user: User, *, by: User | SystemActor, at: datetime) -> None:
    """A closed account opens again, with the password and the roles it had."""
    user = User.objects.locked().get(pk=user.pk)
    _refuse(
        rules.objection_to_opening(
            is_open=user.is_active, awaits_confirmation=user.awaits_confirmation
        )
    )
    user.is_active = True
    user.save(update_fields=["is_active"])
    ledger.record(ACCOUNT_OPENED, subject=user, by=by, at=at)


@act
def set_password(user: User, password: str, *, by: User | SystemActor, at: datetime) -> None:
    """A new password; every session of the person but the one that asks for it ends by this."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_invitation(user, at=at)
    ledger.record(PASSWORD_SET, subject=user, by=by, at=at)


@act
def admit(
    email: str,
    name: str,
    roles: Iterable[Role],
    starts_on: date,
    *,
    by: User | SystemActor,
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
    admissions: Iterable[Admission], starts_on: date, *, by: User | SystemActor, at: datetime
) -> list[User]:
    """Let people in, all or nobody. Who has an account, from a row before or for long, gets the
    role beside those held: one person may hold several."""
    admitted = []
    for number, admission in enumerate(admissions):
        with rows.row(number):
            known = User.objects.filter(email__iexact=admission.email.strip()).first()
            user = known or register_person(admission.email, admission.name, by=by, at=at)
            give_role(user, admission.role, starts_on, by=by, at=at)
            admitted.append(user)
    return admitted


@act
def withhold(person: User, records: Collection[str]) -> None:
    """Withhold records from a person, by their labels: part of a recusal, whose entry in the ledger
    names them. They are not given back."""
    stored = person.locked()
    stored.withheld_records = person.withheld_records = stored.withheld_records.union(records)
    stored.save(update_fields=["withheld_records"])
