"""The pre-approval policy, its lines and the delegation: acts of the committee."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from accounts.models import User
from auditors import documents
from auditors.forms import policy as forms
from auditors.models import Delegation, Policy, PolicyLine
from auditors.reports.overview import file_of
from auditors.reports.policy import delegation_facts, line_rows, policy_facts
from auditors.services import policy as services
from auditors.views.base import AuditorActView, AuditorPage
from charters.models import Committee
from committees.models import Director, Membership


class PolicyView(AuditorPage, TemplateView):
    """The policy in force, its lines with what is left, and who may approve as delegate."""

    permission_required = "auditors.view_policy"
    template_name = "auditors/policy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Policy.objects.select_related("decision__body", "document")
        policy = rows.prefetch_related("reviews").in_force(self.today)
        delegation = Delegation.objects.select_related("decision__body").in_force(self.today)
        lines = PolicyLine.objects.with_scope().filter(adopted_on__lte=self.today)
        return super().get_context_data(
            policy=policy,
            facts=policy_facts(policy) if policy else (),
            file=file_of(policy.document, self.user) if policy else None,
            lines=line_rows(lines.filter(last_on__gte=self.calendar_year_first), self.today),
            delegation=delegation,
            delegation_facts=delegation_facts(delegation, self.today) if delegation else (),
            may_change=self.user.has_perm("auditors.change_policy"),
            **kwargs,
        )

    @property
    def calendar_year_first(self) -> Any:
        """The first date of the fiscal year before this one: older lines are history."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        return calendar.year_before(calendar.year_of(self.today)).first


class AdoptPolicyView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyForm
    title = lazy("Record the pre-approval policy")
    why = lazy("From its adoption, this policy replaces the previous one.")
    submit_label = lazy("Record policy")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        self.filed(
            lambda paper: services.adopt_policy(document=paper, **given, **self.signed),
            document,
            kind=documents.ENGAGEMENT,
            title=_("Pre-approval policy"),
        )
        return self.done(_("The policy is recorded."))


class ReviewPolicyView(AuditorActView):
    """Record that the committee kept the policy in force."""

    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyReviewForm
    queryset = Policy.objects.all()
    title = lazy("Record a review of the policy")
    why = lazy("The committee reviewed the policy and kept it.")
    submit_label = lazy("Record review")

    def get_title(self) -> str:
        return str(self.title)

    def act(self, **given: Any) -> tuple[str, str]:
        services.review_policy(self.object, **given, **self.signed)
        return self.done(_("The review is recorded."))


class LineAddView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyLineForm
    title = lazy("Record a line of the policy")
    why = lazy("A line names a particular service, for whom, and its limits.")
    submit_label = lazy("Record line")

    def offer(self, form: Any) -> None:
        super().offer(form)
        officers = User.objects.able_to("auditors.use_line", self.today)
        form.fields["used_by"].queryset = officers

    def act(self, recipients: Any, used_by: Any, **given: Any) -> tuple[str, str]:
        services.adopt_line(
            recipients=list(recipients), used_by=list(used_by), **given, **self.signed
        )
        return self.done(_("The line is recorded."))


class LineEndView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.LineEndForm
    queryset = PolicyLine.objects.all()
    title = lazy("End a line of the policy")
    submit_label = lazy("Record end")

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_line(self.object, **given, **self.signed)
        return self.done(_("The end of the line is recorded."))


class DelegateView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.DelegationForm
    title = lazy("Record a delegation")
    why = lazy("Members who may approve in the committee's place, within its limits.")
    submit_label = lazy("Record delegation")

    def offer(self, form: Any) -> None:
        super().offer(form)
        seats = Membership.objects.in_office(self.today).filter(committee=Committee.objects.audit())
        members = Director.objects.filter(pk__in=seats.values("director"))
        for place in forms.PLACES:
            form.fields[place].queryset = members

    def act(self, directors: Any, document: Any = None, **given: Any) -> tuple[str, str]:
        self.filed(
            lambda paper: services.delegate(directors, document=paper, **given, **self.signed),
            document,
            kind=documents.ENGAGEMENT,
            title=_("Delegation of pre-approval"),
        )
        return self.done(_("The delegation is recorded."))


class RevokeView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.RevokeForm
    queryset = Delegation.objects.all()
    title = lazy("Record the end of a delegation")
    submit_label = lazy("Record end")

    def get_title(self) -> str:
        return str(self.title)

    def act(self, **given: Any) -> tuple[str, str]:
        services.revoke_delegation(self.object, **given, **self.signed)
        return self.done(_("The end of the delegation is recorded."))
