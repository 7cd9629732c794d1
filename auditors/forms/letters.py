"""Forms about papers the auditor gave: received, discussed, decided on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from auditors.enums import LetterKind
from auditors.forms.fields import LONGEST_TEXT, DecisionField, FileBeside, Several, YearField
from auditors.models import Firm, ServiceRequest
from auditors.rules.communications import CHECKLIST
from records.forms import Day, fieldsets, only_for

ITEMS = [("", _("Not a required communication")), *((each.key, each.title) for each in CHECKLIST)]


class ReceiveForm(forms.Form):
    """Received for somebody who does not sign in: the file, its type, its date."""

    document = FileBeside(label=_("File"))
    kind = forms.ChoiceField(label=_("Type"), choices=LetterKind.choices)
    dated = Day(label=_("Dated"))
    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("Firm"), empty_label=None)
    received_on = Day(
        label=_("Received on"), required=False, help_text=_("Empty: on the date of the paper.")
    )
    serves = YearField()
    item = forms.ChoiceField(
        label=_("Required communication"),
        choices=ITEMS,
        required=False,
        help_text=_("Only for the type “Required communication”."),
    )
    was_oral = forms.BooleanField(label=_("It was oral"), required=False)
    came_first = forms.BooleanField(
        label=_("On the same date, it came before what it must precede"), required=False
    )
    exceptions = forms.CharField(
        label=_("Items excepted"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for an independence letter: one item to a line."),
    )

    describes = Several(
        ServiceRequest.objects.none(),
        label=_("Requests described"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a description of a tax or internal-control service."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(
            self,
            {
                "communication": ("item", "was_oral"),
                "independence": ("exceptions",),
                "description": ("describes",),
            },
        )
        self.helper = fieldsets(
            (str(_("The paper")), ("document", "kind", "dated", "firm")),
            (
                str(_("Where it belongs")),
                (
                    "received_on",
                    "serves",
                    "item",
                    "was_oral",
                    "came_first",
                    "exceptions",
                    "describes",
                ),
            ),
        )

    def ask_for_no_description(self) -> None:
        """While no request waits for one, the form has no field for it."""
        del self.fields["describes"]
        self.helper.layout[1].fields.remove("describes")

    def clean_kind(self) -> LetterKind:
        return LetterKind(self.cleaned_data["kind"])

    def clean_exceptions(self) -> list[str]:
        lines = self.cleaned_data["exceptions"].splitlines()
        found = [line.strip() for line in lines if line.strip()]
        if any(len(line) > 300 for line in found):
            self.add_error("exceptions", _("An item has at most 300 characters."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        is_communication = given.get("kind") == LetterKind.COMMUNICATION
        if is_communication and not given.get("item"):
            self.add_error("item", _("Choose which communication it is."))
        if given.get("item") and not is_communication:
            self.add_error("item", _("Only a required communication names an item."))
        if given.get("was_oral") and not is_communication:
            self.add_error("was_oral", _("Only a required communication can be oral."))
        if given.get("was_oral") and given.get("document"):
            self.add_error("document", _("An oral communication has no file."))
        if given.get("kind") == LetterKind.DESCRIPTION and "describes" not in self.fields:
            self._refuse_describing_nothing()
        given["describes"] = list(given.get("describes") or ())
        given["in_writing"] = not given.pop("was_oral", False)
        given["received_on"] = given.get("received_on") or given.get("dated")
        return given

    def _refuse_describing_nothing(self) -> None:
        """The field is left out where no request waits for a description."""
        self.add_error(
            "kind",
            _(
                "No request for a tax or internal-control service waits for a description. "
                "Ask for the service first."
            ),
        )


class DiscussForm(forms.Form):
    held_on = Day(label=_("Discussed on"))


class ExceptionForm(forms.Form):
    decided_on = Day(label=_("Decided on"))
    text = forms.CharField(
        label=_("Decision"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the committee decided, in one neutral sentence."),
    )
    decision = DecisionField(label=_("Decision on record"))
