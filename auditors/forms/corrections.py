"""Dates that are on record, each as it stands, and why it is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from auditors.forms.fields import LONGEST_TEXT
from records.forms import Day


class CorrectDatesForm(forms.Form):
    """One field for each date on record, filled in with it; then the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong, in one neutral sentence. It stays on record."),
    )

    def ask(self, name: str, label: Any, stands: date, *, required: bool) -> None:
        """A date as it stands. One that is not required can be emptied."""
        self.fields[name] = Day(label=label, initial=stands, required=required)
        self.order_fields([*(each for each in self.fields if each != "reason"), "reason"])

    def dates(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: given[name] for name in self.fields if isinstance(self.fields[name], Day)}
