"""The figures and the calendar of the rules' examples: a company whose year is the calendar year."""

from datetime import date
from decimal import Decimal

from committees.enums import RelativeKind
from committees.rules.family import Relative
from committees.rules.limits import (
    CurePeriods,
    IndependenceLimits,
    PhaseIn,
    RelatedPartyLimits,
)
from committees.rules.look_back import Span
from records.calendar import Calendar, YearEnd

LIMITS = IndependenceLimits(
    compensation=Decimal(120_000),
    payments=Decimal(200_000),
    revenue_share=Decimal("0.05"),
    holding_share=Decimal("0.10"),
)
RELATED = RelatedPartyLimits(amount=Decimal(120_000), asset_share=Decimal("0.01"))
CURES = CurePeriods(years=1, vacancy_days=180)
PHASE_IN = PhaseIn(days=90, years=1)
CALENDAR_YEAR = Calendar((YearEnd(date.min, 12, 31),))
JUNE_YEAR = Calendar((YearEnd(date.min, 6, 30),))
# The year ended on June 30 until 2025, and on December 31 since; 52 or 53 weeks to a Saturday.
MOVED_YEAR = Calendar((YearEnd(date.min, 6, 30), YearEnd(date(2025, 7, 1), 12, 31)))
WEEKS_YEAR = Calendar((YearEnd(date.min, 12, 31, weekday=5),))
TODAY = date(2026, 11, 20)

SPOUSE = Relative(RelativeKind.SPOUSE)
CHILD = Relative(RelativeKind.CHILD, "Ann")
OTHER_CHILD = Relative(RelativeKind.CHILD, "Ben")


def on(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> Span:
    """2024-01-01..2024-06-30, or 2024-01-01.. while it has not ended."""
    first, __, last = text.partition("..")
    return Span(day(first), on(last))


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
