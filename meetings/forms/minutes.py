"""Forms about minutes and recusals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Decision
from meetings.models import AgendaItem
from records.forms import Day

LONGEST_TEXT = 20_000


class ParagraphForm(forms.Form):
    text = forms.CharField(
        label=lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=lazy("Short, true and neutral. Leave an empty line between paragraphs."),
    )


class DecisionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, decision: Any) -> str:
        return str(decision)


class ApprovalForm(forms.Form):
    """The decision by which the body approved: at a meeting, or by written consent."""

    decision = DecisionChoice(
        Decision.objects.none(),
        label=lazy("Decision"),
        empty_label=lazy("Choose one"),
        help_text=lazy("The resolution by which the body approved the minutes."),
    )

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]


class CorrectionForm(ApprovalForm):
    text = forms.CharField(
        label=lazy("What is corrected"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("For example: On page 2, read “Solberg” for “Soldberg”."),
    )
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=lazy("About item"),
        required=False,
        empty_label=lazy("No single item"),
        help_text=lazy("The correction has the same restriction as the item."),
    )
    field_order = ("text", "item", "decision")

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class FileMinutesForm(forms.Form):
    file = forms.FileField(
        label=lazy("Approved minutes"), help_text=lazy("PDF or Word, up to 50 MB.")
    )
    approved_on = Day(label=lazy("Approved on"))


class RecusalForm(forms.Form):
    """Who takes no part. Without `people` it is the person who declares it."""

    person = forms.ChoiceField(label=lazy("Who is recused"))
    stays = forms.TypedChoiceField(
        label=lazy("During this item"),
        choices=[
            ("leaves", lazy("Leaves the room")),
            ("stays", lazy("Stays in the room and takes no part in the vote")),
        ],
        coerce=lambda choice: choice == "stays",
        initial="leaves",
        widget=forms.RadioSelect,
        help_text=lazy("Everyone who stays counts toward the quorum and the majority."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["person"].choices = [("", _("Choose one")), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["person"]
