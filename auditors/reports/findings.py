"""Findings, as rows and as a page: severity, plans, steps, age, reviews, closure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.enums import Role
from auditors.enums import FindingSource, Severity, Step
from auditors.models import Finding
from auditors.reports.words import filled
from auditors.rules.findings import age, objections_to_closure, stage, warnings
from auditors.sentences import listed, sentence
from charters.answers import DatedEntry
from charters.reports.duty import Definition
from records.clock import day_of
from records.dates import long_day

if TYPE_CHECKING:
    from records.calendar import Calendar
    from records.models import Company


@dataclass(frozen=True)
class FindingRow:
    title: str
    url: str
    source: str
    told_on: date
    severity: str
    stage: str


def finding_row(row: Finding, on: date) -> FindingRow:
    ruled = row.as_rule(on)
    return FindingRow(
        title=str(row),
        url=row.get_absolute_url(),
        source=str(FindingSource(row.source).label),
        told_on=row.told_on,
        severity=str(ruled.severity.label),
        stage=str(stage(ruled, on=on).label),
    )


def year_ends(row: Finding, calendar: Calendar | None, on: date) -> list[date]:
    if calendar is None:
        return []
    return [year.last for year in calendar.years(row.told_on, on) if year.last <= on]


def facts(
    row: Finding, calendar: Calendar | None, on: date, *, sees_firms: bool
) -> list[Definition]:
    ruled = row.as_rule(on)
    aged = age(ruled, on=on, year_ends=year_ends(row, calendar, on))
    ratings = [each for each in row.ratings.all() if each.rated_on <= on]
    severity = str(ruled.severity.label)
    if ratings:
        words = {"on": long_day(ratings[-1].rated_on), "by": ratings[-1].rated_by}
        severity += _(", concluded on %(on)s by %(by)s") % words
    plans = list(row.plans.all())
    # Management reads its findings, and no page of a firm.
    firm_url = row.firm.get_absolute_url() if row.firm and sees_firms else ""
    return filled(
        Definition(_("Severity"), severity),
        Definition(_("Stage"), str(stage(ruled, on=on).label)),
        Definition(_("Source"), str(FindingSource(row.source).label)),
        Definition(_("Firm"), str(row.firm or ""), firm_url),
        Definition(_("Reported on"), long_day(row.told_on)),
        Definition(_("Days since reported"), str(aged.days)),
        Definition(_("Owner of the plan"), row.owner_name),
        Definition(_("To be done by"), long_day(plans[-1].target_on) if plans else ""),
        Definition(_("Account"), row.account),
        Definition(_("Component"), row.component),
        Definition(_("Cause"), row.cause),
        *_restriction(row),
    )


def _restriction(row: Finding) -> list[Definition]:
    """From whom it is restricted, and by which decision."""
    if not row.is_restricted:
        return []
    roles = [str(Role(each).label) for each in sorted(row.restricted_roles)]
    decision = row.decision
    return [
        Definition(_("Restricted from"), listed(roles)),
        Definition(
            _("Decision to restrict it"),
            str(decision) if decision else _("not on file"),
            decision.get_absolute_url() if decision else "",
        ),
    ]


def said(row: Finding, calendar: Calendar | None, on: date) -> list[str]:
    """What good practice says of its age."""
    ends = year_ends(row, calendar, on)
    return [sentence(each) for each in warnings(row.as_rule(on), on=on, year_ends=ends)]


def missing(row: Finding, on: date) -> list[str]:
    """What stands in the way of its closure by the committee."""
    if row.as_rule(on).severity == Severity.UNDER_EVALUATION and not list(row.steps.all()):
        return []
    return [sentence(each) for each in objections_to_closure(row.as_rule(on), on=on)]


def history(row: Finding, company: Company | None) -> list[DatedEntry]:
    return sorted(_entries(row, company), key=lambda entry: entry.on)[::-1]


def _entries(row: Finding, company: Company | None) -> Iterator[DatedEntry]:
    yield DatedEntry(
        row.told_on, _("First reported."), recorded_on=day_of(row.recorded_at, company)
    )
    for rating in row.ratings.all():
        words = {"severity": Severity(rating.severity).label}
        yield DatedEntry(
            rating.rated_on,
            _("Management concluded: %(severity)s.") % words,
            detail=rating.rated_by,
            recorded_on=day_of(rating.recorded_at, company),
        )
    for plan in row.plans.all():
        detail = plan.text
        if plan.reason:
            detail += " " + _("Date moved: %(reason)s Agreed by %(by)s.") % {
                "reason": plan.reason,
                "by": plan.agreed_by,
            }
        yield DatedEntry(
            plan.set_on,
            _("Plan, to be done by %(on)s.") % {"on": long_day(plan.target_on)},
            detail=detail,
            recorded_on=day_of(plan.recorded_at, company),
        )
    for taken in row.steps.all():
        yield DatedEntry(
            taken.done_on,
            f"{Step(taken.step).label}.",
            detail=taken.done_by,
            recorded_on=day_of(taken.recorded_at, company),
        )
    for each in row.reviews.all():
        words_reviewed = _("Reviewed by the committee.")
        yield DatedEntry(
            each.reviewed_on, words_reviewed, recorded_on=day_of(each.recorded_at, company)
        )
    if closure := getattr(row, "closure", None):
        yield DatedEntry(
            closure.closed_on,
            _("Closed by the committee."),
            url=closure.decision.get_absolute_url() if closure.decision else "",
            recorded_on=day_of(closure.recorded_at, company),
        )
