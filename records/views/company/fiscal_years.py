"""On which day the fiscal year ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.calendar import Calendar, YearEnd
from records.confirm import Detail
from records.enums import YearEndRule
from records.forms import FiscalYearEndForm
from records.models import FiscalYearEnd
from records.services import company as services
from records.views.company.rows import Column, Line, RowKind, RowList, Words, removing
from records.views.wording import outlook, since_long, since_words, year_end_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from records.models import Company
    from records.views.company.base import CompanyActView
    from records.views.company.rows import RowFormView


def rule_of(given: dict[str, Any]) -> YearEnd:
    """A fiscal year end as it was typed."""
    return YearEnd(
        effective_from=given["effective_from"],
        month=given["month"],
        day=given["day"],
        weekday=given["weekday"],
        nearest=given["rule"] == YearEndRule.NEAREST_WEEKDAY,
    )


class FiscalYearEndRows(RowKind):
    name = "fiscal_year_end"
    model = FiscalYearEnd
    form_class = FiscalYearEndForm
    keeps_one = True
    # What a rule makes of the fiscal years stands next to what they are now, before it counts.
    review_template_name = "records/company_year_end_confirm.html"
    add = staticmethod(services.add_fiscal_year_end)
    correct = staticmethod(services.correct_fiscal_year_end)
    remove = staticmethod(services.remove_fiscal_year_end)
    to_add = Words(
        title=lazy("Change fiscal year end"),
        why=lazy("The new rule applies from a date. Earlier years do not change."),
        submit_label=lazy("Record fiscal year end"),
        sentence=lazy("The fiscal year end was recorded."),
        note=lazy(
            "There is a transition period between the two rules, shorter than a year. It is a "
            "separate period."
        ),
    )
    to_correct = Words(
        title=lazy("Correct fiscal year end"),
        why=lazy(
            "Use this for an entry made by mistake. If the company changed its year, add a new "
            "rule."
        ),
        submit_label=lazy("Record correction"),
        sentence=lazy("The fiscal year end was corrected."),
    )
    to_remove = removing(lazy("Remove fiscal year end"))

    def recorded(self, view: RowFormView, given: dict[str, Any]) -> Sequence[Detail]:
        return [
            Detail(_("For years ending on or after"), since_long(given["effective_from"])),
            Detail(_("The year ends on"), year_end_words(rule_of(given))),
        ]

    def removed(self, row: FiscalYearEnd) -> Sequence[Detail]:
        return [
            Detail(_("Removed: for years ending on or after"), since_long(row.effective_from)),
            Detail(_("The year ended on"), year_end_words(row.as_rule())),
        ]

    def consequence(self, view: RowFormView, given: dict[str, Any]) -> str:
        return self.removal()

    def removal(self) -> str:
        return _("Due dates and periods follow the fiscal year.")

    def preview(self, view: CompanyActView, given: dict[str, Any]) -> dict[str, Any]:
        """The fiscal years as they are, and as the rules would make them: those on record that
        stay as they are, and the one that was typed."""
        company, row = view.company, view.object
        rules = [each.as_rule() for each in company.fiscal_year_ends.all() if each != row]
        if "effective_from" in given:
            rules.append(rule_of(given))
        in_order = tuple(sorted(rules, key=lambda rule: rule.effective_from))
        now = outlook(company.calendar, view.today)
        then = outlook(Calendar(in_order), view.today) if in_order else now
        return {"years_now": now, "years_then": then, "is_same": now == then}

    def listed(self, company: Company) -> RowList:
        lines = []
        for end in reversed(company.fiscal_year_ends.all()):
            words = year_end_words(end.as_rule())
            lines.append(Line(end.pk, words, [since_words(end.effective_from)], words))
        return RowList(
            kind=self,
            caption=_("When the fiscal year ends, newest rule first"),
            head=_("The year ends on"),
            columns=[Column(_("For years ending from"), is_date=True)],
            lines=lines,
            nothing=_("None on record. The portal uses the calendar year."),
        )


FISCAL_YEAR_ENDS = FiscalYearEndRows()
