"""Forms 12b-25: recorded, with what they gain; corrected; removed (RULE-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import Detail
from records.dates import long_day
from records.filing_calendar import DueDate, extended, extension, flaws
from records.filing_forms import SAYS, LateNoticeForm, named
from records.filing_sentences import shortfall_words
from records.models import Company, LateNotice
from records.rule_data import TABLE
from records.services import company as services
from records.views.company.base import CompanyActView, RemoveView

if TYPE_CHECKING:
    from collections.abc import Sequence


def late_notice_line(company: Company, notice: LateNotice) -> dict[str, Any]:
    """A form on the company's page: its report, when it was filed, and what it gained."""
    due = services.report_of(company, notice)
    return {
        "notice": notice,
        "report": named(due) if due else notice.period,
        "effect": effect(company, due, notice) if due else "",
    }


def effect(company: Company, due: DueDate, notice: LateNotice) -> str:
    """Due March 31, 2027 instead of March 16, 2027; or why not."""
    calendar, said = company.calendar, notice.as_rule()
    if reasons := flaws(due, said, calendar, TABLE):
        because = " ".join(shortfall_words(each) for each in reasons)
        return _("Due on %(due)s, not extended. %(because)s") % {
            "due": long_day(due.due_on),
            "because": because,
        }
    now = extended(due, said, calendar, TABLE)
    return _("Due on %(now)s instead of %(before)s (%(days)s calendar days).") % {
        "now": long_day(now.due_on),
        "before": long_day(due.due_on),
        "days": extension(due, calendar, TABLE).days,
    }


def noticed(view: CompanyActView, given: dict[str, Any]) -> tuple[DueDate | None, LateNotice]:
    """The form as it would be on record, and its report."""
    period = given.get("period") or view.object.period
    says = {name: given[name] for name in ("filed_on", *SAYS)}
    notice = LateNotice(company=view.company, period=period, **says)
    return services.report_of(view.company, notice), notice


def details(view: CompanyActView, given: dict[str, Any]) -> Sequence[Detail]:
    due, notice = noticed(view, given)
    fields = LateNoticeForm.base_fields
    says = tuple(str(fields[name].label) for name in SAYS if given[name])
    return [
        Detail(_("Report"), named(due) if due else notice.period),
        Detail(_("Form 12b-25 filed on"), long_day(notice.filed_on)),
        Detail(_("What it says"), "" if says else _("None of the conditions"), says),
    ]


def consequence(view: CompanyActView, given: dict[str, Any]) -> str:
    due, notice = noticed(view, given)
    return effect(view.company, due, notice) if due else ""


class LateNoticeAddView(CompanyActView):
    form_class = LateNoticeForm
    is_reviewed = True
    title = lazy("Record Form 12b-25")
    why = lazy("The due date of the report is extended where the form meets Rule 12b-25.")
    submit_label = lazy("Record form")

    @cached_property
    def reports(self) -> list[DueDate]:
        return services.reports_that_can_be_late(self.company, self.today)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"due": self.reports}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return details(self, given)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return consequence(self, given)

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_late_notice(self.company, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The Form 12b-25 was recorded.")


class LateNoticeChangeView(CompanyActView):
    form_class = LateNoticeForm
    is_reviewed = True
    model = LateNotice
    title = lazy("Correct Form 12b-25")
    why = lazy("Correct the date of filing or what the form says.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("filed_on", *SAYS)}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return details(self, given)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return consequence(self, given)

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_late_notice(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The Form 12b-25 was corrected.")


class LateNoticeRemoveView(RemoveView):
    model = LateNotice
    title = lazy("Remove Form 12b-25")
    why = lazy("Use this for a form that was entered by mistake.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [Detail(_("Form 12b-25 removed"), long_day(self.object.filed_on))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_late_notice(self.object, by=self.user, at=clock.now())
        return self.done(_("The entry was removed."))
