"""What a report to the Board shall cover, and what it asks of the Board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charter_portal.enums import Audience
from charter_portal.reports.report import Ask
from charter_portal.reports.scope import Scope, default_as_of
from charters.models import Decision
from records.forms import Day, add_service_errors, fieldsets

# A Board is not asked for more than that in one report.
ASKS = (1, 2, 3, 4)


class ReportForm(forms.Form):
    """`today` and the audiences that are open to the person are given by the view."""

    period_from = Day(label=lazy("From"))
    period_to = Day(label=lazy("To"), help_text=lazy("The period includes both dates."))
    as_of = Day(
        label=lazy("Status as of"),
        required=False,
        help_text=lazy("Leave empty to use the last date of the period."),
    )
    audience = forms.ChoiceField(label=lazy("Audience"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, today: date, audiences: Sequence[Audience], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101
        audience.choices = [(one.value, one.label) for one in audiences]
        for number in ASKS:
            self.fields[f"ask_{number}"] = forms.CharField(
                label=_("Request %(number)s") % {"number": number}, max_length=200, required=False
            )
            self.fields[f"resolution_{number}"] = forms.CharField(
                label=_("Resolution %(number)s, word for word") % {"number": number},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.helper = self._layout()

    def _layout(self) -> FormHelper:
        asks = [name for number in ASKS for name in (f"ask_{number}", f"resolution_{number}")]
        return fieldsets(
            (_("What it covers"), ("period_from", "period_to", "as_of", "audience", "replaces")),
            (_("Requests to the Board (optional)"), tuple(asks)),
        )

    @property
    def scope(self) -> Scope:
        return scope_of(self.cleaned_data, self.today)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for number in ASKS:
            if given.get(f"resolution_{number}") and not given.get(f"ask_{number}"):
                self.add_error(f"ask_{number}", _("Enter what the committee asks for."))
        if {"period_from", "period_to", "as_of", "audience"} <= given.keys():
            try:
                self.scope.refuse_what_is_false(self.today)
            except ValidationError as refusal:
                add_service_errors(self, refusal)
        return given


def scope_of(given: dict[str, Any], today: date) -> Scope:
    """What the form's cleaned data say the report covers."""
    asks = [
        Ask(heading, given.get(f"resolution_{number}", ""))
        for number in ASKS
        if (heading := given.get(f"ask_{number}"))
    ]
    return Scope(
        period_from=given["period_from"],
        period_to=given["period_to"],
        as_of=given["as_of"] or default_as_of(given["period_to"], today),
        audience=Audience(given["audience"]),
        asks=tuple(asks),
    )


def initial_asks(asks: Iterable[Ask]) -> dict[str, str]:
    """The form's fields for requests that are there already."""
    initial = {}
    for number, ask in zip(ASKS, asks, strict=False):
        initial[f"ask_{number}"], initial[f"resolution_{number}"] = ask.heading, ask.resolution
    return initial


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=lazy("What should change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("The note is deleted when a report is issued."),
    )


class DelegateForm(forms.Form):
    """The decisions on which it can rest are given by the view."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=lazy("Decision"),
        empty_label=lazy("Choose a decision"),
        help_text=lazy(
            "A decision of the committee or of the Board that leaves it to the secretary."
        ),
    )

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = decisions
