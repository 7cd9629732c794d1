"""What a page asks of the person of the request: permissions, and a fresh sign-in before what binds.

The steps of access themselves are those of `records.views.base.PageView`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts import permissions, reauthentication, sessions, typed
from accounts.withheld import who_acts_instead

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict


class Access:
    """`records.views.base.Access`, from the roles held today and the session's sign-in."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def may(self, permission: str) -> bool:
        user = self.request.user
        return user.is_authenticated and user.has_perm(permission)

    def may_look(self, permission: str) -> bool:
        return self.may(permissions.seen_by(permission))

    def why_not(self, permission: str) -> str:
        return permissions.reason_for_refusal(permission)

    def why_withheld(self, path: str) -> str:
        user = self.request.user
        if user.is_authenticated and user.withheld.covers(path):
            said = _("You are recused from an agenda item that came from this record.")
            return f"{said} {who_acts_instead(user)}"
        return ""

    def ask_to_sign_in_again(self) -> HttpResponse | None:
        """A page is asked for after signing in again. A form that was sent is answered with a page
        that asks, and goes on once it comes back with the proof, which is left out of what was
        typed."""
        request = self.request
        if sessions.is_fresh(request):
            return None
        if request.method != "POST":
            return reauthentication.ask_first(request)
        form = (
            reauthentication.AgainForm(request, request.POST)
            if reauthentication.is_offered(request)
            else None
        )
        if form is None or not form.is_valid():
            return reauthentication.ask_meanwhile(request, form)
        request.POST = reauthentication.leave_out(request.POST)  # type: ignore[assignment]
        return None

    def typed_before_sign_in(self) -> QueryDict | None:
        """What was typed into the form of this address by somebody whose sign-in had ended."""
        return typed.take(self.request)
