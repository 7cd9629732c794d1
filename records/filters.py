"""Forms by which a list is filtered. They are read from the address and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.forms import Day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

# Values and their words.
Choices: TypeAlias = "Sequence[tuple[str, str]]"


class LongSelect(forms.Select):
    """One of hundreds, without groups: Django renders two templates for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = (
            (key, " selected" if str(key) in chosen else "", label) for key, label in self.choices
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class LedgerFilterForm(forms.Form):
    """Which lines of the ledger are shown. What is chosen stands in the address."""

    since = Day(label=lazy("From"), required=False)
    until = Day(label=lazy("To"), required=False)
    person = forms.ChoiceField(label=lazy("By"), required=False, widget=LongSelect)
    action = forms.ChoiceField(label=lazy("Action"), required=False, widget=LongSelect)
    subject = forms.ChoiceField(
        label=lazy("Record"),
        required=False,
        help_text=lazy("To see one record alone, use its link in the list."),
    )

    def __init__(
        self, *args: Any, people: Choices, actions: Choices, subjects: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("person", _("everybody"), people)
        self._offer("action", _("all actions"), actions)
        self._offer("subject", _("all records"), subjects)

    def _offer(self, name: str, everything: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared so above)
        field.choices = [("", everything), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("Enter the same date or a later one."))
        return given
