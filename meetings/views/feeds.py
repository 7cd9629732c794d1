"""A person's calendar: the file that a calendar program reads, and the page that makes its address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView, View

from meetings.forms.agenda import EmptyForm
from meetings.models import FeedAddress
from meetings.reports.feed import bodies_of, etag_of, feed
from meetings.services import feeds as services
from records import clock
from records.confirm import ActView, Detail
from records.dates import long_day, written_for
from records.models import Company
from records.views.base import PageView

NOT_FOUND = "Not found.\n"


@method_decorator(login_not_required, name="dispatch")
class FeedView(View):
    """The calendar behind a secret address. An address that is none, was replaced or stopped, or whose
    owner reads no meetings any more is answered alike."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        company = Company.objects.current()
        address = (
            FeedAddress.objects.in_use()
            .filter(digest=services.digest_of(token))
            .select_related("person")
            .first()
        )
        bodies = bodies_of(address.person, clock.today(company)) if address and company else []
        if address is None or company is None or not bodies:
            return not_found()
        with written_for(company):
            body = feed(address.person, bodies, clock.today(company), company)
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["ETag"] = etag_of(body)
        response["Cache-Control"] = "private, no-cache"
        return get_conditional_response(request, response["ETag"], response=response) or response


def not_found() -> HttpResponse:
    return HttpResponseNotFound(NOT_FOUND, content_type="text/plain; charset=utf-8")


class MyCalendarView(PageView, TemplateView):
    """The page on which a person creates the address of their calendar. It is shown once."""

    permission_required = "meetings.view_meeting"
    template_name = "meetings/my_calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = FeedAddress.objects.visible_to(self.user).first()
        return super().get_context_data(feed_address=address, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = services.create_feed_address(self.user, at=clock.now())
        shown = settings.PORTAL_URL + reverse("calendar_feed", args=[token])
        return self.render_to_response(self.get_context_data(shown_once=shown))


class MyCalendarStopView(ActView):
    """A person withdraws the address of their calendar."""

    permission_required = "meetings.view_meeting"
    form_class = EmptyForm
    is_reviewed = True
    title = lazy("Review: stop the calendar address")
    submit_label = lazy("Stop the address")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        address = FeedAddress.objects.visible_to(self.user).in_use().first()
        if address is None:
            return [Detail(_("Calendar address"), _("None in use"))]
        return [Detail(_("Calendar address"), created_words(address))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "Calendar programs that read the address stop updating. You can create a new "
            "address at any time."
        )

    def get_cancel_url(self) -> str:
        return reverse("my_calendar")

    def act(self) -> tuple[str, str]:
        services.stop_feed_address(self.user, at=clock.now())
        return self.done(_("The calendar address was stopped."))


def created_words(address: FeedAddress) -> str:
    return _("Created on %(day)s") % {"day": long_day(clock.day_of(address.created_at))}
