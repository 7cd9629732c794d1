"""Signing in, and “View as” of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.utils import get_login_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView, TemplateView, View

from accounts import factors, reauthentication
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.views.people import PersonLine, line_of
from records import clock
from records.views.base import SIGNED_IN, PageView

if TYPE_CHECKING:
    from datetime import date

    from django import forms
    from django.http.response import HttpResponseBase

RETRY_AFTER_SECONDS = 60


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page that asks to wait, and tells a program for how long."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def personas(on: date) -> list[PersonLine]:
    """Who can be viewed as in the demonstration: everybody who holds a role, the secretary first."""
    holders = RoleTerm.objects.held(on).values("user")
    people = User.objects.active().filter(pk__in=holders).with_roles()
    return [line_of(user, on) for user in sorted(people, key=lambda user: rank(user.roles(on)))]


def rank(roles: frozenset[Role]) -> tuple[bool, int, int]:
    """The order of personas: secretaries, then as the roles are listed, one role before two."""
    first = next(place for place, role in enumerate(Role) if role in roles)
    return Role.SECRETARY not in roles, first, len(roles)


class SignInView(allauth.LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["personas"] = personas(clock.today())
        context["is_empty"] = not User.objects.exists()
        return context


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasskeySignInView(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in by passkey alone: the device holds it, the finger or the PIN opens it."""

    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"options": reauthentication.challenge(None)}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self._page(form=form)

    def _page(self, **context: Any) -> HttpResponse:
        page: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return page


@method_decorator(login_not_required, name="dispatch")
class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """After the password: the second factor, or a recovery code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whose factors were removed meanwhile starts again: the library would send them in circles."""
        pending = get_pending_stage(request)
        if pending and not factors.has_any(pending.login.user):
            clear_login(request)
            return HttpResponseRedirect(reverse("account_login"))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        has_passkey = factors.has_passkey(user)
        context: dict[str, Any] = super(AuthenticateView, self).get_context_data(**kwargs)
        return context | {
            "form": self.auth_form,
            "webauthn_form": self.webauthn_form,
            "has_passkey": has_passkey,
            "options": reauthentication.challenge(user) if has_passkey else "",
        }


class FirstPasswordView(PageView, RedirectView):
    """Who has no password yet sets the first one as one sets a forgotten one: by mail."""

    permission_required = SIGNED_IN
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
    """Sign in as a persona, without a password: for the demo only."""

    def post(self, request: HttpRequest) -> HttpResponse:
        shown = User.objects.filter(pk__in=[line.pk for line in personas(clock.today())])
        people = {person.email: person for person in shown}
        if (asked := request.POST.get("person", "")) not in people:
            raise Http404
        get_adapter(request).view_as(request, people[asked])
        return HttpResponseRedirect(get_login_redirect_url(request))
