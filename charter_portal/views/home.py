"""The home page: what is next, what needs you, what has happened since your last visit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from charter_portal.navigation import is_setting_up
from charter_portal.setup.steps import guide
from charters.answers import Ask, DatedEntry, NextDate
from charters.docket import as_seen_by
from charters.models import Committee
from charters.news import newest
from charters.registry import HOME, HomePart
from charters.reports import home
from charters.reports.charter import summary
from charters.standing import Docket
from records import clock
from records.clock import day_of
from records.views.base import SIGNED_IN, PageView

AT_MOST = 3


class HomeView(PageView, TemplateView):
    """Open to every signed-in person; each sees what concerns them."""

    permission_required = SIGNED_IN
    template_name = "home.html"

    @cached_property
    def docket(self) -> Docket | None:
        committee = Committee.objects.audit()
        if self.company is None or committee is None:
            return None
        return Docket(committee, self.today, self.company, as_seen_by(self.user, self.today))

    @cached_property
    def last_visit(self) -> datetime | None:
        """The sign-in before this one; nothing else of a visit is kept."""
        found = self.request.session.get("previous_sign_in")
        return parse_datetime(found) if found else None

    @cached_property
    def since(self) -> datetime:
        """The beginning of the day since which news is listed: that of the last visit.

        A first visit looks back a month, and so does a second one in a day: it takes nothing from
        the list.
        """
        visit = self.last_visit
        looked_at = timezone.now() - home.LATELY if visit is None or self.visited_today else visit
        return datetime.combine(day_of(looked_at, self.company), time.min, clock.zone())

    @property
    def visited_today(self) -> bool:
        visit = self.last_visit
        return bool(visit and self.company and day_of(visit, self.company) == self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(today=self.today, **self.of_the_charter(), **kwargs)

    def of_the_charter(self) -> dict[str, Any]:
        docket = self.docket
        if docket is None:
            return {"asks": self.setting_up()}
        is_reader = self.user.has_perm("charters.view_standing")
        asks, more = self.first(docket)
        lines = {
            "next": home.next_dates(self.dates(docket), docket.day, sees_year=is_reader),
            "asks": asks,
            "more": more,
        }
        if not is_reader:
            return lines
        lately = self.lately(docket)
        return {
            **lines,
            "summary": summary(docket.reading(), reverse("charter"), chosen="-"),
            "since": lately[: home.LINES],
            "since_day": day_of(self.since, docket.company),
            "are_newest": len(lately) > home.LINES,
        }

    @cached_property
    def parts(self) -> list[HomePart]:
        """What the apps bring, in their order."""
        return sorted(HOME, key=lambda part: part.order)

    def dates(self, docket: Docket) -> Iterator[NextDate]:
        for part in self.parts:
            if part.dates:
                yield from part.dates(docket, self.user)

    def first(self, docket: Docket) -> tuple[list[Ask], dict[str, str] | None]:
        """At most three asks, and a link to the others; all of them where all are asked for."""
        asked = (part.asks(docket, self.user) for part in self.parts if part.asks)
        found = _once_each(chain(self.setting_up(), *asked))
        if self.request.GET.get("show") == "all":
            return list(found), None
        asks, others = list(islice(found, AT_MOST)), len(list(found))
        if not others:
            return asks, None
        sentence = ngettext("See %(count)s more item", "See %(count)s more items", others)
        more = {"sentence": sentence % {"count": others}, "url": "?show=all#for-you"}
        return asks, more

    def lately(self, docket: Docket) -> list[DatedEntry]:
        """What was recorded since then that this person may see, the newest first; of more than are
        listed, one more."""
        news = chain.from_iterable(
            part.activity(docket, self.user) for part in self.parts if part.activity
        )
        return [
            replace(entry, on=day_of(instant, docket.company))
            for instant, entry in newest(docket, news, self.since, home.ENOUGH)
        ]

    def setting_up(self) -> list[Ask]:
        """The guide, until there is a duty to live by."""
        if not (self.user.has_perm("charter_portal.set_up") and is_setting_up(self.request)):
            return []
        return [
            Ask(
                sentence=_("Setup is not complete."),
                because=guide(self.company, self.today).progress,
                url=reverse("setup"),
                button=_("Continue setup"),
            )
        ]


def _once_each(asks: Iterable[Ask]) -> Iterator[Ask]:
    """One matter is asked for once, by the app that names it best."""
    told: set[str] = set()
    for ask in asks:
        if ask.url not in told:
            told.add(ask.url)
            yield ask
