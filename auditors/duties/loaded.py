"""The records that several sources read, each sort loaded once for a committee on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditors.models import AnnualReview, Approval, Discussion, Engagement, Policy, ServiceRequest
from auditors.schedule import scheduled_meetings

if TYPE_CHECKING:
    from datetime import date

    from auditors.rules.presenting import Meeting
    from charters.docket import AsOf


def engagements(as_of: AsOf) -> list[Engagement]:
    """The auditor's engagements appointed by the date, with fees and votes, oldest first."""
    return as_of.once(_engagements)


def discussions(as_of: AsOf) -> list[Discussion]:
    """Discussions held by the date of papers received by then."""
    return as_of.once(_discussions)


def reviews(as_of: AsOf) -> list[AnnualReview]:
    return as_of.once(_reviews)


def approvals(as_of: AsOf) -> list[Approval]:
    """Approvals given by the date, with what was presented; also of services withdrawn since."""
    return as_of.once(_approvals)


def is_dropped(request: ServiceRequest, by: date | None) -> bool:
    """Whether a service was withdrawn by a date, so that nothing is asked for on it. A later
    withdrawal leaves what arose before it."""
    on = request.withdrawn_on
    return on is not None and (by is None or on <= by)


def policies(as_of: AsOf) -> list[Policy]:
    """The policies adopted by the date, oldest first: the last is in force."""
    return as_of.once(_policies)


def meetings(as_of: AsOf) -> list[Meeting]:
    return as_of.once(_meetings)


def _engagements(as_of: AsOf) -> list[Engagement]:
    rows = Engagement.objects.of_auditors().filter(appointed_on__lte=as_of.day)
    rows = rows.select_related("firm", "ratification").prefetch_related("fees")
    return list(rows.order_by("year_ends_on", "pk"))


def _discussions(as_of: AsOf) -> list[Discussion]:
    rows = Discussion.objects.filter(held_on__lte=as_of.day, letter__received_on__lte=as_of.day)
    return list(rows.select_related("letter__firm"))


def _reviews(as_of: AsOf) -> list[AnnualReview]:
    return list(AnnualReview.objects.all())


def _approvals(as_of: AsOf) -> list[Approval]:
    rows = Approval.objects.filter(approved_on__lte=as_of.day)
    return list(rows.select_related("request", "delegation").prefetch_related("presentations"))


def _policies(as_of: AsOf) -> list[Policy]:
    return list(Policy.objects.filter(adopted_on__lte=as_of.day).order_by("adopted_on", "pk"))


def _meetings(as_of: AsOf) -> list[Meeting]:
    return scheduled_meetings(as_of.committee)
