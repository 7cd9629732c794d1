"""Forms 12b-25 that the company filed, each for one report (RULE-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.clock import day_of
from records.filing_calendar import DueDate, Report
from records.models import Company, LateNotice
from records.services.company.rows import lock, refuse_a_second, refuse_far, remove, save

if TYPE_CHECKING:
    from datetime import date, datetime

    from records.facts import Fact
    from records.ledger import Actor

LATE_NOTICE_RECORDED = ledger.action(
    "late_notice.recorded", lazy("recorded the Form 12b-25 for %(record)s")
)
LATE_NOTICE_CORRECTED = ledger.action(
    "late_notice.corrected", lazy("corrected the Form 12b-25 for %(record)s")
)
LATE_NOTICE_REMOVED = ledger.action(
    "late_notice.removed", lazy("removed the Form 12b-25 for %(record)s")
)


def reports_that_can_be_late(company: Company, today: date) -> list[DueDate]:
    """Quarterly, annual and transition reports on the last, this and the next fiscal year, by their
    due dates before any extension."""
    calendar = company.calendar
    year = calendar.year_of(today)
    found: list[DueDate] = []
    for each in (calendar.year_before(year), year, calendar.year_after(year)):
        try:
            found += company.original_due_dates(each)
        except ValueError:  # no filer status is on record: nothing says when they are due
            continue
    return [due for due in found if due.report is not Report.PART_III]


def report_of(company: Company, notice: LateNotice) -> DueDate | None:
    """The report that a form is about, by its due date before the extension."""
    every = reports_that_can_be_late(company, notice.filed_on)
    return next((due for due in every if due.period.key == notice.period), None)


@act
def record_late_notice(
    company: Company, *, period: str, filed_on: date, by: Actor, at: datetime, **says: bool
) -> LateNotice:
    """Record that a Form 12b-25 was filed, and what it says. Where it meets every condition, the due
    date of its report is extended."""
    notice = LateNotice(company=lock(company), period=period, filed_on=filed_on, **says)
    return _save(notice, LATE_NOTICE_RECORDED, by, at)


@act
def correct_late_notice(
    notice: LateNotice, *, filed_on: date, by: Actor, at: datetime, **says: bool
) -> LateNotice:
    notice = LateNotice.objects.get(pk=notice.pk, company=lock(notice.company))
    for name, value in {"filed_on": filed_on, **says}.items():
        setattr(notice, name, value)
    return _save(notice, LATE_NOTICE_CORRECTED, by, at)


@act
def remove_late_notice(notice: LateNotice, *, by: Actor, at: datetime) -> None:
    """Remove a form that was entered by mistake: the due date is the one without it."""
    lock(notice.company)
    remove(notice, LATE_NOTICE_REMOVED, by=by, at=at, **_facts(notice))


def _save(notice: LateNotice, action: ledger.Action, by: Actor, at: datetime) -> LateNotice:
    refuse_far("filed_on", notice.filed_on)
    if notice.filed_on > day_of(at):
        raise ValidationError({"filed_on": _("This date is in the future.")})
    due = report_of(notice.company, notice)
    if due is None:
        raise ValidationError({"period": _("Choose the report that the form is about.")})
    if notice.filed_on <= due.period.last:
        raise ValidationError(
            {"filed_on": _("The period of this report had not ended. Enter a later date.")}
        )
    refuse_a_second(notice, "period", _("A Form 12b-25 for this report is on record. Correct it."))
    save(notice, action, by=by, at=at, **_facts(notice))
    return notice


def _facts(notice: LateNotice) -> dict[str, Any]:
    due = report_of(notice.company, notice)
    facts: dict[str, Fact] = {
        name: getattr(notice, name)
        for name in (
            "filed_on",
            "says_unavoidable",
            "says_will_file_in_time",
            "auditor_is_cause",
            "has_auditor_statement",
        )
    }
    return facts | {"period_ends_on": due.period.last if due else None}
