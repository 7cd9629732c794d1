"""Signing in, passwords, people and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from records.forms import Day

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD_HINT = _("At least 12 characters, not a common password, not like your name.")


class Worded:
    """The library's form in the portal's words: labels above, hints under them, no placeholder."""

    words: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Worded, allauth.LoginForm):  # type: ignore[misc]
    words: ClassVar = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"password": _("Password")}


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):  # type: ignore[misc]
    words: ClassVar = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    hints: ClassVar = {"password1": PASSWORD_HINT}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    words: ClassVar = {"password1": _("New password"), "password2": _("New password, once more")}
    hints: ClassVar = {"password1": PASSWORD_HINT}


class ResetPasswordForm(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]
    words: ClassVar = {"email": _("E-mail address")}


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As it should stand in the portal and its reports."),
    )
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person signs in with this address.")
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    starts_on = Day(label=_("From"), help_text=_("The first day on which the role is held."))

    def __init__(self, *args: Any, roles: Iterable[Role] = Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in roles
        ]


class RoleEndForm(forms.Form):
    ends_on = Day(
        label=_("Until"),
        help_text=_("From this day on the role is no longer held. Today ends it at once."),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page shows what will be recorded, the button records it."""
