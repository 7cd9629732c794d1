"""What the rules make of figures or of a late report. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from records.confirm import Detail
from records.dates import long_day
from records.enums import FilerCategory
from records.filer_status import FilerRuling, filer_status, float_date
from records.filing_calendar import (
    DueDate,
    Report,
    Timeliness,
    category_on,
    extension,
    timeliness,
)
from records.filing_forms import FilerCheckForm, LateReportForm
from records.filing_sentences import due_words, extension_words, filer_words, shortfall_words
from records.models import Company
from records.rule_data import TABLE, NotInTableError
from records.views.base import PageView


class CheckPage(PageView, TemplateView):
    """A form that is asked with GET, and what the rules say of it."""

    permission_required = "records.view_company"
    template_name = "records/filing_check.html"
    company: Company | None
    title: Any
    why: Any

    @property
    def is_ready(self) -> bool:
        return self.company is not None

    def instead(self) -> HttpResponse:
        """The page on which the company is set up."""
        return redirect("company")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form()
        found = list(self.found(form)) if form.is_bound and form.is_valid() else []
        return super().get_context_data(
            form=form, found=found, title=self.title, why=self.why, **kwargs
        )

    def form(self) -> Any:
        raise NotImplementedError

    def found(self, form: Any) -> Iterator[Detail]:
        raise NotImplementedError


class FilerStatusCheckView(CheckPage):
    title = lazy("Check filer status")
    why = lazy("What the rules make of public float and revenue. Nothing is stored.")

    def form(self) -> FilerCheckForm:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        asked = self.request.GET if "revenue" in self.request.GET else None
        year_end = self.company.calendar.year_of(self.today).last
        return FilerCheckForm(asked, initial={"on": year_end})

    def found(self, form: FilerCheckForm) -> Iterator[Detail]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        given = form.cleaned_data
        try:
            ruling = filer_status(
                form.figures(),
                now=category_known(self.company, given["on"]),
                on=given["on"],
                rules=TABLE,
                smaller_lost_at=form.lost_at(),
                is_seasoned=given["is_seasoned"],
                is_emerging_growth=given["is_emerging_growth"],
            )
        except NotInTableError:
            form.add_error(
                "on", _("The rules of this date are not in the table. Choose a later one.")
            )
            return
        yield from ruling_details(ruling)
        calendar = self.company.calendar
        year = calendar.year_of(given["on"])
        if len(calendar.quarters_of(year)) > 1:
            yield Detail(_("Public float is taken on"), long_day(float_date(year, calendar)))


def category_known(company: Company, day: date) -> FilerCategory | None:
    """The category on record on a day."""
    try:
        return category_on([each.as_rule() for each in company.filer_statuses.all()], day)
    except ValueError:
        return None


def ruling_details(ruling: FilerRuling) -> Iterator[Detail]:
    yield Detail(_("Filer status"), filer_words(ruling), (ruling.citation,))
    yield Detail(
        _("Smaller reporting company"), _("Yes") if ruling.is_smaller_reporting else _("No")
    )
    yield Detail(
        _("Auditor's attestation of internal control"),
        _("Required") if ruling.needs_attestation else _("Not required"),
        (_("Sarbanes-Oxley Act s. 404(b)"),),
    )


class LateReportCheckView(CheckPage):
    title = lazy("Check a late report")
    why = lazy("Whether a report is timely under Rule 12b-25. Nothing is stored.")

    def form(self) -> LateReportForm:
        asked = self.request.GET if "report" in self.request.GET else None
        return LateReportForm(asked, due=list(self.reports()), today=self.today)

    def reports(self) -> Iterator[DueDate]:
        """Quarterly and annual reports on the last, this and the next fiscal year."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        year = calendar.year_of(self.today)
        for each in (calendar.year_before(year), year, calendar.year_after(year)):
            try:
                found = self.company.original_due_dates(each)
            except ValueError:  # no filer status is on record: nothing says when they are due
                continue
            yield from (due for due in found if due.report is not Report.PART_III)

    def found(self, form: LateReportForm) -> Iterator[Detail]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        due, calendar = form.due(), self.company.calendar
        filed_on = form.cleaned_data["filed_on"]
        ruling = timeliness(due, form.notification(), filed_on, self.today, calendar, TABLE)
        lines = tuple(shortfall_words(each) for each in ruling.shortfalls)
        yield Detail(_("Timely"), timely_words(ruling), lines)
        yield Detail(_("Due date"), due_words(due), (due.citation,))
        allowed = extension(due, calendar, TABLE)
        yield Detail(_("Extension"), extension_words(allowed), (allowed.citation,))
        if ruling.short_form_closed_from:
            yield Detail(_("Short-form registration"), short_form_words(ruling))


def timely_words(ruling: Timeliness) -> str:
    if ruling.form_by is not None:
        return _(
            "Filed after its due date. It is timely if a Form 12b-25 that meets every condition is "
            "filed by %(day)s."
        ) % {"day": long_day(ruling.form_by)}
    if ruling.is_timely is None:
        return _("Not filed yet. It can still be timely.")
    return _("Yes") if ruling.is_timely else _("No")


def short_form_words(ruling: Timeliness) -> str:
    assert ruling.short_form_closed_from is not None  # noqa: S101  (asked where it is closed)
    said = {"first": long_day(ruling.short_form_closed_from)}
    if ruling.short_form_open_from is None:
        return _("Closed from %(first)s") % said
    said["again"] = long_day(ruling.short_form_open_from)
    return _("Closed from %(first)s, open again from %(again)s") % said
