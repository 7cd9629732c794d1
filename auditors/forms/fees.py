"""Forms about fees: entering one, and the proxy's table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from auditors.enums import ApprovingBody, Basis, FeeCategory, FeeStatus, Payer, TaxKind
from auditors.forms.fields import LONGEST_TEXT, CurrencyField, ServiceField, YearField
from auditors.models import Approval, FeeLine, Firm, Recipient
from auditors.rules.catalogue import SERVICES
from auditors.rules.fees import proposed_category
from auditors.rules.money import Rate
from auditors.rules.rounding import DOLLARS, MILLIONS, MILLIONS_TWO_PLACES, THOUSANDS, Unit
from auditors.sentences import amount
from records.dates import long_day
from records.forms import Day, fieldsets

UNITS: dict[str, tuple[Any, Unit]] = {
    "1": (_("Units of the currency"), DOLLARS),
    "1000": (_("Thousands"), THOUSANDS),
    "1000000": (_("Millions, one decimal"), MILLIONS),
    "1000000.2": (_("Millions, two decimals"), MILLIONS_TWO_PLACES),
}


class ApprovalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        words = {"subject": obj.request, "on": long_day(obj.approved_on)}
        if obj.basis == Basis.WAIVER:
            return _now("%(subject)s, de minimis waiver of %(on)s") % words
        return _now("%(subject)s, approved on %(on)s") % words


class EarlierFeeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Fees of several years have the same description."""

    def label_from_instance(self, obj: Any) -> str:
        words = {
            "description": obj.description,
            "on": long_day(obj.year_ends_on),
            "amount": amount(obj.money),
        }
        return _now("%(description)s, fiscal year ending %(on)s, %(amount)s") % words


class FeeForm(forms.Form):
    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("Firm"), empty_label=None)
    year_ends_on = YearField()
    category = forms.ChoiceField(
        label=_("Line of the fee table"),
        choices=[("", _("The usual line of the service")), *FeeCategory.choices],
        required=False,
    )
    tax_kind = forms.ChoiceField(
        label=_("Kind of tax service"),
        choices=[("", _("Not a tax service")), *TaxKind.choices],
        required=False,
    )
    service = ServiceField()
    description = forms.CharField(label=_("Description"), max_length=300)
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=14,
        decimal_places=2,
        help_text=_("A credit is negative."),
    )
    currency = CurrencyField()
    rate = forms.DecimalField(
        label=_("Exchange rate"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=6,
        help_text=_("For another currency: units of the company's currency for one unit."),
    )
    rate_on = Day(label=_("Date of the rate"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=FeeStatus.choices)
    rendered_on = Day(label=_("Rendered on"))
    invoice_number = forms.CharField(label=_("Invoice number"), required=False, max_length=60)
    invoiced_on = Day(label=_("Invoice dated"), required=False)
    recipient = forms.ModelChoiceField(Recipient.objects.all(), label=_("For"), empty_label=None)
    payer = forms.ChoiceField(label=_("Paid by"), choices=Payer.choices)
    body = forms.ChoiceField(label=_("Approved by"), choices=ApprovingBody.choices)
    approval = ApprovalField(
        Approval.objects.live().select_related("request"),
        label=_("Approval"),
        required=False,
        empty_label=_("With the engagement"),
    )
    is_net_of_tax = forms.BooleanField(label=_("Net of sales tax"), required=False)
    replaces = EarlierFeeField(
        FeeLine.objects.none(),
        label=_("Replaces"),
        required=False,
        empty_label=_("No earlier line"),
        help_text=_("A bill replaces its estimate. A correction replaces the line it corrects."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (
                _now("The fee"),
                (
                    *("firm", "year_ends_on", "category", "tax_kind", "service", "description"),
                    *("amount", "currency", "rate", "rate_on"),
                ),
            ),
            (
                _now("The bill"),
                ("status", "rendered_on", "invoice_number", "invoiced_on", "replaces"),
            ),
            (
                _now("For whom, and how approved"),
                ("recipient", "payer", "body", "approval", "is_net_of_tax"),
            ),
        )

    def clean_tax_kind(self) -> TaxKind | None:
        kind = self.cleaned_data["tax_kind"]
        return TaxKind(kind) if kind else None

    def clean_status(self) -> FeeStatus:
        return FeeStatus(self.cleaned_data["status"])

    def clean_payer(self) -> Payer:
        return Payer(self.cleaned_data["payer"])

    def clean_body(self) -> ApprovingBody:
        return ApprovingBody(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self._propose_category(given)
        self._refuse_tax_kind(given)
        self._refuse_invoice(given)
        rate, on = given.pop("rate", None), given.pop("rate_on", None)
        if bool(rate) != bool(on):
            self.add_error("rate_on", _now("Give the rate and its date."))
        given["exchange"] = Rate(rate, on) if rate and on else None
        return given

    def _propose_category(self, given: dict[str, Any]) -> None:
        """The line chosen, else that in which the list files the service."""
        if "category" not in given or "service" not in given:
            return
        chosen, service = given["category"], SERVICES.get(given["service"])
        given["category"] = FeeCategory(chosen) if chosen else proposed_category(service)
        if given["category"] is None:
            self.add_error("category", _now("The service is not in the list. Choose the line."))

    def _refuse_tax_kind(self, given: dict[str, Any]) -> None:
        is_tax = given.get("category") == FeeCategory.TAX
        if is_tax and not given.get("tax_kind") and "tax_kind" in given:
            self.add_error("tax_kind", _now("Choose a kind. “Not split” counts wholly as other."))
        if not is_tax and given.get("tax_kind"):
            self.add_error("tax_kind", _now("Only a tax fee has a kind."))

    def _refuse_invoice(self, given: dict[str, Any]) -> None:
        is_billed = given.get("status") == FeeStatus.BILLED
        for name in ("invoice_number", "invoiced_on"):
            if is_billed and not given.get(name) and name in given:
                self.add_error(name, _now("A billed fee names its invoice."))
            if not is_billed and given.get(name):
                self.add_error(name, _now("A fee with an invoice is billed."))


class TableIssueForm(forms.Form):
    """The unit of the table, and the nature of the services of each line but Audit."""

    unit = forms.ChoiceField(
        label=_("Printed in"), choices=[(key, label) for key, (label, _unit) in UNITS.items()]
    )
    predecessor = forms.BooleanField(
        label=_("Show the fees of the other auditor of these years"),
        required=False,
        help_text=_("The law asks only for the firm that reports on the latest year."),
    )
    audit_related = forms.CharField(
        label=_("Audit-related services"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The nature of the services, where the line is not zero."),
    )
    tax = forms.CharField(
        label=_("Tax services"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    all_other = forms.CharField(
        label=_("All other services"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    hours_of_others = forms.DecimalField(
        label=_(
            "Percentage of audit hours worked by people other than the firm's full-time employees"
        ),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("The proxy states it only above 50 percent. Ask the firm."),
    )

    def clean_unit(self) -> Unit:
        return UNITS[self.cleaned_data["unit"]][1]


def described(given: dict[str, str]) -> dict[FeeCategory, str]:
    """The descriptions of the form, by the line of the table."""
    return {FeeCategory(name): text for name, text in given.items() if text}


class NothingForm(forms.Form):
    """Asks nothing: the review is the page."""
