"""On which day the fiscal year ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.calendar import Calendar, YearEnd
from records.confirm import ConfirmView, Line
from records.enums import YearEndRule
from records.forms import FiscalYearEndForm
from records.models import FiscalYearEnd
from records.services import company as services
from records.views.company.base import CompanyMixin, RemoveView, RowMixin
from records.views.wording import outlook, since_long, year_end_words

if TYPE_CHECKING:
    from collections.abc import Sequence


class YearEndConfirmView(CompanyMixin, ConfirmView):
    """What a rule makes of the fiscal years stands beside what they are now, before it counts."""

    ask_template_name = "records/company_year_end_confirm.html"

    def rules(self) -> list[YearEnd]:
        """The rules on record that stay as they are."""
        return [end.as_rule() for end in self.company.fiscal_year_ends.all()]

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [
            Line(_("For years ending on or after"), since_long(given["effective_from"])),
            Line(_("The year ends on"), year_end_words(rule_of(given))),
        ]

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        rules = self.rules() + ([rule_of(given)] if given else [])
        rules.sort(key=lambda rule: rule.effective_from)
        now = outlook(self.company.calendar, self.today)
        then = outlook(Calendar(tuple(rules)), self.today) if rules else now
        return {"years_now": now, "years_then": then, "is_same": now == then}

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("Duties are judged by fiscal year: their due days and periods move with it.")


def rule_of(given: dict[str, Any]) -> YearEnd:
    """A fiscal year end as it was typed."""
    return YearEnd(
        effective_from=given["effective_from"],
        month=given["month"],
        day=given["day"],
        weekday=given["weekday"],
        nearest=given["rule"] == YearEndRule.NEAREST_WEEKDAY,
    )


class FiscalYearEndAddView(YearEndConfirmView):
    form_class = FiscalYearEndForm
    title = lazy("Change the fiscal year end")
    why = lazy("A new rule from a day on. The years before keep theirs.")
    note = lazy(
        "Between the two rules lies a transition period, shorter than a year. It is judged as a "
        "period of its own."
    )
    submit_label = lazy("Record the fiscal year end")

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_fiscal_year_end(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the fiscal year end.")


class FiscalYearEndChangeView(RowMixin[FiscalYearEnd], YearEndConfirmView):
    model = FiscalYearEnd
    form_class = FiscalYearEndForm
    title = lazy("Correct the fiscal year end")
    why = lazy("For a rule that was entered wrongly. If the company changes its year, add a rule.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.object)

    def rules(self) -> list[YearEnd]:
        ends = self.company.fiscal_year_ends.all()
        return [end.as_rule() for end in ends if end.pk != self.object.pk]

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_fiscal_year_end(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the fiscal year end, corrected.")


class FiscalYearEndRemoveView(YearEndConfirmView, RemoveView[FiscalYearEnd]):
    model = FiscalYearEnd
    title = lazy("Take out a fiscal year end")

    def rules(self) -> list[YearEnd]:
        ends = self.company.fiscal_year_ends.all()
        return [end.as_rule() for end in ends if end.pk != self.object.pk]

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        end = self.object
        return [
            Line(_("Taken out: for years ending on or after"), since_long(end.effective_from)),
            Line(_("The year ended on"), year_end_words(end.as_rule())),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_fiscal_year_end(self.object, by=self.by, at=clock.now())
        return self.done()
