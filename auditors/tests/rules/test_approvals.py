"""RULE-16: the approval comes first, and does not lapse before the work begins."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from auditors.enums import ApprovingBody, Ground, Timing
from auditors.rules.approvals import RenderedFee, order, unapproved
from auditors.rules.reasons import reason

RECORDS_BEGIN = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("approved_on", "starts_on", "timing", "is_open_item"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), Timing.ON_TIME, False),
        (date(2026, 4, 1), date(2026, 4, 1), Timing.SAME_DATE, False),
        (date(2026, 4, 2), date(2026, 4, 1), Timing.LATE, True),
        (date(2026, 4, 9), date(2026, 4, 1), Timing.LATE, True),
        # One year, both ends in.
        (date(2026, 3, 10), date(2027, 3, 10), Timing.ON_TIME, False),
        (date(2026, 3, 10), date(2027, 3, 11), Timing.STALE, True),
        (date(2024, 2, 29), date(2025, 2, 28), Timing.ON_TIME, False),
        (date(2024, 2, 29), date(2025, 3, 1), Timing.STALE, True),
        # Before the records begin.
        (date(2024, 6, 1), date(2024, 5, 1), Timing.NOTED, False),
        (date(2025, 1, 2), date(2025, 1, 1), Timing.LATE, True),
    ],
)
def test_order(approved_on: date, starts_on: date, timing: Timing, is_open_item: bool) -> None:
    found = order(approved_on, starts_on, max_age_months=12, records_begin=RECORDS_BEGIN)
    assert (found.timing, found.is_open_item) == (timing, is_open_item)


def test_days_late() -> None:
    found = order(
        date(2026, 4, 9), date(2026, 4, 1), max_age_months=12, records_begin=RECORDS_BEGIN
    )
    assert (found.days_late, found.reason.facts["days"]) == (8, 8)


def test_same_date_with_the_time_known() -> None:
    day = date(2026, 4, 1)
    found = order(day, day, max_age_months=12, records_begin=RECORDS_BEGIN, start_time_known=True)
    assert found.timing == Timing.ON_TIME


@pytest.mark.parametrize("body", [ApprovingBody.SUBSIDIARY_COMMITTEE, ApprovingBody.FORMER_PARENT])
def test_approval_of_another_body_is_noted(body: ApprovingBody) -> None:
    found = order(
        date(2026, 4, 9),
        date(2026, 4, 1),
        max_age_months=12,
        records_begin=RECORDS_BEGIN,
        approved_by=body,
    )
    assert (found.timing, found.reason.ground) == (Timing.NOTED, Ground.APPROVED_BY_ANOTHER_BODY)
    assert not found.is_open_item


@pytest.mark.parametrize(
    ("approved_on", "starts_on", "given", "ground", "more"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), {}, Ground.APPROVED_IN_ADVANCE, {}),
        (date(2026, 4, 1), date(2026, 4, 1), {}, Ground.APPROVED_SAME_DATE, {}),
        (date(2026, 4, 1), date(2026, 4, 1), {"start_time_known": True}, Ground.APPROVED_IN_ADVANCE, {}),
        (date(2026, 4, 2), date(2026, 4, 1), {}, Ground.APPROVED_LATE, {"days": 1}),
        (date(2026, 4, 2), date(2026, 4, 1), {"start_time_known": True}, Ground.APPROVED_LATE, {"days": 1}),
        (date(2026, 3, 10), date(2027, 3, 11), {}, Ground.APPROVAL_LAPSED, {"last": date(2027, 3, 10)}),
        (date(2025, 1, 1), date(2024, 12, 31), {}, Ground.APPROVED_BEFORE_RECORDS, {}),
        (date(2024, 12, 31), date(2024, 12, 31), {"approved_by": ApprovingBody.FORMER_PARENT}, Ground.APPROVED_BY_ANOTHER_BODY, {"body": ApprovingBody.FORMER_PARENT}),
    ],
)  # fmt: skip
def test_reason_with_its_facts(
    approved_on: date,
    starts_on: date,
    given: dict[str, object],
    ground: Ground,
    more: dict[str, object],
) -> None:
    found = order(approved_on, starts_on, max_age_months=12, records_begin=RECORDS_BEGIN, **given)
    facts = {"approved": approved_on, "start": starts_on} | more
    assert (found.reason.ground, found.reason.facts) == (ground, facts)
    assert found.is_late == (ground == Ground.APPROVED_LATE)
    assert found.days_late == more.get("days", 0)


RENDERED, BILLED = date(2026, 6, 1), date(2026, 7, 1)
FEE = RenderedFee(
    RENDERED,
    BILLED,
    Decimal("0.01"),
    has_approval=False,
    for_issuer=True,
    with_audit=False,
)


@pytest.mark.parametrize(
    ("changes", "on", "since"),
    [
        ({}, RENDERED, RENDERED),
        ({}, date(2026, 5, 31), None),
        ({"invoiced_on": None}, RENDERED, RENDERED),
        # Billed in advance of the work.
        ({"invoiced_on": date(2026, 5, 15)}, date(2026, 5, 15), date(2026, 5, 15)),
        ({"invoiced_on": date(2026, 5, 15)}, date(2026, 5, 14), None),
        ({"has_approval": True}, BILLED, None),
        ({"with_audit": True}, BILLED, None),
        ({"for_issuer": False}, BILLED, None),
        ({"amount": Decimal(0)}, BILLED, None),
        ({"amount": Decimal(-100)}, BILLED, None),
        ({"approved_by": ApprovingBody.SUBSIDIARY_COMMITTEE}, BILLED, None),
        ({"rendered_on": RECORDS_BEGIN}, BILLED, RECORDS_BEGIN),
        ({"rendered_on": RECORDS_BEGIN - timedelta(days=1)}, BILLED, None),
    ],
)
def test_fee_without_an_approval(changes: dict[str, Any], on: date, since: date | None) -> None:
    fee = replace(FEE, **changes)
    found = unapproved(fee, records_begin=RECORDS_BEGIN, on=on)
    assert (found[0] if found else None) == since
    if found:
        assert found[1] == reason(Ground.FEE_WITHOUT_APPROVAL, rendered=fee.rendered_on)
