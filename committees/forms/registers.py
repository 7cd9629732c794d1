"""Forms of the committee's registers: reviews, advisers, funding, related parties, letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from charters.enums import CommitteeKind
from charters.sentences import period_name
from committees.enums import (
    AdviserRole,
    Conclusion,
    FundingPurpose,
    LetterStepKind,
    PostingKind,
    Regulator,
    RelatedPersonBasis,
    ReviewKind,
    ReviewOutcome,
)
from committees.forms.determinations import DecisionField
from committees.models import AdviserEngagement
from records.calendar import Period
from records.forms import Day, only_for

LONGEST_TEXT = 4_000


def text_area(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), strip=True, **kwargs
    )


def upload(label: Any, help_text: Any = "") -> forms.FileField:
    said = help_text or lazy("PDF, Word, Excel, image or text, up to 50 MB.")
    return forms.FileField(label=label, required=False, help_text=said)


def amount(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=16, decimal_places=2, **kwargs)


class YearField(forms.ChoiceField):
    """A fiscal year, by its last date."""

    periods: Sequence[Period] = ()

    def offer(self, periods: Sequence[Period]) -> None:
        self.periods = periods
        self.choices = [
            (period.last.isoformat(), capfirst(period_name(period))) for period in periods
        ]

    def clean(self, value: Any) -> Any:
        word = super().clean(value)
        return next(period.last for period in self.periods if period.last.isoformat() == word)


class ReviewForm(forms.Form):
    held_on = Day(label=lazy("Held on"))
    serves = YearField(label=lazy("For"), help_text=lazy("One review counts for one fiscal year."))
    conclusion = forms.TypedChoiceField(
        label=lazy("Conclusion"),
        coerce=Conclusion,
        choices=[
            (word.value, word.label)
            for word in (Conclusion.ADEQUATE, Conclusion.CHANGES_RECOMMENDED)
        ],
    )
    note = text_area(
        lazy("Note"),
        required=False,
        help_text=lazy("In a neutral sentence. An evaluation is a discussion; enter no scores."),
    )
    decision = DecisionField(CommitteeKind.AUDIT, label=lazy("The committee’s decision"))
    document = upload(lazy("Record"))

    def __init__(
        self, *args: Any, kind: ReviewKind, periods: Sequence[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["serves"].offer(periods)  # type: ignore[attr-defined]
        self.fields["decision"].bound_to_record()  # type: ignore[attr-defined]
        if kind is ReviewKind.EVALUATION:
            del self.fields["conclusion"]

    def clean(self) -> dict[str, Any]:
        return {"conclusion": Conclusion.HELD} | (super().clean() or {})


class PostingForm(forms.Form):
    how = forms.TypedChoiceField(label=lazy("How"), choices=PostingKind.choices, coerce=PostingKind)
    posted_on = Day(label=lazy("Date"), help_text=lazy("For the website: when it was found there."))
    address = forms.URLField(
        label=lazy("Address"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={
            "invalid": lazy(
                "Enter the whole address, such as https://investors.example.com/charter."
            )
        },
    )


class EngagementForm(forms.Form):
    adviser = forms.CharField(label=lazy("Adviser"), max_length=200)
    role = forms.TypedChoiceField(label=lazy("As"), choices=AdviserRole.choices, coerce=AdviserRole)
    scope = text_area(lazy("Scope"))
    engaged_on = Day(label=lazy("Engaged on"))
    is_auditor = forms.BooleanField(
        label=lazy("The firm is the company’s outside auditor"), required=False
    )
    acts_for_management = forms.BooleanField(
        label=lazy("The adviser also acts for management"), required=False
    )
    independence_checked_on = Day(
        label=lazy("Independence of the adviser checked on"), required=False
    )
    restricted_roles = forms.BooleanField(
        label=lazy("Restrict from management"),
        required=False,
        help_text=lazy(
            "Nobody who holds a role in management will see the adviser or the scope. A restriction "
            "cannot be removed."
        ),
    )

    def clean_restricted_roles(self) -> frozenset[Role]:
        return frozenset({Role.MANAGEMENT} if self.cleaned_data["restricted_roles"] else ())


class EngagementEndForm(forms.Form):
    ends_on = Day(label=lazy("Ended on"), help_text=lazy("The first date after the engagement."))


class FundingForm(forms.Form):
    purpose = forms.TypedChoiceField(
        label=lazy("For"), choices=FundingPurpose.choices, coerce=FundingPurpose
    )
    engagement = forms.ModelChoiceField(
        AdviserEngagement.objects.none(),
        label=lazy("Adviser"),
        required=False,
        empty_label=lazy("no adviser"),
    )
    amount = amount(lazy("Amount"), min_value=0)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=lazy("Currency"),
        initial="USD",
        help_text=lazy("Three letters: USD."),
        error_messages={"invalid": lazy("Enter the three letters of a currency, such as USD.")},
    )
    determined_on = Day(label=lazy("Determined on"))
    decision = DecisionField(CommitteeKind.AUDIT, label=lazy("The committee’s decision"))

    def __init__(self, *args: Any, engagements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engagement"].queryset = engagements  # type: ignore[attr-defined]
        self.fields["decision"].bound_to_record()  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class ObjectionForm(forms.Form):
    on = Day(label=lazy("Date"))
    statement = text_area(lazy("What management objected to"))


class TransactionForm(forms.Form):
    person = forms.CharField(label=lazy("Related person"), max_length=200)
    basis = forms.TypedChoiceField(
        label=lazy("Related as"), choices=RelatedPersonBasis.choices, coerce=RelatedPersonBasis
    )
    terms = text_area(lazy("What it is, and its terms"))
    amount = amount(lazy("Amount in US dollars"))
    known_on = Day(label=lazy("Known since"))
    signed_on = Day(label=lazy("Contract signed on"), required=False)


class TransactionReviewForm(forms.Form):
    reviewed_on = Day(label=lazy("Reviewed on"))
    outcome = forms.TypedChoiceField(
        label=lazy("Outcome"),
        required=False,
        choices=[("", lazy("reviewed, no decision")), *ReviewOutcome.choices],
        coerce=ReviewOutcome,
        empty_value=None,
    )
    decision = DecisionField(CommitteeKind.AUDIT, label=lazy("The committee’s decision"))
    note = text_area(lazy("Note"), required=False)
    document = upload(lazy("Record"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].bound_to_record()  # type: ignore[attr-defined]


class AssetsForm(forms.Form):
    as_of = YearField(label=lazy("At the end of"))
    amount = amount(lazy("Total assets in US dollars"))

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].offer(periods)  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    regulator = forms.TypedChoiceField(
        label=lazy("From"), choices=Regulator.choices, coerce=Regulator
    )
    matter = forms.CharField(label=lazy("About"), max_length=200)
    dated_on = Day(label=lazy("Dated"))
    received_on = Day(label=lazy("Received on"))
    due_on = Day(
        label=lazy("Answer due on"),
        required=False,
        help_text=lazy(
            "The date the letter names. SEC comment letters usually ask for ten business days."
        ),
    )
    document = upload(lazy("Letter"))


class LetterStepForm(forms.Form):
    kind = forms.TypedChoiceField(
        label=lazy("What happened"), choices=LetterStepKind.choices, coerce=LetterStepKind
    )
    on = Day(label=lazy("Date"))
    due_on = Day(
        label=lazy("New due date"),
        required=False,
        help_text=lazy("Only where a later date was agreed."),
    )
    note = text_area(lazy("Note"), required=False)
    document = upload(lazy("Reply or record"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"extended": ("due_on",)})


class FollowUpForm(forms.Form):
    """An action that came out of a review."""

    what = forms.CharField(label=lazy("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=lazy("Owner"),
        required=False,
        empty_label=lazy("Somebody without an account"),
    )
    owner_name = forms.CharField(
        label=lazy("Name, without an account"), required=False, max_length=150
    )
    due_on = Day(label=lazy("Due date"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        only_for(self, {"without-owner": ("owner_name",)})
