"""Forms about duties: attesting, correcting, settling, changing terms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from committees.enums import Cadence, DispositionKind
from committees.models import Duty
from committees.sentences import period_name
from records.calendar import Period
from records.forms import Day

# A note is a sentence or two; minutes are a document.
LONGEST_NOTE = 2_000


class AttestationForm(forms.Form):
    """That a duty was performed on a day, for a period, with a note and a document."""

    performed_on = Day(label=_("Performed on"))
    serves = forms.ChoiceField(
        label=_("It counts for"),
        help_text=_("A duty done late counts for the period it was owed in."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, in a neutral sentence. It is shown as the evidence."),
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, Word, Excel, image or text, up to 50 MB."),
    )

    def __init__(self, *args: Any, periods: Sequence[Period], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.last.isoformat(): period for period in periods}
        self.today = today
        self.fields["performed_on"].widget.attrs["max"] = today.isoformat()
        self.fields["serves"].choices = [  # type: ignore[attr-defined]
            (last, _capital(period_name(period))) for last, period in self.periods.items()
        ]

    def clean_performed_on(self) -> date:
        day: date = self.cleaned_data["performed_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("Only what has been done can be recorded; this day is ahead.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        period = self.periods.get(cleaned.get("serves", ""))
        day = cleaned.get("performed_on")
        if period and day and day < period.first:
            self.add_error("serves", _("This period begins only after the day it was performed."))
        cleaned["serves"] = period.last if period else None
        return cleaned


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 3})
    )


class DispositionForm(forms.Form):
    """What is settled about an exception."""

    kind = forms.ChoiceField(
        label=_("Disposition"), choices=DispositionKind.choices, widget=forms.RadioSelect()
    )
    reason = forms.CharField(
        label=_("What was found, or why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        help_text=_(
            "A neutral sentence or two. Reports to the Board print it, save where the matter is "
            "with counsel."
        ),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())


class DutyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A duty's own terms."""

    class Meta:
        model = Duty
        fields = (
            "title",
            "kind",
            "cadence",
            "times",
            "months",
            "due_month",
            "due_day",
            "layer",
            "citation",
            "counterparty",
            "owner",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        owner.queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        owner.empty_label = str(_("Nobody yet"))  # type: ignore[attr-defined]
        self.fields["times"].help_text = _("Where it is a number of times in each fiscal year.")
        self.fields["months"].help_text = _("Where it is within so many months of the last time.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cadence") == Cadence.QUARTERLY and cleaned.get("due_month", 1) > 3:
            self.add_error("due_month", _("A quarter has three months: 1, 2 or 3."))
        return cleaned


class NewDutyForm(DutyForm):
    in_force_from = Day(label=_("In force from"))


class EndDutyForm(forms.Form):
    until = Day(label=_("Last day in force"))


class NotApplicableForm(forms.Form):
    starts_on = Day(label=_("Not applicable from"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: The company has no internal audit function."),
    )


class AppliesAgainForm(forms.Form):
    on = Day(label=_("Applies again from"))


class NoteForm(forms.Form):
    """A note *as applied today* beside a clause."""

    text = forms.CharField(label=_("As applied today"), widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("For example: PCAOB AS 1301; Reg. S-X 2-07.")
    )
    dated = Day(label=_("Dated"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
