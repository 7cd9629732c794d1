"""Forms about meetings."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.models.meetings import LONGEST
from meetings.rules import clocks
from records import clock
from records.forms import Day

LONGEST_TEXT = 2_000
SECOND = "is_second_hour"


class Clock(forms.TimeField):
    """A local time, with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H:%M:%S"])
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(**kwargs)


class WhenForm(forms.Form):
    """Date and start. Where clocks go back over the start, it asks which of two hours is meant."""

    on = Day(label=_("Date"))
    time = Clock(label=_("Start"), help_text=_("In the company's time zone."))
    is_second_hour = forms.TypedChoiceField(
        label=_("Which of the two hours"),
        required=False,
        choices=[("", _("Choose one")), ("first", _("The first")), ("second", _("The second"))],
        coerce=lambda choice: choice == "second",
        empty_value=None,
        help_text=_("Clocks go back on this date, so this time comes twice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._is_ambiguous():
            del self.fields[SECOND]

    def _is_ambiguous(self) -> bool:
        """Whether what was typed, or else what is offered, comes twice."""
        day, at = (self._read(name) for name in ("on", "time"))
        if not (isinstance(day, date) and isinstance(at, time)):
            return False
        return clocks.read(day, at, clock.zone()).is_ambiguous

    def _read(self, name: str) -> Any:
        if not self.is_bound:
            return self.get_initial_for_field(self.fields[name], name)
        try:
            return self.fields[name].clean(self[name].data)
        except forms.ValidationError:
            return None


class LengthForm(forms.Form):
    duration = forms.IntegerField(
        label=_("Planned minutes"), min_value=5, max_value=LONGEST, initial=120
    )
    place = forms.CharField(
        label=_("Place or dial-in"),
        required=False,
        max_length=Meeting._meta.get_field("place").max_length,
        help_text=_("Shown on this site only, never in emails or the calendar feed."),
    )


class MeetingForm(WhenForm, LengthForm):
    """A meeting of any body."""

    body = forms.ModelChoiceField(Committee.objects.all(), label=_("Body"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)

    field_order = ("body", "kind", "on", "time", SECOND, "duration", "place")


class MeetingChangeForm(WhenForm, LengthForm):
    field_order = ("on", "time", SECOND, "duration", "place")


class NoticeForm(forms.Form):
    noticed_on = Day(label=_("Notice given on"), required=False)
    is_waived = forms.BooleanField(label=_("Every member has waived notice"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
