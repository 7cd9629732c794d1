"""The reports to the Board that were issued: the list, one of them, its copy and working paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import DetailView, ListView

from accounts.models import User
from charter_portal.documents import is_as_issued, open_prepared, open_reports
from charter_portal.models import BoardReport, BoardReportQuerySet
from charter_portal.reports.plain import from_json
from charter_portal.reports.render import context_of, render_paper
from charter_portal.reports.render import render as rendered
from charter_portal.reports.report import BoardReportData
from records import clock, pdf
from records.filetypes import FileType
from records.models import Company
from records.views.base import PageView
from records.views.documents import handed_out

if TYPE_CHECKING:
    # Generic for the type checker only.
    ListOfReports = ListView[BoardReport]
    DetailOfReport = DetailView[BoardReport]
else:
    ListOfReports, DetailOfReport = ListView, DetailView


# The button that asks for the working paper instead of the report.
PAPER = "paper"
# Digits of a report's number.
LONGEST_NUMBER = 9
READERS, ISSUERS = "charter_portal.view_report", "charter_portal.issue_report"


def visible_reports(user: User) -> BoardReportQuerySet:
    """The reports that are open to this person."""
    return open_reports(user).select_related("document", "replaces", "replaced_by", "committee")


SHOWN = ("number", "period_from", "period_to", "audience", "issued_at")


@dataclass(frozen=True)
class ReportRow:
    """An issued report as a line of the list."""

    number: int
    url: str
    period_from: date
    period_to: date
    audience: str
    issued_on: date
    is_replaced: bool
    # The numbers of other reports, where these are open to the reader.
    replaces: int | None
    replaced_by: int | None


def open_numbers(user: User) -> frozenset[int]:
    return frozenset(open_reports(user).values_list("number", flat=True))


def row_of(report: BoardReport, company: Company | None, numbers: frozenset[int]) -> ReportRow:
    earlier, later = report.replaces.number if report.replaces else None, report.replaced_by_number
    return ReportRow(
        number=report.number,
        url=report.get_absolute_url(),
        period_from=report.period_from,
        period_to=report.period_to,
        audience=str(report.audience_word.label),
        issued_on=clock.day_of(report.issued_at, company),
        is_replaced=later is not None,
        replaces=earlier if earlier in numbers else None,
        replaced_by=later if later in numbers else None,
    )


class ReportsView(PageView, ListOfReports):
    permission_required = READERS
    template_name = "reports/report_list.html"
    paginate_by = 50

    def get_queryset(self) -> BoardReportQuerySet:
        # Only what a row shows: a report has many columns, and so have those it replaces.
        shown = open_reports(self.user).select_related("replaces", "replaced_by")
        return shown.only(*SHOWN, "replaces__number", "replaced_by__number")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        numbers = open_numbers(self.user)
        rows = [row_of(report, self.company, numbers) for report in context["object_list"]]
        prepared = open_prepared(self.user).pending()
        return context | {
            "rows": rows,
            "may_issue": self.user.has_perm(ISSUERS),
            "prepared": prepared.defer("data"),
        }


class ReportPage(PageView):
    """A page of one issued report, by its number."""

    permission_required = READERS
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self) -> BoardReportQuerySet:
        return visible_reports(self.user)


class ReportView(ReportPage, DetailOfReport):
    """An issued report: as it was issued, or marked by which it was replaced."""

    template_name = "reports/report_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issued = self.object
        later = issued.replaced_by_number
        row = row_of(issued, self.company, open_numbers(self.user))
        return super().get_context_data(
            **context_of(marked(issued, row.replaced_by)),
            row=row,
            later_url=self._url_of(later),
            earlier_url=self._url_of(issued.replaces.number if issued.replaces else None),
            document_url=issued.document.get_absolute_url(),
            size=issued.document.size,
            sha256=issued.document.sha256,
            is_as_issued=is_as_issued(issued),
            issued_by=str(issued.issued_by),
            copy_url=reverse("report_copy", args=[issued.number]) if later else "",
            paper_url=reverse("report_paper", args=[issued.number])
            if self.user.has_perm(ISSUERS)
            else "",
            replace_url=reverse("report_replace", args=[issued.number])
            if self.user.has_perm(ISSUERS) and not later
            else "",
            pdf_is_on=pdf.is_available(),
            **kwargs,
        )

    def _url_of(self, number: int | None) -> str:
        """The address of another report, where it is not closed to this person."""
        other = visible_reports(self.user).filter(number=number).first() if number else None
        return other.get_absolute_url() if other else ""


class ReportCopyView(ReportPage, DetailOfReport):
    """A replaced report, set again with the mark on every page. What was issued stays as it is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.replaced_by_number:
            raise Http404
        name = f"board-report-{self.object.number}-replaced.pdf"
        row = row_of(self.object, self.company, open_numbers(self.user))
        return pdf_answer(request, marked(self.object, row.replaced_by), name)


class ReportPaperView(ReportPage, DetailOfReport):
    """The working paper of a report: charter matrix, sources and the check of the ledger."""

    permission_required = ISSUERS
    seen_by = READERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"board-report-{self.object.number}-working-paper.pdf"
        row = row_of(self.object, self.company, open_numbers(self.user))
        return pdf_answer(request, marked(self.object, row.replaced_by), name, render_paper)


def marked(issued: BoardReport, later: int | None) -> BoardReportData:
    """With the number of the later report, or 0 where that is closed to the reader."""
    replaced_by = (later or 0) if issued.replaced_by_number else None
    return replace(from_json(issued.data), replaced_by=replaced_by)


def pdf_answer(
    request: HttpRequest,
    report: BoardReportData,
    name: str,
    make: Callable[[BoardReportData], bytes] = rendered,
) -> HttpResponse:
    """A PDF to save; where none can be made, a page that says so."""
    try:
        content = make(report)
    except pdf.PdfUnavailable as unavailable:
        return render(request, "reports/pdf_off.html", {"text": str(unavailable)}, status=503)
    return handed_out(content, FileType.PDF, name)
