"""When annual and quarterly reports, the proxy statement and their extensions are due.

Pure: no database, no clock. The fiscal calendar with its holidays, the dated filer status and the
rule-data are arguments. Days are calendar days after the period's last day; where they end on a
weekend or a federal holiday, the filing is due on the next business day (Rule 0-3(a)). An exchange's
own holiday moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from records.calendar import DAY, Calendar, Period, plus_months
from records.enums import FilerCategory
from records.rule_data import RuleData

ROLLS = "Exchange Act Rule 0-3(a)"
TRANSITION = "Exchange Act Rule 13a-10"


class Report(StrEnum):
    """What is filed. A transition report covers the time between two fiscal year ends."""

    ANNUAL = "annual"
    INTERIM = "interim"
    TRANSITION = "transition"
    PART_III = "part_iii"


@dataclass(frozen=True)
class StatusSince:
    """The company's filer category from a day on."""

    effective_from: date
    category: FilerCategory


@dataclass(frozen=True)
class DueDate:
    """When a report is due. `last` is the last day counted; `due_on` is later where it moved."""

    report: Report
    form: str
    period: Period
    category: FilerCategory | None
    days: int
    last: date
    due_on: date
    citation: str
    # Before a Form 12b-25 extended it.
    originally_due_on: date | None = None

    @property
    def has_moved(self) -> bool:
        return self.due_on != self.last

    def is_late(self, filed_on: date) -> bool:
        """Filed after its due date. A valid Form 12b-25 may still make it timely."""
        return filed_on > self.due_on

    def is_reviewed_in_time(self, reviewed_on: date) -> bool:
        """A review of the report after its due date is too late for it."""
        return reviewed_on <= self.due_on


def category_on(statuses: Sequence[StatusSince], day: date) -> FilerCategory:
    """The filer category on a day. Raises ValueError where none is on record by then."""
    known = [status for status in statuses if status.effective_from <= day]
    if not known:
        raise ValueError(f"No filer status is on record on {day.isoformat()}.")
    return max(known, key=lambda status: status.effective_from).category


def due_dates(
    year: Period, calendar: Calendar, statuses: Sequence[StatusSince], rules: RuleData
) -> tuple[DueDate, ...]:
    """Every report on a fiscal year, in the order in which they are due."""
    found = [*interim_reports(year, calendar, statuses, rules)]
    if annual := annual_report(year, calendar, statuses, rules):
        found.append(annual)
    if not year.is_transition:
        found.append(part_iii(year, calendar, rules))
    return tuple(sorted(found, key=lambda due: due.due_on))


def interim_reports(
    year: Period, calendar: Calendar, statuses: Sequence[StatusSince], rules: RuleData
) -> Iterator[DueDate]:
    """The quarterly reports on a fiscal year; none on its last quarter (Rule 13a-13(a)).

    The quarters of a transition period are left to counsel: Rule 13a-10(e) knows too many cases.
    """
    if year.is_transition:
        return
    quarters = calendar.quarters_of(year)
    for quarter in quarters[: min(len(quarters) - 1, _a_year(year, rules))]:
        category = category_on(statuses, quarter.last)
        form = str(rules.value_on("report.form.interim", quarter.last).amount)
        key = f"form_10q.days.{category.value}"
        yield _due(Report.INTERIM, form, quarter, category, key, calendar, rules)


def _a_year(year: Period, rules: RuleData) -> int:
    return rules.number_on("report.interim_a_year", year.last)


def annual_report(
    year: Period, calendar: Calendar, statuses: Sequence[StatusSince], rules: RuleData
) -> DueDate | None:
    """The annual report, or the report on a transition period; none on one month or less.

    The filer status as it is determined at the fiscal year's end governs that year's report already
    (Rule 12b-2, (3)(i)). It is looked up on the day after, for it is recorded as of either day.
    """
    category = category_on(statuses, year.last + DAY)
    if not year.is_transition:
        form = str(rules.value_on("report.form.annual", year.last).amount)
        key = f"form_10k.days.{category.value}"
        return _due(Report.ANNUAL, form, year, category, key, calendar, rules)
    if year.last < plus_months(year.first, 1):
        return None
    # Rule 13a-10(b) and (c): less than six months may be reported on the quarterly form.
    is_short = year.last + DAY < plus_months(year.first, 6)
    form, series = ("10-QT", "form_10q") if is_short else ("10-KT", "form_10k")
    key = f"{series}.days.{category.value}"
    return _due(Report.TRANSITION, form, year, category, key, calendar, rules, TRANSITION)


def part_iii(year: Period, calendar: Calendar, rules: RuleData) -> DueDate:
    """Part III of the annual report, by the proxy statement or an amendment of the report."""
    form = str(rules.value_on("report.form.annual", year.last).amount)
    return _due(Report.PART_III, form, year, None, "part_iii.days", calendar, rules)


def _due(
    report: Report,
    form: str,
    period: Period,
    category: FilerCategory | None,
    key: str,
    calendar: Calendar,
    rules: RuleData,
    *more: str,
) -> DueDate:
    value = rules.value_on(key, period.last)
    days = rules.number_on(key, period.last)
    last = period.last + timedelta(days=days)
    due_on = calendar.business_day_on_or_after(last)
    citations = [value.citation, *more, *([ROLLS] if due_on != last else [])]
    return DueDate(report, form, period, category, days, last, due_on, "; ".join(citations))


@dataclass(frozen=True)
class Extension:
    """What Form 12b-25 may gain: the form by `form_by`, the report by `extended_to`."""

    form_by: date
    days: int
    last: date
    extended_to: date
    citation: str


@dataclass(frozen=True)
class Notification:
    """A Form 12b-25 as it was filed. The two representations are those of Rule 12b-25(b)(2)."""

    filed_on: date
    says_unavoidable: bool
    says_will_file_in_time: bool
    auditor_is_cause: bool = False
    has_auditor_statement: bool = False


class Shortfall(StrEnum):
    """Why a report that was filed late is not deemed timely."""

    NO_FORM = "no_form"
    FORM_LATE = "form_late"
    NOT_UNAVOIDABLE = "not_unavoidable"
    NO_PROMISE = "no_promise"
    NO_AUDITOR_STATEMENT = "no_auditor_statement"
    REPORT_LATE = "report_late"
    NOT_FILED = "not_filed"


@dataclass(frozen=True)
class Timeliness:
    """Whether a report is timely, and on what ground. None: it can still become so.

    While it is not filed, no registration statement on a short form is open after its due date.
    `form_by`: the report is filed late, and timely if a Form 12b-25 without a shortfall is filed by
    this date.
    """

    is_timely: bool | None
    shortfalls: tuple[Shortfall, ...]
    short_form_closed_from: date | None
    short_form_open_from: date | None
    citation: str
    form_by: date | None = None


def extension(due: DueDate, calendar: Calendar, rules: RuleData) -> Extension:
    """The days of a late report, counted from its due date after it moved (Rule 12b-25).

    Raises ValueError for Part III, which no Form 12b-25 extends beyond its own date.
    """
    if due.report is Report.PART_III:
        raise ValueError("Form 12b-25 extends a report, not the proxy statement.")
    is_interim = due.report is Report.INTERIM or due.form == "10-QT"
    key = f"form_12b25.extension.{'interim' if is_interim else 'annual'}"
    days = rules.number_on(key, due.due_on)
    last = due.due_on + timedelta(days=days)
    form_days = rules.number_on("form_12b25.days", due.due_on)
    return Extension(
        form_by=calendar.business_days_after(due.due_on, form_days),
        days=days,
        last=last,
        extended_to=calendar.business_day_on_or_after(last),
        citation=rules.value_on(key, due.due_on).citation,
    )


def extended(
    due: DueDate, notification: Notification, calendar: Calendar, rules: RuleData
) -> DueDate:
    """The due date as a Form 12b-25 extends it; the same where the form lacks a condition."""
    if due.report is Report.PART_III or flaws(due, notification, calendar, rules):
        return due
    allowed = extension(due, calendar, rules)
    return replace(
        due,
        last=allowed.last,
        due_on=allowed.extended_to,
        originally_due_on=due.due_on,
        citation=f"{due.citation}; {allowed.citation}",
    )


def flaws(
    due: DueDate, notification: Notification, calendar: Calendar, rules: RuleData
) -> tuple[Shortfall, ...]:
    """Why a Form 12b-25 does not extend the due date of its report."""
    return tuple(_flaws(extension(due, calendar, rules), notification))


def timeliness(
    due: DueDate,
    notification: Notification | None,
    filed_on: date | None,
    on: date,
    calendar: Calendar,
    rules: RuleData,
) -> Timeliness:
    """Whether a report is timely as of a day, by its due date or by Rule 12b-25(b).

    Raises ValueError for a filing after that day: it has not happened yet.
    """
    for day in (filed_on, notification.filed_on if notification else None):
        if day is not None and day > on:
            raise ValueError(f"{day.isoformat()} has not come by {on.isoformat()}.")
    if filed_on is not None and not due.is_late(filed_on):
        return Timeliness(True, (), None, None, due.citation)
    if filed_on is None and on <= due.due_on:
        return Timeliness(None, (), None, None, due.citation)
    allowed = extension(due, calendar, rules)
    of_form = tuple(_of_form(allowed, notification, on))
    of_report = tuple(_of_report(allowed, filed_on, on))
    may_follow = on <= allowed.form_by and (notification is None or bool(of_form))
    may_become = not of_report and (may_follow or (filed_on is None and not of_form))
    is_timely = None if may_become else not (of_form or of_report)
    return Timeliness(
        is_timely,
        (*of_form, *of_report),
        short_form_closed_from=due.due_on + DAY,
        short_form_open_from=filed_on if is_timely else None,
        citation=allowed.citation,
        form_by=allowed.form_by if may_become and filed_on is not None else None,
    )


def _of_form(
    allowed: Extension, notification: Notification | None, on: date
) -> Iterator[Shortfall]:
    """A form may follow the report, and another one a form that lacks something, by the date on
    which the form is due."""
    if notification is not None:
        yield from _flaws(allowed, notification)
    elif on > allowed.form_by:
        yield Shortfall.NO_FORM


def _of_report(allowed: Extension, filed_on: date | None, on: date) -> Iterator[Shortfall]:
    if filed_on is not None and filed_on > allowed.extended_to:
        yield Shortfall.REPORT_LATE
    if filed_on is None and on > allowed.extended_to:
        yield Shortfall.NOT_FILED


def _flaws(allowed: Extension, notification: Notification) -> Iterator[Shortfall]:
    """What a Form 12b-25 lacks."""
    if notification.filed_on > allowed.form_by:
        yield Shortfall.FORM_LATE
    if not notification.says_unavoidable:
        yield Shortfall.NOT_UNAVOIDABLE
    if not notification.says_will_file_in_time:
        yield Shortfall.NO_PROMISE
    if notification.auditor_is_cause and not notification.has_auditor_statement:
        yield Shortfall.NO_AUDITOR_STATEMENT


class MeetingStep(StrEnum):
    """What an annual meeting of stockholders asks for, before and after its day."""

    NOTICE_FROM = "notice_from"
    INTERNET_NOTICE_BY = "internet_notice_by"
    NOTICE_BY = "notice_by"
    VOTING_RESULTS_BY = "voting_results_by"


@dataclass(frozen=True)
class MeetingDate:
    """A date that follows from the day of the annual meeting."""

    step: MeetingStep
    days: int
    on: date
    citation: str


BEFORE_THE_MEETING = {
    MeetingStep.NOTICE_FROM: "stockholder_meeting.notice_days.earliest",
    MeetingStep.INTERNET_NOTICE_BY: "proxy.notice_days",
    MeetingStep.NOTICE_BY: "stockholder_meeting.notice_days.latest",
}


def annual_meeting_dates(
    meeting_on: date, calendar: Calendar, rules: RuleData
) -> tuple[MeetingDate, ...]:
    """The dates before and after an annual meeting. Those before it are counted back and do not
    move; the report on the vote is due on a business day."""
    found = [_before(step, key, meeting_on, rules) for step, key in BEFORE_THE_MEETING.items()]
    key = "form_8k.days.voting_results"
    days = rules.number_on(key, meeting_on)
    due_on = calendar.business_days_after(meeting_on, days)
    citation = rules.value_on(key, meeting_on).citation
    return (*found, MeetingDate(MeetingStep.VOTING_RESULTS_BY, days, due_on, citation))


def _before(step: MeetingStep, key: str, meeting_on: date, rules: RuleData) -> MeetingDate:
    days = rules.number_on(key, meeting_on)
    citation = rules.value_on(key, meeting_on).citation
    return MeetingDate(step, days, meeting_on - timedelta(days=days), citation)


def current_report_due(
    event_on: date, calendar: Calendar, rules: RuleData, key: str = "form_8k.days"
) -> date:
    """The due date of a Form 8-K: so many business days after the event, which is not counted."""
    return calendar.business_days_after(event_on, rules.number_on(key, event_on))
