"""Transactions with related persons: Item 404 and Nasdaq 5630."""

from decimal import Decimal

import pytest

from charters.enums import Layer
from committees.rules.related_parties import (
    OpenPoint,
    Threshold,
    Transaction,
    is_above,
    open_points,
    period_begins,
    threshold,
)
from committees.tests.rules.figures import (
    CALENDAR_YEAR,
    JUNE_YEAR,
    MOVED_YEAR,
    RELATED,
    TODAY,
    day,
    money,
    on,
)
from records.calendar import Calendar

FULL = Threshold(Decimal(120_000))


@pytest.mark.parametrize(
    ("is_smaller", "assets", "amount", "lacks_assets"),
    [
        (False, [], "120,000", False),
        (False, ["1,000,000", "1,000,000"], "120,000", False),
        (True, ["9,000,000", "11,000,000"], "100,000", False),  # 1% of 10,000,000
        (True, ["11,000,000", "13,000,000"], "120,000", False),  # 1% is the amount itself
        (True, ["30,000,000", "34,000,000"], "120,000", False),
        (True, ["9,000,000.00", "9,000,001.00"], "90,000.005", False),  # not rounded
        (True, ["9,000,000"], "120,000", True),
        (True, [], "120,000", True),
    ],
)
def test_threshold(is_smaller: bool, assets: list[str], amount: str, lacks_assets: bool) -> None:
    found = threshold(RELATED, is_smaller=is_smaller, total_assets=[money(one) for one in assets])
    assert (found.amount, found.lacks_assets) == (money(amount), lacks_assets)


@pytest.mark.parametrize(
    ("amount", "above"), [("119,999.99", False), ("120,000", False), ("120,000.01", True)]
)
def test_only_more_than_the_threshold_is_above_it(amount: str, above: bool) -> None:
    assert is_above(money(amount), FULL) is above


@pytest.mark.parametrize(
    ("as_of", "calendar", "first"),
    [
        ("2026-11-20", CALENDAR_YEAR, "2025-01-01"),
        ("2026-12-31", CALENDAR_YEAR, "2025-01-01"),
        ("2027-01-01", CALENDAR_YEAR, "2026-01-01"),
        ("2026-06-30", JUNE_YEAR, "2024-07-01"),
        ("2026-07-01", JUNE_YEAR, "2025-07-01"),
        # The year ended on June 30 until 2025: July to December 2025 are no fiscal year.
        ("2025-11-20", MOVED_YEAR, "2024-07-01"),
        ("2026-11-20", MOVED_YEAR, "2024-07-01"),
        ("2027-01-01", MOVED_YEAR, "2026-01-01"),
    ],
)
def test_transactions_since_the_beginning_of_the_last_fiscal_year(
    as_of: str, calendar: Calendar, first: str
) -> None:
    assert period_begins(day(as_of), calendar) == day(first)


@pytest.mark.parametrize(
    ("amount", "known", "signed", "reviewed", "decided", "points"),
    [
        ("120,000", "2026-03-01", None, None, None, []),  # logged, and nothing is asked
        ("120,000.01", "2026-03-01", None, None, None, [OpenPoint.REVIEW, OpenPoint.DECISION]),
        ("200,000", "2026-03-01", None, "2026-05-05", None, [OpenPoint.DECISION]),
        ("200,000", "2026-03-01", "2026-05-06", "2026-05-05", "2026-05-05", []),
        ("200,000", "2026-03-01", "2026-05-05", "2026-05-05", "2026-05-05", []),  # the same day
        ("200,000", "2026-03-01", "2026-05-04", "2026-05-05", "2026-05-05", [OpenPoint.DECIDED_AFTER_SIGNING]),
        ("200,000", "2026-03-01", None, "2026-11-20", "2026-11-20", []),
        ("200,000", "2026-03-01", None, "2026-11-21", "2026-11-21", [OpenPoint.REVIEW, OpenPoint.DECISION]),  # tomorrow
        ("200,000", "2026-11-20", None, None, None, [OpenPoint.REVIEW, OpenPoint.DECISION]),
        ("200,000", "2026-11-21", None, None, None, []),  # not known yet
    ],
)  # fmt: skip
def test_what_is_open(
    amount: str,
    known: str,
    signed: str | None,
    reviewed: str | None,
    decided: str | None,
    points: list[OpenPoint],
) -> None:
    transaction = Transaction(money(amount), day(known), on(signed), on(reviewed), on(decided))
    assert list(open_points(transaction, FULL, TODAY)) == points


def test_review_is_law_and_a_decision_good_practice() -> None:
    assert [point.layer for point in OpenPoint] == [Layer.LAW, *[Layer.GOOD_PRACTICE] * 2]
