"""The page on which the meetings of a fiscal year are planned in one go."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from charters.models import Committee
from charters.views.base import audit_committee, docket_of, has_committee
from meetings import services
from meetings.forms.year_plan import Chosen, YearPlanForm
from meetings.reports.calendar_page import calendar_pdf
from meetings.reports.words import time_words
from meetings.reports.year_plan import Offered, offered
from meetings.services.year_plan import Plan
from meetings.views.base import MAY_CHANGE, MeetingsPage, meetings_open_to, nothing_yet
from meetings.views.years import year_named
from records import clock, pdf
from records.calendar import Period
from records.confirm import ActView, Detail
from records.dates import weekday
from records.filetypes import FileType
from records.rows import RowRefusedError
from records.views.documents import handed_out


class YearPlanView(ActView):
    """Four regular meetings, four release calls and the Board's dates, each to be moved or left."""

    permission_required = MAY_CHANGE
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    instead = nothing_yet
    template_name = "meetings/year_plan.html"
    form_class = YearPlanForm
    is_reviewed = True
    submit_label = lazy("Plan these meetings")
    review_label = lazy("Review")

    @cached_property
    def year(self) -> Period:
        return year_named(self.docket.company.calendar, self.kwargs["key"])

    @cached_property
    def offered(self) -> list[Offered]:
        """Those ahead: a date that has passed is entered as a meeting that was held."""
        found = offered(self.docket, self.year, Committee.objects.board())
        return [each for each in found if each.proposed.on >= self.today]

    def get_title(self) -> str:
        return _("Plan meetings: %(year)s") % {"year": self.year.key.replace("FY", "fiscal year ")}

    def get_why(self) -> str:
        return _("The usual dates before each filing. Change a date or leave a meeting out.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": self.offered}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        following = self.docket.company.calendar.year_after(self.year).key
        return super().get_context_data(following=following, **kwargs)

    def is_only_reviewed(self) -> bool:
        """The form's fields are those of the meetings that are offered."""
        return False

    def get_cancel_url(self) -> str:
        return f"{reverse('meetings')}?year={self.year.key}"

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [
            Detail(
                each.offered.legend,
                f"{weekday(each.on)}, {time_words(each.time, clock.zone())}",
            )
            for each in self.chosen(given)
        ]

    def chosen(self, given: dict[str, Any]) -> list[Chosen]:
        form = YearPlanForm(offered=self.offered)
        form.cleaned_data = given
        return form.chosen()

    def act(self, **given: Any) -> tuple[str, str]:
        chosen = self.chosen(given)
        try:
            made = services.plan_year([plan(each) for each in chosen], **self.signed)
        except RowRefusedError as refusal:
            raise beside_its_field(chosen[refusal.row], refusal) from refusal
        sentence = ngettext(
            "%(count)s meeting was planned.", "%(count)s meetings were planned.", len(made)
        ) % {"count": len(made)}
        return self.done(sentence)


class YearCalendarView(MeetingsPage):
    """The year's meetings and filings on one page, for adoption: a PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        year = year_named(self.company.calendar, self.kwargs["key"])
        found = meetings_open_to(self.user, self.today).not_canceled()
        rows = list(found.within(year.first, year.last))
        try:
            content = calendar_pdf(rows, self.company, year)
        except pdf.PdfUnavailable as unavailable:
            context = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", context, status=503)
        return handed_out(content, FileType.PDF, f"meetings-{year.key}.pdf")


def plan(chosen: Chosen) -> Plan:
    proposed = chosen.offered.proposed
    return Plan(chosen.offered.body, proposed.kind, chosen.on, chosen.time, proposed.duration)


def beside_its_field(chosen: Chosen, refusal: ValidationError) -> ValidationError:
    """The service names the fields of one meeting; here each has its own."""
    key = chosen.offered.proposed.key
    return ValidationError(
        {
            f"{key}-{'on' if name == 'on' else 'time'}": messages
            for name, messages in refusal.message_dict.items()
        }
    )
