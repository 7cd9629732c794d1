"""A meeting of the years before the portal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charters.forms.fields import DutiesField
from charters.models import Committee
from committees.models import Director
from meetings.enums import MeetingKind
from meetings.forms.meetings import Clock
from records.forms import Day, Records, fieldsets


class PastMeetingForm(forms.Form):
    body = forms.ModelChoiceField(Committee.objects.all(), label=_("Body"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    on = Day(label=_("Date"))
    start = Clock(label=_("Start"), required=False, help_text=_("Empty: not known."))
    absent = Records(
        Director.objects.all(),
        label=_("Absent members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody else who served on that date was present."),
    )
    duties = DutiesField(
        label=_("Responsibilities served"),
        help_text=_("As the minutes show."),
    )
    minutes = forms.FileField(
        label=_("Approved minutes"), required=False, help_text=_("PDF or Word, up to 50 MB.")
    )
    approved_on = Day(label=_("Minutes approved on"), required=False)

    def __init__(self, *args: Any, duties: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].queryset = duties  # type: ignore[attr-defined]
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.helper = fieldsets(
            (gettext("The meeting"), ("body", "kind", "on", "start", "absent")),
            (gettext("What it served"), ("duties",)),
            (gettext("Its minutes"), ("minutes", "approved_on")),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("minutes") and not given.get("approved_on"):
            self.add_error("approved_on", gettext("Say when these minutes were approved."))
        if given.get("approved_on") and not given.get("minutes") and "minutes" in given:
            self.add_error("minutes", gettext("Choose the minutes, or empty the date."))
        return given
