"""The form by which the meetings of a fiscal year are planned: a date and a start for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.forms.meetings import Clock
from records.forms import Day, fieldsets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from meetings.reports.year_plan import Offered


@dataclass(frozen=True)
class Chosen:
    """A meeting to be planned, and the prefix of its fields."""

    offered: Offered
    on: date
    time: time


class YearPlanForm(forms.Form):
    """Each meeting that is offered can be moved or left out."""

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        groups = []
        for each in offered:
            fields = self._fields_of(each)
            self.fields |= fields
            groups.append((each.legend, tuple(fields)))
        self.helper = fieldsets(*groups)

    def _fields_of(self, offered: Offered) -> dict[str, forms.Field]:
        proposed = offered.proposed
        due = gettext("Due after it: %(titles)s.") % {"titles": offered.due} if offered.due else ""
        return {
            f"{proposed.key}-on": Day(label=_("Date"), initial=proposed.on, help_text=due),
            f"{proposed.key}-time": Clock(label=_("Start"), initial=proposed.time),
            f"{proposed.key}-skip": forms.BooleanField(label=_("Leave out"), required=False),
        }

    def chosen(self) -> list[Chosen]:
        """The meetings that were not left out."""
        return [
            Chosen(each, self._given(each, "on"), self._given(each, "time"))
            for each in self.offered
            if not self._given(each, "skip")
        ]

    def _given(self, offered: Offered, name: str) -> Any:
        return self.cleaned_data[f"{offered.proposed.key}-{name}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen():
            raise forms.ValidationError(_("Every meeting is left out. Keep at least one."))
        return given
