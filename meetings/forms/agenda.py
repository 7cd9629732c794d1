"""Forms about agenda items and their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charters.forms.fields import DutiesField
from meetings.enums import ItemKind, Removal
from meetings.models import AgendaItem, Paper
from meetings.models.meetings import LONGEST
from records.forms import Day, fieldsets

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT = 4_000


def longest(name: str) -> int | None:
    length: int | None = getattr(AgendaItem._meta.get_field(name), "max_length", None)
    return length


class ItemForm(forms.Form):
    """What the agenda says of an item."""

    title = forms.CharField(label=_("Title"), max_length=longest("title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    ask = forms.CharField(
        label=_("What is asked"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The question for the members, in a sentence."),
    )
    recommendation = forms.CharField(
        label=_("Recommendation"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    presenter = forms.CharField(
        label=_("Presenter"), required=False, max_length=longest("presenter")
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=LONGEST)
    in_consent_group = forms.BooleanField(
        label=_("For consent, without discussion"),
        required=False,
        help_text=_("Any member can remove it from the group with one tap."),
    )
    preparer = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Prepared by"),
        required=False,
        empty_label=_("The corporate secretary"),
    )
    because = forms.CharField(label=_("Why"), required=False, max_length=longest("because"))
    can_wait_until = Day(label=_("Can wait until"), required=False)
    duties = DutiesField(label=_("Responsibilities served"))
    serves_year = forms.TypedChoiceField(
        label=_("For the fiscal year"), required=False, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        duties: Any,
        preparers: Any,
        years: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].queryset = duties  # type: ignore[attr-defined]
        self.fields["preparer"].queryset = preparers  # type: ignore[attr-defined]
        choices = [("", gettext("The one offered when it is recorded")), *years]
        self.fields["serves_year"].choices = choices  # type: ignore[attr-defined]
        self.helper = fieldsets(
            (gettext("The item"), ("title", "kind", "ask", "recommendation")),
            (gettext("At the meeting"), ("presenter", "minutes", "in_consent_group", "preparer")),
            (
                gettext("Why it is on the agenda"),
                ("because", "can_wait_until", "duties", "serves_year"),
            ),
        )


class MoveForm(forms.Form):
    """Where an item is taken up."""

    place = forms.TypedChoiceField(label=_("Take it up"), coerce=int)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class RemovalForm(forms.Form):
    removal = forms.ChoiceField(
        label=_("How it leaves"),
        choices=[
            (Removal.DEFERRED, _("Deferred to a later meeting")),
            (Removal.WITHDRAWN, _("Withdrawn")),
        ],
        widget=forms.RadioSelect,
        initial=Removal.DEFERRED,
    )
    reason = forms.CharField(label=_("Reason"), max_length=longest("removal_reason"))


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("A PDF, up to 50 MB."))


class PaperForm(FileForm):
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=Paper._meta.get_field("title").max_length,
        help_text=_("Empty: the file's name."),
    )
    field_order = ("file", "title")


class EmptyForm(forms.Form):
    """An act that asks nothing."""
