"""Which filer the company is at a fiscal year's end (Exchange Act Rule 12b-2).

Pure: no database, no clock. The thresholds are looked up in the rule-data on the fiscal year's last
day; what was only proposed never applies. Public float is that of the last business day of the second
fiscal quarter, revenue that of the last fiscal year with audited statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from records.calendar import Calendar, Period
from records.enums import FilerCategory
from records.rule_data import RuleData

LARGE, ACCELERATED, OTHER = (
    FilerCategory.LARGE_ACCELERATED,
    FilerCategory.ACCELERATED,
    FilerCategory.NON_ACCELERATED,
)


@dataclass(frozen=True)
class Figures:
    """What the status depends on, in US dollars. `public_float` is None where there is none.

    Raises ValueError for a negative amount.
    """

    public_float: Decimal | None
    revenue: Decimal

    def __post_init__(self) -> None:
        if self.revenue < 0 or (self.public_float is not None and self.public_float < 0):
            raise ValueError("Enter a public float and a revenue of zero or more.")

    @property
    def float_or_none(self) -> Decimal:
        return self.public_float or Decimal(0)


class Ground(StrEnum):
    """Why the status is what it is."""

    NOT_SEASONED = "not_seasoned"
    REVENUE_TEST = "revenue_test"
    FLOAT_ENTERS_LARGE = "float_enters_large"
    FLOAT_STAYS_LARGE = "float_stays_large"
    FLOAT_ENTERS_ACCELERATED = "float_enters_accelerated"
    FLOAT_STAYS_ACCELERATED = "float_stays_accelerated"
    FLOAT_LEAVES_LARGE = "float_leaves_large"
    FLOAT_LEAVES = "float_leaves"
    FLOAT_BELOW_ENTRY = "float_below_entry"


# What decides, by ground: its citation is the one shown.
KEYS = {
    Ground.REVENUE_TEST: "revenue_test.revenue",
    Ground.FLOAT_ENTERS_LARGE: "filer.large_accelerated.entry",
    Ground.FLOAT_STAYS_LARGE: "filer.large_accelerated.exit",
    Ground.FLOAT_LEAVES_LARGE: "filer.large_accelerated.exit",
    Ground.FLOAT_ENTERS_ACCELERATED: "filer.accelerated.entry",
    Ground.FLOAT_STAYS_ACCELERATED: "filer.accelerated.exit",
    Ground.FLOAT_LEAVES: "filer.accelerated.exit",
    Ground.FLOAT_BELOW_ENTRY: "filer.accelerated.entry",
}


@dataclass(frozen=True)
class FilerRuling:
    """The filer category from a fiscal year's end on, and what follows from it."""

    category: FilerCategory
    ground: Ground
    is_smaller_reporting: bool
    needs_attestation: bool
    citation: str


def float_date(year: Period, calendar: Calendar) -> date:
    """The last business day of the second fiscal quarter. Raises ValueError without one."""
    quarters = calendar.quarters_of(year)
    if len(quarters) < 2:
        raise ValueError(f"{year.key} has no second quarter.")
    return calendar.business_day_on_or_before(quarters[1].last)


def filer_status(
    figures: Figures,
    *,
    now: FilerCategory | None,
    on: date,
    rules: RuleData,
    smaller_lost_at: Figures | None = None,
    is_seasoned: bool = True,
    is_emerging_growth: bool = False,
) -> FilerRuling:
    """The status as determined at the fiscal year's end `on`.

    now              the category until then; None for a company that determines it the first time
    smaller_lost_at  the figures at which the status of smaller reporting company was lost, where it
                     is lost now: the figure that failed must fall further to regain it
    is_seasoned      twelve months of reporting and one annual report (Rule 12b-2, (1)(ii), (iii))

    Raises NotInTableError before April 27, 2020, when the revenue test took effect.
    """
    by_revenue = passes_revenue_test(figures, on, rules, smaller_lost_at)
    ground, category = _category(figures, now, by_revenue, is_seasoned, on, rules)
    attested = rules.value_on("filer.attested_categories", on).amount
    # A large accelerated filer is no emerging growth company (Exchange Act s. 3(a)(80)).
    is_exempt = is_emerging_growth and category is not LARGE
    return FilerRuling(
        category=category,
        ground=ground,
        is_smaller_reporting=by_revenue or _passes_float_test(figures, on, rules, smaller_lost_at),
        needs_attestation=category.value in _words(attested) and not is_exempt,
        citation=_citation(ground, on, rules),
    )


def passes_revenue_test(
    figures: Figures, on: date, rules: RuleData, smaller_lost_at: Figures | None = None
) -> bool:
    """Whether revenue and public float are low enough, further below where the figure failed."""
    lost = smaller_lost_at
    most, most_float = (rules.usd_on(f"revenue_test.{name}", on) for name in ("revenue", "float"))
    if lost and lost.revenue >= most:
        most = rules.usd_on("revenue_test.revenue_again", on)
    if lost and lost.float_or_none >= rules.usd_on("revenue_test.float", on):
        most_float = rules.usd_on("revenue_test.float_again", on)
    return figures.revenue < most and figures.float_or_none < most_float


def _passes_float_test(figures: Figures, on: date, rules: RuleData, lost: Figures | None) -> bool:
    """A company without public float is measured by its revenue alone."""
    if figures.public_float is None or figures.public_float == 0:
        return False
    most = rules.usd_on("smaller.float", on)
    if lost and lost.float_or_none >= most:
        most = rules.usd_on("smaller.float_again", on)
    return figures.public_float < most


def _category(
    figures: Figures,
    now: FilerCategory | None,
    by_revenue: bool,
    is_seasoned: bool,
    on: date,
    rules: RuleData,
) -> tuple[Ground, FilerCategory]:
    if not is_seasoned:
        return Ground.NOT_SEASONED, OTHER
    if by_revenue:
        return Ground.REVENUE_TEST, OTHER
    value = figures.float_or_none
    if value >= rules.usd_on("filer.large_accelerated.entry", on):
        return Ground.FLOAT_ENTERS_LARGE, LARGE
    if now is LARGE and value >= rules.usd_on("filer.large_accelerated.exit", on):
        return Ground.FLOAT_STAYS_LARGE, LARGE
    if now in (LARGE, ACCELERATED):
        return _after_accelerated(value, now, on, rules)
    if value >= rules.usd_on("filer.accelerated.entry", on):
        return Ground.FLOAT_ENTERS_ACCELERATED, ACCELERATED
    return Ground.FLOAT_BELOW_ENTRY, OTHER


def _after_accelerated(
    value: Decimal, now: FilerCategory | None, on: date, rules: RuleData
) -> tuple[Ground, FilerCategory]:
    """Below the large category: accelerated until the public float is below the exit threshold."""
    if value < rules.usd_on("filer.accelerated.exit", on):
        return Ground.FLOAT_LEAVES, OTHER
    ground = Ground.FLOAT_LEAVES_LARGE if now is LARGE else Ground.FLOAT_STAYS_ACCELERATED
    return ground, ACCELERATED


def _citation(ground: Ground, on: date, rules: RuleData) -> str:
    if ground is Ground.NOT_SEASONED:
        return "Exchange Act Rule 12b-2, accelerated filer (1)(ii) and (iii)"
    return rules.value_on(KEYS[ground], on).citation


def _words(amount: object) -> tuple[str, ...]:
    return amount if isinstance(amount, tuple) else ()
