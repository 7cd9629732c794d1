"""Forms that check a filer status or a late report against the rules. Nothing of them is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from records.filer_status import Figures
from records.filing_calendar import DueDate, Notification
from records.filing_sentences import period_words
from records.forms import Day, fieldsets

MOST_DIGITS = 15


def dollars(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=Decimal(0),
        max_digits=MOST_DIGITS,
        decimal_places=2,
    )


def named(due: DueDate) -> str:
    """Form 10-K for fiscal year 2026."""
    words = {"form": due.form, "period": period_words(due.period)}
    return gettext("Form %(form)s for %(period)s") % words


class FilerCheckForm(forms.Form):
    """The figures on which the filer status depends."""

    on = Day(label=_("Fiscal year end"))
    revenue = dollars(
        _("Annual revenue in US dollars"),
        _("Of the last fiscal year with audited statements."),
        required=True,
    )
    public_float = dollars(
        _("Public float in US dollars"),
        _("On the last business day of the second fiscal quarter. Empty: none."),
    )
    is_seasoned = forms.BooleanField(
        label=_("The company has reported for twelve months and filed an annual report"),
        required=False,
        initial=True,
    )
    is_emerging_growth = forms.BooleanField(
        label=_("The company is an emerging growth company"), required=False
    )
    lost_revenue = dollars(
        _("Revenue when smaller reporting company status was lost"),
        _("Only if it was lost. The figure that was too high must fall further."),
    )
    lost_float = dollars(_("Public float when smaller reporting company status was lost"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (
                gettext("Figures"),
                ("on", "revenue", "public_float", "is_seasoned", "is_emerging_growth"),
            ),
            (gettext("If the status was lost before"), ("lost_revenue", "lost_float")),
        )

    def figures(self) -> Figures:
        given = self.cleaned_data
        return Figures(given["public_float"], given["revenue"])

    def lost_at(self) -> Figures | None:
        """The figures at which the status was lost; None where it was not."""
        revenue, public_float = (self.cleaned_data[f"lost_{name}"] for name in ("revenue", "float"))
        if revenue is None and public_float is None:
            return None
        return Figures(public_float, revenue or Decimal(0))


SAYS = (
    "says_unavoidable",
    "says_will_file_in_time",
    "auditor_is_cause",
    "has_auditor_statement",
)


class LateNoticeForm(forms.Form):
    """A Form 12b-25 that was filed. `due`: the reports it can be about; none to correct one."""

    period = forms.ChoiceField(label=_("Report"))
    filed_on = Day(label=_("Form 12b-25 filed on"))
    says_unavoidable = forms.BooleanField(
        label=_("It says the delay could not be avoided without unreasonable effort or expense"),
        required=False,
    )
    says_will_file_in_time = forms.BooleanField(
        label=_("It says the report will be filed within the extension"), required=False
    )
    auditor_is_cause = forms.BooleanField(label=_("The auditor is the cause"), required=False)
    has_auditor_statement = forms.BooleanField(
        label=_("The auditor's signed statement is attached"), required=False
    )

    def __init__(self, *args: Any, due: Sequence[DueDate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if due:
            choices = [("", gettext("Choose a report")), *((d.period.key, named(d)) for d in due)]
            self.fields["period"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["period"]


class LateReportForm(forms.Form):
    """A report with its Form 12b-25, as far as they were filed."""

    report = forms.ChoiceField(label=_("Report"))
    filed_on = Day(label=_("Report filed on"), required=False, help_text=_("Empty: not filed yet."))
    form_filed_on = Day(
        label=_("Form 12b-25 filed on"), required=False, help_text=_("Empty: not filed.")
    )
    says_unavoidable = forms.BooleanField(
        label=_("It says the delay could not be avoided without unreasonable effort or expense"),
        required=False,
    )
    says_will_file_in_time = forms.BooleanField(
        label=_("It says the report will be filed within the extension"), required=False
    )
    auditor_is_cause = forms.BooleanField(label=_("The auditor is the cause"), required=False)
    has_auditor_statement = forms.BooleanField(
        label=_("The auditor's signed statement is attached"), required=False
    )

    def __init__(self, *args: Any, due: Sequence[DueDate], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.by_key = {each.period.key: each for each in due}
        self.fields["report"].choices = [  # type: ignore[attr-defined]
            (key, named(each)) for key, each in self.by_key.items()
        ]
        self.helper = fieldsets(
            (gettext("Report"), ("report", "filed_on")),
            (
                gettext("Form 12b-25"),
                (
                    "form_filed_on",
                    "says_unavoidable",
                    "says_will_file_in_time",
                    "auditor_is_cause",
                    "has_auditor_statement",
                ),
            ),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("filed_on", "form_filed_on"):
            if (given.get(name) or self.today) > self.today:
                self.add_error(name, gettext("This date is in the future."))
        return given

    def due(self) -> DueDate:
        return self.by_key[self.cleaned_data["report"]]

    def notification(self) -> Notification | None:
        given = self.cleaned_data
        if given["form_filed_on"] is None:
            return None
        names = (
            "says_unavoidable",
            "says_will_file_in_time",
            "auditor_is_cause",
            "has_auditor_statement",
        )
        return Notification(given["form_filed_on"], **{name: given[name] for name in names})
