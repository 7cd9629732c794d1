"""The de minimis waiver for non-audit services and what the proxy says of it (RULE-19, RULE-20).

Exchange Act s. 10A(i)(1)(B); Reg. S-X 2-01(c)(7)(i)(C); Schedule 14A Item 9(e)(5)(ii).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditors.enums import FeeCategory, Ground
from auditors.rules.money import Money, percent
from auditors.rules.reasons import Reason, reason

DISCLOSED = (FeeCategory.AUDIT_RELATED, FeeCategory.TAX, FeeCategory.ALL_OTHER)


@dataclass(frozen=True)
class WaiverCase:
    """The facts of one service and of the fiscal year in which it is given.

    `waived_in_year` is the sum of all services that use the waiver, this one included;
    `paid_in_year` everything paid to the accountant, those services included.
    """

    is_audit: bool
    recognized_as_non_audit: bool
    promptly_brought: bool
    approved_on: date
    audit_completed_on: date | None
    waived_in_year: Money
    paid_in_year: Money
    year_has_ended: bool = True
    allowed_by_policy: bool = True


@dataclass(frozen=True)
class WaiverRuling:
    """Exactly the share passes. `share` is a percentage with four decimals, for display."""

    is_available: bool
    reasons: tuple[Reason, ...]
    limit: Money
    share: Decimal


def waiver(case: WaiverCase, *, share: Decimal) -> WaiverRuling:
    """Judge whether the service may be marked as waived; `share` is a fraction of the total."""
    limit = Money(case.paid_in_year.amount * share, case.paid_in_year.currency)
    used = percent(case.waived_in_year.amount, case.paid_in_year.amount or Decimal(1), 4)
    objections = tuple(_objections(case, limit))
    if objections:
        return WaiverRuling(False, objections, limit, used)
    ground = Ground.WAIVER_AVAILABLE if case.year_has_ended else Ground.WAIVER_PROVISIONAL
    facts = {"sum": case.waived_in_year, "limit": limit, "share": used}
    return WaiverRuling(True, (Reason(ground, facts),), limit, used)


def after_the_year(waived: Money, on_record: Money, *, share: Decimal) -> Reason | None:
    """The waivers of a fiscal year that is over, against the fees on record for it: the total that
    was stated with a waiver is provisional until then. None where they are within the share."""
    limit = Money(on_record.amount * share, on_record.currency)
    if waived <= limit:
        return None
    return reason(Ground.WAIVER_OVER_SHARE_ON_RECORD, sum=waived, paid=on_record, limit=limit)


def _objections(case: WaiverCase, limit: Money) -> Iterable[Reason]:
    if not case.allowed_by_policy:
        yield reason(Ground.WAIVER_CLOSED_BY_POLICY)
    if case.is_audit:
        yield reason(Ground.WAIVER_AUDIT_SERVICE)
    if case.recognized_as_non_audit:
        yield reason(Ground.WAIVER_RECOGNIZED)
    if not case.promptly_brought:
        yield reason(Ground.WAIVER_NOT_PROMPT)
    if case.waived_in_year > limit:
        yield reason(Ground.WAIVER_OVER_SHARE, sum=case.waived_in_year, limit=limit)
    completed = case.audit_completed_on
    if completed is not None and case.approved_on > completed:
        yield reason(Ground.WAIVER_AFTER_AUDIT, approved=case.approved_on, completed=completed)


def disclosed_shares(
    fees: Mapping[FeeCategory, Money], waived: Mapping[FeeCategory, Money]
) -> dict[FeeCategory, Decimal | None]:
    """For each line but Audit the percentage approved by waiver, of that line; None: no fees."""
    shares: dict[FeeCategory, Decimal | None] = {}
    for category in DISCLOSED:
        fee, part = fees.get(category), waived.get(category)
        if fee is None or not fee.amount:
            shares[category] = None
        else:
            shares[category] = percent(part.amount if part else Decimal(0), fee.amount)
    return shares
