"""A prepared report: read, issued or sent back by the chair; and who issues reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from charter_portal.documents import open_prepared
from charter_portal.enums import Audience, PreparedState
from charter_portal.forms import DelegateForm, SendBackForm
from charter_portal.models import PreparedReport, PreparedReportQuerySet, ReleaseDelegation
from charter_portal.release import release_on
from charter_portal.reports.changes import Changes, changes
from charter_portal.reports.compose import compose
from charter_portal.reports.plain import from_json
from charter_portal.reports.render import context_of
from charter_portal.reports.report import BoardReportData
from charter_portal.reports.scope import Scope
from charter_portal.services import release as services
from charter_portal.views.reports import ISSUERS, READERS
from charters.models import Committee, Decision
from records import clock, pdf
from records.confirm import ActView, Detail
from records.dates import written_for
from records.stale import version_of
from records.views.base import PageView

if TYPE_CHECKING:
    # Generic for the type checker only.
    DetailOfPrepared = DetailView[PreparedReport]
else:
    DetailOfPrepared = DetailView


class PreparedView(PageView, DetailOfPrepared):
    """The values as they were prepared, and what the records have come to say since."""

    permission_required = READERS
    template_name = "reports/prepared.html"
    object: PreparedReport

    def get_queryset(self) -> PreparedReportQuerySet:
        return open_prepared(self.user).select_related("committee", "recorded_by", "issued")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prepared, report = self.object, from_json(self.object.data)
        is_waiting = prepared.state == PreparedState.WAITING
        chair = release_on(prepared.committee, self.today).chair
        is_secretary = self.user.has_perm(ISSUERS)
        return super().get_context_data(
            **context_of(report),
            prepared=prepared,
            prepared_on=clock.day_of(prepared.recorded_at, self.company),
            audience=Audience(prepared.audience).label,
            state_word=PreparedState(prepared.state).label,
            is_waiting=is_waiting,
            is_asked=is_waiting and chair == self.user,
            chair=str(chair or ""),
            version=version_of([prepared]),
            changes=self.changes(report) if is_waiting else Changes(),
            again_url=reverse("report_again", args=[prepared.pk])
            if is_secretary and prepared.state != PreparedState.ISSUED
            else "",
            pdf_is_on=pdf.is_available(),
            **kwargs,
        )

    def changes(self, report: BoardReportData) -> Changes:
        if self.company is None:
            return Changes()
        scope = Scope(
            report.period_from,
            report.period_to,
            report.as_of,
            Audience(report.audience),
            report.asks,
        )
        try:
            now = compose(self.object.committee, scope, company=self.company, on=self.today)
        except ValidationError:
            return Changes()
        with written_for(self.company):
            return changes(report, now)


class PreparedActView(ActView):
    """An act of the chair on a prepared report."""

    permission_required = READERS
    object: PreparedReport

    def get_denial(self) -> str | None:
        chair = release_on(self.object.committee, self.today).chair
        if chair == self.user:
            return None
        if chair is None:
            return _("The secretary issues reports now, and prepares none for the chair.")
        return _("The chair of the committee issues this report or sends it back.")

    def get_queryset(self) -> PreparedReportQuerySet:
        return open_prepared(self.user).select_related("committee")

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


class ReleaseView(PreparedActView):
    """One tap on the page of the report."""

    needs_fresh_sign_in = True
    form_class = Form
    title = submit_label = lazy("Issue report")
    why = lazy(
        "The report is issued exactly as it was prepared, filed as a PDF, and cannot be changed."
    )

    def act(self, **given: Any) -> tuple[str, str]:
        try:
            issued = services.release(self.object, **self.signed)
        except pdf.PdfUnavailable as unavailable:
            raise ValidationError(str(unavailable)) from unavailable
        return issued.get_absolute_url(), _("%(report)s was issued.") % {"report": issued}


class SendBackView(PreparedActView):
    form_class = SendBackForm
    title = submit_label = lazy("Send back")
    why = lazy("The secretary reads your note and prepares the report again.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.send_back(self.object, **given, **self.signed)
        return self.done(_("The report was sent back."))


class ReleaseByView(PageView, TemplateView):
    """Who issues reports, and by which decision."""

    permission_required = READERS
    template_name = "reports/release_by.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        committee = Committee.objects.audit()
        delegation = (
            ReleaseDelegation.objects.in_force(committee, self.today) if committee else None
        )
        release = release_on(committee, self.today) if committee else None
        return super().get_context_data(
            delegation=delegation,
            chair=str(release.chair or "") if release else "",
            said=release.said if release else "",
            may_change=self.user.has_perm(ISSUERS) and committee is not None,
            **kwargs,
        )


class DelegateView(ActView):
    """Record the decision that leaves issuing to the secretary."""

    permission_required = ISSUERS
    seen_by = READERS
    form_class = DelegateForm
    needs_fresh_sign_in = True
    is_reviewed = True
    title = lazy("Let the secretary issue reports")
    why = lazy(
        "This rests on a decision of the committee or of the Board. Record the decision first."
    )
    submit_label = lazy("Record delegation")

    def load(self) -> None:
        self.committee = Committee.objects.audit()

    def get_form_kwargs(self) -> dict[str, Any]:
        decisions = Decision.objects.unrestricted().filter(
            Q(body=self.committee) | Q(body=Committee.objects.board()), body__isnull=False
        )
        return super().get_form_kwargs() | {"decisions": decisions.select_related("body")}

    def get_cancel_url(self) -> str:
        return reverse("report_release_by")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [
            Detail(_("Reports are issued by"), _("the secretary")),
            Detail(_("Decision"), str(given["decision"])),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        if self.committee is None:
            raise ValidationError(_("Set up the company and its audit committee first."))
        services.delegate_release(self.committee, **given, **self.signed)
        return self.done(_("The secretary issues reports from now on."))


class EndDelegationView(ActView):
    permission_required = ISSUERS
    seen_by = READERS
    form_class = Form
    is_reviewed = True
    title = submit_label = lazy("Let the chair issue reports again")
    changes_object = False

    def get_queryset(self) -> Any:
        return ReleaseDelegation.objects.select_related("decision__body")

    def get_cancel_url(self) -> str:
        return reverse("report_release_by")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [Detail(_("Ends today"), str(self.object))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_delegation(self.object, by=self.user, at=clock.now())
        return self.done(_("The chair issues reports again."))
