"""RULE-19, RULE-20: the de minimis waiver and its percentages in the proxy."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from auditors.enums import FeeCategory, Ground
from auditors.rules.de_minimis import WaiverCase, after_the_year, disclosed_shares, waiver
from auditors.rules.money import Money
from auditors.rules.reasons import grounds, reason
from auditors.tests.rules.amounts import usd

SHARE = Decimal("0.05")
CASE = WaiverCase(
    is_audit=False,
    recognized_as_non_audit=False,
    promptly_brought=True,
    approved_on=date(2027, 2, 16),
    audit_completed_on=date(2027, 3, 8),
    waived_in_year=usd("48,000"),
    paid_in_year=usd("1,033,000"),
)


def test_limit_and_share() -> None:
    found = waiver(CASE, share=SHARE)
    assert (found.is_available, found.limit.amount, found.share) == (
        True,
        Decimal("51650.00"),
        Decimal("4.6467"),
    )
    facts = {"sum": usd("48,000"), "limit": usd("51,650"), "share": Decimal("4.6467")}
    assert found.reasons == (reason(Ground.WAIVER_AVAILABLE, **facts),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [Ground.WAIVER_AVAILABLE]),
        ({"year_has_ended": False}, [Ground.WAIVER_PROVISIONAL]),
        # Exactly five percent of the total is not more than five percent.
        (
            {"waived_in_year": usd("50,000"), "paid_in_year": usd("1,000,000")},
            [Ground.WAIVER_AVAILABLE],
        ),
        (
            {"waived_in_year": usd("50,000.01"), "paid_in_year": usd("1,000,000")},
            [Ground.WAIVER_OVER_SHARE],
        ),
        ({"approved_on": date(2027, 3, 8)}, [Ground.WAIVER_AVAILABLE]),
        ({"approved_on": date(2027, 3, 9)}, [Ground.WAIVER_AFTER_AUDIT]),
        ({"audit_completed_on": None}, [Ground.WAIVER_AVAILABLE]),
        ({"recognized_as_non_audit": True, "waived_in_year": usd(1)}, [Ground.WAIVER_RECOGNIZED]),
        ({"is_audit": True}, [Ground.WAIVER_AUDIT_SERVICE]),
        ({"promptly_brought": False}, [Ground.WAIVER_NOT_PROMPT]),
        ({"allowed_by_policy": False}, [Ground.WAIVER_CLOSED_BY_POLICY]),
        ({"paid_in_year": usd(0)}, [Ground.WAIVER_OVER_SHARE]),
        (
            {"is_audit": True, "approved_on": date(2027, 3, 9)},
            [Ground.WAIVER_AUDIT_SERVICE, Ground.WAIVER_AFTER_AUDIT],
        ),
    ],
)
def test_waiver(changes: dict[str, object], expected: list[Ground]) -> None:
    found = waiver(replace(CASE, **changes), share=SHARE)
    assert list(grounds(found.reasons)) == expected
    assert found.is_available == (
        expected[0] in (Ground.WAIVER_AVAILABLE, Ground.WAIVER_PROVISIONAL)
    )


def test_disclosure_is_a_percentage_of_each_line() -> None:
    fees = {
        FeeCategory.AUDIT: usd("850,000"),
        FeeCategory.AUDIT_RELATED: usd("60,000"),
        FeeCategory.TAX: usd("123,000"),
        FeeCategory.ALL_OTHER: usd(0),
    }
    assert disclosed_shares(fees, {FeeCategory.TAX: usd("48,000")}) == {
        FeeCategory.AUDIT_RELATED: Decimal("0.00"),
        FeeCategory.TAX: Decimal("39.02"),
        FeeCategory.ALL_OTHER: None,  # "none", and nothing for Audit
    }


def test_three_lines_without_a_waiver() -> None:
    """A homebuilder: no audit-related and no other fees, tax fees without a waiver."""
    fees = {FeeCategory.AUDIT: usd("2,987,363"), FeeCategory.TAX: usd("6,440")}
    assert disclosed_shares(fees, {}) == {
        FeeCategory.AUDIT_RELATED: None,
        FeeCategory.TAX: Decimal("0.00"),
        FeeCategory.ALL_OTHER: None,
    }


@pytest.mark.parametrize(
    ("waived", "on_record", "expected"),
    [
        ("50000", "1000000", False),
        ("50000.01", "1000000", True),
        # Stated as 9,900,000 when it was given; nothing is on record.
        ("490000", "0", True),
        ("0", "0", False),
    ],
)
def test_waivers_are_judged_again_after_the_year(
    waived: str, on_record: str, expected: bool
) -> None:
    found = after_the_year(usd(waived), usd(on_record), share=Decimal("0.05"))
    assert (found is not None) == expected
    if found:
        assert found == reason(
            Ground.WAIVER_OVER_SHARE_ON_RECORD,
            sum=usd(waived),
            paid=usd(on_record),
            limit=Money(Decimal(on_record) * Decimal("0.05"), "USD"),
        )
