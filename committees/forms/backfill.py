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

    from committees.models import Duty

    # Generic for the type checker only.
    AnyFormSet = forms.BaseFormSet[Any]
else:
    AnyFormSet = forms.BaseFormSet

DAYS = 4
TICKS = "duties"


class PastDayForm(forms.Form):
    """One day. Left without a date and without ticks it is passed over."""

    on = Day(label=lazy("Day"), required=False)
    note = forms.CharField(
        label=lazy("What it was"),
        required=False,
        max_length=200,
        help_text=lazy("For example: regular meeting; consent in writing."),
    )
    paper = forms.FileField(
        label=lazy("Paper that proves it"),
        required=False,
        help_text=lazy("The minutes, for example. It is filed once, for all that is ticked."),
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
                _("Only what has been done can be recorded; this day is ahead.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ticked = given.get(TICKS)
        if ticked and "on" in given and not given["on"]:
            self.add_error("on", _("Duties are ticked for this day: say which day it was."))
        if given.get("on") and not ticked and not self.errors:
            self.add_error("on", _("No duty is ticked for this day. Tick one, or empty the day."))
        return given


class BasePastDays(AnyFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        days = [form.cleaned_data["on"] for form in self.forms if form.cleaned_data.get("on")]
        if not days:
            raise forms.ValidationError(_("Give at least one day, and tick what was done on it."))
        if len(set(days)) < len(days):
            raise forms.ValidationError(_("Two of the days are the same. Put them together."))

    def ask_for_papers_again(self) -> None:
        """Say beside each paper that was chosen that it must be chosen once more."""
        for form in self.forms:
            chosen = form.files.get(form.add_prefix("paper"))
            if chosen and not form.has_error("paper"):
                said = _("Choose this paper again (%(name)s): a file is not kept with the sheet.")
                form.add_error("paper", said % {"name": chosen.name})


PastDays = forms.formset_factory(
    PastDayForm, formset=BasePastDays, extra=DAYS, max_num=DAYS, absolute_max=DAYS
)
