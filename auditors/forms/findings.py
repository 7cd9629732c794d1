"""Forms about findings, from the first word to closure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from auditors.enums import FindingSource, Severity, Step
from auditors.forms.fields import LONGEST_TEXT, DecisionField, FileBeside
from auditors.models import Firm
from records.forms import Day, only_for


class FindingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.ChoiceField(label=_("Source"), choices=FindingSource.choices)
    firm = forms.ModelChoiceField(
        Firm.objects.all(), label=_("Firm"), required=False, empty_label=_("None")
    )
    told_on = Day(label=_("Reported on"), help_text=_("The date on which it was first reported."))
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner of the plan"),
        required=False,
        empty_label=_("Someone without an account"),
        help_text=_("Someone in management. They see this finding and enter its plan."),
    )
    owner_name = forms.CharField(
        label=_("Owner's name"),
        required=False,
        max_length=150,
        help_text=_("For an owner without an account."),
    )
    account = forms.CharField(label=_("Account"), required=False, max_length=100)
    component = forms.CharField(label=_("Component"), required=False, max_length=100)
    cause = forms.CharField(
        label=_("Cause"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    restricted_roles = forms.BooleanField(
        label=_("Restrict from management"),
        required=False,
        help_text=_(
            "For a finding about an officer. Nobody who holds a role in management will see it."
        ),
    )
    decision = DecisionField(
        label=_("Decision to restrict it"),
        help_text=_(
            "Only for a restricted finding. A decision for all such findings may be of an earlier date."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(
            self,
            {
                "from-the-auditor": ("firm",),
                "restricted": ("decision",),
                "without-owner": ("owner_name",),
            },
        )

    def clean_source(self) -> FindingSource:
        return FindingSource(self.cleaned_data["source"])

    def clean_restricted_roles(self) -> frozenset[Role]:
        return frozenset({Role.MANAGEMENT} if self.cleaned_data["restricted_roles"] else ())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") and not given.get("restricted_roles"):
            self.add_error("decision", _("Restrict the finding, or leave the decision empty."))
        owner = given.get("owner")
        if owner is None and not given.get("owner_name"):
            self.add_error("owner_name", _("Say who owns the plan."))
        if owner is not None:
            given["owner_name"] = given.get("owner_name") or owner.name
        return given


class RateForm(forms.Form):
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[
            (each.value, each.label) for each in Severity if each != Severity.UNDER_EVALUATION
        ],
    )
    rated_on = Day(label=_("Concluded on"))
    rated_by = forms.CharField(
        label=_("Concluded by"),
        max_length=150,
        help_text=_("Management concludes on the severity."),
    )

    def clean_severity(self) -> Severity:
        return Severity(self.cleaned_data["severity"])


class PlanForm(forms.Form):
    text = forms.CharField(
        label=_("Plan"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    target_on = Day(label=_("To be done by"))
    set_on = Day(label=_("Set on"))
    reason = forms.CharField(
        label=_("Why the date moved"),
        required=False,
        max_length=300,
        help_text=_("Only where the date differs from the plan before. The old date stays."),
    )
    agreed_by = forms.CharField(label=_("Agreed by"), required=False, max_length=150)


class StepForm(forms.Form):
    step = forms.ChoiceField(label=_("Step"), choices=Step.choices)
    done_on = Day(label=_("Date"))
    done_by = forms.CharField(
        label=_("By"),
        max_length=150,
        help_text=_("Someone other than the owner of the plan tests the control."),
    )
    evidence_dated = Day(
        label=_("Evidence dated"),
        required=False,
        help_text=_("The date of the evidence itself, not of its upload."),
    )
    document = FileBeside(label=_("Evidence"))

    def clean_step(self) -> Step:
        return Step(self.cleaned_data["step"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("document") and not given.get("evidence_dated"):
            self.add_error("evidence_dated", _("Give the date of the evidence."))
        return given


class ReviewedForm(forms.Form):
    reviewed_on = Day(label=_("Reviewed on"))


class CloseForm(forms.Form):
    closed_on = Day(label=_("Closed on"))
    decision = DecisionField()
