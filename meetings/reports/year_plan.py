"""The meetings that a fiscal year still lacks, each with the responsibilities due after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import DutyKind
from charters.models import Committee
from charters.rules.periods import due_days
from charters.standing import Docket
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.rules import year_plan
from meetings.rules.year_plan import Proposed
from records.calendar import Period
from records.filing_calendar import Report
from records.models import Company

FILINGS = (
    lazy("before the annual report"),
    lazy("before the first quarterly report"),
    lazy("before the second quarterly report"),
    lazy("before the third quarterly report"),
)
BY_PERIOD = frozenset({DutyKind.RECURRING, DutyKind.PURPOSE, DutyKind.PROCEDURE})


@dataclass(frozen=True)
class Offered:
    """A meeting that could be planned, and what falls due between it and the next one."""

    proposed: Proposed
    body: Committee
    legend: str
    due: str = ""


def offered(docket: Docket, year: Period, board: Committee | None) -> list[Offered]:
    """What is usual, less what is on record already."""
    bodies = {False: docket.committee, True: board}
    planned = _planned(docket, year)
    found = [
        (each, body)
        for each in year_plan.propose(filings_due(docket.company, year), docket.company.calendar)
        if (body := bodies[each.of_board]) is not None
        and (body.pk, each.kind, _quarter(docket, each.on)) not in planned
    ]
    due = _due_after(docket, year, [each.on for each, __ in found if _takes_duties(each)])
    return [
        Offered(each, body, _legend(each, body), due[each.on] if _takes_duties(each) else "")
        for each, body in found
    ]


def filings_due(company: Company, year: Period) -> Sequence[date]:
    """The annual report on the year before and the quarterly reports of the year."""
    calendar = company.calendar
    try:
        before = company.due_dates(calendar.year_before(year))
        this = company.due_dates(year)
    except ValueError:  # no filer status is on record by then
        return year_plan.usual_due_dates(year, calendar)
    annual = [each.due_on for each in before if each.report in (Report.ANNUAL, Report.TRANSITION)]
    interim = [each.due_on for each in this if each.report is Report.INTERIM]
    return [*annual[:1], *interim[:3]]


def _planned(docket: Docket, year: Period) -> set[tuple[int, str, str]]:
    rows = Meeting.objects.not_canceled().within(year.first, year.last)
    found = rows.values_list("body_id", "kind", "on")
    return {(body, kind, _quarter(docket, on)) for body, kind, on in found}


def _quarter(docket: Docket, day: date) -> str:
    return docket.company.calendar.quarter_of(day).key


def _takes_duties(proposed: Proposed) -> bool:
    return not proposed.of_board and proposed.kind is MeetingKind.REGULAR


def _legend(proposed: Proposed, body: Committee) -> str:
    words = {
        MeetingKind.REGULAR: _("%(body)s, %(filing)s"),
        MeetingKind.RELEASE_CALL: _("%(body)s, release call %(filing)s"),
        MeetingKind.SPECIAL: _("%(body)s, special meeting %(filing)s"),
    }
    return words[proposed.kind] % {"body": body, "filing": FILINGS[proposed.filing]}


def _due_after(docket: Docket, year: Period, meetings: Sequence[date]) -> dict[date, str]:
    """By meeting, the responsibilities whose date comes after it and before the next one."""
    titles: dict[date, list[str]] = defaultdict(list)
    for title, due_on in _dates(docket, year):
        earlier = [on for on in meetings if on <= due_on]
        if earlier:
            titles[max(earlier)].append(title)
    return defaultdict(str, {on: "; ".join(sorted(set(found))) for on, found in titles.items()})


def _dates(docket: Docket, year: Period) -> Iterator[tuple[str, date]]:
    for duty in docket.duties:
        if duty.kind_word in BY_PERIOD and not duty.is_practice and docket.is_in_force(duty):
            for __, due_on in due_days(duty.terms, docket.settings, year):
                yield duty.title, due_on
