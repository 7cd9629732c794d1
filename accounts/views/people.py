"""The people and their roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.forms import Form
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView
from django.views.generic.detail import SingleObjectMixin

from accounts import factors, permissions, services
from accounts.access import FreshMixin, PermitMixin
from accounts.enums import Checked, Invited, Role
from accounts.forms import CheckedForm, ConfirmForm, PersonForm, RoleEndForm, RoleForm
from accounts.models import FactorReset, RoleTerm, User
from records import clock
from records.confirm import ActView
from records.dates import short_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    # Generic for the type checker only.
    ListOfUsers: TypeAlias = ListView[User]
    DetailOfUser: TypeAlias = DetailView[User]
    OneUser: TypeAlias = SingleObjectMixin[User]
    OneTerm: TypeAlias = SingleObjectMixin[RoleTerm]
    OneReset: TypeAlias = SingleObjectMixin[FactorReset]
else:
    ListOfUsers, DetailOfUser = ListView, DetailView
    OneUser = OneTerm = OneReset = SingleObjectMixin


@dataclass(frozen=True)
class PersonLine:
    """A person as a line of a list: who, and in which roles today."""

    pk: int
    name: str
    email: str
    roles: str
    url: str
    is_active: bool
    invitation: str = ""
    awaits_confirmation: bool = False
    asks: bool = False

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def other_names(self) -> str:
        return self.name.partition(" ")[2]


def line_of(user: User, on: date) -> PersonLine:
    held = user.roles(on)
    return PersonLine(
        pk=user.pk,
        name=str(user),
        email=user.email,
        roles=", ".join(str(role.label) for role in Role if role in held),
        url=user.get_absolute_url(),
        is_active=user.is_active,
    )


def listed(user: User, on: date, at: datetime) -> PersonLine:
    """The line with how far the invitation has come, and whether something is asked."""
    return replace(
        line_of(user, on),
        invitation=invitation_words(user, at),
        awaits_confirmation=user.awaits_confirmation,
        asks=any(reset.is_open(at) for reset in user.factor_resets.all()),
    )


def invitation_words(user: User, at: datetime) -> str:
    """How far the newest invitation has come; nothing of one that was taken back."""
    newest = max(user.invitations.all(), key=lambda one: one.pk, default=None)
    state = newest.state(at) if newest else Invited.REPLACED
    if newest is None or state == Invited.REPLACED:
        return ""
    invited = short_day(localdate(newest.invited_at))
    words = {
        Invited.WAITING: _("invited %(day)s, the mail is on its way"),
        Invited.SENT: _("invited %(day)s, the link works until %(until)s"),
        Invited.EXPIRED: _("invited %(day)s, the link expired %(until)s"),
        Invited.ACCEPTED: _("invited %(day)s, accepted %(accepted)s"),
    }[state]
    return words % {
        "day": invited,
        "until": short_day(localdate(newest.expires_at)) if newest.expires_at else "",
        "accepted": short_day(localdate(newest.accepted_at)) if newest.accepted_at else "",
    }


class PeopleView(PermitMixin, ListOfUsers):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_list.html"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles().with_doors()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, now = clock.today(), clock.now()
        lines = [listed(user, today, now) for user in self.object_list]
        return super().get_context_data(
            lines=lines, may_change=self.actor.has_perm("accounts.change_user"), **kwargs
        )


class PersonView(PermitMixin, DetailOfUser):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles().with_doors()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, now = clock.today(), clock.now()
        terms = sorted(self.object.role_terms, key=lambda term: term.starts_on, reverse=True)
        return super().get_context_data(
            terms=[
                (
                    term,
                    term.covers(today),
                    # Nobody ends their own.
                    self.object != self.actor and term.can_end_after(today),
                )
                for term in terms
            ],
            may_change=self.actor.has_perm("accounts.change_user"),
            invitation=invitation_words(self.object, now),
            may_invite=self.object.is_active and not signs_in(self.object),
            reset=next((one for one in self.object.factor_resets.all() if one.is_open(now)), None),
            **kwargs,
        )


def signs_in(user: User) -> bool:
    return user.has_usable_password() or factors.has_any(user)


class PeopleActView(PermitMixin, FreshMixin, ActView):
    """An act on people and their accounts. Each opens doors or closes them, and so asks for a fresh
    sign-in."""

    permission_required = "accounts.change_user"

    def get_cancel_url(self) -> str:
        return reverse("people")


class PersonAddView(PeopleActView):
    form_class = PersonForm
    template_name = "accounts/user_add.html"

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.register_person(**given, by=self.actor, at=clock.now())
        sentence = (
            _("%(person)s waits for a second person's confirmation. Give a role meanwhile.")
            if person.awaits_confirmation
            else _("%(person)s is invited by mail. Give a role next; without one nothing is open.")
        )
        return person.get_absolute_url(), sentence % {"person": person}


class InviteView(PeopleActView, OneUser):
    form_class = ConfirmForm
    template_name = "accounts/invite.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def act(self, **given: Any) -> tuple[str, str]:
        services.invite(self.object, by=self.actor, at=clock.now())
        sentence = _("Recorded: %(person)s is invited. A link sent before no longer works.")
        return self.object.get_absolute_url(), sentence % {"person": self.object}


class AccountConfirmView(PeopleActView, OneUser):
    form_class = ConfirmForm
    template_name = "accounts/account_confirm.html"
    context_object_name = "person"
    queryset = User.objects.filter(awaits_confirmation=True)

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.confirm_account(self.object, by=self.actor, at=clock.now())
        sentence = _("Recorded: %(person)s is confirmed, and invited by mail.")
        return person.get_absolute_url(), sentence % {"person": person}


class FactorResetView(PeopleActView, OneReset):
    """A second person decides, after making sure who is asking."""

    form_class: type[Form] = CheckedForm
    template_name = "accounts/factor_reset.html"
    context_object_name = "reset"

    def get_queryset(self) -> QuerySet[FactorReset]:
        return FactorReset.objects.open(clock.now()).select_related("user")

    def get_denial(self) -> str | None:
        if self.object.user == self.actor:
            return _("Nobody decides on their own request: a second person does.")
        if not services.may_let_in_again(self.object.user, by=self.actor, on=clock.today()):
            return str(services.NOT_THEIRS_TO_LET_IN)
        return None

    def act(self, **given: Any) -> tuple[str, str]:
        services.approve_factor_reset(
            self.object, Checked(given["checked"]), by=self.actor, at=clock.now()
        )
        sentence = _("Recorded: the second factors of %(person)s are removed. They know by mail.")
        return self.object.user.get_absolute_url(), sentence % {"person": self.object.user}


class FactorResetDeclineView(FactorResetView):
    form_class = ConfirmForm
    template_name = "accounts/factor_reset_decline.html"

    def act(self, **given: Any) -> tuple[str, str]:
        services.decline_factor_reset(self.object, by=self.actor, at=clock.now())
        sentence = _("Recorded: the request of %(person)s is declined. Nothing else changed.")
        return self.object.user.get_absolute_url(), sentence % {"person": self.object.user}


class RoleGiveView(PeopleActView, OneUser):
    form_class = RoleForm
    template_name = "accounts/role_give.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": clock.today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nobody is offered what would be refused."""
        roles = permissions.givable(self.actor.roles_today)
        return super().get_form_kwargs() | {"roles": roles}

    def act(self, **given: Any) -> tuple[str, str]:
        person = self.object
        term = services.give_role(
            person,
            Role(given["role"]),
            given["starts_on"],
            by=self.actor,
            at=clock.now(),
        )
        sentence = _("Recorded: %(person)s, %(role)s.")
        return person.get_absolute_url(), sentence % {
            "person": person,
            "role": term.get_role_display(),
        }


class RoleEndView(PeopleActView, OneTerm):
    form_class = RoleEndForm
    template_name = "accounts/role_end.html"
    context_object_name = "term"
    queryset = RoleTerm.objects.select_related("user")

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": clock.today()}

    def act(self, **given: Any) -> tuple[str, str]:
        term = services.end_role(self.object, given["ends_on"], by=self.actor, at=clock.now())
        sentence = _("Recorded: the end of %(role)s for %(person)s.")
        return reverse("person", args=[term.user_id]), sentence % {
            "role": term.get_role_display(),
            "person": term.user,
        }


class AccountCloseView(PeopleActView, OneUser):
    form_class = ConfirmForm
    template_name = "accounts/account_close.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def act(self, **given: Any) -> tuple[str, str]:
        person = self.object
        services.close_account(person, by=self.actor, at=clock.now())
        sentence = _("Recorded: the account of %(person)s is closed.")
        return person.get_absolute_url(), sentence % {"person": person}


class AccountOpenView(PeopleActView, OneUser):
    form_class = ConfirmForm
    template_name = "accounts/account_open.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def act(self, **given: Any) -> tuple[str, str]:
        person = self.object
        services.open_account(person, by=self.actor, at=clock.now())
        sentence = _("Recorded: the account of %(person)s is open again.")
        return person.get_absolute_url(), sentence % {"person": person}
