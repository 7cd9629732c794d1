"""Forms about firms, engagements and partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from auditors.enums import EngagementEnd, FirmRole, PartnerRole, RecipientKind
from auditors.forms.fields import (
    LONGEST_TEXT,
    CurrencyField,
    DecisionField,
    FileBeside,
    Several,
    YearField,
)
from auditors.models import Firm, Partner, Recipient
from records.forms import Day


class FirmForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    auditor_since = forms.IntegerField(
        label=_("Auditor since"),
        required=False,
        min_value=1900,
        max_value=2200,
        help_text=_("The year. Leave it empty where the firm is not the auditor."),
    )
    since_basis = forms.CharField(
        label=_("Counted from"),
        required=False,
        max_length=200,
        help_text=_("For example: at the former parent, or at the company itself."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("auditor_since") and not given.get("since_basis"):
            self.add_error("since_basis", _("Say what the years are counted from."))
        return given


class ContactsForm(forms.Form):
    contacts = Several(
        User.objects.none(),
        label=_("People of the firm who sign in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see this firm's engagements and papers, and nothing else."),
    )


class RecipientForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=RecipientKind.choices)

    def clean_kind(self) -> RecipientKind:
        return RecipientKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        is_company = given.get("kind") == RecipientKind.COMPANY
        if is_company and Recipient.objects.filter(kind=RecipientKind.COMPANY).exists():
            self.add_error("kind", _("The company is on record already."))
        return given


class AppointForm(forms.Form):
    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("Firm"), empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=FirmRole.choices)
    year_ends_on = YearField()
    appointed_on = Day(label=_("Appointed on"))
    decision = DecisionField()
    scope = forms.CharField(
        label=_("Scope and terms"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_role(self) -> FirmRole:
        return FirmRole(self.cleaned_data["role"])


class EvaluationForm(forms.Form):
    evaluated_on = Day(label=_("Evaluated on"))


class EngagementLetterForm(forms.Form):
    letter_dated = Day(label=_("Letter dated"))
    document = FileBeside(label=_("Engagement letter"))


class FeeSetForm(forms.Form):
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=14,
        decimal_places=2,
        help_text=_("A change order that lowers the fee is negative."),
    )
    currency = CurrencyField()
    approved_on = Day(label=_("Approved on"))
    decision = DecisionField()
    note = forms.CharField(label=_("What for"), required=False, max_length=200)


class AuditDatesForm(forms.Form):
    work_from = Day(label=_("Audit work began on"), required=False)
    report_dated = Day(label=_("Auditor's report dated"), required=False)


class EngagementEndForm(forms.Form):
    ended_on = Day(label=_("Ended on"))
    how = forms.ChoiceField(label=_("How it ended"), choices=EngagementEnd.choices)

    def clean_how(self) -> EngagementEnd:
        return EngagementEnd(self.cleaned_data["how"])


class FirmSizeForm(forms.Form):
    """What a firm states of itself (Reg. S-X 2-01(c)(6)(ii))."""

    stated_on = Day(label=_("Stated on"))
    issuer_clients = forms.IntegerField(label=_("Issuer clients"), min_value=0, max_value=100_000)
    partners = forms.IntegerField(label=_("Partners"), min_value=0, max_value=100_000)
    reviewed_on = Day(
        label=_("Engagement reviewed by the PCAOB on"),
        required=False,
        help_text=_("The last review of the engagement. Empty: the firm states none."),
    )


VOTES: dict[str, Any] = {"min_value": 0, "max_value": 10**15}


class RatificationForm(forms.Form):
    voted_on = Day(label=_("Voted on"))
    votes_for = forms.IntegerField(label=_("For"), **VOTES)
    votes_against = forms.IntegerField(label=_("Against"), **VOTES)
    votes_abstain = forms.IntegerField(label=_("Abstain"), **VOTES)


class PartnerYearForm(forms.Form):
    partner = forms.ModelChoiceField(
        Partner.objects.all(),
        label=_("Partner"),
        required=False,
        empty_label=_("Someone not on record yet"),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=150,
        help_text=_("For a partner who is not on record yet."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=PartnerRole.choices)
    stated_on = Day(label=_("Stated by the firm on"))
    hours = forms.DecimalField(
        label=_("Hours"), required=False, min_value=0, max_digits=8, decimal_places=1
    )

    def clean_role(self) -> PartnerRole:
        return PartnerRole(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("partner")) == bool(given.get("name")):
            self.add_error("name", _("Choose a partner or give a name, not both."))
        return given
