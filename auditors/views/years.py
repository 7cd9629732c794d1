"""The annual cycle: one page for each fiscal year, its facts, and the committee report."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from accounts.enums import Role
from auditors.enums import LetterKind
from auditors.forms import years as forms
from auditors.forms.fields import years_around
from auditors.models import AnnualReview, CommitteeReport, Engagement, Letter
from auditors.reports import corrections
from auditors.reports import years as reports
from auditors.reports.cycle import cycle_of
from auditors.reports.overview import file_of, plan_warning
from auditors.reports.words import day as day_words
from auditors.reports.words import year as year_words
from auditors.services import reports as services
from auditors.views.base import AuditorActView, AuditorPage
from charters.answers import DatedEntry
from charters.registry import sits_on
from charters.views.base import with_open_decisions
from records import pdf
from records.confirm import Detail
from records.dates import long_day
from records.views.base import EARLIEST, LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditors.rules.committee_report import ReportRuling


class YearsView(AuditorPage, TemplateView):
    """The fiscal years, each with where its review stands."""

    permission_required = "auditors.view_committeereport"
    template_name = "auditors/years.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        reviews = {row.year_ends_on: row for row in AnnualReview.objects.select_related("report")}
        ends = {year.last for year in years_around(calendar, self.today)[1:]} | reviews.keys()
        rows = [
            {
                "label": year_words(each, calendar),
                "url": reverse("audit_year", args=[each.isoformat()]),
                "recommended": day_words(reviews[each].recommended_on)
                if each in reviews
                else day_words(None),
                "issued": self.issued(reviews.get(each)),
            }
            for each in sorted(ends, reverse=True)
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def issued(self, review: AnnualReview | None) -> str:
        report = getattr(review, "report", None) if review else None
        return day_words(report.issued_on if report else None)


def by_due(items: Iterable[reports.ItemRow]) -> list[tuple[str, list[reports.ItemRow]]]:
    """What each must precede, and the items, in the order of the checklist."""
    found: dict[str, list[reports.ItemRow]] = {}
    for item in items:
        found.setdefault(item.precedes, []).append(item)
    return list(found.items())


def year_named(page: Any) -> date:
    """The last date of a fiscal year, from the address."""
    try:
        ends = date.fromisoformat(page.kwargs["ends"])
    except ValueError as wrong:
        raise Http404 from wrong
    if not EARLIEST <= ends <= LATEST:
        raise Http404
    if page.company is None or page.company.calendar.year_of(ends).last != ends:
        raise Http404
    return ends


def review_of(ends: date) -> AnnualReview | None:
    rows = AnnualReview.objects.select_related("letter__firm", "report__decision__body")
    found: AnnualReview | None = (
        rows.prefetch_related("letter__discussions", "letter__exceptions__decision", "corrections")
        .filter(year_ends_on=ends)
        .first()
    )
    return found


class YearView(AuditorPage, TemplateView):
    """One fiscal year's audit: what was given and when, what the committee did, the report."""

    permission_required = "auditors.view_committeereport"
    template_name = "auditors/year.html"
    ends: date

    def load(self) -> None:
        self.ends = year_named(self)

    @cached_property
    def review(self) -> AnnualReview | None:
        return review_of(self.ends)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        cycle = cycle_of(self.ends, self.today)
        engagement = Engagement.objects.reporting_on(self.ends)
        years = reports.letter_years(self.ends, self.company.calendar)
        report = getattr(self.review, "report", None) if self.review else None
        items = [reports.item_row(each, cycle) for each in cycle.checklist]
        return super().get_context_data(
            title=year_words(self.ends, self.company.calendar),
            review=self.review,
            facts=reports.facts(self.review, engagement, years),
            said=self.said(),
            open_items=by_due(item for item in items if item.is_open),
            given_items=[item for item in items if not item.is_open],
            objections=reports.objections(self.ruling()) if report is None else (),
            issued=with_open_decisions(reports.issued_facts(report) if report else (), self.user),
            file=file_of(report.document, self.user) if report else None,
            decision_url=self.decision_url(report),
            may_change=self.user.has_perm("auditors.record_review"),
            wants_facts=self.wants_facts(),
            corrections=self.corrections(),
            may_correct=any(corrections.standing(self.review, corrections.OF_REVIEW)),
            may_issue=report is None and may_issue(self),
            **kwargs,
        )

    def said(self) -> str:
        """What good practice says of the review of the year's plan."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        plans = Letter.objects.of_kind(LetterKind.PLAN).filter(serves=self.ends)
        year = self.company.calendar.year_of(self.ends)
        if year.last < self.company.records_begin:
            return ""
        return plan_warning(plans.with_history(), year, self.today)

    def corrections(self) -> list[DatedEntry]:
        rows = self.review.corrections.all() if self.review else ()
        return corrections.entries(rows, self.company)

    def decision_url(self, report: CommitteeReport | None) -> str:
        """Where the decision that adopted the report is added, while none is on record."""
        if report is None or report.decision_id is not None:
            return ""
        if not self.user.has_perm("auditors.record_review"):
            return ""
        return reverse("committee_report_decision", args=[report.pk])

    def wants_facts(self) -> bool:
        """Whether a fact of the year is not on record yet."""
        names = ("reviewed_on", "discussed_on", "letter", "recommended_on", "filed_on")
        waits = self.review is not None and self.review.subject_to_changes
        wanted = [*names, "brought_down_on"] if waits else names
        return self.review is None or not all(getattr(self.review, name) for name in wanted)

    def ruling(self) -> ReportRuling | None:
        review = self.review or AnnualReview(year_ends_on=self.ends)
        return services.rule_on(review, proxy_on=self.today)


def may_issue(page: Any) -> bool:
    """The secretary issues it, or a member of the committee; nobody in management."""
    user = page.user
    if not user.has_perm("auditors.issue_committeereport") or Role.MANAGEMENT in user.roles_today:
        return False
    is_secretary = Role.SECRETARY in user.roles_today
    return is_secretary or bool(page.committee and sits_on(page.committee, user, page.today))


class YearRecordView(AuditorActView):
    """Add what is known of a year: each fact once, when it is known."""

    permission_required = "auditors.record_review"
    form_class = forms.ReviewFactsForm
    title = lazy("Add facts of the year")
    why = lazy("Each date is added once. Change one that is on record under Correct dates.")
    submit_label = lazy("Add facts")
    ends: date

    def load(self) -> None:
        self.ends = year_named(self)

    def get_title(self) -> str:
        return f"{self.title}: {year_words(self.ends, self.calendar)}"

    def get_cancel_url(self) -> str:
        return reverse("audit_year", args=[self.ends.isoformat()])

    def offer(self, form: Any) -> None:
        review = AnnualReview.objects.filter(year_ends_on=self.ends).first()
        for name in list(forms.ReviewFactsForm.base_fields):
            if review is not None and getattr(review, name):
                del form.fields[name]
        if "letter" in form.fields:
            letters = Letter.objects.of_kind(LetterKind.INDEPENDENCE)
            form.fields["letter"].queryset = letters.visible_to(self.user)

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_review(year_ends_on=self.ends, **given, **self.signed)
        return self.done(_("The facts are recorded."))


class ReportIssueView(AuditorActView):
    """Issue the committee report. Refused until its statements and names stand."""

    permission_required = "auditors.issue_committeereport"
    form_class = forms.IssueForm
    is_reviewed = True
    # The PDF is made when the report is issued.
    is_rehearsed = False
    review_template_name = "auditors/report_issue.html"
    title = lazy("Issue the committee report")
    why = lazy("Four statements, each with its date, and the name of every member.")
    submit_label = lazy("Issue report")

    def get_queryset(self) -> QuerySet[AnnualReview]:
        return AnnualReview.objects.select_related("letter__firm")

    def get_title(self) -> str:
        return str(self.title)

    def get_denial(self) -> str | None:
        if may_issue(self):
            return None
        return _("The corporate secretary or a member of the committee issues the report.")

    def get_initial(self) -> dict[str, Any]:
        return {"proxy_on": self.today}

    def form_to_review(self, form: Any) -> Any:
        """Refuse before the review, so that nobody reads a report that may not be issued."""
        ruled = services.rule_on(self.object, proxy_on=form.cleaned_data["proxy_on"])
        if ruled.objections:
            for line in reports.objections(ruled):
                form.add_error(None, line)
            return self.form_invalid(form)
        return super().form_to_review(form)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [
            Detail(_("Proxy dated"), long_day(given["proxy_on"])),
            Detail(_("Adopted by the committee on"), long_day(given["adopted_on"])),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The report is filed as a PDF and is not changed afterwards.")

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"report": services.printed_report(self.object, proxy_on=given["proxy_on"])}

    def act(self, **given: Any) -> tuple[str, str]:
        try:
            services.issue_as_pdf(self.object, **given, **self.signed)
        except pdf.PdfUnavailable:
            services.issue_report(self.object, **given, **self.signed)
            return self.done(_("The report is issued. No PDF can be made on this machine."))
        return self.done(_("The report is issued."))
