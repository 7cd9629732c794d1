"""Forms outside the desk: the way concerns are taken, and entries in fixed words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from records.forms import Day, only_for
from whistleblower.models import Channel

if TYPE_CHECKING:
    ChannelModelForm = forms.ModelForm[Channel]
else:
    ChannelModelForm = forms.ModelForm


class WayForm(ChannelModelForm):
    class Meta:
        model = Channel
        fields = ["way", "outside_name", "outside_address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"outside": ("outside_name", "outside_address")})

    def _post_clean(self) -> None:
        """The service says what is missing, beside its field."""


class EntryForm(forms.Form):
    performed_on = Day(label=lazy("Date"))

    def __init__(self, *args: Any, periods: list[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"] = forms.TypedChoiceField(
            label=lazy("For"),
            choices=[(last.isoformat(), name) for last, name in periods],
            coerce=date.fromisoformat,
        )
