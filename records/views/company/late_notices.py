"""Forms 12b-25: recorded, with what they gain; corrected; removed (RULE-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.confirm import Detail
from records.dates import long_day
from records.filing_calendar import DueDate, extended, extension, flaws
from records.filing_forms import SAYS, LateNoticeForm, named
from records.filing_sentences import shortfall_words
from records.models import Company, LateNotice
from records.rule_data import TABLE
from records.services import company as services
from records.views.company.rows import Column, Line, RowKind, RowList, Words, removing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from records.views.company.rows import RowFormView


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


def noticed(view: RowFormView, given: dict[str, Any]) -> tuple[DueDate | None, LateNotice]:
    """The form as it would be on record, and its report."""
    period = given.get("period") or view.object.period
    says = {name: given[name] for name in ("filed_on", *SAYS)}
    notice = LateNotice(company=view.company, period=period, **says)
    return services.report_of(view.company, notice), notice


class LateNoticeRows(RowKind):
    name = "late_notice"
    model = LateNotice
    form_class = LateNoticeForm
    add = staticmethod(services.record_late_notice)
    correct = staticmethod(services.correct_late_notice)
    remove = staticmethod(services.remove_late_notice)
    to_add = Words(
        title=lazy("Record Form 12b-25"),
        why=lazy("The due date of the report is extended where the form meets Rule 12b-25."),
        submit_label=lazy("Record form"),
        sentence=lazy("The Form 12b-25 was recorded."),
    )
    to_correct = Words(
        title=lazy("Correct Form 12b-25"),
        why=lazy("Correct the date of filing or what the form says."),
        submit_label=lazy("Record correction"),
        sentence=lazy("The Form 12b-25 was corrected."),
    )
    to_remove = removing(
        lazy("Remove Form 12b-25"), lazy("Use this for a form that was entered by mistake.")
    )

    def form_kwargs(self, view: RowFormView) -> dict[str, Any]:
        if view.object:
            return {}
        return {"due": services.reports_that_can_be_late(view.company, view.today)}

    def recorded(self, view: RowFormView, given: dict[str, Any]) -> Sequence[Detail]:
        due, notice = noticed(view, given)
        fields = LateNoticeForm.base_fields
        says = tuple(str(fields[name].label) for name in SAYS if given[name])
        return [
            Detail(_("Report"), named(due) if due else notice.period),
            Detail(_("Form 12b-25 filed on"), long_day(notice.filed_on)),
            Detail(_("What it says"), "" if says else _("None of the conditions"), says),
        ]

    def removed(self, row: LateNotice) -> Sequence[Detail]:
        return [Detail(_("Form 12b-25 removed"), long_day(row.filed_on))]

    def consequence(self, view: RowFormView, given: dict[str, Any]) -> str:
        due, notice = noticed(view, given)
        return effect(view.company, due, notice) if due else ""

    def listed(self, company: Company) -> RowList:
        lines = []
        for notice in company.late_notices.all():
            due = services.report_of(company, notice)
            report = named(due) if due else notice.period
            gained = effect(company, due, notice) if due else ""
            lines.append(Line(notice.pk, report, [long_day(notice.filed_on), gained], report))
        return RowList(
            kind=self,
            caption=_("Forms 12b-25, newest first"),
            head=_("Report"),
            columns=[Column(_("Form 12b-25 filed on"), is_date=True), Column(_("Due date"))],
            lines=lines,
            nothing=_(
                "No Form 12b-25 on record. It extends the due date of a quarterly or annual report."
            ),
        )


LATE_NOTICES = LateNoticeRows()
