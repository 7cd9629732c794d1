"""The sheet of what happened before: a few days, and the duties performed on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.forms import Day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from charters.models import Duty

    # Generic for the type checker only.
    AnyFormSet = forms.BaseFormSet[Any]
else:
    AnyFormSet = forms.BaseFormSet

DAYS = 4
TICKS = "duties"


class PastDayForm(forms.Form):
    """One day. Left without a date and without ticks it is passed over."""

    on = Day(label=lazy("Date"), required=False)
    note = forms.CharField(
        label=lazy("Occasion"),
        required=False,
        max_length=200,
        help_text=lazy("For example: regular meeting, or written consent."),
    )
    paper = forms.FileField(
        label=lazy("Document"),
        required=False,
        help_text=lazy(
            "For example the minutes. The portal files it once for all checked responsibilities."
        ),
    )
    duties = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, duties: Sequence[Duty], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.fields[TICKS].choices = [  # type: ignore[attr-defined]
            (duty.pk, duty.title) for duty in duties
        ]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > self.today:
            raise forms.ValidationError(
                _("This date is in the future. Record the completion after the work is done.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ticked = given.get(TICKS)
        if ticked and "on" in given and not given["on"]:
            self.add_error("on", _("Enter the date for the checked responsibilities."))
        if given.get("on") and not ticked and not self.errors:
            self.add_error(
                "on", _("No responsibility is checked for this date. Check one, or clear the date.")
            )
        return given


class BasePastDays(AnyFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        days = [form.cleaned_data["on"] for form in self.forms if form.cleaned_data.get("on")]
        if not days:
            raise forms.ValidationError(_("Enter at least one date and check what was done."))
        if len(set(days)) < len(days):
            raise forms.ValidationError(_("Two of the dates are the same. Combine them."))

    def ask_for_papers_again(self) -> None:
        """Say beside each paper that was chosen that it must be chosen again."""
        for form in self.forms:
            chosen = form.files.get(form.add_prefix("paper"))
            if chosen and not form.has_error("paper"):
                said = _("Choose this file again: %(name)s.")
                form.add_error("paper", said % {"name": chosen.name})


PastDays = forms.formset_factory(
    PastDayForm, formset=BasePastDays, extra=DAYS, max_num=DAYS, absolute_max=DAYS
)
