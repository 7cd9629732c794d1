"""The deadlines of an event: added, changed, recorded as done, withdrawn."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.forms.events import (
    EventDeadlineDoneForm,
    EventDeadlineForm,
    EventDeadlineWithdrawForm,
)
from charters.models import EventDeadline
from charters.permissions import events_open_to
from charters.services import events as services
from charters.views.base import audit_committee, has_committee, nothing_yet
from charters.views.events import EventActView
from records.confirm import ActView
from records.dates import long_day

if TYPE_CHECKING:
    from django.db.models import QuerySet


class EventDeadlineAddView(EventActView):
    form_class = EventDeadlineForm
    changes_object = False
    title = lazy("Add deadline")
    why = lazy("What must be done, and within how many days.")
    submit_label = lazy("Add deadline")

    def act(self, **given: Any) -> tuple[str, str]:
        services.enter_deadline(self.object, **given, **self.signed)
        return self.done(_("The deadline was added."))


class EventDeadlineActView(ActView):
    """An act on one of an event's deadlines."""

    permission_required = "charters.change_event"
    object: EventDeadline
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet

    def get_queryset(self) -> QuerySet[EventDeadline]:
        events = events_open_to(self.user)
        return EventDeadline.objects.select_related("event").filter(event__in=events)

    def latest(self) -> EventDeadline:
        """The latest of the deadlines that replaced this one."""
        deadline: EventDeadline = self.object
        while later := EventDeadline.objects.filter(changes=deadline).first():
            deadline = later
        return deadline

    def get_version(self, *, lock: bool = False) -> str:
        """A deadline never changes: a later one replaces it."""
        if lock:
            self.object.event.locked()
        return str(self.latest().pk)

    def get_stored(self) -> dict[str, Any]:
        names = ("what", "rule", "days", "counting", "starts", "done_on", "reason")
        return {name: getattr(self.latest(), name) for name in names}

    def get_title(self) -> str:
        return f"{self.title}: {self.object.what}"

    def get_cancel_url(self) -> str:
        return self.object.event.get_absolute_url()


class EventDeadlineChangeView(EventDeadlineActView):
    form_class = EventDeadlineForm
    title = lazy("Change deadline")
    why = lazy("The new deadline replaces the current one. The current one stays on record.")
    submit_label = lazy("Change deadline")

    def get_initial(self) -> dict[str, Any]:
        names = ("what", "rule", "days", "counting", "starts")
        return {name: getattr(self.object, name) for name in names}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_deadline(self.object, **given, **self.signed)
        return self.done(_("The deadline was changed."))


class EventDeadlineDoneView(EventDeadlineActView):
    form_class = EventDeadlineDoneForm
    title = lazy("Record completion")
    why = lazy("Reminders stop.")
    submit_label = lazy("Record completion")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def act(self, done_on: date) -> tuple[str, str]:
        services.record_done(self.object, done_on=done_on, **self.signed)
        return self.done(_("Marked as done on %(day)s.") % {"day": long_day(done_on)})


class EventDeadlineWithdrawView(EventDeadlineActView):
    form_class = EventDeadlineWithdrawForm
    title = lazy("Withdraw deadline")
    why = lazy("The deadline does not apply. It stays on record with your reason.")
    submit_label = lazy("Withdraw deadline")

    def act(self, **given: Any) -> tuple[str, str]:
        services.withdraw_deadline(self.object, **given, **self.signed)
        return self.done(_("The deadline was withdrawn."))
