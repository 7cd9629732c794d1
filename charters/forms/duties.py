"""Forms about duties: recording and correcting completions, closing, changing terms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charters.enums import Cadence, ClosedAs
from charters.models import Duty
from charters.sentences import period_name
from records.calendar import Period
from records.forms import Day, only_for
from records.models import Document
from records.models.documents import DocumentQuerySet

# A note is a sentence or two; minutes are a document.
LONGEST_NOTE = 2_000
# What is asked of a record that is now on file.
RECORD = ("performed_on", "record", "document")


class CompletionForm(forms.Form):
    """That a duty was performed on a day, for a period, with a note and a document."""

    performed_on = Day(label=_("Performed on"))
    serves = forms.ChoiceField(
        label=_("Period"),
        help_text=_(
            "Choose the period this completion is for. If it was late, choose the "
            "period in which it was due."
        ),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, in one neutral sentence. It is shown with the record."),
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
                _("This date is in the future. Record the completion after the work is done.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        period = self.periods.get(cleaned.get("serves", ""))
        day = cleaned.get("performed_on")
        if period and day and day < period.first:
            self.add_error(
                "serves", _("This period begins after the date performed. Choose another period.")
            )
        cleaned["serves"] = period.last if period else None
        return cleaned


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for the withdrawal"), widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(forms.Form):
    """What is closed about an open item; with the record where it is now on file."""

    kind = forms.ChoiceField(
        label=_("Closed as"), choices=ClosedAs.choices, widget=forms.RadioSelect()
    )
    performed_on = Day(label=_("Performed on"), required=False)
    record = forms.ModelChoiceField(
        label=_("Record on file"), queryset=Document.objects.none(), required=False
    )
    document = forms.FileField(
        label=_("Or upload the record"),
        required=False,
        help_text=_("PDF, Word, Excel, image or text, up to 50 MB."),
    )
    reason = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        help_text=_(
            "One or two neutral sentences. Reports to the Board include them, unless the "
            "item is under review."
        ),
    )

    def __init__(
        self, *args: Any, on_file: DocumentQuerySet, serves: Period | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].queryset = on_file  # type: ignore[attr-defined]
        self.fields["record"].empty_label = str(_("none"))  # type: ignore[attr-defined]
        if serves is None:
            del self.fields["performed_on"]
        else:
            limits = {"min": serves.first.isoformat(), "max": serves.last.isoformat()}
            self.fields["performed_on"].widget.attrs |= limits
        only_for(self, {"now-on-file": RECORD})
        for name in RECORD:
            if name in self.fields:
                self.fields[name].is_unmarked = True  # type: ignore[attr-defined]


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
        owner.empty_label = str(_("none"))  # type: ignore[attr-defined]
        self.fields["times"].help_text = _("Only for a number of times in each fiscal year.")
        self.fields["months"].help_text = _("Only for a number of months after the last time.")
        only_for(
            self,
            {
                "dated": ("cadence", "times", "months", "due_month", "due_day"),
                "times": ("times",),
                "months": ("months",),
                "by-month": ("due_month", "due_day"),
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cadence") == Cadence.QUARTERLY and cleaned.get("due_month", 1) > 3:
            self.add_error("due_month", _("A quarter has three months: 1, 2 or 3."))
        return cleaned


class NewDutyForm(DutyForm):
    in_force_from = Day(label=_("In effect from"))


class EndDutyForm(forms.Form):
    until = Day(label=_("Last date in effect"))


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
