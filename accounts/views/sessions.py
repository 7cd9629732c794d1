"""Where one is signed in, and signing out there. The list keeps days and devices: no hour, no
address, and nothing of what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import rules, services, sessions
from records import clock
from records.views.base import SIGNED_IN, PageView

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class SessionRow:
    pk: int
    device: str
    since: date
    used_on: date
    is_here: bool


def open_sessions(user: Any) -> list[UserSession]:
    """Those that still let somebody in: a new password, or a way out, has ended the others."""
    mine = UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at", "pk")
    keys = [one.session_key for one in mine]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    proof = user.get_session_auth_hash()
    valid = {s.session_key for s in stored if s.get_decoded().get(HASH_SESSION_KEY) == proof}
    return [one for one in mine if one.session_key in valid]


class SessionsView(PageView, TemplateView):
    permission_required = SIGNED_IN
    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.session.session_key
        lines = [
            SessionRow(
                pk=one.pk,
                device=rules.device(one.user_agent) or _("Unknown device"),
                since=clock.day_of(one.created_at, self.company),
                used_on=clock.day_of(one.last_seen_at, self.company),
                is_here=one.session_key == here,
            )
            for one in open_sessions(self.user)
        ]
        return super().get_context_data(
            lines=sorted(lines, key=lambda line: not line.is_here), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Everywhere else, at once. To read the list takes no fresh sign-in, to end others does:
        whoever found a device open could lock its owner out."""
        if asked := self.access.ask_to_sign_in_again():
            return asked
        user = self.user
        update_session_auth_hash(request, services.end_sessions(user, by=user, at=clock.now()))
        sessions.go_on(request, user)
        messages.success(request, _("Other devices were signed out."))
        return HttpResponseRedirect(reverse("usersessions_list"))


class SessionEndView(PageView):
    """Signing out on another device, from here. Somebody else's session is not there."""

    permission_required = SIGNED_IN
    needs_fresh_sign_in = True

    def load(self) -> None:
        mine = UserSession.objects.filter(user_id=self.user.pk)
        elsewhere = mine.exclude(session_key=self.request.session.session_key)
        self.object = get_object_or_404(elsewhere, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.end_session(self.object, by=self.user, at=clock.now())
        messages.success(request, _("The device was signed out."))
        return HttpResponseRedirect(reverse("usersessions_list"))
