"""The portal's terms for signing in: no self-service account, plain reasons, safe ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import factors, services, sessions
from records import clock

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from accounts.models import User

PREVIOUS_SIGN_IN = "previous_sign_in"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The email address or the password is not correct. Try again, or ask for a link "
            "to set a new password."
        ),
        "too_many_login_attempts": _(
            "There were too many attempts with this address. Try again in five minutes, or "
            "set a new password by email."
        ),
        "rate_limited": _("There were too many attempts. Try again in one minute."),
        "incorrect_password": _("That is not your current password. Try again."),
        "enter_current_password": _("Enter your current password."),
        "invalid_password_reset": _("The link was used before or has expired. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the secretary or the administrator, never by a visitor."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every answer is a page; the library's second way of answering stays closed."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Where a person may be sent after signing in: this host and no other."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, once every factor that the person holds was shown."""
        self._login(request, user)
        sessions.begin(request, user, has_second_factor=factors.has_any(user))

    def view_as(self, request: HttpRequest, user: User) -> None:
        """Sign in as a persona of the demo: a session without proof of a sign-in."""
        self._login(request, user)
        request.session.pop(sessions.SECOND_FACTOR, None)
        sessions.restart(request, user)

    def _login(self, request: HttpRequest, user: User) -> None:
        """Keep the instant of the sign-in before this one for "since your last visit". It lives in
        the session only; nothing records who read what."""
        previous = user.last_login
        super().login(request, user)
        request.session[PREVIOUS_SIGN_IN] = previous.isoformat() if previous else None

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The library's own pages ask by the rule of all others."""
        return not sessions.is_fresh(self.request)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """How somebody signs in again: by passkey, or by password. A code alone is half of it."""
        methods = []
        if user.is_authenticated and factors.has_passkey(user):
            methods.append(
                {
                    "id": "mfa_reauthenticate:webauthn",
                    "description": _("Use passkey"),
                    "url": reverse("mfa_reauthenticate_webauthn"),
                }
            )
        if user.is_authenticated and user.has_usable_password():
            methods.append(
                {
                    "id": "reauthenticate",
                    "description": _("Use password"),
                    "url": reverse("account_reauthenticate"),
                }
            )
        return methods

    def set_password(self, user: User, password: str) -> None:
        """The person's own act. It also ends the wait that other people's guesses caused."""
        services.set_password(user, password, by=user, at=clock.now())
        self._delete_login_attempts_cached_email(self.request, email=user.email)
