"""The reports to the Board: the list, one of them, and the way from a preview to issuing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, FormView, ListView, View

from accounts.access import FreshMixin, PermitMixin
from accounts.models import User
from charter_portal import services
from charter_portal.documents import open_reports
from charter_portal.enums import Audience
from charter_portal.forms import ReportForm, initial_asks, scope_of
from charter_portal.models import BoardReport, BoardReportQuerySet
from charter_portal.permissions import audiences_open_to
from charter_portal.reports.asks import asks_of
from charter_portal.reports.compose import compose, unsettled
from charter_portal.reports.plain import fingerprint, from_json
from charter_portal.reports.render import context_of
from charter_portal.reports.render import render as rendered
from charter_portal.reports.report import BoardReportData
from charter_portal.reports.scope import default_period
from committees.enums import CommitteeKind
from committees.models import Committee
from committees.reports.exceptions import exception_line
from committees.standing import Docket
from records import clock, pdf
from records.confirm import BACK, NOT_TYPED, ConfirmView, Line
from records.dates import long_day
from records.filetypes import FileType
from records.forms import add_service_errors
from records.models import Company
from records.views.documents import handed_out

if TYPE_CHECKING:
    # Generic for the type checker only.
    ListOfReports = ListView[BoardReport]
    DetailOfReport = DetailView[BoardReport]
    AnyReportForm = FormView[ReportForm]
else:
    ListOfReports, DetailOfReport, AnyReportForm = ListView, DetailView, FormView


class ReportsMixin(PermitMixin, View):
    """What every page of reports asks first: who, of which company, on which day."""

    permission_required = seen_by = "charter_portal.view_report"
    request: HttpRequest

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101  (PermitMixin has seen to it)
        return self.request.user

    @cached_property
    def company(self) -> Company | None:
        return self.request.company  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    @property
    def may_issue(self) -> bool:
        return self.user.has_perm("charter_portal.issue_report")

    def visible(self) -> BoardReportQuerySet:
        """The reports that are open to this person."""
        return open_reports(self.user).select_related(
            "document", "replaces", "replaced_by", "committee"
        )


@dataclass(frozen=True)
class ReportRow:
    """An issued report as a line of the list."""

    number: int
    url: str
    period_from: date
    period_to: date
    audience: str
    issued_on: date
    replaces: int | None
    replaced_by: int | None


def row_of(report: BoardReport, company: Company | None) -> ReportRow:
    return ReportRow(
        number=report.number,
        url=report.get_absolute_url(),
        period_from=report.period_from,
        period_to=report.period_to,
        audience=str(report.audience_word.label),
        issued_on=clock.day_of(report.issued_at, company),
        replaces=report.replaces.number if report.replaces else None,
        replaced_by=report.replaced_by_number,
    )


class ReportsView(ReportsMixin, ListOfReports):
    template_name = "reports/report_list.html"
    paginate_by = 50

    def get_queryset(self) -> BoardReportQuerySet:
        return self.visible().defer("data")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [row_of(report, self.company) for report in context["object_list"]]
        return context | {"rows": rows, "may_issue": self.may_issue}


class OneReportMixin(ReportsMixin):
    """A page of one issued report, by its number."""

    slug_field = slug_url_kwarg = "number"

    def get_queryset(self) -> BoardReportQuerySet:
        return self.visible()


class ReportView(OneReportMixin, DetailOfReport):
    """An issued report: as it was issued, or marked by which it was replaced."""

    template_name = "reports/report_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issued = self.object
        later = issued.replaced_by_number
        return super().get_context_data(
            **context_of(marked(issued)),
            row=row_of(issued, self.company),
            later_url=self._url_of(later),
            earlier_url=self._url_of(issued.replaces.number if issued.replaces else None),
            document_url=issued.document.get_absolute_url(),
            size=issued.document.size,
            sha256=issued.document.sha256,
            issued_by=str(issued.issued_by),
            copy_url=reverse("report_copy", args=[issued.number]) if later else "",
            replace_url=reverse("report_replace", args=[issued.number])
            if self.may_issue and not later
            else "",
            pdf_is_on=pdf.is_available(),
            **kwargs,
        )

    def _url_of(self, number: int | None) -> str:
        """The address of another report, where it is not closed to this person."""
        other = self.visible().filter(number=number).first() if number else None
        return other.get_absolute_url() if other else ""


class ReportCopyView(OneReportMixin, DetailOfReport):
    """A replaced report, set again with the mark on every page. What was issued stays as it is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.replaced_by_number:
            raise Http404
        name = f"board-report-{self.object.number}-replaced.pdf"
        return pdf_answer(request, marked(self.object), name)


def marked(issued: BoardReport) -> BoardReportData:
    return replace(from_json(issued.data), replaced_by=issued.replaced_by_number)


def pdf_answer(request: HttpRequest, report: BoardReportData, name: str) -> HttpResponse:
    """A PDF to save; where none can be made, a page that says so."""
    try:
        content = rendered(report)
    except pdf.PdfUnavailable as unavailable:
        return render(request, "reports/pdf_off.html", {"text": str(unavailable)}, status=503)
    return handed_out(content, FileType.PDF, name)


class ComposeMixin(ReportsMixin, AnyReportForm):
    """The steps towards a report share one form. Nothing is kept between them."""

    permission_required = "charter_portal.issue_report"
    form_class = ReportForm
    template_name = "reports/report_new.html"

    def load(self) -> None:
        """The report to be replaced, by its number in the address or among what was typed."""
        number = self.kwargs.get("number", self.request.POST.get("replaces", ""))
        self.replaced: BoardReport | None = None
        if number != "":
            if not str(number).isdecimal():
                raise Http404
            self.replaced = get_object_or_404(self.visible(), number=int(number))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and (
            self.company is None or Committee.objects.audit() is None
        ):
            self.permit()
            return render(request, "reports/nothing_yet.html")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def committee(self) -> Committee:
        return Committee.objects.get(kind=CommitteeKind.AUDIT)

    @property
    def listed(self) -> Company:
        """The company; `dispatch` has seen to it that there is one."""
        if self.company is None:
            raise Company.DoesNotExist
        return self.company

    @cached_property
    def audiences(self) -> list[Audience]:
        return audiences_open_to(self.user, on=self.today)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"today": self.today, "audiences": self.audiences}

    def get_initial(self) -> dict[str, Any]:
        return self._initial_of(self.replaced) if self.replaced else self._initial()

    def _initial(self) -> dict[str, Any]:
        """Since the last report that stands and is open to this person, with what the records ask.

        Standings are offered as of today, whenever the period ends: a year that ended before the
        report is settled by then, and its exceptions are told with their disposition. Without a day
        the standings are those of the period's last.
        """
        last = self.visible().filter(replaced_by=None).order_by("-period_to").first()
        first, until = default_period(
            last.period_to if last else None, self.listed.calendar, self.today
        )
        docket = Docket(self.committee, self.today, self.listed)
        return {
            "period_from": first,
            "period_to": until,
            "as_of": self.today,
            "audience": Audience.BOARD,
        } | initial_asks(asks_of(docket, self.today))

    def _initial_of(self, wrong: BoardReport) -> dict[str, Any]:
        return {
            "period_from": wrong.period_from,
            "period_to": wrong.period_to,
            "as_of": wrong.as_of,
            "audience": wrong.audience,
            "replaces": wrong.number,
        } | initial_asks(from_json(wrong.data).asks)

    def composed(self, form: ReportForm) -> BoardReportData:
        return compose(
            self.committee,
            form.scope,
            company=self.listed,
            on=self.today,
            replaces=self.replaced.number if self.replaced else None,
        )

    def form_invalid(self, form: Any) -> HttpResponse:
        return render(self.request, ReportNewView.template_name, self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = [audience for audience in Audience if audience not in self.audiences]
        return super().get_context_data(
            **{
                "replaced": self.replaced,
                "form_url": reverse("report_replace", args=[self.replaced.number])
                if self.replaced
                else reverse("report_new"),
                "cancel_url": reverse("reports"),
                "is_closed": bool(closed),
                "pdf_is_on": pdf.is_available(),
            }
            | kwargs
        )


class ReportNewView(ComposeMixin):
    """Say what the report covers; then read it before it is issued. Also for a replacement."""

    template_name = "reports/report_new.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if BACK in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            report = self.composed(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        return render(self.request, "reports/preview.html", self.preview(form, report))

    def preview(self, form: ReportForm, report: BoardReportData) -> dict[str, Any]:
        typed = self.request.POST.copy()
        typed["seen"], typed["number"] = fingerprint(report), str(services.next_number())
        kept = typed.keys() - NOT_TYPED
        left_out = unsettled(self.committee, form.scope, company=self.listed, on=self.today)
        return self.get_context_data(
            **context_of(report),
            hidden=[
                (name, one) for name, values in typed.lists() for one in values if name in kept
            ],
            left_out=[exception_line(piece) for piece in left_out],
            audience=form.scope.audience.label,
        )


class ReportDraftView(ComposeMixin):
    """An unnumbered draft as a PDF. It is not stored."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("report_new"))

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            report = self.composed(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        return pdf_answer(self.request, report, "board-report-draft.pdf")


class ReportIssueView(ComposeMixin, FreshMixin, ConfirmView):
    """Exactly what will be recorded; then the report is issued, for good."""

    title = submit_label = lazy("Issue the report")
    # The PDF takes its second or two; it is made once, when the report is issued.
    is_rehearsed = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("report_new"))

    def get_cancel_url(self) -> str:
        return reverse("reports")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        scope = scope_of(given, self.today)
        lines = [
            Line(_("Number"), str(given["number"] or services.next_number())),
            Line(_("Audience"), scope.audience.label),
            Line(
                _("Period"),
                _("%(first)s to %(last)s")
                % {"first": long_day(scope.period_from), "last": long_day(scope.period_to)},
            ),
            Line(_("Standings as of"), long_day(scope.as_of)),
            Line(_("Issued by"), str(self.user)),
            Line(_("Issued on"), long_day(self.today)),
        ]
        if scope.asks:
            lines.append(Line(_("Asks the Board"), "; ".join(ask.heading for ask in scope.asks)))
        if self.replaced:
            lines.insert(1, Line(_("Replaces"), str(self.replaced)))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "The report is composed from the record as it stands when you issue it, filed as a "
            "PDF and entered in the ledger with its digest. It is never changed afterwards; a "
            "wrong one is replaced by a later number."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        try:
            issued = services.issue(
                self.committee,
                scope_of(given, self.today),
                by=self.user,
                at=clock.now(),
                replaces=self.replaced,
                seen=given["seen"],
                expected=given["number"],
            )
        except pdf.PdfUnavailable as unavailable:
            raise ValidationError(str(unavailable)) from unavailable
        return issued.get_absolute_url(), _("%(report)s is issued.") % {"report": issued}
