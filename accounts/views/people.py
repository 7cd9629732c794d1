"""The people and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView
from django.views.generic.detail import SingleObjectMixin

from accounts import permissions, services
from accounts.access import FreshMixin, PermitMixin
from accounts.enums import Role
from accounts.forms import ConfirmForm, PersonForm, RoleEndForm, RoleForm
from accounts.models import RoleTerm, User
from records import clock
from records.confirm import ActView

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    # Generic for the type checker only.
    ListOfUsers: TypeAlias = ListView[User]
    DetailOfUser: TypeAlias = DetailView[User]
    OneUser: TypeAlias = SingleObjectMixin[User]
    OneTerm: TypeAlias = SingleObjectMixin[RoleTerm]
else:
    ListOfUsers, DetailOfUser = ListView, DetailView
    OneUser = OneTerm = SingleObjectMixin


@dataclass(frozen=True)
class PersonLine:
    """A person as a line of a list: who, and in which roles today."""

    pk: int
    name: str
    email: str
    roles: str
    url: str
    is_active: bool

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


class PeopleView(PermitMixin, ListOfUsers):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_list.html"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        lines = [line_of(user, today) for user in self.object_list]
        return super().get_context_data(
            lines=lines, may_change=self.actor.has_perm("accounts.change_user"), **kwargs
        )


class PersonView(PermitMixin, DetailOfUser):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
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
            **kwargs,
        )


class PeopleActMixin(PermitMixin):
    permission_required = "accounts.change_user"

    def get_cancel_url(self) -> str:
        return reverse("people")


class PeopleActView(PeopleActMixin, ActView):
    """An act on people and their accounts."""


class BindingView(PeopleActMixin, FreshMixin, ActView):
    """An act on people that opens doors or closes them: it asks for a fresh sign-in."""


class PersonAddView(PeopleActView):
    form_class = PersonForm
    template_name = "accounts/user_add.html"

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.register_person(**given, by=self.actor, at=clock.now())
        sentence = _("%(person)s has an account. Give a role next; without one nothing is open.")
        return person.get_absolute_url(), sentence % {"person": person}


class RoleGiveView(BindingView, OneUser):
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


class RoleEndView(BindingView, OneTerm):
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
