"""The pages of the guide. What is pre-filled is what is usual, and says so until somebody saves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from records.enums import FilerCategory, NewAccounts
from records.forms import CompanyForm, Day, FiscalYearEndForm, fieldsets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from crispy_forms.helper import FormHelper

    # Generic for the type checker only.
    AnyFormSet = forms.BaseFormSet[Any]
else:
    AnyFormSet = forms.BaseFormSet

SEATS = 8


def say_defaults(form: forms.BaseForm, names: Collection[str]) -> None:
    """Say of each of these fields that what stands in it is a default."""
    for name in form.fields.keys() & set(names):
        field = form.fields[name]
        field.help_text = " ".join(filter(None, [str(field.help_text), _("Default value.")]))


class CompanyStepForm(CompanyForm):
    class Meta(CompanyForm.Meta):
        fields = [
            "name",
            "ticker",
            "exchange",
            "state",
            "time_zone",
            "locale",
            "currency",
            "paper_size",
            "new_accounts",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Where new accounts take two, the page of the company leads to both of them."""
        super().__init__(*args, **kwargs)
        if self.initial.get("new_accounts") == NewAccounts.BY_TWO:
            del self.fields["new_accounts"]

    @property
    def helper(self) -> FormHelper:
        whole: list[tuple[str, tuple[str, ...]]] = [
            (_("The company"), ("name", "ticker", "exchange", "state")),
            (_("Formats"), ("time_zone", "locale", "currency", "paper_size")),
        ]
        if "new_accounts" in self.fields:
            whole.append((_("Access"), ("new_accounts",)))
        return fieldsets(*whole)


class RecordStepForm(CompanyForm):
    currency = None  # type: ignore[assignment]
    time_zone = None  # type: ignore[assignment]

    class Meta(CompanyForm.Meta):
        fields = ["records_begin", "annually"]

    @property
    def helper(self) -> FormHelper:
        return fieldsets((_("Records"), ("records_begin", "annually")))


class CalendarStepForm(FiscalYearEndForm):
    category = forms.ChoiceField(label=lazy("Filer category"), choices=FilerCategory.choices)
    is_smaller_reporting = forms.BooleanField(
        label=lazy("Smaller reporting company"), required=False
    )
    annual_meeting = Day(
        label=lazy("Next annual meeting of stockholders"),
        required=False,
        help_text=lazy("If the date is known. You can add past meetings on the Company page."),
    )

    class Meta(FiscalYearEndForm.Meta):
        fields = ["month", "day", "rule", "weekday"]

    YEAR_END: ClassVar = ("month", "day", "rule", "weekday")
    FILER: ClassVar = ("category", "is_smaller_reporting")

    @property
    def helper(self) -> FormHelper:
        return fieldsets(
            (_("Fiscal year end"), self.YEAR_END),
            (_("Filer status"), self.FILER),
            (_("Annual meeting"), ("annual_meeting",)),
        )


class PersonRow(forms.Form):
    """One person. A row without a name and an address is passed over."""

    role = forms.ChoiceField(label=lazy("Role"))
    name = forms.CharField(label=lazy("Name"), max_length=150, required=False)
    email = forms.EmailField(label=lazy("Email address"), required=False)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in roles
        ]

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name") or self.cleaned_data.get("email"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, other in (("name", "email"), ("email", "name")):
            if given.get(other) and given.get(name) == "":
                self.add_error(name, _("Enter both, or clear the row."))
        return given


class BaseRows(AnyFormSet):
    """Rows of which at least one is filled in."""

    @property
    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.is_filled]

    def clean(self) -> None:
        if not any(self.errors) and not self.filled:
            raise forms.ValidationError(_("Fill in at least one row."))


class SeatRow(forms.Form):
    """One director. A row without a name is passed over."""

    name = forms.CharField(label=lazy("Director"), max_length=150, required=False)
    user = forms.ModelChoiceField(
        label=lazy("Account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=lazy("no account"),
    )
    board_since = Day(label=lazy("On the Board since"), required=False)
    committee_since = Day(label=lazy("On the committee since"), required=False)
    chair_since = Day(label=lazy("Chair since"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = User.objects.filter(is_active=True, director=None)
        self.fields["user"].queryset = free  # type: ignore[attr-defined]

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        days = ("board_since", "committee_since", "chair_since")
        if any(given.get(day) for day in days) and given.get("name") == "":
            self.add_error("name", _("Enter the director's name, or clear the row."))
        since: date | None = given.get("committee_since")
        chair: date | None = given.get("chair_since")
        if chair and since and chair < since:
            self.add_error("chair_since", _("Enter the date the chair joined the committee."))
        if chair and "committee_since" in given and not since:
            self.add_error("committee_since", _("Enter the date the chair joined the committee."))
        return given


class BaseSeats(BaseRows):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        if sum(bool(form.cleaned_data.get("chair_since")) for form in self.forms) > 1:
            raise forms.ValidationError(
                _("There is one chair at a time. Enter the date for only one director.")
            )


class CommitteeNameForm(forms.Form):
    committee_name = forms.CharField(
        label=lazy("Name of the committee"),
        max_length=150,
        initial=lazy("Audit Committee"),
        help_text=lazy("As in the charter or the bylaws. This is a default value."),
    )


def rows_of(form: type[forms.Form], formset: type[BaseRows], count: int) -> type[Any]:
    return forms.formset_factory(
        form, formset=formset, extra=0, min_num=count, max_num=count, absolute_max=count
    )
