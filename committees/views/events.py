"""Event cards: the list, one card, its sheet, and the verbs that record something of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from committees.forms.events import (
    EventCloseForm,
    EventForm,
)
from committees.permissions import events_open_to, possible_followers
from committees.registry import registry
from committees.reports.charter import Link
from committees.reports.event_sheet import sheet
from committees.reports.events import event_page, event_row
from committees.rules.cards import CardTemplate
from committees.services import events as services
from committees.views.base import CharterMixin
from records import clock, pdf
from records.confirm import ActView, ConfirmView, Line
from records.dates import long_day
from records.filetypes import FileType
from records.views.documents import handed_out

if TYPE_CHECKING:
    from collections.abc import Sequence


class EventsMixin(CharterMixin):
    """A page of event cards: open to readers of cards, but for those closed to a person."""

    permission_required = "committees.view_event"
    is_dated = False

    def load(self) -> None:
        if "pk" in self.kwargs:
            cards = events_open_to(self.user).with_entries()
            self.card = get_object_or_404(cards, pk=self.kwargs["pk"])

    @property
    def may_change(self) -> bool:
        return self.user.has_perm("committees.change_event")


class EventsView(EventsMixin, TemplateView):
    template_name = "committees/events.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = "closed" if self.request.GET.get("show") == "closed" else "open"
        cards = events_open_to(self.user).filter(ending__isnull=chosen == "open")
        return super().get_context_data(
            rows=[event_row(card, self.company, self.today) for card in cards.with_entries()]
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


class EventView(EventsMixin, TemplateView):
    """One card, with the arithmetic of its clocks and everything that was entered on it."""

    template_name = "committees/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (dispatch has seen to it)
        may = self.may_change and self.card.is_running
        return super().get_context_data(
            page=event_page(self.card, self.company, self.today),
            offers=self.offers(),
            actions=self.actions() if may else [],
            may_change=may,
            sheet_url=reverse("event_sheet", args=[self.card.pk]) if pdf.is_available() else "",
            **kwargs,
        )

    def offers(self) -> list[Link]:
        """What other apps can do about it, such as a special meeting."""
        found = [offer(self.card, self.user) for offer in registry.card_offers.values()]
        return [link for link in found if link]

    def actions(self) -> list[Link]:
        pk = self.card.pk
        return [
            Link(_("Enter what has changed"), reverse("event_change", args=[pk])),
            Link(_("Add a clock"), reverse("event_clock_add", args=[pk])),
            Link(_("Close the card"), reverse("event_close", args=[pk])),
        ]


class EventSheetView(EventsMixin):
    """The card on one sheet of paper, for the day on which mail and sign-in are down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert self.company is not None  # noqa: S101  (dispatch has seen to it)
        try:
            content = sheet(self.card, self.company, self.today)
        except pdf.PdfUnavailable as unavailable:
            context = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", context, status=503)
        return handed_out(content, FileType.PDF, f"event-card-{self.card.pk}.pdf")


class EventVerbView(EventsMixin, ActView):
    """One verb on a card: a form, one service, and back to the card."""

    permission_required = "committees.change_event"

    def get_cancel_url(self) -> str:
        return self.card.get_absolute_url()

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": self.user, "at": clock.now()}

    def done(self, sentence: str) -> tuple[str, str]:
        return self.get_cancel_url(), sentence


class NamesSomebodyMixin(EventVerbView):
    """A form that names who follows the event up."""

    form_class = EventForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["responsible"].queryset = possible_followers(self.today)
        return form


class EventNewView(EventsMixin, TemplateView):
    """Which sort of card to begin with. Where there is one sort, it is begun with."""

    permission_required = "committees.change_event"
    template_name = "committees/event_new.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        templates = sorted(registry.cards.values(), key=lambda each: (each.order, each.name))
        if len(templates) == 1:
            return redirect("event_add", template=templates[0].key)
        return self.render_to_response(self.get_context_data(templates=templates))


class EventAddView(NamesSomebodyMixin):
    title = lazy("Enter what happened")
    why = lazy("As soon as it is learned. What is not known yet is entered later, beside this.")
    submit_label = lazy("Enter it on a card")

    def load(self) -> None:
        found = registry.cards.get(self.kwargs["template"])
        if found is None:
            raise Http404(_("There is no such card."))
        self.template: CardTemplate = found

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

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.committee is not None  # noqa: S101  (dispatch has seen to it)
        card = services.enter_event(
            self.committee, template=self.template.key, **given, **self.signed
        )
        return card.get_absolute_url(), _("Recorded. Add the clocks that run from it.")


class EventChangeView(NamesSomebodyMixin):
    title = lazy("Enter what has changed")
    why = lazy("This takes the place of what the card says. The earlier wording stays readable.")
    submit_label = lazy("Enter it on the card")

    def get_initial(self) -> dict[str, Any]:
        now = {name: getattr(self.card.entry, name) for name in services.KNOWN}
        return now | {"closed_to": bool(self.card.closed_to)}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.card.closed_to:
            del form.fields["closed_to"]
            form.helper.layout.pop()
        return form

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_event(self.card, **given, **self.signed)
        return self.done(_("Recorded. The earlier wording stands below."))


class EventCloseView(EventVerbView, ConfirmView):
    """The last entry on a card."""

    form_class = EventCloseForm
    title = lazy("Close the card")
    why = lazy("The matter has ended. The card stays readable, and its clocks remind no more.")
    submit_label = lazy("Close the card")

    def get_initial(self) -> dict[str, Any]:
        return {"closed_on": self.today}

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        waiting = tuple(each.what for each in self.card.clocks_running(self.today))
        lines = [
            Line(_("What happened"), self.card.entry.title),
            Line(_("Closed on"), long_day(given["closed_on"])),
            Line(_("Reason"), given["reason"]),
        ]
        if waiting:
            lines.append(Line(_("Clocks that stop without being done"), "", waiting))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("A closed card takes no more entries and is not opened again.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.close_event(self.card, **given, **self.signed)
        return self.done(_("Recorded: the card is closed."))
