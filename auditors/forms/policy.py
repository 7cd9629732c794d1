"""Forms about the pre-approval policy, its lines and the delegation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from auditors.enums import Beneficiary, FeeCategory
from auditors.forms.fields import (
    LONGEST_TEXT,
    Amount,
    CurrencyField,
    DecisionField,
    FileBeside,
    RecipientsField,
    ServiceField,
    Several,
)
from auditors.models import PolicyLine
from auditors.rules.policy import period_from_act
from committees.models import Director
from records.forms import Day

# The usual period of a line.
USUAL_MONTHS = 12


class PolicyForm(forms.Form):
    adopted_on = Day(label=_("Adopted on"))
    decision = DecisionField()
    closed_categories = forms.MultipleChoiceField(
        label=_("Categories the policy does not allow"),
        choices=FeeCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    closed_to = forms.MultipleChoiceField(
        label=_("People for whom the policy allows no service"),
        choices=Beneficiary.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    waiver_allowed = forms.BooleanField(label=_("De minimis waiver allowed"), required=False)
    max_age_months = forms.IntegerField(
        label=_("Months after which an approval lapses"), min_value=1, max_value=60, initial=12
    )
    tolerance_percent = forms.DecimalField(
        label=_("Tolerance, percent of the approved fee"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("How much more may be billed. Empty: none."),
    )
    tolerance_amount = Amount(label=_("Tolerance, amount"), required=False)
    currency = CurrencyField()
    document = FileBeside(label=_("Policy"))

    def clean_closed_categories(self) -> list[FeeCategory]:
        return [FeeCategory(each) for each in self.cleaned_data["closed_categories"]]

    def clean_closed_to(self) -> list[Beneficiary]:
        return [Beneficiary(each) for each in self.cleaned_data["closed_to"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        percent = given.pop("tolerance_percent", None)
        given["tolerance_share"] = None if percent is None else percent / Decimal(100)
        return given


class PolicyReviewForm(forms.Form):
    reviewed_on = Day(label=_("Reviewed on"))
    decision = DecisionField()


class PolicyLineForm(forms.Form):
    replaces = forms.ModelChoiceField(
        PolicyLine.objects.none(),
        label=_("Changes the line"),
        required=False,
        empty_label=_("None: this is a new line"),
        help_text=_(
            "For a changed limit within the same period. That line ends, and what was used under "
            "it counts under this one."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=PolicyLine._meta.get_field("title").max_length
    )
    service = ServiceField(help_text=_("A service that the law restricts is refused."))
    work = forms.CharField(
        label=_("Which work, on what"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A category or a sum alone is refused. Name the filing, the year, the entity."),
    )
    recipients = RecipientsField()
    used_by = Several(
        User.objects.none(),
        label=_("Officers who may use the line"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = Day(label=_("For work from"))
    last_on = Day(
        label=_("To"),
        required=False,
        help_text=_("The last date, included. Empty: twelve months."),
    )
    cap = Amount(label=_("Limit for the period"))
    cap_per_engagement = Amount(label=_("Limit per engagement"), required=False)
    currency = CurrencyField()
    adopted_on = Day(label=_("Adopted on"))
    decision = DecisionField()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "last_on" in given and given["last_on"] is None and given.get("starts_on"):
            given["last_on"] = period_from_act(given["starts_on"], USUAL_MONTHS)[1]
        return given


class AddDecisionForm(forms.Form):
    decision = DecisionField(
        required=True,
        empty_label=_("Choose a decision"),
        help_text=_("The committee's or the Board's decisions of the same date."),
    )


class LineEndForm(forms.Form):
    ended_on = Day(label=_("Ended on"))


PLACES = ("first", "second", "third")


class DelegationForm(forms.Form):
    """Members who approve in the committee's place, in their order."""

    first = forms.ModelChoiceField(
        Director.objects.none(), label=_("Delegate"), empty_label=_("Choose a member")
    )
    second = forms.ModelChoiceField(
        Director.objects.none(),
        label=_("If not available"),
        required=False,
        empty_label=_("Nobody"),
    )
    third = forms.ModelChoiceField(
        Director.objects.none(),
        label=_("If neither is available"),
        required=False,
        empty_label=_("Nobody"),
    )
    any_order = forms.BooleanField(label=_("Each decides alone, in any order"), required=False)
    adopted_on = Day(label=_("Adopted on"))
    decision = DecisionField()
    limit_per_service = Amount(
        label=_("Limit per service"), required=False, help_text=_("Empty: no limit was set.")
    )
    limit_between_meetings = Amount(
        label=_("Total between scheduled meetings"),
        required=False,
        help_text=_("Empty: no limit was set."),
    )
    currency = CurrencyField()
    categories = forms.MultipleChoiceField(
        label=_("Categories delegated"),
        choices=FeeCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    includes_internal_control = forms.BooleanField(
        label=_("Services on internal control included"), required=False
    )
    notify_others_at_once = forms.BooleanField(
        label=_("The other members are notified at once"), required=False, initial=True
    )
    waiver_only = forms.BooleanField(label=_("For the de minimis waiver only"), required=False)
    document = FileBeside(label=_("Resolution"))

    def clean_categories(self) -> list[FeeCategory]:
        return [FeeCategory(each) for each in self.cleaned_data["categories"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        named = [given.pop(place, None) for place in PLACES]
        directors = [director for director in named if director]
        if len(set(directors)) < len(directors):
            self.add_error("second", _("Name each delegate once."))
        given["directors"] = directors
        return given


class RevokeForm(forms.Form):
    revoked_on = Day(label=_("Revoked on"))
