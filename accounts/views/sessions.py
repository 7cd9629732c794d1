"""Where one is signed in, and signing out there. The list keeps days and devices: no hour, no
address, and nothing of what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from accounts import rules, services, sessions
from records import clock

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Line:
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


@method_decorator(never_cache, name="dispatch")
class SessionsView(LoginRequiredMixin, TemplateView):
    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.session.session_key
        company = getattr(self.request, "company", None)
        lines = [
            Line(
                pk=one.pk,
                device=rules.device(one.user_agent) or _("A device that does not say what it is"),
                since=clock.day_of(one.created_at, company),
                used_on=clock.day_of(one.last_seen_at, company),
                is_here=one.session_key == here,
            )
            for one in open_sessions(self.request.user)
        ]
        return super().get_context_data(
            lines=sorted(lines, key=lambda line: not line.is_here), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Everywhere else, at once."""
        user: Any = request.user
        update_session_auth_hash(request, services.end_sessions(user, by=user, at=clock.now()))
        sessions.begin_anew(request, user)
        messages.success(request, _("Signed out everywhere else."))
        return HttpResponseRedirect(reverse("usersessions_list"))


class SessionEndView(LoginRequiredMixin, View):
    """Signing out on another device, from here. Somebody else's session is not there."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mine = UserSession.objects.filter(user_id=request.user.pk)
        session = get_object_or_404(mine.exclude(session_key=request.session.session_key), pk=pk)
        services.end_session(session, by=session.user, at=clock.now())
        messages.success(request, _("Signed out there."))
        return HttpResponseRedirect(reverse("usersessions_list"))
