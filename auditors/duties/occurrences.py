"""What arose about the auditor, and whether it is dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from auditors.duties import loaded
from auditors.models import (
    Finding,
    LetterException,
    ServiceRequest,
)
from auditors.rules import description
from auditors.rules.description import Description, citation_for
from auditors.rules.presenting import due_on
from charters.rules.terms import Occurrence
from charters.sentences import period_name
from records.clock import day_of

if TYPE_CHECKING:
    from charters.docket import AsOf
    from charters.models import Duty

Arose = Iterator[tuple[int, Occurrence]]


def for_each(duties: Sequence[Duty], occurrence: Occurrence) -> Arose:
    for duty in duties:
        yield duty.pk, occurrence


def dealt_on(request: ServiceRequest) -> date | None:
    """When a request was approved, declined or withdrawn, whichever came first."""
    found = [day for day in (request.decided_on, request.withdrawn_on) if day]
    return min(found, default=None)


def _requests(as_of: AsOf) -> list[ServiceRequest]:
    """Requests asked by the date, read once for both sorts of services."""
    return as_of.once(_load_requests)


def _load_requests(as_of: AsOf) -> list[ServiceRequest]:
    rows = ServiceRequest.objects.prefetch_related("approvals", "descriptions__discussions")
    rows = rows.order_by("asked_at")
    return [row for row in rows if _known_on(row, as_of) <= as_of.day]


def _known_on(request: ServiceRequest, as_of: AsOf) -> date:
    """When a request arose: asked, or decided where it was entered afterwards."""
    asked = day_of(request.asked_at, as_of.company)
    return min(asked, dealt_on(request) or asked)


def _services(as_of: AsOf, duties: Sequence[Duty], *, is_audit: bool) -> Arose:
    for request in _requests(as_of):
        service = request.listed_service
        if (service is not None and service.is_audit) != is_audit:
            continue
        if request.decided_on is None and loaded.is_dropped(request, request.starts_on):
            continue
        yield from for_each(
            duties,
            Occurrence(
                on=_known_on(request, as_of),
                due_on=request.starts_on,
                dealt_on=dealt_on(request),
                label=_("Service request: %(subject)s") % {"subject": request},
                url=request.get_absolute_url(),
            ),
        )


def audit_services(as_of: AsOf, duties: Sequence[Duty]) -> Arose:
    """The year's audit, approved with its fee, and every other audit service."""
    for row in loaded.engagements(as_of):
        fees = [fee.approved_on for fee in row.fees.all()]
        year = period_name(as_of.settings.calendar.year_of(row.year_ends_on))
        words = {"firm": row.firm, "year": year}
        yield from for_each(
            duties,
            Occurrence(
                on=row.appointed_on,
                due_on=row.work_from,
                dealt_on=min(fees, default=None),
                label=_("Audit of %(year)s by %(firm)s") % words,
                url=row.get_absolute_url(),
            ),
        )
    yield from _services(as_of, duties, is_audit=True)


def other_services(as_of: AsOf, duties: Sequence[Duty]) -> Arose:
    yield from _services(as_of, duties, is_audit=False)


def described(as_of: AsOf, duties: Sequence[Duty]) -> Arose:
    """Tax and internal-control services: described and discussed before the approval.

    A request that was declined, or withdrawn though approved, asks for nothing more.
    """
    for request in _requests(as_of):
        citation = citation_for(request.listed_service)
        if not citation:
            continue
        approved = min((each.approved_on for each in request.approvals.all()), default=None)
        papers = _described_by(request, as_of.day)
        ruled = description.judge(papers, citation=citation, approved_on=approved)
        closed = request.withdrawn_on if approved else dealt_on(request)
        dealt = [day for day in (ruled.completed_on, closed) if day]
        yield from for_each(
            duties,
            Occurrence(
                on=_known_on(request, as_of),
                due_on=approved or request.starts_on,
                dealt_on=min(dealt, default=None),
                label=_("Description of a service: %(subject)s") % {"subject": request},
                url=request.get_absolute_url(),
            ),
        )


def _described_by(request: ServiceRequest, day: date) -> list[Description]:
    """What was received by the date, with discussions held by then."""
    found = [each for each in request.descriptions.all() if each.received_on <= day]
    given = [each.as_description() for each in found]
    return [
        replace(each, discussed_on=None) if each.discussed_on and each.discussed_on > day else each
        for each in given
    ]


def delegated(as_of: AsOf, duties: Sequence[Duty]) -> Arose:
    """Decisions of delegates, each presented at the next scheduled meeting."""
    meetings = loaded.meetings(as_of)
    for row in loaded.approvals(as_of):
        due = due_on(row.approved_on, meetings)
        if not row.is_delegated or loaded.is_dropped(row.request, due):
            continue
        scheduled = [each.meeting_on for each in row.presentations.all() if each.is_scheduled]
        yield from for_each(
            duties,
            Occurrence(
                on=row.approved_on,
                due_on=due,
                dealt_on=min(scheduled, default=None),
                label=_("Approved by a delegate: %(subject)s") % {"subject": row.request},
                url=row.request.get_absolute_url(),
            ),
        )


def excepted(as_of: AsOf, duties: Sequence[Duty]) -> Arose:
    """Items that an independence letter excepts. Each waits for the committee's decision."""
    rows = LetterException.objects.filter(letter__received_on__lte=as_of.day)
    for row in rows.select_related("letter", "decision"):
        decision = getattr(row, "decision", None)
        yield from for_each(
            duties,
            Occurrence(
                on=row.letter.received_on,
                due_on=None,
                dealt_on=decision.decided_on if decision else None,
                label=_("Item excepted in the independence letter: %(item)s") % {"item": row},
                url=row.letter.get_absolute_url(),
            ),
        )


def remediation(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Occurrence]]:
    """Findings, each followed up until the committee closes it. A passed target is good practice
    and makes no date of the duty."""
    rows = Finding.objects.filter(told_on__lte=as_of.day).select_related("closure")
    for row in rows:
        closure = getattr(row, "closure", None)
        yield from for_each(
            duties,
            Occurrence(
                on=row.told_on,
                due_on=None,
                dealt_on=closure.closed_on if closure else None,
                label=_("Finding: %(finding)s") % {"finding": row},
                url=row.get_absolute_url(),
                restriction=row.restriction,
            ),
        )
