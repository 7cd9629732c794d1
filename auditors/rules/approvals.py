"""An approval and the start of the work: which came first, and whether it had lapsed (RULE-16).

Exchange Act s. 10A(h), (i)(1)(A): in advance. The age of an approval is the policy's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
