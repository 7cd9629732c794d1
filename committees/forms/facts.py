"""Forms about what is known of directors: questionnaires, facts, organizations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as lazy

from committees.enums import Tie
from committees.models import (
    Association,
    AuditorTie,
    BusinessPayment,
    CompanyPayment,
    Employment,
    Interlock,
    LossOfIndependence,
    Organization,
    Preparation,
    PublicSeats,
    Shareholding,
)
from records.dates import long_day
from records.forms import Day

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from committees.models import Director, Questionnaire

RELATIVE = ("relative", "relative_name", "is_minor", "shares_home")
ASKED_FOR = lazy("A fact that the tests of independence ask for, with its dates.")


@dataclass(frozen=True)
class FactKind:
    """A kind of fact that can be entered: its model, its fields in their order, its words."""

    slug: str
    model: Any
    fields: tuple[str, ...]
    title: str | Promise
    why: str | Promise = ASKED_FOR

    @property
    def is_of_a_director(self) -> bool:
        return self.model not in (BusinessPayment, Interlock)


FACTS = {
    kind.slug: kind
    for kind in (
        FactKind(
            "employment",
            Employment,
            ("starts_on", "last_on", "is_executive", "is_interim", *RELATIVE),
            lazy("Employment by the company"),
        ),
        FactKind(
            "payment",
            CompanyPayment,
            ("on", "amount", "kind", *RELATIVE),
            lazy("Payment by the company"),
        ),
        FactKind(
            "role",
            Association,
            ("organization", "role", "starts_on", "last_on", *RELATIVE),
            lazy("Role at another organization"),
        ),
        FactKind(
            "auditor",
            AuditorTie,
            ("partner_from", "partner_last_on", "last_worked_on", *RELATIVE),
            lazy("Tie to the outside auditor"),
        ),
        FactKind(
            "shares",
            Shareholding,
            ("share_class", "shares", "outstanding", "as_of"),
            lazy("Shareholding"),
        ),
        FactKind(
            "preparation",
            Preparation,
            ("starts_on", "last_on"),
            lazy("Part in preparing the financial statements"),
        ),
        FactKind(
            "seats",
            PublicSeats,
            ("boards", "audit_committees", "as_of"),
            lazy("Seats at public companies"),
            lazy("On how many boards and audit committees the director sits. No test asks for it."),
        ),
        FactKind(
            "loss",
            LossOfIndependence,
            ("lost_on", "is_within_control", "exchange_notified_on"),
            lazy("Loss of independence"),
        ),
    )
}
BOOKS = {
    kind.slug: kind
    for kind in (
        FactKind(
            "payment",
            BusinessPayment,
            ("on", "amount", "is_received", "recipient_revenue", "is_excluded"),
            lazy("Payment to or from the organization"),
        ),
        FactKind(
            "interlock",
            Interlock,
            ("starts_on", "last_on"),
            lazy("Service of an executive officer on its compensation committee"),
        ),
    )
}


def form_for(kind: FactKind) -> type[FactForm]:
    """The form of a kind of fact: the model's own fields, dates with the portal's own picker."""
    names = (*kind.fields, "questionnaire") if kind.is_of_a_director else kind.fields
    fields = {name: _field(kind.model._meta.get_field(name)) for name in names}
    return type("FactForm", (FactForm,), fields)


def _field(field: Any) -> forms.Field:
    is_date = isinstance(field, models.DateField)
    found: forms.Field = field.formfield(**({"form_class": Day} if is_date else {}))
    if isinstance(found, forms.ChoiceField) and field.choices and not field.has_default():
        found.choices = [("", lazy("Choose one")), *field.choices]
    return found


class FactForm(forms.Form):
    """A fact; a director's names the questionnaire it was transcribed from, or the books."""

    def __init__(self, *args: Any, director: Director | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields.get("questionnaire")
        if isinstance(source, forms.ModelChoiceField) and director:
            source.queryset = director.questionnaires.standing().order_by("-signed_on")
            source.empty_label = str(lazy("the company’s books"))
            source.label_from_instance = signed  # type: ignore[method-assign,assignment]


def signed(questionnaire: Questionnaire) -> str:
    return str(
        lazy("the questionnaire signed on %(day)s") % {"day": long_day(questionnaire.signed_on)}
    )


class QuestionnaireForm(forms.Form):
    signed_on = Day(label=lazy("Signed on"))
    document = forms.FileField(
        label=lazy("Signed form"),
        required=False,
        help_text=lazy("As counsel sent it: PDF, Word or image, up to 50 MB."),
    )


class OrganizationForm(forms.Form):
    name = forms.CharField(label=lazy("Name"), max_length=200)
    gives_advice = forms.BooleanField(
        label=lazy("Gives professional advice"),
        required=False,
        help_text=Organization._meta.get_field("gives_advice").help_text,
    )
    tie = forms.ChoiceField(label=lazy("Stock of the company"), choices=Tie.choices)

    def clean_tie(self) -> Tie:
        return Tie(self.cleaned_data["tie"])


class OrganizationChangeForm(OrganizationForm):
    name = None  # type: ignore[assignment]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("The entry stays on record with this reason and no longer counts."),
    )
