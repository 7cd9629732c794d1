"""The channel as it is known outside the desk: the same with and without cases."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from charters.sentences import period_name
from charters.views.base import audit_committee, has_committee, nothing_yet
from records import clock, pdf
from records.confirm import ActView, Detail
from records.dates import long_day
from records.enums import PaperSize
from records.filetypes import FileType
from records.models import Company
from records.views.base import PageView
from records.views.documents import handed_out
from whistleblower import opening, poster
from whistleblower.enums import Procedure, Way
from whistleblower.forms.outside import EntryForm, WayForm
from whistleblower.forms.terms import language_names
from whistleblower.models import Channel
from whistleblower.permissions import may_record
from whistleblower.services import nights, procedures, readers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

# How many periods back an entry may be recorded for.
YEARS, QUARTERS = 3, 8


class ChannelPage(PageView):
    """A page about the channel of the audit committee."""

    permission_required = "whistleblower.view_channel"
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet

    @cached_property
    def channel(self) -> Channel | None:
        return Channel.objects.filter(committee=self.committee).first()


class ChannelOutsideView(ChannelPage, TemplateView):
    """The channel, its readers and what was recorded of the procedures."""

    template_name = "channel/channel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = opening.state()
        channel = self.channel
        recorded = channel.entries.by(self.today) if channel else ()
        may_change = self.access.may("whistleblower.change_channel")
        return super().get_context_data(
            channel=channel,
            is_own=channel is not None and channel.way == Way.OWN,
            is_open=found.is_open,
            readers=found.roster.entries if found.roster else (),
            outdated=[
                language_names()[each]
                for each in (opening.outdated(found.roster) if found.roster else ())
            ],
            opened_weekly=nights.is_opened_weekly(self.today),
            entries=[
                {"on": each.performed_on, "text": str(each), "period": self.period(each)}
                for each in recorded
            ],
            may_change=may_change,
            acts=[
                {"label": each.label, "url": reverse("procedure_record", args=[each.value])}
                for each in Procedure
                if channel and may_record(self.user, channel, each)
            ],
            **kwargs,
        )

    def period(self, entry: Any) -> str:
        return period_of(self.company, entry.procedure, entry.serves)


def period_of(company: Company | None, procedure: str, serves: date) -> str:
    assert company is not None  # noqa: S101  (`is_ready` has seen to it)
    calendar = company.calendar
    found = (
        calendar.quarter_of(serves) if procedure == Procedure.QUARTER else calendar.year_of(serves)
    )
    return capfirst(period_name(found))


class WayView(ActView, ChannelPage):
    """At set-up: the portal's own channel, or the address of an outside line."""

    permission_required = "whistleblower.change_channel"
    form_class = WayForm
    title = lazy("How the company takes concerns")
    why = lazy("The portal's own channel, or the address of an outside line.")
    submit_label = lazy("Save")

    def load(self) -> None:
        self.object = self.channel

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.channel}

    def get_cancel_url(self) -> str:
        return reverse("channel")

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.committee is not None  # noqa: S101  (`is_ready` has seen to it)
        given["way"] = Way(given["way"])
        readers.choose_way(self.committee, **given, **self.signed)
        return self.done(_("Saved."))


class ProcedureRecordView(ActView, ChannelPage):
    """Record one of the fixed sentences, for a fiscal year or a quarter."""

    permission_required = "whistleblower.record_procedure"
    seen_by = "whistleblower.view_channel"
    form_class = EntryForm
    is_reviewed = True
    changes_object = False
    submit_label = lazy("Record")

    def load(self) -> None:
        if self.kwargs["procedure"] not in Procedure.values or self.channel is None:
            raise Http404

    @property
    def procedure(self) -> Procedure:
        return Procedure(self.kwargs["procedure"])

    def get_denial(self) -> str | None:
        assert self.channel is not None  # noqa: S101  (`load` has seen to it)
        if may_record(self.user, self.channel, self.procedure):
            return None
        if self.procedure is Procedure.QUARTER and self.channel.way == Way.OWN:
            return _("The lead reader records that the procedures were followed in a quarter.")
        return _("The corporate secretary records this.")

    def get_title(self) -> str:
        return _("Record: concerns procedures")

    def get_why(self) -> str:
        return str(self.procedure.label)

    def get_cancel_url(self) -> str:
        return reverse("channel")

    def get_initial(self) -> dict[str, Any]:
        return {"performed_on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"periods": self.periods()}

    def periods(self) -> list[tuple[date, str]]:
        """The periods that it may count for, the likeliest first."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        if self.procedure is not Procedure.QUARTER:
            year = calendar.year_of(self.today)
            found = [year]
            for __ in range(YEARS - 1):
                year = calendar.year_before(year)
                found.append(year)
            return [(each.last, capfirst(period_name(each))) for each in found]
        year = calendar.year_of(self.today)
        quarters = [
            each
            for of in (
                calendar.year_before(calendar.year_before(year)),
                calendar.year_before(year),
                year,
            )
            for each in calendar.quarters_of(of)
            if each.last <= self.today
        ]
        likeliest = [*reversed(quarters)]
        return [(each.last, capfirst(period_name(each))) for each in likeliest][:QUARTERS]

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [
            Detail(_("Date"), long_day(given["performed_on"])),
            Detail(_("For"), period_of(self.company, self.procedure, given["serves"])),
        ]

    def get_statement(self, given: dict[str, Any]) -> str:
        return str(self.procedure.label)

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.channel is not None  # noqa: S101  (`load` has seen to it)
        procedures.enter(self.channel, self.procedure, **given, by=self.user, at=clock.now())
        return self.done(_("Recorded."))


class PosterView(ChannelPage):
    """The poster for the notice board: address, QR code, who reads."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.channel is None:
            raise Http404
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        try:
            content = poster.as_pdf(
                self.company,
                self.channel,
                opening.state().roster,
                settings.CONCERNS_PAGE or f"{settings.PORTAL_URL}/concerns/",
                is_a4=self.company.paper_size == PaperSize.A4,
            )
        except pdf.PdfUnavailable as unavailable:
            text = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", text, status=503)
        return handed_out(content, FileType.PDF, "concerns-poster.pdf")
