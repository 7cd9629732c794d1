"""What a keeper of accounts decides: roles, and requests for a new second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.detail import SingleObjectMixin

from accounts import permissions, services
from accounts.access import FreshMixin, PermitMixin
from accounts.enums import Checked, Role
from accounts.forms import CheckedForm, ConfirmForm, RoleEndForm, RoleForm
from accounts.models import FactorReset, RoleTerm, User
from records import clock
from records.confirm import ActView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    # Generic for the type checker only.
    OneUser: TypeAlias = SingleObjectMixin[User]
    OneTerm: TypeAlias = SingleObjectMixin[RoleTerm]
    OneReset: TypeAlias = SingleObjectMixin[FactorReset]
else:
    OneUser = OneTerm = OneReset = SingleObjectMixin


class PeopleActView(PermitMixin, FreshMixin, ActView):
    """An act on people and their accounts. Each opens doors or closes them, and so asks for a fresh
    sign-in."""

    permission_required = "accounts.change_user"

    def get_cancel_url(self) -> str:
        return reverse("people")


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
