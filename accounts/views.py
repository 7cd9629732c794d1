"""Signing in, the people and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_login_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import (
    DetailView,
    ListView,
    RedirectView,
    TemplateView,
    View,
)
from django.views.generic.detail import SingleObjectMixin

from accounts import permissions, services
from accounts.access import PermitMixin
from accounts.enums import Role
from accounts.forms import ConfirmForm, PersonForm, RoleEndForm, RoleForm
from accounts.models import RoleTerm, User
from records import clock
from records.confirm import ActView

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    # Generic for the type checker only.
    ListOfUsers: TypeAlias = ListView[User]
    DetailOfUser: TypeAlias = DetailView[User]
    OneUser: TypeAlias = SingleObjectMixin[User]
    OneTerm: TypeAlias = SingleObjectMixin[RoleTerm]
else:
    ListOfUsers, DetailOfUser = ListView, DetailView
    OneUser = OneTerm = SingleObjectMixin

RETRY_AFTER_SECONDS = 60


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page that asks to wait, and tells a program for how long."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


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


def personas(on: date) -> list[PersonLine]:
    """Who can be viewed as in the demonstration: everybody who holds a role, the secretary first."""
    holders = RoleTerm.objects.held(on).values("user")
    people = User.objects.active().filter(pk__in=holders).with_roles()
    return [line_of(user, on) for user in sorted(people, key=lambda user: rank(user.roles(on)))]


def rank(roles: frozenset[Role]) -> tuple[bool, int, int]:
    """The order of personas: secretaries, then as the roles are listed, one hat before two."""
    first = next(place for place, role in enumerate(Role) if role in roles)
    return Role.SECRETARY not in roles, first, len(roles)


class SignInView(allauth.LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["personas"] = personas(clock.today())
        context["is_empty"] = not User.objects.exists()
        return context


class FirstPasswordView(RedirectView):
    """Who has no password yet sets the first one as one sets a forgotten one: by mail."""

    pattern_name = "account_reset_password"


class DemoOnlyMixin(View):
    """Outside the demonstration these addresses do not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator([login_not_required, never_cache], name="dispatch")
class PersonasView(DemoOnlyMixin, TemplateView):
    """Switch to another person while signed in."""

    template_name = "accounts/personas.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(personas=personas(clock.today()), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ViewAsView(DemoOnlyMixin):
    """Sign in as a persona, without a password: the demonstration's door."""

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = [line.pk for line in personas(clock.today())]
        person = get_object_or_404(User, pk__in=keys, email=request.POST.get("person", ""))
        get_adapter(request).login(request, person)
        return HttpResponseRedirect(get_login_redirect_url(request))


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


class PeopleActView(PermitMixin, ActView):
    """An act on people and their roles."""

    permission_required = "accounts.change_user"

    def get_cancel_url(self) -> str:
        return reverse("people")


class PersonAddView(PeopleActView):
    form_class = PersonForm
    template_name = "accounts/user_add.html"

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.register_person(**given, by=self.actor, at=clock.now())
        sentence = _("%(person)s has an account. Give a role next; without one nothing is open.")
        return person.get_absolute_url(), sentence % {"person": person}


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
