"""The figures that the tests compare with. Amounts are in US dollars; each has its citation."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class IndependenceLimits:
    """compensation   more than this in twelve months bars (Nasdaq 5605(a)(2)(B))
    payments       more than this, and than the share of the recipient's revenue (5605(a)(2)(D))
    revenue_share  0.05 is five percent
    holding_share  at most this part of each class of voting stock is safe (10A-3(e)(1)(ii))
    years          the look-back of 5605(a)(2) and of 5605(c)(2)(A)(iii)
    """

    compensation: Decimal
    payments: Decimal
    revenue_share: Decimal
    holding_share: Decimal
    years: int = 3


@dataclass(frozen=True)
class PhaseIn:
    """days   calendar days to a majority of independent members, and to two members
    years  to all members independent, and to three members (Nasdaq 5615(b)(1))
    """

    days: int
    years: int


@dataclass(frozen=True)
class CurePeriods:
    """years         after the event at most (Nasdaq 5605(c)(4))
    vacancy_days  a vacancy that an annual meeting so soon would close may be filled for so many
                  calendar days (5605(c)(4)(B))
    """

    years: int
    vacancy_days: int


@dataclass(frozen=True)
class RelatedPartyLimits:
    """amount       a transaction above it is disclosed (Item 404(a) of Regulation S-K)
    asset_share  a smaller reporting company compares with this part of its average total assets
                 at the last two year-ends where that is less (Item 404(d)(1))
    """

    amount: Decimal
    asset_share: Decimal
