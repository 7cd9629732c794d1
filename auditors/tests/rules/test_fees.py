"""RULE-21: the year and the line of a fee, approved against billed, the proxy adviser's ratio."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from auditors.enums import FeeCategory, Ground, Payer, TaxKind
from auditors.rules.catalogue import SERVICES
from auditors.rules.fees import (
    FeeLine,
    Ratio,
    Tolerance,
    billed_against_approved,
    notes,
    proposed_category,
    ratio,
    year_of,
)
from auditors.rules.money import CurrencyMismatchError, Money, Rate, in_currency
from auditors.rules.reasons import grounds, reason
from auditors.tests.rules.amounts import usd
from records.calendar import Calendar, YearEnd

AUDIT, RELATED = FeeCategory.AUDIT, FeeCategory.AUDIT_RELATED
TAX, OTHER = FeeCategory.TAX, FeeCategory.ALL_OTHER
CALENDAR_YEARS = Calendar((YearEnd(date(1900, 1, 1), 12, 31),))
FIRM = "Ash & Birch LLP"
SEPTEMBER = Calendar((YearEnd(date(1900, 1, 1), 9, 30),))
# The last Saturday of September: FY2022 ended on September 24, FY2023 on September 30.
WEEKS = Calendar((YearEnd(date(1900, 1, 1), 9, 30, weekday=5),))


@pytest.mark.parametrize(
    ("service", "rendered_on", "calendar", "audited", "expected"),
    [
        # Work on the audit of 2026 in February 2027, billed in March: 2026.
        ("annual-audit", date(2027, 2, 10), CALENDAR_YEARS, date(2026, 12, 31), "FY2026"),
        ("statutory-audit", date(2024, 5, 1), CALENDAR_YEARS, date(2023, 12, 31), "FY2023"),
        ("interim-reviews", date(2026, 8, 5), CALENDAR_YEARS, date(2026, 12, 31), "FY2026"),
        # Tax return work in December 2026, billed in February 2027: 2026.
        ("us-income-tax-returns", date(2026, 12, 14), CALENDAR_YEARS, None, "FY2026"),
        # Consents and comfort letters stand under Audit, and go by the year rendered.
        ("consent", date(2027, 1, 4), CALENDAR_YEARS, None, "FY2027"),
        # Assurance over the emissions of 2022, performed in 2023: 2023.
        ("sustainability-assurance", date(2023, 9, 1), CALENDAR_YEARS, None, "FY2023"),
        # A fiscal year is a record, never a calendar year.
        ("training", date(2025, 10, 1), SEPTEMBER, None, "FY2026"),
        ("training", date(2025, 9, 30), SEPTEMBER, None, "FY2025"),
        ("training", date(2022, 9, 24), WEEKS, None, "FY2022"),
        ("training", date(2022, 9, 25), WEEKS, None, "FY2023"),
        ("training", date(2023, 9, 30), WEEKS, None, "FY2023"),
    ],
)
def test_year(
    service: str, rendered_on: date, calendar: Calendar, audited: date | None, expected: str
) -> None:
    found = year_of(
        by_year_audited=SERVICES[service].by_year_audited,
        rendered_on=rendered_on,
        calendar=calendar,
        audited_year=calendar.year_of(audited) if audited else None,
    )
    assert found.key == expected


def test_audit_fee_names_the_year_audited() -> None:
    with pytest.raises(ValueError, match="year audited"):
        year_of(by_year_audited=True, rendered_on=date(2026, 1, 1), calendar=CALENDAR_YEARS)


@pytest.mark.parametrize(
    ("tolerance", "billed", "expected"),
    [
        # A bank's policy: more than 50,000 above needs its own approval.
        (Tolerance(amount=usd("50,000")), "400,000", Ground.BILLED_WITHIN),
        (Tolerance(amount=usd("50,000")), "449,999", Ground.BILLED_WITHIN_TOLERANCE),
        (Tolerance(amount=usd("50,000")), "450,000", Ground.BILLED_WITHIN_TOLERANCE),
        (Tolerance(amount=usd("50,000")), "450,000.01", Ground.BILLED_ABOVE),
        # Five percent of the approved fee.
        (Tolerance(share=Decimal("0.05")), "420,000", Ground.BILLED_WITHIN_TOLERANCE),
        (Tolerance(share=Decimal("0.05")), "420,000.01", Ground.BILLED_ABOVE),
        # Both: the lower.
        (Tolerance(Decimal("0.05"), usd("5,000")), "405,000.01", Ground.BILLED_ABOVE),
        # Unset is none.
        (Tolerance(), "400,000.00", Ground.BILLED_WITHIN),
        (Tolerance(), "400,000.01", Ground.BILLED_ABOVE),
        (Tolerance(), "0", Ground.BILLED_WITHIN),
    ],
)
def test_billed_against_approved(tolerance: Tolerance, billed: str, expected: Ground) -> None:
    found = billed_against_approved(usd("400,000"), usd(billed), tolerance)
    assert found.ground == expected


@pytest.mark.parametrize("share", [None, Decimal("0.05")])
def test_tolerance_in_another_currency_is_never_one_to_one(share: Decimal | None) -> None:
    tolerance = Tolerance(share, Money(Decimal(50_000), "EUR"))
    assert not tolerance.applies_to("USD")
    with pytest.raises(CurrencyMismatchError):
        billed_against_approved(usd("400,000"), usd("400,001"), tolerance)


def fee(category: FeeCategory, amount: str | None, kind: TaxKind | None = None) -> FeeLine:
    return FeeLine(FIRM, "FY2023", category, usd(amount) if amount else None, tax_kind=kind)


COMPLIANCE, ADVICE, UNKNOWN = TaxKind.COMPLIANCE, TaxKind.ADVICE, TaxKind.UNKNOWN


@pytest.mark.parametrize(
    ("lines", "other", "base", "percentage", "unsplit"),
    [
        pytest.param(
            [
                fee(AUDIT, "2,930,831"),
                fee(TAX, "2,171,555", COMPLIANCE),
                fee(TAX, "231,466", ADVICE),
                fee(OTHER, "6,504"),
            ],
            "237970",
            "5102386",
            "4.66",
            False,
            id="retailer, split",
        ),
        pytest.param(
            [fee(AUDIT, "2,930,831"), fee(TAX, "2,403,021", UNKNOWN), fee(OTHER, "6,504")],
            "2409525",
            "2930831",
            "82.21",
            True,
            id="retailer, had it not split",
        ),
        pytest.param(
            [
                fee(AUDIT, "4,105,536"),
                fee(RELATED, "153,000"),
                fee(TAX, "2,275,850", COMPLIANCE),
                fee(TAX, "349,158", ADVICE),
            ],
            "349158",
            "6534386",
            "5.34",
            False,
            id="real estate trust",
        ),
        pytest.param(
            [fee(AUDIT, "3,280,563"), fee(TAX, "1,899,873")],
            "1899873",
            "3280563",
            "57.91",
            True,
            id="storage trust, not split",
        ),
    ],
)
def test_ratio(lines: list[FeeLine], other: str, base: str, percentage: str, unsplit: bool) -> None:
    found = ratio(lines, "FY2023", firm=FIRM)
    assert (found.other, found.base) == (Decimal(other), Decimal(base))
    assert (found.percentage, found.has_unsplit_tax) == (Decimal(percentage), unsplit)
    assert found.warning is None


@pytest.mark.parametrize(
    ("other", "warns"), [("985,000", False), ("985,000.01", True), ("1,000,000", True)]
)
def test_ratio_warns_above_the_base(other: str, warns: bool) -> None:
    found = ratio([fee(AUDIT, "985,000"), fee(OTHER, other)], "FY2023", firm=FIRM)
    assert (found.warning is not None) is warns


def test_ratio_of_other_years_and_without_a_base() -> None:
    lines = [fee(OTHER, "5")]
    assert ratio(lines, "FY2022", firm=FIRM).percentage is None
    assert ratio(lines, "FY2023", firm=FIRM).percentage is None


def test_ratio_without_a_rate_cannot_be_computed() -> None:
    assert ratio([fee(AUDIT, None)], "FY2023", firm=FIRM) is None


def test_ratio_reads_the_table_of_the_firm() -> None:
    """What stands below the table, and another firm's fees, are not in it."""
    lines = [
        fee(AUDIT, "100"),
        replace(fee(OTHER, "90"), in_table=False),
        replace(fee(OTHER, None), in_table=False),
        replace(fee(OTHER, "20"), firm="Elm LLP"),
        replace(fee(AUDIT, "700"), firm="Elm LLP"),
    ]
    found = ratio(lines, "FY2023", firm=FIRM)
    assert (found.other, found.base) == (0, 100)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (FeeLine("f", "FY1", RELATED, usd(1), usually_audit=True), [Ground.FILED_AS_AUDIT_RELATED]),
        (FeeLine("f", "FY1", AUDIT, usd(1), usually_audit=True), []),
        (
            FeeLine("f", "FY1", RELATED, usd(1), payer=Payer.THIRD_PARTY),
            [Ground.PAID_BY_THIRD_PARTY],
        ),
        (FeeLine("f", "FY1", RELATED, usd(1)), []),
    ],
)
def test_notes_beside_a_line(line: FeeLine, expected: list[Ground]) -> None:
    assert list(grounds(notes(line))) == expected


def test_proposed_category() -> None:
    assert proposed_category(SERVICES["comfort-letter"]) == AUDIT
    assert proposed_category(None) is None


@pytest.mark.parametrize(
    ("money", "rate", "expected"),
    [
        (usd("100"), None, usd("100")),
        (
            Money(Decimal(12500), "EUR"),
            Rate(Decimal("1.0835"), date(2026, 4, 30)),
            usd("13,543.75"),
        ),
        (Money(Decimal("0.01"), "EUR"), Rate(Decimal("1.5"), date(2026, 4, 30)), usd("0.02")),
        (Money(Decimal(12500), "EUR"), None, None),
    ],
)
def test_currency_needs_its_rate(money: Money, rate: Rate | None, expected: Money | None) -> None:
    assert in_currency(money, "USD", rate) == expected


@pytest.mark.parametrize(
    ("tolerance", "applies"),
    [
        (Tolerance(), True),
        (Tolerance(share=Decimal("0.05")), True),
        (Tolerance(amount=usd("50,000")), True),
        (Tolerance(amount=Money(Decimal(50_000), "EUR")), False),
    ],
)
def test_tolerance_of_a_sum_applies_in_its_own_currency(
    tolerance: Tolerance, applies: bool
) -> None:
    assert tolerance.applies_to("USD") is applies


def test_bill_says_how_much_it_is_over() -> None:
    found = billed_against_approved(usd("400"), usd("450"), Tolerance())
    facts = {"approved": usd("400"), "billed": usd("450"), "over": usd("50")}
    assert found == reason(Ground.BILLED_ABOVE, **facts)


def test_other_fees_above_the_base_are_noted() -> None:
    above, at = (Ratio(Decimal(other), Decimal(100), False) for other in ("100.01", "100"))
    facts = {"other": Decimal("100.01"), "base": Decimal(100)}
    assert above.warning == reason(Ground.NON_AUDIT_ABOVE_BASE, **facts)
    assert at.warning is None
