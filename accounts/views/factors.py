"""A person's own second factors. The library does the work; the pages and their terms are ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import factors, reauthentication, services, sessions
from records import clock
from records.views.base import SIGNED_IN, PageView

if TYPE_CHECKING:
    from datetime import date

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User

fresh = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")


@dataclass(frozen=True)
class Factor:
    """A second factor as a line of a list."""

    pk: int
    kind: str
    name: str
    since: date
    can_end: bool

    @property
    def is_passkey(self) -> bool:
        return bool(self.kind == factors.Type.WEBAUTHN)


def lines(user: User) -> list[Factor]:
    held = list(factors.of(user).filter(type__in=factors.FACTORS).order_by("type", "created_at"))
    return [
        Factor(
            pk=one.pk,
            kind=one.type,
            name=one.wrap().name if one.type == factors.Type.WEBAUTHN else _("Authenticator app"),
            since=localdate(one.created_at),
            can_end=len(held) > 1,
        )
        for one in held
    ]


def unused_codes(user: User) -> list[str] | None:
    """None where there is no list yet."""
    codes = factors.of(user).filter(type=factors.Type.RECOVERY_CODES).first()
    return list(codes.wrap().get_unused_codes()) if codes else None


class SecurityView(PageView, TemplateView):
    """How one signs in. Also the one page open to who has no second factor yet."""

    permission_required = SIGNED_IN
    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = lines(self.user)
        codes = unused_codes(self.user) if held else None
        return super().get_context_data(
            factors=held,
            has_app=any(one.kind == factors.Type.TOTP for one in held),
            codes_left=None if codes is None else len(codes),
            must_set_up=not sessions.has_second_factor(self.request),
            **kwargs,
        )


class AddMixin:
    """A factor is set up, on record; the session has it from here on, under a new key."""

    request: HttpRequest
    kind: factors.Type

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user: Any = self.request.user
        answer = partial(super().form_valid, form)  # type: ignore[misc]
        response: HttpResponse = services.add_factor(
            user, self.kind, answer, by=user, at=clock.now()
        )
        sessions.add_factor(self.request)
        return response


@fresh
class PasskeyAddView(AddMixin, AddWebAuthnView):  # type: ignore[misc]
    kind = factors.Type.WEBAUTHN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        options = webauthn.begin_registration(self.request.user, passwordless=True)
        return context | {"options": json.dumps(options, cls=DjangoJSONEncoder)}


@fresh
class CodesAddView(AddMixin, ActivateTOTPView):  # type: ignore[misc]
    kind = factors.Type.TOTP


class EndMixin:
    """A factor ends, on record; never the last one."""

    request: HttpRequest
    success_url = reverse_lazy("mfa_index")

    def get_factor(self) -> Any:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user: Any = self.request.user
        answer = partial(super().form_valid, form)  # type: ignore[misc]
        try:
            done: HttpResponse = services.end_factor(
                self.get_factor(), answer, by=user, at=clock.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        return done


@fresh
class PasskeyRemoveView(EndMixin, RemoveWebAuthnView):  # type: ignore[misc]
    def get_factor(self) -> Any:
        return self.get_object()


class CodesRemoveView(EndMixin, DeactivateTOTPView):  # type: ignore[misc]
    def get_factor(self) -> Any:
        return self.authenticator


@fresh
class PasskeyRenameView(EditWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class RecoveryCodesView(PageView, TemplateView):
    """The codes that are left. The library would note that they were read; the portal does not."""

    permission_required = SIGNED_IN
    needs_fresh_sign_in = True
    template_name = "mfa/recovery_codes/index.html"

    def load(self) -> None:
        self.codes = unused_codes(self.user)
        if self.codes is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(codes=self.codes, **kwargs)


@fresh
class RecoveryCodesMakeView(AddMixin, GenerateRecoveryCodesView):  # type: ignore[misc]
    kind = factors.Type.RECOVERY_CODES


class PasskeyAgainView(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Sign in again, by passkey."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return context | {"options": reauthentication.challenge(self.request.user)}
