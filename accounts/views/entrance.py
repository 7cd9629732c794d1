"""Coming in by invitation, and asking for a way back when the second factor is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from accounts import factors, services
from accounts.enums import Invited, Way
from accounts.forms import FirstPasswordForm, PasskeyForm
from accounts.views.sign_in import too_many_requests
from records import clock

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Invitation, User

# Where the session keeps whose link was followed: the digest of its secret, as the invitation does.
LINK = "invitation"


def is_too_often(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Counted for every process alike, in the shared cache; reading counts as well."""
    return not ratelimit.consume(
        request, app="allauth.account", action=action, key=key, limit_get=True
    )


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationLinkView(View):
    """Takes the secret out of the address, where it could be seen and passed on."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        if is_too_often(request, "invitation"):
            return too_many_requests(request)
        request.session[LINK] = services.digest_of(secret)
        return HttpResponseRedirect(reverse("invitation"))


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationView(View):
    """The invited person chooses how to sign in: by passkey, or by password and second factor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_too_often(request, "invitation"):
            return too_many_requests(request)
        invitation = services.find_invitation(str(request.session.get(LINK, "")))
        if invitation is None or not self.is_open(invitation):
            return self.is_over(invitation)
        self.invitation, self.invited = invitation, invitation.user
        return super().dispatch(request, *args, **kwargs)

    def is_open(self, invitation: Invitation) -> bool:
        return invitation.state(clock.now()) == Invited.SENT and invitation.user.is_active

    def is_over(self, invitation: Invitation | None) -> HttpResponse:
        """Why the link opens nothing, and the way out."""
        state = invitation.state(clock.now()) if invitation else Invited.REPLACED
        return render(self.request, "accounts/invitation_over.html", {"state": state}, status=410)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        if "credential" in request.POST:
            return self.by_passkey(PasskeyForm(data=request.POST, user=self.invited))
        return self.by_password(FirstPasswordForm(data=request.POST, user=self.invited))

    def page(self, **bound: forms.Form) -> HttpResponse:
        options = webauthn.begin_registration(self.invited, passwordless=True)
        context = {
            "invitation": self.invitation,
            "passkey_form": PasskeyForm(user=self.invited),
            "password_form": FirstPasswordForm(user=self.invited),
            "options": json.dumps(options, cls=DjangoJSONEncoder),
        }
        return render(self.request, "accounts/invitation.html", context | bound)

    def by_passkey(self, form: PasskeyForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(passkey_form=form)
        given = form.cleaned_data

        def set_up(user: User) -> None:
            webauthn.WebAuthn.add(user, given["name"], given["credential"])
            RecoveryCodes.activate(user)

        def accept(user: User) -> None:
            services.add_factor(
                user, factors.Type.WEBAUTHN, lambda: set_up(user), by=user, at=clock.now()
            )

        return self.accepted(form, Way.PASSKEY, accept)

    def by_password(self, form: FirstPasswordForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(password_form=form)
        return self.accepted(form, Way.PASSWORD, lambda user: form.save())

    def accepted(self, form: Any, way: Way, set_up: Any) -> HttpResponse:
        try:
            services.accept_invitation(self.invitation, way, set_up, at=clock.now())
        except ValidationError:
            # Accepted, replaced or closed in this very moment.
            self.invitation.refresh_from_db()
            return self.is_over(self.invitation)
        self.request.session.pop(LINK, None)
        get_adapter(self.request).login(self.request, self.invited)
        record_authentication(self.request, self.invited, method=way.value)
        is_whole = way == Way.PASSKEY
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes" if is_whole else "mfa_index"))


@method_decorator(
    login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class FactorLostView(View):
    """After the password, for who can show nothing more: a second person is asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/factor_lost.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        user = request._login_stage.login.user  # type: ignore[attr-defined]
        if is_too_often(request, "factor_lost", key=str(user.pk)):
            return too_many_requests(request)
        services.ask_for_factor_reset(user, at=clock.now())
        return render(request, "accounts/factor_lost_asked.html")
