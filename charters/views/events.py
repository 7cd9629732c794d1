"""Events: the list, one event, its sheet, and the verbs that record something of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from accounts.enums import Role
from charters.answers import Link
from charters.forms.events import (
    EventCloseForm,
    EventForm,
)
from charters.permissions import events_open_to, possible_followers
from charters.registry import EVENT_OFFERS, EVENT_TEMPLATES
from charters.reports.event_sheet import sheet
from charters.reports.events import event_page, event_row
from charters.rules.event_templates import EventTemplate
from charters.services import events as services
from charters.views.base import (
    CharterPage,
    audit_committee,
    has_committee,
    nothing_yet,
)
from records import pdf
from records.confirm import ActView, Detail
from records.dates import long_day
from records.filetypes import FileType
from records.views.documents import handed_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from charters.models import Event
    from charters.models.events import EventQuerySet


class EventsPage(CharterPage):
    """A page of events: open to readers of events, but for those closed to a person."""

    permission_required = "charters.view_event"
    is_dated = False

    def load(self) -> None:
        if "pk" in self.kwargs:
            events = events_open_to(self.user).with_entries()
            self.event = get_object_or_404(events, pk=self.kwargs["pk"])

    @property
    def may_change(self) -> bool:
        return self.user.has_perm("charters.change_event")


class EventsView(EventsPage, TemplateView):
    template_name = "charters/events.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = "closed" if self.request.GET.get("show") == "closed" else "open"
        events = events_open_to(self.user).filter(ending__isnull=chosen == "open")
        return super().get_context_data(
            rows=[event_row(event, self.company, self.today) for event in events.with_entries()]
            if self.company
            else [],
            choices=[
                {"label": label, "url": url, "is_current": name == chosen}
                for name, label, url in (
                    ("open", _("Open"), reverse("events")),
                    ("closed", _("Closed"), f"{reverse('events')}?show=closed"),
                )
            ],
            shown=chosen,
            may_change=self.may_change,
            **kwargs,
        )


class EventView(EventsPage, TemplateView):
    """One event, with the arithmetic of its deadlines and everything that was entered on it."""

    template_name = "charters/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        may = self.may_change and self.event.is_running
        return super().get_context_data(
            page=event_page(self.event, self.company, self.today),
            offers=self.offers(),
            actions=self.actions() if may else [],
            may_change=may,
            sheet_url=reverse("event_sheet", args=[self.event.pk]) if pdf.is_available() else "",
            **kwargs,
        )

    def offers(self) -> list[Link]:
        """What other apps can do about it, such as a special meeting."""
        found = [each.offer(self.event, self.user) for each in EVENT_OFFERS]
        return [link for link in found if link]

    def actions(self) -> list[Link]:
        pk = self.event.pk
        return [
            Link(_("Update event"), reverse("event_change", args=[pk])),
            Link(_("Add deadline"), reverse("event_deadline_add", args=[pk])),
            Link(_("Close event"), reverse("event_close", args=[pk])),
        ]


class EventSheetView(EventsPage):
    """The event on one sheet of paper, for the day on which mail and sign-in are down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        try:
            content = sheet(self.event, self.company, self.today)
        except pdf.PdfUnavailable as unavailable:
            context = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", context, status=503)
        return handed_out(content, FileType.PDF, f"event-{self.event.pk}.pdf")


class EventActView(ActView):
    """One act on an event: a form, one service, and back to the event."""

    permission_required = "charters.change_event"
    object: Event
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet

    def get_queryset(self) -> EventQuerySet:
        return events_open_to(self.user).with_entries()

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


def offer_followers(form: Any, on: date) -> Any:
    """The form names who follows the event up."""
    form.fields["responsible"].queryset = possible_followers(on)
    return form


class EventNewView(EventsPage, TemplateView):
    """Which sort of event to begin with. Where there is one sort, it is begun with."""

    permission_required = "charters.change_event"
    template_name = "charters/event_new.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        templates = sorted(EVENT_TEMPLATES, key=lambda each: (each.order, each.label))
        if len(templates) == 1:
            return redirect("event_add", template=templates[0].name)
        return self.render_to_response(self.get_context_data(templates=templates))


class EventAddView(ActView):
    permission_required = "charters.change_event"
    form_class = EventForm
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet
    title = lazy("Add event")
    why = lazy("Add the event as soon as you learn of it. You can add details later.")
    submit_label = lazy("Add event")

    def load(self) -> None:
        found = EVENT_TEMPLATES.find(self.kwargs["template"])
        if found is None:
            raise Http404(_("This template does not exist."))
        self.template: EventTemplate = found

    def get_cancel_url(self) -> str:
        return reverse("events")

    def get_initial(self) -> dict[str, Any]:
        made_from = self.template
        return {
            "title": made_from.title,
            "learned_on": self.today,
            "decides": made_from.decides,
            "asks": made_from.asks,
        }

    def get_form(self, form_class: Any = None) -> Any:
        return offer_followers(super().get_form(form_class), self.today)

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.committee is not None  # noqa: S101  (`is_ready` has seen to it)
        event = services.enter_event(
            self.committee, template=self.template.name, **given, **self.signed
        )
        return event.get_absolute_url(), _("The event was added. Now add its deadlines.")


class EventChangeView(EventActView):
    form_class = EventForm
    title = lazy("Update event")
    why = lazy("Your text replaces the current text. The earlier text stays in the history.")
    submit_label = lazy("Update event")

    def get_initial(self) -> dict[str, Any]:
        now = {name: getattr(self.object.entry, name) for name in services.KNOWN}
        return now | {"restricted_roles": Role.MANAGEMENT in self.object.restricted_roles}

    def get_stored(self) -> dict[str, Any]:
        return self.get_initial()

    def get_form(self, form_class: Any = None) -> Any:
        form = offer_followers(super().get_form(form_class), self.today)
        if Role.MANAGEMENT in self.object.restricted_roles:
            del form.fields["restricted_roles"]
            form.helper.layout.pop()
        return form

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_event(self.object, **given, **self.signed)
        return self.done(_("The event was updated. The earlier text is in the history below."))


class EventCloseView(EventActView):
    """The last entry of an event."""

    form_class = EventCloseForm
    is_reviewed = True
    title = lazy("Close event")
    why = lazy("The event stays on record, and its reminders stop.")
    submit_label = lazy("Close event")

    def get_initial(self) -> dict[str, Any]:
        return {"closed_on": self.today}

    def get_version(self, *, lock: bool = False) -> str:
        """The deadlines that stop are shown as well."""
        version = super().get_version(lock=lock)
        newest = self.object.deadlines.order_by("pk").values_list("pk", flat=True).last()
        return f"{version}.{newest}"

    def get_stored(self) -> dict[str, Any]:
        if self.object.is_running:
            return {}
        return {"closed_on": self.object.ending.closed_on, "reason": self.object.ending.reason}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        waiting = tuple(each.what for each in self.object.open_deadlines(self.today))
        lines = [
            Detail(_("What happened"), self.object.entry.title),
            Detail(_("Closed on"), long_day(given["closed_on"])),
            Detail(_("Reason"), given["reason"]),
        ]
        if waiting:
            lines.append(Detail(_("Deadlines not marked as done"), "", waiting))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("You cannot change or reopen an event after it is closed.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.close_event(self.object, **given, **self.signed)
        return self.done(_("The event was closed."))
