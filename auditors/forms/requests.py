"""Forms about services: checking, asking, approving, presenting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from auditors.enums import ApprovingBody, Beneficiary, FeeBasis, Payer
from auditors.forms.fields import (
    Amount,
    CurrencyField,
    DecisionField,
    FileBeside,
    RecipientsField,
    ServiceField,
)
from auditors.models import Firm, PolicyLine
from auditors.rules.money import Money, Rate
from auditors.services.checks import objection_to_director
from committees.models import Director
from records.forms import Day, fieldsets, only_for


class TermsForm(forms.Form):
    """What the ruling depends on."""

    service = ServiceField()
    recipients = RecipientsField()
    beneficiary = forms.ChoiceField(label=_("Done for"), choices=Beneficiary.choices)
    concerns = forms.ModelChoiceField(
        Director.objects.all(),
        label=_("Director"),
        required=False,
        empty_label=_("None"),
        help_text=_("For work that is done for a director, who does not decide on it."),
    )
    amount = Amount(label=_("Fee"))
    currency = CurrencyField()
    fee_basis = forms.ChoiceField(label=_("Fee basis"), choices=FeeBasis.choices)
    starts_on = Day(label=_("Work begins on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"for-a-person": ("concerns",)})

    def clean_beneficiary(self) -> Beneficiary:
        return Beneficiary(self.cleaned_data["beneficiary"])

    def clean_fee_basis(self) -> FeeBasis:
        return FeeBasis(self.cleaned_data["fee_basis"])

    def clean_concerns(self) -> Director | None:
        """Asked for where the work is done for a director; left out where it is not."""
        director: Director | None = self.cleaned_data["concerns"]
        beneficiary = self.cleaned_data.get("beneficiary")
        if beneficiary and (objection := objection_to_director(beneficiary, director)):
            raise forms.ValidationError(objection)
        return director

    @property
    def fee(self) -> Money:
        return Money(self.cleaned_data["amount"], self.cleaned_data["currency"])


class CheckForm(TermsForm):
    """Check before you ask."""

    conclusion_on_file = forms.BooleanField(
        label=_("A signed conclusion that the results will not be audited is available"),
        required=False,
    )


class RequestForm(TermsForm):
    """A request: the terms, what for, by whom paid, and its papers."""

    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("Firm"), empty_label=None)
    subject = forms.CharField(
        label=_("Which work, on what"),
        max_length=300,
        help_text=_("For example: consent for the Form S-8 of December 2026."),
    )
    payer = forms.ChoiceField(label=_("Paid by"), choices=Payer.choices)
    rate = forms.DecimalField(
        label=_("Exchange rate"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=6,
        help_text=_("For another currency: units of the company's currency for one unit."),
    )
    rate_on = Day(label=_("Date of the rate"), required=False)
    not_begun_confirmed_on = Day(
        label=_("Auditor confirmed on"),
        required=False,
        help_text=_("The date on which the auditor confirmed that the work has not begun."),
    )
    document = FileBeside(
        label=_("Signed conclusion"),
        help_text=_("Only for services whose results will not be audited: PDF or Word."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (
                str(_("The service")),
                (
                    "firm",
                    "service",
                    "subject",
                    "recipients",
                    "beneficiary",
                    "concerns",
                    "payer",
                ),
            ),
            (str(_("The fee")), ("amount", "currency", "fee_basis", "rate", "rate_on")),
            (str(_("The start")), ("starts_on", "not_begun_confirmed_on")),
            (str(_("Papers")), ("document",)),
        )

    def clean_payer(self) -> Payer:
        return Payer(self.cleaned_data["payer"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        rate, on = given.pop("rate", None), given.pop("rate_on", None)
        if rate and not on:
            self.add_error("rate_on", _("Give the date of the rate."))
        if on and not rate:
            self.add_error("rate", _("Give the rate of this date."))
        given["exchange"] = Rate(rate, on) if rate and on else None
        return given


BEFORE_START = _("The approval was given before the work began")


class DelegateForm(forms.Form):
    """What a delegate states with an approval. A statement that is not needed is left out."""

    others_unavailable = forms.BooleanField(
        label=_("The delegates named before me were not available"), required=False
    )
    before_start = forms.BooleanField(label=BEFORE_START, required=False)


class RecordApprovalForm(forms.Form):
    """An approval given elsewhere, with its date and its paper."""

    approved_on = Day(label=_("Approved on"))
    decision = DecisionField()
    body = forms.ChoiceField(
        label=_("Approved by"),
        choices=ApprovingBody.choices,
        initial=ApprovingBody.COMMITTEE.value,
    )
    before_start = forms.BooleanField(
        label=BEFORE_START,
        required=False,
        help_text=_("Only where the approval and the start have the same date."),
    )
    document = FileBeside(label=_("Signed or emailed approval"))

    def clean_body(self) -> ApprovingBody:
        return ApprovingBody(self.cleaned_data["body"])


class RecordWaiverForm(forms.Form):
    """The facts on which a de minimis waiver rests; what the records hold is not asked for."""

    approved_on = Day(label=_("Approved on"))
    decision = DecisionField()
    delegate = forms.ModelChoiceField(
        Director.objects.none(),
        label=_("Approved by"),
        required=False,
        empty_label=_("The committee"),
    )
    others_unavailable = forms.BooleanField(
        label=_("The delegates named before were not available"), required=False
    )
    paid = Amount(
        label=_("Paid to the firm for the fiscal year"),
        help_text=_(
            "All fees for the fiscal year of this service, this service included, in the "
            "company's currency. Proposed from the fees on record."
        ),
    )
    recognized_later = forms.BooleanField(
        label=_("When it was engaged, the service was not recognized as a non-audit service"),
        required=False,
    )
    promptly_brought = forms.BooleanField(
        label=_("It was promptly brought to the committee's attention"), required=False
    )
    document = FileBeside(label=_("Signed or emailed approval"))


class RecordDelegateForm(forms.Form):
    """A delegate's approval given elsewhere."""

    delegate = forms.ModelChoiceField(
        Director.objects.none(), label=_("Delegate"), empty_label=None
    )
    approved_on = Day(label=_("Approved on"))
    others_unavailable = forms.BooleanField(
        label=_("The delegates named before were not available"), required=False
    )
    before_start = forms.BooleanField(label=BEFORE_START, required=False)
    document = FileBeside(label=_("Signed or emailed approval"))


class UseLineForm(forms.Form):
    """The use of a line. The secretary names the officer; an officer is the user."""

    line = forms.ModelChoiceField(
        PolicyLine.objects.none(), label=_("Policy line"), empty_label=None
    )
    used_by = forms.ModelChoiceField(User.objects.none(), label=_("Used by"), empty_label=None)
    used_on = Day(label=_("Used on"))


class DeclineForm(forms.Form):
    decided_on = Day(label=_("Declined on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    withdrawn_on = Day(label=_("Withdrawn on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PresentForm(forms.Form):
    """A meeting on record, or the date of another one."""

    meeting = forms.TypedChoiceField(
        label=_("Meeting"), coerce=date.fromisoformat, empty_value=None, required=False
    )
    meeting_on = Day(
        label=_("Date of another meeting"),
        required=False,
        help_text=_("For a meeting that is not in the list."),
    )
    is_scheduled = forms.BooleanField(
        label=_("This was a scheduled meeting"),
        required=False,
        help_text=_(
            "For a date without a meeting on record. A special meeting is noted. The next "
            "scheduled one still asks for it."
        ),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen, typed = given.pop("meeting", None), given.get("meeting_on")
        if chosen and typed:
            self.add_error("meeting_on", _("Choose a meeting or enter a date, not both."))
        elif "meeting_on" in given and not (chosen or typed):
            self.add_error("meeting_on", _("Choose the meeting, or enter its date."))
        else:
            given["meeting_on"] = typed or chosen
        return given


class OthersToldForm(forms.Form):
    told_on = Day(label=_("Other members informed on"))
