"""Signing in again, before what binds. What was typed meanwhile is carried along, never stored.

A page that binds asks for it before it shows its form. A form that was filled longer than the
sign-in lasts is answered with a page that asks for password or passkey and holds, in hidden
fields, what was typed: one button, and the act goes on. Files cannot be carried by a browser: the
form then asks for them again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import factors
from accounts.forms import PasskeyAgainForm

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse, QueryDict

    from accounts.models import User

PREFIX = "again"
NOT_TYPED = ("csrfmiddlewaretoken", f"{PREFIX}-password", f"{PREFIX}-credential")
NO_WAY = _(
    "This action needs a recent sign-in, and you have no password or passkey. Set a password "
    "by email from the sign-in page, then come back."
)


def person(request: HttpRequest) -> User:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - access has seen to it
    return user


def challenge(user: AbstractBaseUser | None) -> str:
    """What the browser asks a passkey, kept in the session until it is answered."""
    return json.dumps(webauthn.begin_authentication(user), cls=DjangoJSONEncoder)


class AgainForm(forms.Form):
    """Password or passkey: one of them."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, data: QueryDict | None = None) -> None:
        self.request = request
        super().__init__(data, prefix=PREFIX)
        if not person(request).has_usable_password():
            del self.fields["password"]
        else:
            # One of two is enough, but none is not.
            self.fields["password"].is_unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        user = person(self.request)
        if not ratelimit.consume(self.request, action="reauthenticate", user=user):
            raise get_adapter().validation_error("rate_limited")
        given = self.cleaned_data
        if given.get("credential"):
            self._prove(PasskeyAgainForm(user=user, data=given))
        elif given.get("password"):
            self._prove(ReauthenticateForm(user=user, data=given))
        else:
            raise forms.ValidationError(_("Enter your password, or use your passkey."))
        return given

    def _prove(self, form: forms.Form) -> None:
        if not form.is_valid():
            raise forms.ValidationError([str(e) for errors in form.errors.values() for e in errors])
        if isinstance(form, PasskeyAgainForm):
            form.save()
        else:
            reauthenticate_by_password(self.request)


def is_offered(request: HttpRequest) -> bool:
    """Whether the request comes from the page that asks to sign in again."""
    return any(name in request.POST for name in NOT_TYPED[1:])


def leave_out(typed: QueryDict) -> QueryDict:
    """What was typed into the form itself."""
    typed = typed.copy()
    for name in NOT_TYPED[1:]:
        typed.pop(name, None)
    typed._mutable = False
    return typed


def ask_first(request: HttpRequest) -> HttpResponse:
    """Sign in again, then come back to the page that was asked for."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied(NO_WAY)
    return HttpResponseRedirect(
        f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}"
    )


def ask_meanwhile(request: HttpRequest, form: AgainForm | None) -> HttpResponse:
    """Ask, and hold what was typed."""
    user = person(request)
    has_passkey = factors.has_passkey(user)
    if not (has_passkey or user.has_usable_password()):
        raise PermissionDenied(NO_WAY)
    names = [name for name in request.POST if name not in NOT_TYPED]
    context = {
        "form": form or AgainForm(request),
        "typed": [(name, value) for name in names for value in request.POST.getlist(name)],
        "options": challenge(user) if has_passkey else "",
        "had_files": bool(request.FILES),
    }
    return render(request, "accounts/sign_in_again.html", context)
