"""Who is signed in: what they may do, a second factor before anything else, a session of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts import sessions, typed
from accounts.access import Access
from records.confirm import ActView

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# Where one goes who has no second factor yet: to set one up, to show who one is, to leave.
WITHOUT = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_password",
        "invitation",
        "invitation_link",
        "personas",
        "view_as",
    }
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in goes to the page to sign in. What they had typed into a form comes
    back with them."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        is_form = issubclass(getattr(view_func, "view_class", object), ActView)
        if request.method == "POST" and is_form and typed.keep(request):
            messages.info(
                request,
                _(
                    "Your sign-in has ended. Nothing was recorded. Sign in, and the form returns with "
                    "what you typed."
                ),
            )
        return super().handle_no_permission(request, view_func)


class AccessMiddleware:
    """Sets `request.access`, and `request.user` to the person themselves: a page asks them hundreds
    of times, and Django's proxy takes longer than most answers. No cache keeps an answer to somebody
    who is signed in, for the next person at that device may not see it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = get_user(request)
        request.access = Access(request)  # type: ignore[attr-defined]
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class SecondFactorMiddleware:
    """Static files are answered before this is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sessions.keep_up(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        assert match is not None  # noqa: S101 - a view was found
        if (
            not request.user.is_authenticated
            or match.url_name in WITHOUT
            or sessions.has_second_factor(request)
        ):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))
