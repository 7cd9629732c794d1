"""Forms about a fiscal year's statements and the committee report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from auditors.forms.fields import DecisionField
from auditors.models import Letter
from records.forms import Day


class ReviewFactsForm(forms.Form):
    """What is known of the year, each fact once. What is on record is not asked again."""

    reviewed_on = Day(label=_("Statements reviewed with management on"), required=False)
    discussed_on = Day(label=_("Required matters discussed with the auditor on"), required=False)
    letter = forms.ModelChoiceField(
        Letter.objects.none(),
        label=_("Independence letter"),
        required=False,
        empty_label=_("To be added later"),
    )
    recommended_on = Day(label=_("Statements recommended on"), required=False)
    subject_to_changes = forms.BooleanField(
        label=_("The recommendation was subject to final changes"), required=False
    )
    brought_down_on = Day(label=_("Final changes confirmed on"), required=False)
    brought_down_by = forms.CharField(label=_("Confirmed by"), required=False, max_length=150)
    filed_on = Day(label=_("Annual report filed on"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        on, by = given.get("brought_down_on"), given.get("brought_down_by")
        if on and not by:
            self.add_error("brought_down_by", _("Say who confirmed it."))
        if by and not on:
            self.add_error("brought_down_on", _("Give the date."))
        return given


class IssueForm(forms.Form):
    proxy_on = Day(
        label=_("Proxy dated"), help_text=_("Every member on this date is named under the report.")
    )
    adopted_on = Day(label=_("Adopted by the committee on"))
    decision = DecisionField()
