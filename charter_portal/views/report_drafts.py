"""The way to a report: what it covers, a preview, a draft as PDF, and issuing or preparing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from accounts.models import User
from charter_portal import services
from charter_portal.documents import open_prepared
from charter_portal.enums import Audience, PreparedState
from charter_portal.forms import ReportForm, initial_asks, scope_of
from charter_portal.models import BoardReport, PreparedReport
from charter_portal.permissions import audiences_open_to, restricted_roles
from charter_portal.release import release_on
from charter_portal.reports.asks import asks_of
from charter_portal.reports.compose import compose, open_items
from charter_portal.reports.plain import fingerprint, from_json
from charter_portal.reports.render import context_of, render_paper
from charter_portal.reports.report import BoardReportData
from charter_portal.reports.scope import default_period
from charter_portal.services import release as release_services
from charters.docket import Sees, as_seen_by, as_seen_without
from charters.enums import CommitteeKind
from charters.models import Committee
from charters.reports.open_items import open_item_row
from charters.standing import Docket
from records import clock, pdf
from records.confirm import BACK, NOT_TYPED, ActView, Detail
from records.dates import long_day
from records.forms import add_service_errors
from records.models import Company

if TYPE_CHECKING:
    # Generic for the type checker only.
    ListOfReports = ListView[BoardReport]
    DetailOfReport = DetailView[BoardReport]
else:
    ListOfReports, DetailOfReport = ListView, DetailView

from charter_portal.views.reports import (
    ISSUERS,
    LONGEST_NUMBER,
    PAPER,
    READERS,
    pdf_answer,
    visible_reports,
)


class ComposeView(ActView):
    """The steps towards a report share one form. Nothing is kept between them."""

    permission_required = ISSUERS
    seen_by = READERS
    form_class = ReportForm
    template_name = "reports/report_new.html"

    def load(self) -> None:
        """The report to be replaced, by its number in the address or among what was typed."""
        number = self.kwargs.get("number", self.request.POST.get("replaces", ""))
        self.replaced: BoardReport | None = None
        if number != "":
            if not str(number).isdecimal() or len(str(number)) > LONGEST_NUMBER:
                raise Http404
            self.replaced = get_object_or_404(visible_reports(self.user), number=int(number))

    @property
    def is_ready(self) -> bool:
        return self.company is not None and Committee.objects.audit() is not None

    def instead(self) -> HttpResponse:
        return render(self.request, "reports/nothing_yet.html")

    @cached_property
    def committee(self) -> Committee:
        return Committee.objects.get(kind=CommitteeKind.AUDIT)

    @property
    def listed(self) -> Company:
        """The company; `is_ready` has seen to it that there is one."""
        if self.company is None:
            raise Company.DoesNotExist
        return self.company

    @cached_property
    def audiences(self) -> list[Audience]:
        return audiences_open_to(self.user, on=self.today)

    def get_cancel_url(self) -> str:
        return reverse("reports")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"today": self.today, "audiences": self.audiences}

    def get_initial(self) -> dict[str, Any]:
        return self._initial_of(self.replaced) if self.replaced else self._initial()

    @cached_property
    def chair(self) -> User | None:
        """Who is asked to issue what is prepared here; None where this person issues it."""
        chair = release_on(self.committee, self.today).chair
        return None if chair == self.user else chair

    def _initial(self) -> dict[str, Any]:
        """Since the last report that stands and is open to this person, with what the records ask.

        Standings are offered as of today, whenever the period ends: a year that ended before the
        report is closed by then, and its open items are told with their closing. Without a day
        the standings are those of the period's last.
        """
        last = visible_reports(self.user).filter(replaced_by=None).order_by("-period_to").first()
        first, until = default_period(
            last.period_to if last else None, self.listed.calendar, self.today
        )
        docket = Docket(self.committee, self.today, self.listed, self._sees())
        return {
            "period_from": first,
            "period_to": until,
            "as_of": self.today,
            "audience": Audience.BOARD,
        } | initial_asks(asks_of(docket, self.today))

    def _sees(self) -> Sees:
        """What the report may ask of the Board: nothing that is restricted from this person, or from
        somebody who reads the report."""
        in_the_report = as_seen_without(restricted_roles(Audience.BOARD))
        by_this_person = as_seen_by(self.user, self.today)
        return in_the_report & by_this_person

    def _initial_of(self, wrong: BoardReport) -> dict[str, Any]:
        return initial_of(from_json(wrong.data)) | {"replaces": wrong.number}

    def composed(self, form: ReportForm) -> BoardReportData:
        return compose(
            self.committee,
            form.scope,
            company=self.listed,
            on=self.today,
            replaces=services.told_number(self.replaced, form.scope.audience),
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
                "is_closed": bool(closed),
                "pdf_is_on": pdf.is_available(),
            }
            | kwargs
        )


def initial_of(report: BoardReportData) -> dict[str, Any]:
    """The form as it was filled for a report."""
    return {
        "period_from": report.period_from,
        "period_to": report.period_to,
        "as_of": report.as_of,
        "audience": report.audience,
    } | initial_asks(report.asks)


class ReportNewView(ComposeView):
    """Say what the report covers; then read it before it is issued. Also for a replacement, and to
    prepare again a report that the chair has not issued or has sent back, with the chair's note."""

    template_name = "reports/report_new.html"
    prepared: PreparedReport | None = None

    def load(self) -> None:
        super().load()
        if "pk" in self.kwargs:
            found = open_prepared(self.user).exclude(state=PreparedState.ISSUED)
            self.prepared = get_object_or_404(found, pk=self.kwargs["pk"])
            if self.request.method != "POST":
                self.replaced = self.prepared.replaces

    def get_initial(self) -> dict[str, Any]:
        if self.prepared is None:
            return super().get_initial()
        replaces = {"replaces": self.replaced.number} if self.replaced else {}
        return initial_of(from_json(self.prepared.data)) | replaces

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = self.prepared.note if self.prepared else ""
        return super().get_context_data(note=note, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if BACK in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
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
        left_out = open_items(self.committee, form.scope, company=self.listed, on=self.today)
        return self.get_context_data(
            **context_of(report),
            hidden=[
                (name, one) for name, values in typed.lists() for one in values if name in kept
            ],
            left_out=[open_item_row(piece) for piece in left_out],
            audience=form.scope.audience.label,
            chair=str(self.chair or ""),
        )


class ReportDraftView(ComposeView):
    """An unnumbered draft as a PDF. It is not stored."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("report_new"))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            report = self.composed(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        if PAPER in self.request.POST:
            name = "board-report-draft-working-paper.pdf"
            return pdf_answer(self.request, report, name, render_paper)
        return pdf_answer(self.request, report, "board-report-draft.pdf")


class ReportIssueView(ComposeView):
    """Exactly what will be recorded; then the report is issued and cannot be changed."""

    needs_fresh_sign_in = True
    is_reviewed = True
    # The PDF takes its second or two; it is made once, when the report is issued.
    is_rehearsed = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("report_new"))

    def get_title(self) -> str:
        return _("Send to the chair") if self.chair else _("Issue report")

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return self.get_title()

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        scope = scope_of(given, self.today)
        number = Detail(_("Number"), str(given["number"] or services.next_number()))
        lines = [
            Detail(_("To be issued by"), str(self.chair)) if self.chair else number,
            Detail(_("Audience"), scope.audience.label),
            Detail(
                _("Period"),
                _("%(first)s to %(last)s")
                % {"first": long_day(scope.period_from), "last": long_day(scope.period_to)},
            ),
            Detail(_("Status as of"), long_day(scope.as_of)),
            Detail(_("Prepared by") if self.chair else _("Issued by"), str(self.user)),
            Detail(_("Prepared on") if self.chair else _("Issued on"), long_day(self.today)),
        ]
        if scope.asks:
            lines.append(Detail(_("Requests"), "; ".join(ask.heading for ask in scope.asks)))
        if self.replaced:
            lines.insert(1, Detail(_("Replaces"), str(self.replaced)))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        if self.chair:
            return _(
                "The chair is asked on the home page and by email, and issues the report exactly "
                "as it stands now or sends it back."
            )
        return _(
            "The report is filed as a PDF and cannot be changed. If it is wrong, you can "
            "replace it with a new report."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        if self.chair:
            prepared = release_services.prepare(
                self.committee,
                scope_of(given, self.today),
                by=self.user,
                at=clock.now(),
                replaces=self.replaced,
                seen=given["seen"],
            )
            sentence = _("The report was sent to %(chair)s.") % {"chair": self.chair}
            return prepared.get_absolute_url(), sentence
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
        return issued.get_absolute_url(), _("%(report)s was issued.") % {"report": issued}
