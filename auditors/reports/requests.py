"""Service requests, as rows of the list and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from auditors.enums import (
    ApprovingBody,
    Basis,
    Beneficiary,
    FeeBasis,
    Ground,
    Payer,
    RequestState,
)
from auditors.models import Approval, ServiceRequest
from auditors.reports.words import filled
from auditors.rules.approvals import order
from auditors.rules.de_minimis import after_the_year
from auditors.rules.description import citation_for, judge
from auditors.rules.money import Money
from auditors.rules.presenting import Meeting, presentation
from auditors.rules.reasons import Reason, reason
from auditors.sentences import amount, listed, sentence
from charters.answers import DatedEntry
from charters.reports.duty import Definition
from records.clock import day_of
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from records.models import Company


@dataclass(frozen=True)
class RequestRow:
    subject: str
    url: str
    service: str
    fee: str
    starts_on: date
    state: str


def service_name(row: ServiceRequest) -> str:
    return row.listed_service.name if row.listed_service else _("Not in the list")


def request_row(row: ServiceRequest) -> RequestRow:
    return RequestRow(
        subject=str(row),
        url=row.get_absolute_url(),
        service=service_name(row),
        fee=amount(row.money),
        starts_on=row.starts_on,
        state=state_words(row),
    )


def state_words(row: ServiceRequest) -> str:
    """Waiting for a decision; approved, declined or withdrawn on a date."""
    words = {
        RequestState.ASKED: _("Waiting for a decision"),
        RequestState.APPROVED: _("Approved on %(on)s"),
        RequestState.DECLINED: _("Declined on %(on)s"),
        RequestState.WITHDRAWN: _("Withdrawn on %(on)s"),
    }
    on = row.withdrawn_on or row.decided_on
    return words[RequestState(row.state)] % {"on": long_day(on) if on else ""}


def terms(row: ServiceRequest) -> list[Definition]:
    """What was asked for."""
    confirmed = row.not_begun_confirmed_on
    fee = f"{amount(row.money)}, {str(FeeBasis(row.fee_basis).label).lower()}"
    return filled(
        Definition(_("Status"), state_words(row)),
        Definition(_("Reason"), row.reason),
        Definition(_("Service"), service_name(row)),
        Definition(_("Firm"), str(row.firm)),
        Definition(_("For"), listed([str(each) for each in row.recipients.all()])),
        Definition(_("Done for"), str(Beneficiary(row.beneficiary).label)),
        Definition(_("Director"), str(row.concerns or "")),
        Definition(_("Fee"), fee),
        Definition(_("Paid by"), str(Payer(row.payer).label)),
        Definition(_("Work begins on"), long_day(row.starts_on)),
        Definition(
            _("Auditor confirmed that the work has not begun"),
            long_day(confirmed) if confirmed else "",
        ),
        Definition(_("Asked by"), str(row.asked_by or _("the corporate secretary"))),
    )


def description_of(row: ServiceRequest) -> Reason | None:
    """Where a tax or internal-control service stands under PCAOB Rules 3524 and 3525; None for one
    that was never approved and is no longer asked for."""
    citation = citation_for(row.listed_service)
    if not citation:
        return None
    approved = min((each.approved_on for each in row.approvals.all()), default=None)
    papers = list(row.descriptions.all())
    if not papers and approved is None and row.state != RequestState.ASKED:
        return None
    given = [each.as_description() for each in papers]
    return judge(given, citation=citation, approved_on=approved).reason


def description_fact(row: ServiceRequest) -> list[Definition]:
    """The auditor's description, with a link to the paper."""
    found, papers = description_of(row), list(row.descriptions.all())
    url = papers[0].get_absolute_url() if papers else ""
    return [Definition(_("Auditor's description"), sentence(found), url)] if found else []


def approval_facts(
    approval: Approval,
    *,
    max_age_months: int,
    records_begin: date,
    meetings: Sequence[Meeting],
    on: date,
) -> list[Definition]:
    """How it was approved, in which order in time, and when it was presented."""
    ruled = order(
        approval.approved_on,
        approval.request.starts_on,
        max_age_months=max_age_months,
        records_begin=records_begin,
        approved_by=ApprovingBody(approval.body),
        start_time_known=approval.before_start,
    )
    return filled(
        Definition(_("Approved by"), approver(approval)),
        _decision(approval),
        Definition(_("Order in time"), sentence(ruled.reason)),
        Definition(_("Presented"), _presented(approval, meetings, on)),
        Definition(
            _("Other members informed on"),
            long_day(approval.others_told_on) if approval.others_told_on else "",
        ),
    )


def waiver_facts(
    approval: Approval,
    *,
    waived: Money | None,
    on_record: Money | None,
    share: Decimal,
    year_ends_on: date,
    on: date,
) -> list[Definition]:
    """A waiver's test: what was stated when it was given beside the fees on record, and whether it
    is provisional (Reg. S-X 2-01(c)(7)(i)(C))."""
    stated, missing = approval.stated, _("cannot be computed: rate missing")
    result = missing
    if on <= year_ends_on:
        words = _("Provisional until the fiscal year ends on %(last)s.")
        result = words % {"last": long_day(year_ends_on)}
    elif waived is not None and on_record is not None:
        above = after_the_year(waived, on_record, share=share)
        limit = Money(on_record.amount * share, on_record.currency)
        within = reason(Ground.WAIVER_AVAILABLE, sum=waived, limit=limit)
        result = sentence(above or within)
    return filled(
        Definition(
            _("Paid for the fiscal year, as stated"), amount(stated) if stated is not None else ""
        ),
        Definition(
            _("Fees on record for the fiscal year"),
            amount(on_record) if on_record is not None else missing,
        ),
        Definition(
            _("Services waived in the fiscal year"),
            amount(waived) if waived is not None else missing,
        ),
        Definition(_("De minimis test"), result),
    )


def _decision(approval: Approval) -> Definition:
    """Of the committee's own approval; a delegate's or another body's rests on none of it."""
    decision = approval.decision
    if decision:
        return Definition(_("Decision"), str(decision), decision.get_absolute_url())
    is_own = not approval.is_to_present
    is_asked = is_own and approval.body == ApprovingBody.COMMITTEE
    return Definition(_("Decision"), _("not on file") if is_asked else "")


def approver(approval: Approval) -> str:
    match approval.basis:
        case Basis.DELEGATE:
            return _("%(name)s as delegate") % {"name": approval.delegate}
        case Basis.POLICY:
            words = {"line": approval.line, "name": approval.used_by}
            return _("Policy line “%(line)s”, used by %(name)s") % words
        case Basis.WAIVER:
            if approval.is_delegated:
                return _("De minimis waiver by %(name)s as delegate") % {"name": approval.delegate}
            return _("De minimis waiver")
    return str(approval.get_body_display())


def _presented(approval: Approval, meetings: Sequence[Meeting], on: date) -> str:
    if not approval.is_to_present:
        return ""
    shown = [Meeting(each.meeting_on, each.is_scheduled) for each in approval.presentations.all()]
    return sentence(presentation(approval.approved_on, shown, meetings, on=on).reason)


def history(row: ServiceRequest, company: Company | None) -> list[DatedEntry]:
    """What happened to the request, the newest first."""
    return sorted(_entries(row, company), key=lambda entry: entry.on)[::-1]


def _entries(row: ServiceRequest, company: Company | None) -> Iterator[DatedEntry]:
    yield DatedEntry(day_of(row.asked_at, company), _("Asked."))
    if row.decided_on and row.state != RequestState.WITHDRAWN:
        yield DatedEntry(row.decided_on, f"{state_words(row)}.")
    for approval in row.approvals.all():
        recorded_on = day_of(approval.recorded_at, company)
        yield DatedEntry(
            approval.approved_on,
            _("Approval: %(approver)s.") % {"approver": approver(approval)},
            recorded_on=recorded_on,
        )
        for shown in approval.presentations.all():
            yield DatedEntry(
                shown.meeting_on,
                _("Presented at a scheduled meeting.")
                if shown.is_scheduled
                else _("Presented at a special meeting."),
                recorded_on=day_of(shown.recorded_at, company),
            )
    if row.withdrawn_on:
        yield DatedEntry(row.withdrawn_on, _("Withdrawn."), detail=row.reason)
