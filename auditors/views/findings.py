"""Findings, from the first word to the committee's closure; management enters its own plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.forms import findings as forms
from auditors.forms.fields import decisions_restricted_like
from auditors.forms.policy import AddDecisionForm
from auditors.models import Finding, FindingClosure
from auditors.permissions import OUTSIDE_AUDITORS
from auditors.reports import findings as reports
from auditors.reports.overview import file_of
from auditors.services import findings as services
from auditors.views import decisions
from auditors.views.base import AuditorActView, AuditorPage, recording
from charters.answers import Link
from charters.permissions import READERS
from charters.views.base import with_open_decisions

CHOICES = ("open", "closed", "all")


def findings_open_to(page: Any) -> QuerySet[Finding]:
    found: QuerySet[Finding] = Finding.objects.visible_to(page.user, on=page.today)
    return found


class FindingsView(AuditorPage, ListView):  # type: ignore[type-arg]
    """The findings this person may see, the open ones first."""

    permission_required = "auditors.view_finding"
    template_name = "auditors/findings.html"
    paginate_by = 50

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("show", "")
        return asked if asked in CHOICES else CHOICES[0]

    def get_queryset(self) -> QuerySet[Finding]:
        rows = Finding.objects.visible_to(self.user, on=self.today).with_history()
        closed = Q(closure__closed_on__lte=self.today)
        if self.shown == "open":
            return rows.exclude(closed)
        return rows.filter(closed) if self.shown == "closed" else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        here = reverse("findings")
        words = (_("Open"), _("Closed"), _("All"))
        context["rows"] = [reports.finding_row(row, self.today) for row in context["object_list"]]
        context["choices"] = [
            {"label": label, "url": f"{here}?show={name}", "is_current": name == self.shown}
            for name, label in zip(CHOICES, words, strict=True)
        ]
        context["may_change"] = self.user.has_perm("auditors.change_finding")
        context["may_read_auditor"] = self.user.has_perm("auditors.view_engagement")
        return context


class FindingView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """One finding with its history, and what can be added to it."""

    permission_required = "auditors.view_finding"
    template_name = "auditors/finding.html"

    def get_queryset(self) -> QuerySet[Finding]:
        return (
            findings_open_to(self)
            .select_related("owner", "firm", "decision__body", "closure__decision__body")
            .prefetch_related("ratings", "plans", "steps__evidence", "reviews")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.company.calendar if self.company else None
        row, acts = self.object, self.acts()
        is_open = not hasattr(row, "closure")
        papers = [each.evidence for each in row.steps.all()]
        return super().get_context_data(
            finding=row,
            facts=with_open_decisions(
                reports.facts(
                    row,
                    calendar,
                    self.today,
                    sees_firms=bool(self.user.roles_today & (READERS | OUTSIDE_AUDITORS)),
                ),
                self.user,
            ),
            said=reports.said(row, calendar, self.today),
            missing=reports.missing(row, self.today) if is_open else (),
            history=with_open_decisions(reports.history(row, self.company), self.user),
            files=[file for paper in papers if (file := file_of(paper, self.user))],
            first=acts[0] if acts else None,
            acts=acts[1:],
            **kwargs,
        )

    def acts(self) -> list[Link]:
        if closure := getattr(self.object, "closure", None):
            return [*self.after_closure(closure), *self.restricting()]
        wanted = []
        if may_plan(self.user, self.object):
            wanted += [
                (_("Record plan"), "finding_plan"),
                (_("Record step"), "finding_step"),
            ]
        if self.user.has_perm("auditors.change_finding"):
            wanted += [
                (_("Record severity"), "finding_rate"),
                (_("Record review"), "finding_review"),
                (_("Record closure"), "finding_close"),
            ]
        links = [Link(label, reverse(name, args=[self.object.pk])) for label, name in wanted]
        return [*links, *self.restricting()]

    def restricting(self) -> list[Link]:
        """The decision to restrict it, where it is not on file."""
        lacks = self.object.is_restricted and self.object.decision_id is None
        url = reverse("finding_restriction_decision", args=[self.object.pk])
        may_add = lacks and self.user.has_perm("auditors.change_finding")
        return [Link(_("Add the decision to restrict it"), url)] if may_add else []

    def after_closure(self, closure: FindingClosure) -> list[Link]:
        may_add = self.user.has_perm("auditors.change_finding") and closure.decision_id is None
        url = reverse("finding_closure_decision", args=[closure.pk])
        return [Link(_("Add the decision"), url)] if may_add else []


def may_plan(user: User, finding: Finding) -> bool:
    """The secretary, and in management the owner of the plan."""
    return Role.SECRETARY in user.roles_today or finding.owner == user


class FindingAddView(AuditorActView):
    permission_required = "auditors.change_finding"
    form_class = forms.FindingForm
    back = "findings"
    title = lazy("Enter a finding")
    why = lazy("Enter it when it is first reported. Its severity is then under evaluation.")
    submit_label = lazy("Enter finding")

    def offer(self, form: Any) -> None:
        form.fields["owner"].queryset = User.objects.able_to("auditors.plan_finding", self.today)
        like = Finding(restricted_roles=frozenset({Role.MANAGEMENT}))
        found = decisions_restricted_like(like).open_to(self.user, on=self.today)
        form.fields["decision"].queryset = found

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.enter_finding(**given, **self.signed)
        return made.get_absolute_url(), _("The finding is on record.")


class RateView(AuditorActView):
    permission_required = "auditors.change_finding"
    get_queryset = findings_open_to
    form_class = forms.RateForm
    title = lazy("Record the severity")
    why = lazy("Management's dated conclusion. A later one does not replace it.")
    submit_label = lazy("Record severity")

    act = recording(services.rate, lazy("The severity is recorded."))


def denial_of_others(page: Any) -> str | None:
    """The secretary enters it, or the owner of the plan for their own finding."""
    if may_plan(page.user, page.object):
        return None
    return _("Only the owner of the plan or the corporate secretary can enter this.")


class PlanView(AuditorActView):
    permission_required = "auditors.plan_finding"
    get_queryset = findings_open_to
    get_denial = denial_of_others
    form_class = forms.PlanForm
    title = lazy("Record the plan")
    why = lazy("Management's plan. A date that moves needs its reason; the old date stays.")
    submit_label = lazy("Record plan")

    act = recording(services.plan, lazy("The plan is recorded."))


class StepView(AuditorActView):
    permission_required = "auditors.plan_finding"
    get_queryset = findings_open_to
    get_denial = denial_of_others
    form_class = forms.StepForm
    title = lazy("Record a step")
    why = lazy(
        "Four dated steps: designed, operating, tested by someone else, concluded. "
        "A step recorded again corrects its date."
    )
    submit_label = lazy("Record step")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        self.filed(
            lambda paper: services.record_step(self.object, evidence=paper, **given, **self.signed),
            document,
            kind=documents.EVIDENCE,
            title=_("Evidence of remediation"),
        )
        return self.done(_("The step is recorded."))


class ReviewView(AuditorActView):
    permission_required = "auditors.change_finding"
    get_queryset = findings_open_to
    form_class = forms.ReviewedForm
    title = lazy("Record a review")
    why = lazy("The committee looked at the finding and at management's steps.")
    submit_label = lazy("Record review")

    act = recording(services.review, lazy("The review is recorded."))


class CloseView(AuditorActView):
    permission_required = "auditors.change_finding"
    get_queryset = findings_open_to
    form_class = forms.CloseForm
    title = lazy("Record the closure")
    why = lazy("The committee closed the finding. Management's conclusion is recorded separately.")
    submit_label = lazy("Record closure")

    def offer(self, form: Any) -> None:
        form.fields["decision"].queryset = decisions_restricted_like(self.object)

    act = recording(services.close, lazy("The closure is recorded."))


class ClosureDecisionView(AuditorActView):
    """The committee's decision to close a finding; a restricted finding may have a restricted one."""

    permission_required = "auditors.change_finding"
    form_class = AddDecisionForm
    submit_label = lazy("Add decision")
    get_why, get_title, get_cancel_url = decisions.why, decisions.title, decisions.back
    act = decisions.add

    def get_queryset(self) -> QuerySet[FindingClosure]:
        rows = FindingClosure.objects.filter(finding__in=findings_open_to(self))
        return rows.select_related("finding")

    def offer(self, form: Any) -> None:
        found = decisions_restricted_like(self.object.finding)
        form.fields["decision"].queryset = found.filter(decided_on=self.object.acted_on)


class RestrictionDecisionView(AuditorActView):
    """The committee's decision to restrict a finding, of whatever date."""

    permission_required = "auditors.change_finding"
    form_class = AddDecisionForm
    title = lazy("Add the decision to restrict a finding")
    submit_label = lazy("Add decision")
    get_why, act = decisions.why, decisions.add

    def get_queryset(self) -> QuerySet[Finding]:
        return findings_open_to(self).exclude(restricted_roles=frozenset())

    def offer(self, form: Any) -> None:
        field = form.fields["decision"]
        field.queryset = decisions_restricted_like(self.object)
        field.help_text = _("A decision of the committee or the Board, of any date.")
