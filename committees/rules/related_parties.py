"""Transactions with related persons: Item 404 of Regulation S-K and Nasdaq 5630 (clause P-b).

Every transaction is logged. Above the threshold the audit committee reviews it (Nasdaq 5630(a)), and
good practice asks that it decides before the contract is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from charters.enums import Layer
from committees.rules.limits import RelatedPartyLimits
from records.calendar import Calendar

YEAR_ENDS = 2


@dataclass(frozen=True)
class Threshold:
    """An amount above which a transaction is disclosed.

    `lacks_assets`: a smaller reporting company whose total assets are not on record for both
    year-ends; the amount can only be lower.
    """

    amount: Decimal
    lacks_assets: bool = False


def threshold(
    limits: RelatedPartyLimits, *, is_smaller: bool, total_assets: Sequence[Decimal] = ()
) -> Threshold:
    """$120,000; for a smaller reporting company 1% of average total assets where that is less.

    `total_assets` are those of the last two completed fiscal years (Item 404(a), (d)(1)).
    """
    if not is_smaller:
        return Threshold(limits.amount)
    if len(total_assets) != YEAR_ENDS:
        return Threshold(limits.amount, lacks_assets=True)
    average = sum(total_assets, Decimal()) / YEAR_ENDS
    return Threshold(min(limits.amount, limits.asset_share * average))


def is_above(amount: Decimal, limit: Threshold) -> bool:
    """Item 404(a): more than the threshold; the amount itself is not above it."""
    return amount > limit.amount


def period_begins(day: date, calendar: Calendar) -> date:
    """Item 404(a): transactions since the beginning of the last completed fiscal year.

    A transition period is none, and what it saw is counted with the year before it.
    """
    return calendar.full_year_before(calendar.year_of(day)).first


@dataclass(frozen=True)
class Transaction:
    """A transaction, or a series of them with one person, and what the committee did about it."""

    amount: Decimal
    known_on: date
    signed_on: date | None = None
    reviewed_on: date | None = None
    decided_on: date | None = None


class OpenPoint(Enum):
    """What a transaction above the threshold still lacks."""

    REVIEW = "review"
    DECISION = "decision"
    DECIDED_AFTER_SIGNING = "decided after signing"

    @property
    def layer(self) -> Layer:
        """The review is law; that the committee decides, and decides first, is good practice."""
        return Layer.LAW if self is OpenPoint.REVIEW else Layer.GOOD_PRACTICE


def open_points(transaction: Transaction, limit: Threshold, day: date) -> tuple[OpenPoint, ...]:
    """What is open about a transaction on a day. Below the threshold nothing is."""
    if transaction.known_on > day or not is_above(transaction.amount, limit):
        return ()
    decided = _by(transaction.decided_on, day)
    signed = _by(transaction.signed_on, day)
    checks = {
        OpenPoint.REVIEW: _by(transaction.reviewed_on, day) is None,
        OpenPoint.DECISION: decided is None,
        OpenPoint.DECIDED_AFTER_SIGNING: bool(decided and signed and signed < decided),
    }
    return tuple(point for point, is_open in checks.items() if is_open)


def _by(on: date | None, day: date) -> date | None:
    return on if on and on <= day else None
