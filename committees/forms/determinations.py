"""Forms about what the Board determined of a director."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Decision
from committees.enums import DeterminationKind as Kind
from committees.enums import ExpertAttribute, ExpertRoute, SophisticationGround
from records.forms import Day, only_for

GROUNDS: dict[Kind, Any] = {
    Kind.SOPHISTICATED: SophisticationGround,
    Kind.EXPERT: ExpertRoute,
}
# What a form of a kind does not ask.
ONLY_FOR = {
    "grounds": (Kind.SOPHISTICATED, Kind.EXPERT),
    "attributes": (Kind.EXPERT,),
    "listing": (Kind.EXPERT,),
    "ends_on": (Kind.EXCEPTION,),
}


def decisions_of(kind: CommitteeKind) -> Any:
    """The decisions of a body that every reader may see, the newest first."""
    return Decision.objects.unrestricted().filter(body__kind=kind).select_related("body")


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The decision of a body that a record rests on; it can be added later."""

    def __init__(self, kind: CommitteeKind, **kwargs: Any) -> None:
        self.kind = kind
        kwargs.setdefault("label", lazy("Decision"))
        kwargs.setdefault("empty_label", lazy("to be added later"))
        kwargs.setdefault("required", False)
        super().__init__(Decision.objects.none(), **kwargs)

    def bound_to_record(self) -> None:
        self.queryset = decisions_of(self.kind)


class DeterminationForm(forms.Form):
    """What the Board determined, on which ground. What a kind does not ask is left out."""

    is_met = forms.TypedChoiceField(
        label=lazy("The Board determined"),
        choices=(),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    determined_on = Day(label=lazy("Date"))
    decision = DecisionField(CommitteeKind.BOARD, label=lazy("The Board’s decision"))
    grounds = forms.TypedMultipleChoiceField(
        label=lazy("Grounds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    attributes = forms.TypedMultipleChoiceField(
        label=lazy("Attributes the Board found"),
        required=False,
        choices=ExpertAttribute.choices,
        coerce=ExpertAttribute,
        widget=forms.CheckboxSelectMultiple,
    )
    listing = forms.CharField(
        label=lazy("Other relevant experience"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Only where the director acquired the attributes in another way."),
    )
    considered = forms.CharField(
        label=lazy("Facts considered"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("The relationships considered, by category (Item 407(a)(3))."),
    )
    ends_on = Day(
        label=lazy("Last date"),
        required=False,
        help_text=lazy("Two years after the date at most; left empty, exactly two years."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in ONLY_FOR.items():
            if kind not in kinds:
                del self.fields[name]
        words = {"what": kind.label}
        self.fields["is_met"].choices = [  # type: ignore[attr-defined]
            ("yes", _("yes: %(what)s") % words),
            ("no", _("no: not %(what)s") % words),
        ]
        self.fields["decision"].bound_to_record()  # type: ignore[attr-defined]
        if kind in GROUNDS:
            grounds: Any = self.fields["grounds"]
            grounds.choices, grounds.coerce = GROUNDS[kind].choices, GROUNDS[kind]
        only_for(self, {"other-ground": ("listing",)})


class DecisionForm(forms.Form):
    """The decision that a record gains later."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=lazy("Decision"), empty_label=lazy("choose a decision")
    )

    def __init__(self, *args: Any, kind: CommitteeKind, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = decisions_of(kind).filter(decided_on=on)
        self.fields["decision"].queryset = found  # type: ignore[attr-defined]
