"""Signing in, passwords, people and their roles."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import services, sessions
from accounts.enums import Checked, Role
from records import clock
from records.forms import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest

PASSWORD_HINT = _("At least 12 characters. Do not use a common password or your name.")


class Worded:
    """The library's form in the portal's words: labels above, hints under them, no placeholder."""

    words: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reword()

    def reword(self) -> None:
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Worded, allauth.LoginForm):  # type: ignore[misc]
    words: ClassVar = {"login": _("Email address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> Any:
        """The library lets the session end so long after its last change: it ends by its sign-in."""
        answer = super().login(request, redirect_url)
        if request.user.is_authenticated:
            sessions.limit(request)
        return answer


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"password": _("Password")}


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):  # type: ignore[misc]
    words: ClassVar = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints: ClassVar = {"password1": PASSWORD_HINT}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    words: ClassVar = {"password1": _("New password"), "password2": _("New password again")}
    hints: ClassVar = {"password1": PASSWORD_HINT}


class ResetPasswordForm(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]
    """A page that looked for the account, or waited for the mail server, would tell a stranger, by
    its slowness, that an address has one. A worker does that, for every address alike."""

    words: ClassVar = {"email": _("Email address")}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        services.note_password_request(email, at=clock.now())
        return email


class CodeForm(Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": _("Six digits from your authenticator app, or a recovery code.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ActivateCodesForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The seed waits in the session, encrypted, until a first code shows that the app has it."""

    words: ClassVar = {"code": _("The code your app shows now")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        # Past the library's own, which would put the seed into the session in clear.
        super(totp.ActivateTOTPForm, self).__init__(*args, **kwargs)
        self.reword()
        self.secret = self._seed()

    def _seed(self) -> str:
        session = context.request.session
        if self.is_bound and SECRET_SESSION_KEY in session:
            return str(decrypt(session[SECRET_SESSION_KEY]))
        seed: str = generate_totp_secret()
        session[SECRET_SESSION_KEY] = encrypt(seed)
        return seed


@contextmanager
def refused_if_unreadable() -> Iterator[None]:
    """A device's answer that is none is refused like a wrong one. The library would fail over it."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, struct.error) as fault:
        raise get_adapter().validation_error("incorrect_code") from fault


class ReadPasskey:
    """For the forms that read what a passkey answered, which anybody may have forged."""

    def clean_credential(self) -> Any:
        given: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        read = getattr(super(), "clean_credential", lambda: given["credential"])
        with refused_if_unreadable():
            return read()

    def clean(self) -> dict[str, Any]:
        with refused_if_unreadable():
            cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        return cleaned


class PasskeySignInForm(ReadPasskey, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyStepForm(ReadPasskey, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(ReadPasskey, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(ReadPasskey, Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Every key is set up so that it signs in alone: kept on the device, opened by finger or PIN."""

    words: ClassVar = {"name": _("Name of this passkey")}
    hints: ClassVar = {"name": _("For example: laptop, phone or security key.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean()


class PasskeyNameForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words: ClassVar = {"name": _("Name of this passkey")}


class FirstPasswordForm(Worded, allauth.SetPasswordForm):  # type: ignore[misc]
    """For an invited person, who has none yet."""

    words: ClassVar = {"password1": _("Password"), "password2": _("Password again")}
    hints: ClassVar = {"password1": PASSWORD_HINT}


class CheckedForm(forms.Form):
    checked = forms.ChoiceField(
        label=_("How you confirmed who is asking"),
        choices=Checked.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "An email or text message is not enough. Another person may have access "
            "to the mailbox or phone."
        ),
    )


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As it should appear in the portal and in reports."),
    )
    email = forms.EmailField(
        label=_("Email address"), help_text=_("The person signs in with this address.")
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    starts_on = Day(
        label=_("From"), help_text=_("The first date on which the role is held: today or later.")
    )

    def __init__(self, *args: Any, roles: Iterable[Role] = Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in roles
        ]


class RoleEndForm(forms.Form):
    ends_on = Day(
        label=_("Until"),
        help_text=_("The first date without the role. Choose today to end it at once."),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page shows what will be recorded, the button records it."""
