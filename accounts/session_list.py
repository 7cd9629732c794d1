"""The sign-in library's list of sessions, without the places and hours that it would note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.usersessions.apps import UserSessionsConfig

if TYPE_CHECKING:
    from django.http import HttpRequest


class SessionListConfig(UserSessionsConfig):  # type: ignore[misc]
    """Its own receivers note address and instant; `accounts.sessions` writes the list instead."""

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_set

        for changed in (password_changed, password_set):
            changed.connect(relist, dispatch_uid="accounts.session_list")


def relist(sender: Any, request: HttpRequest, **given: Any) -> None:
    """With a new password the session has a new key."""
    from accounts import sessions

    if request.user.is_authenticated:
        sessions.put_on_the_list(request, request.user)
