"""On which day the fiscal year ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.calendar import Calendar, YearEnd
from records.confirm import Detail
from records.enums import YearEndRule
from records.forms import FiscalYearEndForm
from records.models import FiscalYearEnd
from records.services import company as services
from records.views.company.base import CompanyActView, RemoveView, the_company
from records.views.wording import outlook, since_long, year_end_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from records.models import Company


# What a rule makes of the fiscal years stands beside what they are now, before it counts.
REVIEW = "records/company_year_end_confirm.html"


def year_end_given(given: dict[str, Any]) -> list[Detail]:
    return [
        Detail(_("For years ending on or after"), since_long(given["effective_from"])),
        Detail(_("The year ends on"), year_end_words(rule_of(given))),
    ]


def rules_beside(end: FiscalYearEnd) -> list[YearEnd]:
    """The rules on record that stay as they are when this one is changed."""
    return [each.as_rule() for each in end.company.fiscal_year_ends.exclude(pk=end.pk)]


def years_by(rules: Iterable[YearEnd], company: Company, today: date) -> dict[str, Any]:
    """The fiscal years as they are, and as these rules would make them."""
    in_order = tuple(sorted(rules, key=lambda rule: rule.effective_from))
    now = outlook(company.calendar, today)
    then = outlook(Calendar(in_order), today) if in_order else now
    return {"years_now": now, "years_then": then, "is_same": now == then}


def year_consequence() -> str:
    return _("Due dates and periods follow the fiscal year.")


def rule_of(given: dict[str, Any]) -> YearEnd:
    """A fiscal year end as it was typed."""
    return YearEnd(
        effective_from=given["effective_from"],
        month=given["month"],
        day=given["day"],
        weekday=given["weekday"],
        nearest=given["rule"] == YearEndRule.NEAREST_WEEKDAY,
    )


class FiscalYearEndAddView(CompanyActView):
    form_class = FiscalYearEndForm
    is_reviewed = True
    review_template_name = REVIEW
    title = lazy("Change fiscal year end")
    why = lazy("The new rule applies from a date. Earlier years do not change.")
    note = lazy(
        "There is a transition period between the two rules, shorter than a year. It is a "
        "separate period."
    )
    submit_label = lazy("Record fiscal year end")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return year_end_given(given)

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        known = [each.as_rule() for each in self.company.fiscal_year_ends.all()]
        return years_by([*known, rule_of(given)], self.company, self.today)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return year_consequence()

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_fiscal_year_end(self.company, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The fiscal year end was recorded.")


class FiscalYearEndChangeView(CompanyActView):
    model = FiscalYearEnd
    form_class = FiscalYearEndForm
    is_reviewed = True
    review_template_name = REVIEW
    title = lazy("Correct fiscal year end")
    why = lazy(
        "Use this for an entry made by mistake. If the company changed its year, add a new rule."
    )
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.object)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return year_end_given(given)

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        return years_by([*rules_beside(self.object), rule_of(given)], self.company, self.today)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return year_consequence()

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_fiscal_year_end(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The fiscal year end was corrected.")


class FiscalYearEndRemoveView(RemoveView):
    model = FiscalYearEnd
    review_template_name = REVIEW
    title = lazy("Remove fiscal year end")

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        return years_by(rules_beside(self.object), the_company(self), self.today)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return year_consequence()

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        end = self.object
        return [
            Detail(_("Removed: for years ending on or after"), since_long(end.effective_from)),
            Detail(_("The year ended on"), year_end_words(end.as_rule())),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_fiscal_year_end(self.object, by=self.user, at=clock.now())
        return self.done(_("The entry was removed."))
