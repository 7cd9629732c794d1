"""The clocks of an event card: added, changed, recorded as done, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.forms.events import (
    EventClockForm,
    EventClockStopForm,
    EventClockWithdrawForm,
)
from committees.models import EventCard, EventClock
from committees.permissions import events_open_to
from committees.services import events as services
from committees.views.events import EventVerbView
from records.dates import long_day


class EventClockAddView(EventVerbView):
    form_class = EventClockForm
    title = lazy("Add a clock")
    why = lazy("What must be done, within how many days, counted from when.")
    submit_label = lazy("Add the clock")

    def act(self, **given: Any) -> tuple[str, str]:
        services.enter_clock(self.card, **given, **self.signed)
        return self.done(_("Recorded: the clock."))


class EventClockMixin(EventVerbView):
    """A verb on one of a card's clocks."""

    def load(self) -> None:
        clocks = EventClock.objects.select_related("card").filter(
            card__in=events_open_to(self.user)
        )
        self.clock = get_object_or_404(clocks, pk=self.kwargs["pk"])
        self.card: EventCard = self.clock.card

    def get_title(self) -> str:
        return f"{self.title}: {self.clock.what}"


class EventClockChangeView(EventClockMixin):
    form_class = EventClockForm
    title = lazy("Change a clock")
    why = lazy("It takes the place of the one before, which stays on record.")
    submit_label = lazy("Change the clock")

    def get_initial(self) -> dict[str, Any]:
        names = ("what", "rule", "days", "counting", "starts")
        return {name: getattr(self.clock, name) for name in names}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_clock(self.clock, **given, **self.signed)
        return self.done(_("Recorded: the clock as it is now."))


class EventClockStopView(EventClockMixin):
    form_class = EventClockStopForm
    title = lazy("Record that it was done")
    why = lazy("The clock stops, and nobody is reminded any more.")
    submit_label = lazy("Record that it was done")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def act(self, done_on: date) -> tuple[str, str]:
        services.stop_clock(self.clock, done_on=done_on, **self.signed)
        return self.done(_("Recorded as done on %(day)s.") % {"day": long_day(done_on)})


class EventClockWithdrawView(EventClockMixin):
    form_class = EventClockWithdrawForm
    title = lazy("Withdraw a clock")
    why = lazy("It does not run after all. It stays on record, with your reason.")
    submit_label = lazy("Withdraw the clock")

    def act(self, **given: Any) -> tuple[str, str]:
        services.withdraw_clock(self.clock, **given, **self.signed)
        return self.done(_("Recorded: the clock was withdrawn."))
