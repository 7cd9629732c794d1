"""The pre-approval policy, its lines and the delegation: acts of the committee."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from accounts.enums import Role
from accounts.models import RoleTerm, User
from auditors import documents
from auditors.forms import policy as forms
from auditors.models import Delegation, Policy, PolicyLine
from auditors.reports.overview import file_of
from auditors.reports.policy import delegation_facts, line_rows, policy_facts
from auditors.services import policy as services
from auditors.views.base import AuditorActView, AuditorPage, recording
from charters.models import Committee
from charters.views.base import with_open_decisions
from committees.models import Director, Membership


class PolicyView(AuditorPage, TemplateView):
    """The policy in force, its lines with what is left, and who may approve as delegate."""

    permission_required = "auditors.view_policy"
    template_name = "auditors/policy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Policy.objects.select_related("decision__body", "document")
        policy = rows.prefetch_related("reviews").in_force(self.today)
        delegation = Delegation.objects.select_related("decision__body").in_force(self.today)
        lines = PolicyLine.objects.with_scope().select_related("replaces")
        lines = lines.filter(adopted_on__lte=self.today)
        return super().get_context_data(
            policy=policy,
            facts=with_open_decisions(policy_facts(policy) if policy else (), self.user),
            file=file_of(policy.document, self.user) if policy else None,
            lines=line_rows(lines.filter(last_on__gte=self.calendar_year_first), self.today),
            delegation=delegation,
            delegation_facts=with_open_decisions(
                delegation_facts(delegation, self.today) if delegation else (), self.user
            ),
            may_change=self.user.has_perm("auditors.change_policy"),
            **kwargs,
        )

    @property
    def calendar_year_first(self) -> Any:
        """The first date of the fiscal year before this one: older lines are history."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        return calendar.year_before(calendar.year_of(self.today)).first


def adopting(adopt: Callable[..., object], paper: Any, said: Any) -> Callable[..., tuple[str, str]]:
    """The act of a form on what the committee adopted, with the paper that the form may bring."""

    def act(view: AuditorActView, document: Any = None, **given: Any) -> tuple[str, str]:
        view.filed(
            lambda filed: adopt(document=filed, **given, **view.signed),
            document,
            kind=documents.ENGAGEMENT,
            title=str(paper),
        )
        return view.done(str(said))

    return act


class AdoptPolicyView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyForm
    title = lazy("Record the pre-approval policy")
    why = lazy("From its adoption, this policy replaces the previous one.")
    submit_label = lazy("Record policy")

    act = adopting(
        services.adopt_policy, lazy("Pre-approval policy"), lazy("The policy is recorded.")
    )


class ReviewPolicyView(AuditorActView):
    """Record that the committee kept the policy in force."""

    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyReviewForm
    queryset = Policy.objects.all()
    names_object = False
    title = lazy("Record a review of the policy")
    why = lazy("The committee reviewed the policy and kept it.")
    submit_label = lazy("Record review")

    act = recording(services.review_policy, lazy("The review is recorded."))


class LineAddView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.PolicyLineForm
    title = lazy("Record a line of the policy")
    why = lazy("A line names a particular service, for whom, and its limits.")
    submit_label = lazy("Record line")

    @property
    def changeable(self) -> QuerySet[PolicyLine]:
        """Lines whose period has not ended and that no other line changed."""
        found = PolicyLine.objects.filter(replaced_by=None, last_on__gte=self.today)
        return found.with_scope()

    def get_initial(self) -> dict[str, Any]:
        """What the line holds that is to be changed."""
        key = self.request.GET.get("replaces", "")
        line = self.changeable.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
        if line is None:
            return {}
        kept = ("title", "service", "work", "starts_on", "last_on", "cap", "cap_per_engagement")
        return {name: getattr(line, name) for name in (*kept, "currency")} | {
            "replaces": line,
            "recipients": line.recipients.all(),
            "used_by": line.used_by.all(),
        }

    def offer(self, form: Any) -> None:
        super().offer(form)
        named = RoleTerm.objects.held(self.today).filter(role=Role.MANAGEMENT)
        users = User.objects.able_to("auditors.use_line", self.today)
        form.fields["used_by"].queryset = users.filter(pk__in=named.values("user"))
        form.fields["replaces"].queryset = self.changeable

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

    act = recording(services.end_line, lazy("The end of the line is recorded."))


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

    act = adopting(
        services.delegate,
        lazy("Delegation of pre-approval"),
        lazy("The delegation is recorded."),
    )


class RevokeView(AuditorActView):
    permission_required = "auditors.change_policy"
    back = "preapproval_policy"
    form_class = forms.RevokeForm
    queryset = Delegation.objects.all()
    names_object = False
    title = lazy("Record the end of a delegation")
    submit_label = lazy("Record end")

    act = recording(services.revoke_delegation, lazy("The end of the delegation is recorded."))
