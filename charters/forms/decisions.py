"""Forms about decisions: recording one, and naming the one that adopted a charter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from charters.enums import HowDecided
from charters.models import Committee, Decision
from records.forms import Day

NUMBER_HELP = _("As the minutes number it, for example 4 or 2026-04.")
OF_A_BODY = [(how.value, how.label) for how in (HowDecided.MEETING, HowDecided.WRITTEN_CONSENT)]


class DecisionForm(forms.Form):
    """A decision of the Board, a committee or the stockholders."""

    body = forms.ModelChoiceField(
        Committee.objects.all(),
        label=_("Decided by"),
        required=False,
        empty_label=_("Stockholders"),
    )
    decided_on = Day(label=_("Date"))
    how = forms.ChoiceField(label=_("How"), choices=HowDecided.choices)
    number = forms.CharField(
        label=_("Number"), max_length=30, required=False, help_text=NUMBER_HELP
    )
    text = forms.CharField(
        label=_("Decision"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was decided, in the words of the resolution or in one sentence."),
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("The signed minutes or consent: PDF, Word or image, up to 50 MB."),
    )
    restricted_roles = forms.BooleanField(
        label=_("Restrict from management"),
        required=False,
        help_text=_(
            "People with a management role now or on the date of the decision cannot see it, "
            "whatever other roles they have. A restriction cannot be removed."
        ),
    )

    def clean_how(self) -> HowDecided:
        return HowDecided(self.cleaned_data["how"])

    def clean_restricted_roles(self) -> frozenset[Role]:
        return frozenset({Role.MANAGEMENT} if self.cleaned_data["restricted_roles"] else ())


class AdoptedByForm(forms.Form):
    """The Board's decision to adopt: one on record for its date, or a new one."""

    decision = forms.ChoiceField(
        label=_("Decision on record"),
        required=False,
        help_text=_("The Board has decisions on record for that date."),
    )
    how = forms.ChoiceField(
        label=_("How the Board decided"),
        required=False,
        choices=[("", _("Add later")), *OF_A_BODY],
    )
    number = forms.CharField(
        label=_("Resolution number"), max_length=30, required=False, help_text=NUMBER_HELP
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        """`decisions` are those of the Board on the date of adoption."""
        super().__init__(*args, **kwargs)
        self.decisions = {str(decision.pk): decision for decision in decisions}
        if self.decisions:
            self.fields["decision"].choices = [  # type: ignore[attr-defined]
                ("", _("None of these")),
                *((pk, str(decision)) for pk, decision in self.decisions.items()),
            ]
        else:
            del self.fields["decision"]

    def clean_decision(self) -> Decision | None:
        return self.decisions.get(self.cleaned_data["decision"])

    def clean_how(self) -> HowDecided | None:
        return HowDecided(self.cleaned_data["how"]) if self.cleaned_data["how"] else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("number") and not cleaned.get("how") and not cleaned.get("decision"):
            self.add_error("how", _("Enter how the Board decided, or leave the number empty."))
        return {"decision": None} | cleaned


class CompleteAdoptionForm(AdoptedByForm):
    """The same for a version that was adopted before: now its decision has to be named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = _("See the decision above") if self.decisions else _("Choose one")
        self.fields["how"].choices = [("", empty), *OF_A_BODY]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("how") and not cleaned.get("decision"):
            self.add_error("how", _("Enter how the Board decided."))
        return cleaned
