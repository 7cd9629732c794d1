"""What a keeper of accounts decides: roles, and requests for a new second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import permissions, services
from accounts.enums import Checked, Role
from accounts.forms import CheckedForm, ConfirmForm, RoleEndForm, RoleForm
from accounts.models import FactorReset, RoleTerm, User
from records import clock
from records.confirm import ActView

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PeopleActView(ActView):
    """An act on people and their accounts. Each gives access or takes it, and so asks for a fresh
    sign-in."""

    permission_required = "accounts.change_user"
    needs_fresh_sign_in = True

    def get_cancel_url(self) -> str:
        return reverse("people")


def open_resets() -> QuerySet[FactorReset]:
    return FactorReset.objects.open(clock.now()).select_related("user")


def why_not_decide(reset: FactorReset, by: User) -> str | None:
    if reset.user == by:
        return _("You cannot decide on your own request. Another person decides.")
    if not services.may_let_in_again(reset.user, by=by, on=clock.today()):
        return str(services.NOT_THEIRS_TO_LET_IN)
    return None


class FactorResetView(PeopleActView):
    """A second person decides, after making sure who is asking."""

    form_class = CheckedForm
    template_name = "accounts/factor_reset.html"
    context_object_name = "reset"

    def get_queryset(self) -> QuerySet[FactorReset]:
        return open_resets()

    def get_denial(self) -> str | None:
        return why_not_decide(self.object, self.user)

    def act(self, **given: Any) -> tuple[str, str]:
        services.approve_factor_reset(
            self.object, Checked(given["checked"]), by=self.user, at=clock.now()
        )
        sentence = _("Two-step verification of %(person)s was removed. The person gets an email.")
        return self.object.user.get_absolute_url(), sentence % {"person": self.object.user}


class FactorResetDeclineView(PeopleActView):
    form_class = ConfirmForm
    template_name = "accounts/factor_reset_decline.html"
    context_object_name = "reset"

    def get_queryset(self) -> QuerySet[FactorReset]:
        return open_resets()

    def get_denial(self) -> str | None:
        return why_not_decide(self.object, self.user)

    def act(self, **given: Any) -> tuple[str, str]:
        services.decline_factor_reset(self.object, by=self.user, at=clock.now())
        sentence = _("The request of %(person)s was declined.")
        return self.object.user.get_absolute_url(), sentence % {"person": self.object.user}


class RoleGiveView(PeopleActView):
    form_class = RoleForm
    changes_object = False
    template_name = "accounts/role_give.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": clock.today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nobody is offered what would be refused."""
        roles = permissions.givable(self.user.roles_today)
        return super().get_form_kwargs() | {"roles": roles}

    def act(self, **given: Any) -> tuple[str, str]:
        person = self.object
        term = services.give_role(
            person,
            Role(given["role"]),
            given["starts_on"],
            by=self.user,
            at=clock.now(),
        )
        sentence = _("%(person)s now has the role %(role)s.")
        return person.get_absolute_url(), sentence % {
            "person": person,
            "role": term.get_role_display(),
        }


class RoleEndView(PeopleActView):
    form_class = RoleEndForm
    template_name = "accounts/role_end.html"
    context_object_name = "term"
    queryset = RoleTerm.objects.select_related("user")

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": clock.today()}

    def act(self, **given: Any) -> tuple[str, str]:
        term = services.end_role(self.object, given["ends_on"], by=self.user, at=clock.now())
        sentence = _("The role %(role)s of %(person)s was ended.")
        return reverse("person", args=[term.user_id]), sentence % {
            "role": term.get_role_display(),
            "person": term.user,
        }
