"""Forms about officers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from committees.models import Officer
from records.forms import Day


class OfficerForm(forms.Form):
    name = forms.CharField(label=lazy("Name"), max_length=150)
    title = forms.CharField(
        label=lazy("Title"), max_length=150, help_text=lazy("For example: Chief Financial Officer.")
    )
    is_executive = forms.BooleanField(
        label=lazy("Executive officer"),
        required=False,
        help_text=lazy("As Exchange Act Rule 3b-7 defines the term."),
    )
    reports_to = forms.ModelChoiceField(
        Officer.objects.none(),
        label=lazy("Reports to"),
        required=False,
        empty_label=lazy("the Board"),
    )
    starts_on = Day(label=lazy("In office from"))
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=lazy("Account"),
        required=False,
        empty_label=lazy("no account"),
    )

    def __init__(self, *args: Any, officer: Officer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Officer.objects.filter(ends_on=None)
        if officer:
            others = Officer.objects.filter(Q(ends_on=None) | Q(pk=officer.reports_to_id))
            others = others.exclude(pk=officer.pk)
        self.fields["reports_to"].queryset = others  # type: ignore[attr-defined]
        held = Q(pk=officer.user_id) if officer else Q()
        self.fields["user"].queryset = User.objects.filter(Q(is_active=True) | held)  # type: ignore[attr-defined]


class OfficeEndForm(forms.Form):
    ends_on = Day(label=lazy("Until"), help_text=lazy("The first date out of office."))
