"""An approval and the start of the work: which came first, and whether it had lapsed (RULE-16).

Exchange Act s. 10A(h), (i)(1)(A): in advance. The age of an approval is the policy's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditors.enums import ApprovingBody, Ground, Timing
from auditors.rules.reasons import Reason, reason
from records.calendar import plus_months


@dataclass(frozen=True)
class OrderRuling:
    """`is_open_item`: the fact is recorded and an open item asks how it is closed.

    `is_late` for a non-audit service raises the de minimis question; for an audit service there
    is no such waiver.
    """

    timing: Timing
    reason: Reason
    days_late: int = 0

    @property
    def is_late(self) -> bool:
        return self.timing == Timing.LATE

    @property
    def is_open_item(self) -> bool:
        return self.timing in (Timing.LATE, Timing.STALE)


@dataclass(frozen=True)
class RenderedFee:
    """A fee of the auditor. `for_issuer`: the company or a subsidiary receives the work;
    `with_audit`: it is part of an audit for which the committee engaged the firm."""

    rendered_on: date
    invoiced_on: date | None
    amount: Decimal
    has_approval: bool
    for_issuer: bool
    with_audit: bool
    approved_by: ApprovingBody = ApprovingBody.COMMITTEE


def unapproved(fee: RenderedFee, *, records_begin: date, on: date) -> tuple[date, Reason] | None:
    """Since when a fee for work rendered or billed by a date has no approval on file, and the
    words for it. A credit asks for none, and what another body approved is noted with the fee."""
    if fee.has_approval or fee.with_audit or not fee.for_issuer or fee.amount <= 0:
        return None
    if fee.approved_by != ApprovingBody.COMMITTEE or fee.rendered_on < records_begin:
        return None
    since = min(fee.rendered_on, fee.invoiced_on or fee.rendered_on)
    if since > on:
        return None
    return since, reason(Ground.FEE_WITHOUT_APPROVAL, rendered=fee.rendered_on)


def order(
    approved_on: date,
    starts_on: date,
    *,
    max_age_months: int,
    records_begin: date,
    approved_by: ApprovingBody = ApprovingBody.COMMITTEE,
    start_time_known: bool = False,
) -> OrderRuling:
    """Judge an approval against the start of the work; neither date is ever refused."""
    facts = {"approved": approved_on, "start": starts_on}
    if approved_by != ApprovingBody.COMMITTEE:
        ground = reason(Ground.APPROVED_BY_ANOTHER_BODY, body=approved_by, **facts)
        return OrderRuling(Timing.NOTED, ground)
    if starts_on < records_begin:
        return OrderRuling(Timing.NOTED, reason(Ground.APPROVED_BEFORE_RECORDS, **facts))
    if approved_on > starts_on:
        days = (approved_on - starts_on).days
        return OrderRuling(Timing.LATE, reason(Ground.APPROVED_LATE, days=days, **facts), days)
    last = plus_months(approved_on, max_age_months)
    if starts_on > last:
        return OrderRuling(Timing.STALE, reason(Ground.APPROVAL_LAPSED, last=last, **facts))
    if approved_on == starts_on and not start_time_known:
        return OrderRuling(Timing.SAME_DATE, reason(Ground.APPROVED_SAME_DATE, **facts))
    return OrderRuling(Timing.ON_TIME, reason(Ground.APPROVED_IN_ADVANCE, **facts))
