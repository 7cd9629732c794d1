"""The pages of the channel: no sign-in, no session, no cookie before a return visit, no script.

Errors say their class and a random mark in the log, and nothing of the request.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from records import clock
from records.models import Company
from whistleblower import logs, opening, texts, tickets
from whistleblower.crypto.roster import Roster
from whistleblower.enums import Way
from whistleblower.opening import Opening

logger = logging.getLogger("whistleblower")

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = "closed"


@method_decorator(login_not_required, name="dispatch")
class ChannelView(View):
    """A page in the language of its address."""

    # A page with a form says where it comes from, or browsers send no origin with it.
    has_form = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.language: str = kwargs.get("language", "en")
        self.texts = texts.words(self.language)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_foreign(request):
            reason = self.texts["wrong"]["foreign"]
            return self.guarded(self.page("concerns/wrong.html", status=403, reason=reason))
        try:
            return self.guarded(self.answer(request, *args, **kwargs))
        except Http404:
            raise
        except RequestDataTooBig:
            drain(request)
            reason = self.texts["wrong"]["too_large"]
            return self.guarded(self.page("concerns/wrong.html", status=413, reason=reason))
        except (SuspiciousOperation, BadRequest):
            return self.guarded(self.page("concerns/wrong.html", status=400))
        except Exception as error:
            self.note(error)
            return self.guarded(self.page("concerns/wrong.html", status=500))

    def note(self, error: Exception) -> None:
        logger.error("%s %s", type(error).__name__, logs.mark())

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page. Reading the form first finds what cannot be read. A language that is not offered
        leads to one that is; a form that was begun in it can still be sent."""
        if request.method == "POST":
            receive(request)
        elif self.language not in self.languages:
            assert request.resolver_match is not None  # noqa: S101 - it has led here
            name = request.resolver_match.view_name
            name = "concerns_start" if name == "concerns" else name
            return HttpResponseRedirect(reverse(name, args=[self.languages[0]]))
        return super().dispatch(request, *args, **kwargs)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that are offered; all where that cannot be asked."""
        try:
            return self.opening.languages
        except DatabaseError:
            return texts.LANGUAGES

    def guarded(self, response: HttpResponseBase) -> HttpResponseBase:
        response._csp_exempt = True  # type: ignore[attr-defined]
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers["Referrer-Policy"] = "same-origin" if self.has_form else "no-referrer"
        return response

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the channel. It is rendered without the request, so that nothing of the portal's
        own context is on it and no session is touched."""
        other = self.texts["other_code"]
        other = other if other in self.languages else ""
        common = {"t": self.texts, "language": self.language, "other": other}
        text = get_template(template).render(common | context)
        return HttpResponse(text, status=status)

    @cached_property
    def company(self) -> Company | None:
        return Company.objects.current()

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    @cached_property
    def opening(self) -> Opening:
        return opening.state()

    @property
    def roster(self) -> Roster:
        assert self.opening.roster is not None  # noqa: S101 - asked for where it is open only
        return self.opening.roster

    def closed(self) -> HttpResponse:
        """The channel takes nothing: other ways, and the outside line where there is one."""
        channel = self.opening.channel
        is_outside = channel is not None and channel.way == Way.OUTSIDE
        said = self.texts["closed"]["outside"].format(company=self.company)
        return self.page(
            "concerns/closed.html", channel=channel, outside=said if is_outside else ""
        )

    def day(self, on: date) -> str:
        """A date in the words of the page's language."""
        month = self.texts["months"][on.month - 1]
        return str(self.texts["dates"].format(day=on.day, month=month, year=on.year))

    def is_overtaken(self, stamp: str) -> bool:
        """Whether *Done* was pressed in this browser behind the form with this stamp."""
        begun = tickets.read("begun", stamp, clock.now(), None)
        return bool(self.closed_forms) if begun is None else begun["at"] in self.closed_forms

    @property
    def closed_forms(self) -> list[float]:
        """When the forms were begun that were finished in this browser."""
        closed = tickets.read("closed", self.request.COOKIES.get(CLOSED, ""), clock.now(), None)
        found: list[float] = closed.get("forms", []) if closed else []
        return found


# A text that is too long comes back whole, with the form: up to so many bytes of a form are read.
LARGEST = 16 * 1024 * 1024
# What is larger is read to its end before it is answered, or the browser would say that the connection
# was reset; up to a ceiling.
CEILING, CHUNK = 256 * 1024 * 1024, 64 * 1024
URLENCODED = "application/x-www-form-urlencoded"


def receive(request: HttpRequest) -> None:
    """Read the form. Raises RequestDataTooBig."""
    if request.content_type == URLENCODED:
        body = request.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise RequestDataTooBig
        request._body = body
    len(request.POST)


def drain(request: HttpRequest) -> None:
    """Read what is left of a form, and keep nothing of it."""
    for _ in range(CEILING // CHUNK):
        if not request.read(CHUNK):
            return


# What a browser sends that says where a form is from to nobody.
UNSAID = "null"


def is_foreign(request: HttpRequest) -> bool:
    """Whether another site sends this form. Browsers say so; what says nothing is let through, for
    there is no sign-in that it could ride on, and a return visit has a token besides."""
    origin = request.headers.get("origin", UNSAID)
    own = f"{request.scheme}://{request.get_host()}"
    site = request.headers.get("sec-fetch-site", "same-origin")
    return origin not in (UNSAID, own) or site not in ("same-origin", "none")
