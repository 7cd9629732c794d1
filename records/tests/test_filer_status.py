"""RULE-32: which filer the company is, by public float and revenue at the fiscal year's end."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import Calendar, YearEnd
from records.enums import FilerCategory
from records.filer_status import (
    Figures,
    FilerRuling,
    Ground,
    filer_status,
    float_date,
    passes_revenue_test,
)
from records.filing_sentences import GROUNDS, filer_words
from records.rule_data import TABLE, NotInTableError
from records.services.company import federal_holidays

LARGE, ACCELERATED, OTHER = FilerCategory
YEAR_END = date(2026, 12, 31)


def figures(public_float: str | None, revenue: str) -> Figures:
    """In millions of US dollars."""
    value = Decimal(public_float) * 1_000_000 if public_float is not None else None
    return Figures(value, Decimal(revenue) * 1_000_000)


def ruling(
    public_float: str | None,
    revenue: str,
    now: FilerCategory | None,
    lost: tuple[str | None, str] | None = None,
    on: date = YEAR_END,
    **more: bool,
) -> FilerRuling:
    lost_at = figures(*lost) if lost else None
    found = figures(public_float, revenue)
    return filer_status(found, now=now, on=on, rules=TABLE, smaller_lost_at=lost_at, **more)


@pytest.mark.parametrize(
    ("public_float", "revenue", "now", "lost", "category", "ground"),
    [
        # Millions of US dollars; `lost`: public float and revenue when the company ceased to be a
        # smaller reporting company.
        #
        # The first determination.
        ("92", "54", None, None, OTHER, "revenue_test"),
        ("710", "400", None, None, LARGE, "float_enters_large"),
        ("74.9", "130", None, None, OTHER, "float_below_entry"),
        ("74.999999", "100", None, None, OTHER, "float_below_entry"),
        ("75", "100", None, None, ACCELERATED, "float_enters_accelerated"),
        ("75", "99.999999", None, None, OTHER, "revenue_test"),
        ("699.999999", "99.999999", None, None, OTHER, "revenue_test"),
        ("699.999999", "100", None, None, ACCELERATED, "float_enters_accelerated"),
        ("700", "99", None, None, LARGE, "float_enters_large"),
        ("700", "0", None, None, LARGE, "float_enters_large"),
        (None, "54", None, None, OTHER, "revenue_test"),
        (None, "130", None, None, OTHER, "float_below_entry"),
        # An accelerated filer.
        ("59.9", "130", ACCELERATED, None, OTHER, "float_leaves"),
        ("59.999999", "130", ACCELERATED, None, OTHER, "float_leaves"),
        ("60", "130", ACCELERATED, None, ACCELERATED, "float_stays_accelerated"),
        ("74", "130", ACCELERATED, None, ACCELERATED, "float_stays_accelerated"),
        ("699.999999", "130", ACCELERATED, None, ACCELERATED, "float_stays_accelerated"),
        ("700", "130", ACCELERATED, None, LARGE, "float_enters_large"),
        (None, "130", ACCELERATED, None, OTHER, "float_leaves"),
        # Always a smaller reporting company by its public float: the entry test applies.
        ("92", "54", ACCELERATED, None, OTHER, "revenue_test"),
        ("92", "99.999999", ACCELERATED, None, OTHER, "revenue_test"),
        ("92", "100", ACCELERATED, None, ACCELERATED, "float_stays_accelerated"),
        # Lost with a revenue of $104M: below $80M again.
        ("300", "90", ACCELERATED, ("300", "104"), ACCELERATED, "float_stays_accelerated"),
        ("300", "80", ACCELERATED, ("300", "104"), ACCELERATED, "float_stays_accelerated"),
        ("300", "79.999999", ACCELERATED, ("300", "104"), OTHER, "revenue_test"),
        ("600", "79", ACCELERATED, ("300", "104"), OTHER, "revenue_test"),
        # Lost with a public float of $710M: below $560M again; its revenue never failed.
        ("560", "90", LARGE, ("710", "90"), LARGE, "float_stays_large"),
        ("559.999999", "90", LARGE, ("710", "90"), OTHER, "revenue_test"),
        ("559.999999", "99.999999", LARGE, ("710", "90"), OTHER, "revenue_test"),
        # Both failed: both must fall.
        ("559", "90", LARGE, ("710", "400"), ACCELERATED, "float_leaves_large"),
        ("559", "79", LARGE, ("710", "400"), OTHER, "revenue_test"),
        # A large accelerated filer.
        ("560", "400", LARGE, ("710", "400"), LARGE, "float_stays_large"),
        ("559.999999", "400", LARGE, ("710", "400"), ACCELERATED, "float_leaves_large"),
        ("60", "400", LARGE, ("710", "400"), ACCELERATED, "float_leaves_large"),
        ("59.999999", "400", LARGE, ("710", "400"), OTHER, "float_leaves"),
        # From the other filers, the way in is the entry threshold.
        ("74.999999", "130", OTHER, None, OTHER, "float_below_entry"),
        ("75", "130", OTHER, None, ACCELERATED, "float_enters_accelerated"),
    ],
)  # fmt: skip
def test_filer_category(
    public_float: str | None,
    revenue: str,
    now: FilerCategory | None,
    lost: tuple[str | None, str] | None,
    category: FilerCategory,
    ground: str,
) -> None:
    found = ruling(public_float, revenue, now, lost)
    assert (found.category, found.ground.value) == (category, ground)


@pytest.mark.parametrize(
    ("public_float", "revenue", "now", "emerging", "attestation"),
    [
        ("92", "54", None, False, False),
        ("92", "130", None, False, True),
        ("92", "130", None, True, False),
        ("710", "400", None, False, True),
        ("710", "400", None, True, True),  # a large accelerated filer cannot be an EGC
        ("74", "130", None, False, False),
    ],
)
def test_who_needs_the_auditors_attestation(
    public_float: str, revenue: str, now: FilerCategory | None, emerging: bool, attestation: bool
) -> None:
    found = ruling(public_float, revenue, now, is_emerging_growth=emerging)
    assert found.needs_attestation is attestation


@pytest.mark.parametrize(
    ("public_float", "revenue", "lost", "is_smaller"),
    [
        ("249.999999", "400", None, True),
        ("250", "400", None, False),
        ("250", "99", None, True),
        ("199.999999", "400", ("250", "400"), True),
        ("200", "400", ("250", "400"), False),
        (None, "99", None, True),
        (None, "100", None, False),
        ("0", "100", None, False),
    ],
)
def test_smaller_reporting_company(
    public_float: str | None, revenue: str, lost: tuple[str, str] | None, is_smaller: bool
) -> None:
    assert ruling(public_float, revenue, None, lost).is_smaller_reporting is is_smaller


def test_company_that_has_not_reported_for_a_year_is_not_accelerated() -> None:
    found = ruling("710", "400", None, is_seasoned=False)
    assert (found.category, found.ground) == (OTHER, Ground.NOT_SEASONED)


def test_proposed_categories_do_not_apply_however_late_the_day() -> None:
    found = ruling("710", "400", None, on=date(2060, 12, 31))
    assert found.category is LARGE
    assert found.citation == "Exchange Act Rule 12b-2, large accelerated filer (2)(i)"


def test_status_before_the_revenue_test_is_refused() -> None:
    with pytest.raises(NotInTableError, match="table has it from 2020-04-27"):
        ruling("92", "54", None, on=date(2019, 12, 31))


@pytest.mark.parametrize(("public_float", "revenue"), [("-1", "54"), ("92", "-1")])
def test_negative_figures_are_refused(public_float: str, revenue: str) -> None:
    with pytest.raises(ValueError, match="Enter a public float and a revenue of zero or more"):
        figures(public_float, revenue)


@pytest.mark.parametrize(
    ("rule", "within", "on"),
    [
        (YearEnd(date.min, 12, 31), "2026-11-20", "2026-06-30"),
        (YearEnd(date.min, 6, 30), "2027-01-15", "2026-12-31"),
        (YearEnd(date.min, 12, 31), "2024-01-01", "2024-06-28"),  # June 30, 2024 is a Sunday
        (YearEnd(date.min, 11, 30), "2027-01-15", "2027-05-28"),  # May 31, 2027 is Memorial Day
        (YearEnd(date.min, 9, 30, weekday=5), "2026-06-30", "2026-03-27"),
    ],
)
def test_public_float_is_that_of_the_last_business_day_of_the_second_quarter(
    rule: YearEnd, within: str, on: str
) -> None:
    years = Calendar((rule,), frozenset(federal_holidays(range(2024, 2028))))
    assert str(float_date(years.year_of(date.fromisoformat(within)), years)) == on


def test_period_without_a_second_quarter_has_no_date_of_its_float() -> None:
    years = Calendar((YearEnd(date.min, 12, 31), YearEnd(date(2027, 1, 1), 3, 31)))
    with pytest.raises(ValueError, match="FY2027T has no second quarter"):
        float_date(years.year_of(date(2027, 2, 1)), years)


def test_every_ground_has_its_sentence() -> None:
    assert set(GROUNDS) == set(Ground)
    assert filer_words(ruling("92", "54", None)) == (
        "Non-accelerated filer. A smaller reporting company by its revenue is neither accelerated "
        "nor large accelerated."
    )


MONEY = st.decimals(0, 900, places=6, allow_nan=False)
STATUS = st.sampled_from([None, *FilerCategory])


@given(MONEY, MONEY, STATUS)
def test_more_public_float_never_leads_to_a_lower_category(
    public_float: Decimal, revenue: Decimal, now: FilerCategory | None
) -> None:
    rank = {OTHER: 0, ACCELERATED: 1, LARGE: 2}
    lower, higher = (
        ruling(str(value), str(revenue), now).category
        for value in (public_float, public_float + 50)
    )
    assert rank[lower] <= rank[higher]


@given(MONEY, MONEY, MONEY, MONEY)
def test_whoever_passes_the_test_after_a_loss_passes_the_first_one_too(
    public_float: Decimal, revenue: Decimal, lost_float: Decimal, lost_revenue: Decimal
) -> None:
    found, lost = (
        figures(str(public_float), str(revenue)),
        figures(str(lost_float), str(lost_revenue)),
    )
    if passes_revenue_test(found, YEAR_END, TABLE, lost):
        assert passes_revenue_test(found, YEAR_END, TABLE)
