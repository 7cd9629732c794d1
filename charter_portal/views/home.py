"""The home page: what is next, what needs you, what has happened since your last visit."""

from datetime import datetime
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.models import User
from charter_portal.setup.steps import guide, is_open
from committees.models import Committee
from committees.reports import home
from committees.reports.charter import summary
from committees.standing import Docket
from records.clock import day_of, today

AT_MOST = 3


class HomeView(TemplateView):
    """Open to every signed-in person; each sees what concerns them."""

    template_name = "home.html"

    @cached_property
    def docket(self) -> Docket | None:
        company = self.request.company  # type: ignore[attr-defined]
        committee = Committee.objects.audit()
        if company is None or committee is None:
            return None
        return Docket(committee, today(company), company)

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101  (LoginRequiredMiddleware)
        return self.request.user

    @cached_property
    def last_visit(self) -> datetime | None:
        """The sign-in before this one; nothing else of a visit is kept."""
        found = self.request.session.get("previous_sign_in")
        return parse_datetime(found) if found else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"today": today(self.request.company)}  # type: ignore[attr-defined]
        return super().get_context_data(**context, **self.of_the_charter(), **kwargs)

    def of_the_charter(self) -> dict[str, Any]:
        docket = self.docket
        if docket is None:
            return {"asks": self.setting_up()}
        if not self.user.has_perm("committees.view_standing"):
            rows = home.own_duties(docket, self.user)
            return {
                "next": home.next_date(rows, docket.day, sees_year=False),
                "asks": self.first(docket, rows)[0],
            }
        reading = docket.reading()
        asks, more = self.first(docket, reading.duties)
        since = self.last_visit or timezone.now() - home.LATELY
        return {
            "next": home.next_date(reading.duties, docket.day, sees_year=True),
            "asks": asks,
            "more": more,
            "summary": summary(reading, reverse("charter"), chosen="-"),
            "since": home.lately(docket, since, self.user),
            "last_visit": day_of(self.last_visit, docket.company) if self.last_visit else None,
        }

    def first(self, docket: Docket, rows: Any) -> tuple[list[home.Ask], dict[str, str] | None]:
        """At most three asks, and where the others stand."""
        found = chain(self.setting_up(), home.asks(docket, rows, self.user))
        asks, others = list(islice(found, AT_MOST)), len(list(found))
        if not others:
            return asks, None
        sentence = ngettext("%(count)s more waits.", "%(count)s more wait.", others)
        return asks, {"sentence": sentence % {"count": others}, "url": reverse("charter")}

    def setting_up(self) -> list[home.Ask]:
        """The guide, until there is a duty to live by."""
        company = self.request.company  # type: ignore[attr-defined]
        if not (self.user.has_perm("charter_portal.set_up") and is_open(company)):
            return []
        return [
            home.Ask(
                sentence=_("The portal is being set up."),
                because=guide(company, today(company)).progress,
                url=reverse("setup"),
                button=_("Go on with setting up"),
            )
        ]
