"""What happened before the portal: many completions from one sheet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from charters import services
from charters.forms.backfill import TICKS, BasePastDays, PastDays
from charters.models import Duty
from charters.reports.backfill import performable, sheet
from charters.views.base import CharterPage, leading_back, onward
from records import clock
from records.forms import add_row_errors

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from charters.services import Backfilled, PastDay
    from charters.values import DutyStanding, Practice


class BackfillView(CharterPage, TemplateView):
    """A few days of the past, and the duties performed on each."""

    permission_required = "charters.complete_duty"
    template_name = "charters/backfill.html"
    is_dated = False

    @cached_property
    def rows(self) -> list[DutyStanding | Practice]:
        return performable(self.docket)

    def days(self, *typed: Any) -> BasePastDays:
        asked = {"duties": [row.duty for row in self.rows], "today": self.today}
        data, files = typed or (None, None)
        days = PastDays(data, files, form_kwargs=asked)
        assert isinstance(days, BasePastDays)  # noqa: S101  (for the type checker)
        return days

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = kwargs.pop("days", None) or self.days()
        return super().get_context_data(
            days=days, rows=sheet(self.docket, self.rows, days.forms), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        days = self.days(request.POST, request.FILES)
        if not days.is_valid():
            return self.ask_again(days)
        filled = [form for form in days.forms if form.cleaned_data.get("on")]
        try:
            done = services.backfill(
                self.docket.committee,
                [self.past_day(form.cleaned_data) for form in filled],
                by=self.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            add_row_errors(filled, refusal)
            return self.ask_again(days)
        messages.success(request, leading_back(request, self.sentence(done)))
        return HttpResponseRedirect(onward(request, reverse("backfill")))

    def ask_again(self, days: BasePastDays) -> HttpResponseBase:
        """The sheet as it was filled, but for its files: a browser does not keep them."""
        days.ask_for_papers_again()
        return self.render_to_response(self.get_context_data(days=days))

    def past_day(self, given: dict[str, Any]) -> PastDay:
        duties = Duty.objects.in_bulk([row.duty.pk for row in self.rows])
        paper = given["paper"]
        return services.PastDay(
            on=given["on"],
            duties=[duties[pk] for pk in given[TICKS]],
            note=given["note"],
            paper=services.Upload(paper, paper.name) if paper else None,
        )

    def sentence(self, done: Backfilled) -> str:
        recorded = ngettext(
            "%(count)s completion was recorded.",
            "%(count)s completions were recorded.",
            len(done.recorded),
        ) % {"count": len(done.recorded)}
        if not done.known:
            return recorded
        known = ngettext(
            "%(count)s was already on record.",
            "%(count)s were already on record.",
            done.known,
        ) % {"count": done.known}
        return f"{recorded} {known}"
