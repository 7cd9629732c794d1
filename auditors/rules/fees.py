"""Fees: the year and the line each belongs to, approved against billed, the ratio (RULE-21).

Schedule 14A Item 9(e) and staff FAQ M-3 for the year; the ratio is a proxy adviser's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditors.enums import FeeCategory, FeeStatus, Ground, Payer, TaxKind
from auditors.rules.catalogue import Service
from auditors.rules.money import ZERO, Money, percent
from auditors.rules.reasons import Reason, reason
from records.calendar import Calendar, Period


@dataclass(frozen=True)
class FeeLine:
    """One fee. `reported` is in the reporting currency, None where the rate is missing.

    `in_table`: the recipient is consolidated, or a plan; whoever pays. `year` is the key of a
    fiscal year, never that of a calendar year.
    """

    firm: str
    year: str
    category: FeeCategory
    reported: Money | None
    status: FeeStatus = FeeStatus.BILLED
    in_table: bool = True
    recipient: str = ""
    payer: Payer = Payer.COMPANY
    tax_kind: TaxKind | None = None
    by_waiver: bool = False
    usually_audit: bool = False


def year_of(
    *,
    by_year_audited: bool,
    rendered_on: date,
    calendar: Calendar,
    audited_year: Period | None = None,
) -> Period:
    """The fiscal year a fee belongs to: the year audited for the audit and the interim reviews, the
    year rendered for all else, whenever it is billed.

    Raises ValueError where an audit fee names no year.
    """
    if not by_year_audited:
        return calendar.year_of(rendered_on)
    if audited_year is None:
        raise ValueError("A fee for an audit belongs to the year audited: name it.")
    return audited_year


def notes(line: FeeLine) -> tuple[Reason, ...]:
    """What is said beside a line; none of it refuses the line."""
    said = []
    if line.usually_audit and line.category == FeeCategory.AUDIT_RELATED:
        said.append(reason(Ground.FILED_AS_AUDIT_RELATED))
    if line.payer == Payer.THIRD_PARTY:
        said.append(reason(Ground.PAID_BY_THIRD_PARTY))
    return tuple(said)


def proposed_category(service: Service | None) -> FeeCategory | None:
    """Where a fee is proposed to stand; None where the catalogue does not hold the service."""
    return service.category if service else None


@dataclass(frozen=True)
class Tolerance:
    """How much more than approved may be billed before an open item: a share, a sum, or the lower
    of both. Neither is none at all. A sum is compared in its own currency only."""

    share: Decimal | None = None
    amount: Money | None = None

    def applies_to(self, currency: str) -> bool:
        return self.amount is None or self.amount.currency == currency

    def of(self, approved: Money) -> Money:
        """Raises CurrencyMismatchError for a sum in another currency."""
        limits = [] if self.amount is None else [self.amount]
        if self.share is not None:
            limits.append(Money(approved.amount * self.share, approved.currency))
        none = Money(ZERO, approved.currency)
        return none + min(limits) if limits else none


def billed_against_approved(approved: Money, billed: Money, tolerance: Tolerance) -> Reason:
    """How a bill compares with its approval. Good practice: the law asks for approval of the
    service, and more for the same service is no late approval."""
    over = billed - approved
    facts = {"approved": approved, "billed": billed, "over": over}
    if over.amount <= 0:
        return reason(Ground.BILLED_WITHIN, **facts)
    if over <= tolerance.of(approved):
        return reason(Ground.BILLED_WITHIN_TOLERANCE, **facts)
    return reason(Ground.BILLED_ABOVE, **facts)


@dataclass(frozen=True)
class Ratio:
    """Other fees against audit, audit-related and tax compliance fees, exact."""

    other: Decimal
    base: Decimal
    has_unsplit_tax: bool

    @property
    def percentage(self) -> Decimal | None:
        """Two decimals, half up; None without a base."""
        return percent(self.other, self.base) if self.base else None

    @property
    def warning(self) -> Reason | None:
        """Good practice: other fees above the base, not at it."""
        if self.other <= self.base:
            return None
        return reason(Ground.NON_AUDIT_ABOVE_BASE, other=self.other, base=self.base)


def ratio(lines: Iterable[FeeLine], year: str, *, firm: str) -> Ratio | None:
    """The proxy adviser's ratio of a year, read from the proxy's table: of the lines in it of the
    firm that reports on the year; None where a rate is missing. Tax without a split counts wholly
    as other."""
    other = base = ZERO
    unsplit = False
    for line in lines:
        if (line.year, line.firm) != (year, firm) or not line.in_table:
            continue
        if line.reported is None:
            return None
        if _is_other(line):
            other += line.reported.amount
            unsplit |= line.category == FeeCategory.TAX and line.tax_kind != TaxKind.ADVICE
        else:
            base += line.reported.amount
    return Ratio(other, base, unsplit)


def _is_other(line: FeeLine) -> bool:
    if line.category == FeeCategory.TAX:
        return line.tax_kind != TaxKind.COMPLIANCE
    return line.category == FeeCategory.ALL_OTHER
