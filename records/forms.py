"""Forms of this layer, and what the forms of every layer share."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.enums import FilerCategory, Weekday, YearEndRule
from records.models import Company, Document, FilerStatus, FiscalYearEnd, Holiday, LegalHold
from records.models.company import time_zones
from records.rows import RowRefusedError
from records.services.company import FIRST_DAY, LAST_DAY, refuse_out_of_reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.core.exceptions import ValidationError

    # Generic for the type checker only.
    CompanyModelForm = forms.ModelForm[Company]
    YearEndModelForm = forms.ModelForm[FiscalYearEnd]
    FilerModelForm = forms.ModelForm[FilerStatus]
    ModelMultipleChoice = forms.ModelMultipleChoiceField[Any]
else:
    ModelMultipleChoice = forms.ModelMultipleChoiceField
    CompanyModelForm = YearEndModelForm = FilerModelForm = forms.ModelForm

HOME_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)


def add_service_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused beside its field; what has no field here stands on top.

    A constraint names the field that its sentence is about by its `violation_error_code`.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        for one in errors:
            known = (name for name in (field, one.code) if name in form.fields)
            form.add_error(next(known, None), one)


def add_row_errors(rows: Sequence[forms.BaseForm], error: ValidationError) -> None:
    """Put what a service refused of a sheet into its row; what is about no row, into the first."""
    number = error.row if isinstance(error, RowRefusedError) else 0
    add_service_errors(rows[number], error)


class Folded(Fieldset):  # type: ignore[misc]
    """Fields that are looked up rather than read through: their legend opens them."""

    template = "components/folded_fields.html"


def fieldsets(
    *groups: tuple[str, tuple[str, ...]], folded: Sequence[tuple[str, tuple[str, ...]]] = ()
) -> FormHelper:
    """The layout of a long form: related fields under their legend, the last of them folded."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.render_hidden_fields = True
    helper.layout = Layout(
        *(Fieldset(legend, *names) for legend, names in groups),
        *(Folded(f"{legend}: {len(names)}", *names) for legend, names in folded),
    )
    return helper


def only_for(form: forms.BaseForm, groups: Mapping[str, Sequence[str]]) -> None:
    """Fields that apply to some choices of the form are shown with these (`only-GROUP` in
    `forms.css`), each by the names of its groups. A browser that cannot tell shows all of them.
    """
    for group, names in groups.items():
        for name in names:
            if name in form.fields:
                field: Any = form.fields[name]
                field.only = f"{getattr(field, 'only', '')} only-{group}".strip()


class Day(forms.DateField):
    """A day, with the browser's own picker; typed by hand, 2026-11-20 and nothing else is read."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        limits = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        attrs = {"type": "date", **limits}
        kwargs.setdefault("widget", forms.DateInput(attrs=attrs, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None:
            refuse_out_of_reach(value)


class Records(ModelMultipleChoice):
    """Several records of those offered. A key that is none of them is refused, whatever it is."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and self.queryset is not None:
            offered = {str(key) for key in self.queryset.values_list("pk", flat=True)}
            for key in value:
                if str(key) not in offered:
                    raise forms.ValidationError(
                        self.error_messages["invalid_choice"],
                        code="invalid_choice",
                        params={"value": key},
                    )
        return super().clean(value)


def zones() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every time zone by region, those of a company of this country first."""
    yield _("United States"), [(name, _place(name)) for name in HOME_ZONES]
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(time_zones()):
        region, slash, __ = name.partition("/")
        if slash and region not in {"Etc", "SystemV", "US", "posix", "right"}:
            regions.setdefault(region, []).append((name, _place(name)))
    yield from regions.items()


def _place(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


class CompanyForm(CompanyModelForm):
    """Who the company is, where its days begin, and how the portal writes and reads."""

    time_zone = forms.ChoiceField(
        label=lazy("Time zone"),
        choices=zones,
        help_text=lazy("Legal dates follow this time zone. It is named after its largest city."),
    )
    currency = forms.CharField(
        label=lazy("Currency"),
        help_text=lazy("Three letters, such as USD."),
        validators=[RegexValidator(r"^[A-Za-z]{3}$", lazy("Enter three letters, such as USD."))],
    )

    class Meta:
        model = Company
        fields = [
            "name",
            "ticker",
            "exchange",
            "state",
            "time_zone",
            "currency",
            "locale",
            "paper_size",
            "records_begin",
            "annually",
            "new_accounts",
        ]
        field_classes: ClassVar = {"records_begin": Day}

    @property
    def helper(self) -> FormHelper:
        return fieldsets(
            (_("The company"), ("name", "ticker", "exchange", "state")),
            (_("Formats"), ("time_zone", "locale", "currency", "paper_size")),
            (_("Records"), ("records_begin", "annually")),
            (_("Access"), ("new_accounts",)),
        )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_ticker(self) -> str:
        return str(self.cleaned_data["ticker"]).upper()


class SetUpForm(CompanyForm):
    """What a company cannot do without; the rest takes its default and waits to be confirmed."""

    class Meta(CompanyForm.Meta):
        fields = ["name", "ticker", "exchange", "state", "time_zone", "records_begin"]

    currency = None  # type: ignore[assignment]

    @property
    def helper(self) -> FormHelper:
        return fieldsets(
            (_("The company"), ("name", "ticker", "exchange", "state")),
            (_("Dates"), ("time_zone", "records_begin")),
        )


class FiscalYearEndForm(YearEndModelForm):
    month = forms.TypedChoiceField(
        label=lazy("Month"), coerce=int, choices=list(MONTHS.items()), initial=12
    )
    rule = forms.ChoiceField(
        label=lazy("Year ends"),
        widget=forms.RadioSelect,
        choices=[
            (YearEndRule.DATE.value, lazy("on that date")),
            (
                YearEndRule.LAST_WEEKDAY.value,
                lazy("on the last Friday, Saturday or other weekday of the month"),
            ),
            (
                YearEndRule.NEAREST_WEEKDAY.value,
                lazy("on the Friday, Saturday or other weekday nearest to that date"),
            ),
        ],
        initial=YearEndRule.DATE.value,
        help_text=lazy("The second and third options are for years of 52 or 53 weeks."),
    )
    weekday = forms.TypedChoiceField(
        label=lazy("Weekday"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", lazy("none: the year ends on that date")), *Weekday.choices],
        help_text=lazy("Only for a year of 52 or 53 weeks."),
    )

    class Meta:
        model = FiscalYearEnd
        fields = ["effective_from", "month", "day", "rule", "weekday"]
        field_classes: ClassVar = {"effective_from": Day}
        help_texts: ClassVar = {
            "effective_from": lazy(
                "The rule applies to years that end on this date or later. The oldest rule "
                "also applies to all earlier years."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"by-weekday": ("weekday",)})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        by_date = given.get("rule") == YearEndRule.DATE
        if not by_date and given.get("weekday") is None and "weekday" in given:
            self.add_error("weekday", _("Choose the weekday on which the year ends."))
        if by_date and given.get("weekday") is not None:
            self.add_error(
                "weekday", _("A year that ends on a date has no weekday. Choose “none”.")
            )
        month, day = given.get("month"), given.get("day")
        # 31 stands for the last day of any month; 2000 had a February 29.
        if month and day and day != 31 and day > calendar.monthrange(2000, month)[1]:
            self.add_error(
                "day", _("The month has fewer days. Enter 31 for the last day of any month.")
            )
        return given


class FilerStatusForm(FilerModelForm):
    category = forms.ChoiceField(
        label=lazy("Filer category"),
        choices=[("", lazy("Choose a category")), *FilerCategory.choices],
    )

    class Meta:
        model = FilerStatus
        fields = ["category", "is_smaller_reporting", "effective_from"]
        field_classes: ClassVar = {"effective_from": Day}
        help_texts: ClassVar = {
            "effective_from": lazy("Usually the first date of a fiscal year (Rule 12b-2).")
        }


class AnnualMeetingForm(forms.Form):
    on = Day(
        label=lazy("Date"),
        help_text=lazy("Held or planned. It sets the cure period for a vacancy on the committee."),
    )


class HolidayForm(forms.Form):
    on = Day(label=lazy("Date"))
    name = forms.CharField(
        label=lazy("Name"), max_length=Holiday._meta.get_field("name").max_length
    )


class YearsForm(forms.Form):
    """For which calendar years federal holidays are to be filled in."""

    first_year = forms.IntegerField(label=lazy("From the year"), min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label=lazy("To the year"), min_value=1990, max_value=2100)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_year"), given.get("last_year")
        if first and last and not first <= last <= first + 20:
            self.add_error(
                "last_year", _("Enter the same year, or a later one within twenty years.")
            )
        return given


class DraftForm(forms.Form):
    title = forms.CharField(
        label=lazy("Title"),
        required=False,
        max_length=Document._meta.get_field("title").max_length,
        help_text=lazy("Leave empty to use the file name."),
    )
    file = forms.FileField(
        label=lazy("File"), help_text=lazy("PDF, Word, Excel, image or text, up to 50 MB.")
    )


class DeletionForm(forms.Form):
    """`seen`: the fingerprint of the list that was read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Reason"),
        max_length=LegalHold._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("In neutral words: the matter, and who advised the hold."),
    )


class HoldLiftForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Reason"),
        max_length=LegalHold._meta.get_field("lifted_because").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
