"""PCAOB Rules 3524 and 3525: described in writing and discussed before the approval."""

from dataclasses import replace
from datetime import date

import pytest

from auditors.enums import Ground, Timing
from auditors.rules.catalogue import SERVICES
from auditors.rules.description import (
    INTERNAL_CONTROL,
    TAX,
    Description,
    citation_for,
    judge,
    notes,
)
from auditors.rules.reasons import reason

APRIL_20, MAY_4, MAY_5, MAY_6 = (
    date(2026, 4, 20),
    date(2026, 5, 4),
    date(2026, 5, 5),
    date(2026, 5, 6),
)


@pytest.mark.parametrize(
    ("service", "citation"),
    [
        pytest.param("us-income-tax-returns", TAX, id="tax compliance"),
        pytest.param("sales-tax-advice", TAX, id="tax advice"),
        pytest.param("controls-review", INTERNAL_CONTROL, id="internal control"),
        pytest.param("controls-audit", "", id="the audit of internal control is an audit service"),
        pytest.param("annual-audit", "", id="the audit"),
        pytest.param("due-diligence", "", id="audit-related, not on internal control"),
        pytest.param("", "", id="not in the list: nothing is classified"),
    ],
)
def test_which_services_ask_for_a_description(service: str, citation: str) -> None:
    assert citation_for(SERVICES.get(service)) == citation
    asked = (reason(Ground.DESCRIPTION_ASKED, citation=citation),)
    assert notes(SERVICES.get(service)) == (asked if citation else ())


def test_an_audit_service_on_internal_control_asks_for_none() -> None:
    review = SERVICES["controls-review"]
    assert review.concerns_internal_control
    audit = replace(SERVICES["annual-audit"], concerns_internal_control=True)
    assert (citation_for(review), citation_for(audit)) == (INTERNAL_CONTROL, "")


def given(on: date, discussed_on: date | None = None) -> list[Description]:
    return [Description(on, discussed_on)]


DUE, NOT_ON_FILE, ON_TIME, LATE = Timing.DUE, Timing.NOT_ON_FILE, Timing.ON_TIME, Timing.LATE
WAITS, DISCUSSED = Ground.DESCRIPTION_NOT_DISCUSSED, Ground.DESCRIPTION_DISCUSSED

# What is on file, the approval, and: the timing, its ground, the date it was complete.
CASES = {
    "nothing yet": ([], None, DUE, Ground.DESCRIPTION_ASKED, None),
    "approved without": ([], MAY_5, NOT_ON_FILE, Ground.NO_DESCRIPTION, None),
    "to be discussed": (given(APRIL_20), None, DUE, WAITS, None),
    "approved without a discussion": (given(APRIL_20), MAY_5, NOT_ON_FILE, WAITS, None),
    "the date before": (given(APRIL_20, MAY_4), MAY_5, ON_TIME, DISCUSSED, MAY_4),
    "at one meeting": (given(APRIL_20, MAY_5), MAY_5, ON_TIME, DISCUSSED, MAY_5),
    "a date after": (given(APRIL_20, MAY_6), MAY_5, LATE, Ground.DESCRIPTION_AFTER_APPROVAL, MAY_6),
    "the one that was discussed counts": (
        [*given(MAY_4), *given(APRIL_20, MAY_5)],
        MAY_5,
        ON_TIME,
        DISCUSSED,
        MAY_5,
    ),
    "not approved yet": (given(APRIL_20, MAY_5), None, ON_TIME, DISCUSSED, MAY_5),
    "written up after its discussion": (
        given(MAY_6, MAY_4),
        MAY_5,
        LATE,
        Ground.DESCRIPTION_AFTER_APPROVAL,
        MAY_6,
    ),
}


@pytest.mark.parametrize(
    ("found", "approved_on", "timing", "ground", "completed_on"), CASES.values(), ids=CASES
)
def test_description_comes_before_the_approval(
    found: list[Description],
    approved_on: date | None,
    timing: Timing,
    ground: Ground,
    completed_on: date | None,
) -> None:
    ruled = judge(found, citation=TAX, approved_on=approved_on)
    assert (ruled.timing, ruled.reason.ground, ruled.completed_on) == (timing, ground, completed_on)


@pytest.mark.parametrize(
    ("found", "dated", "discussed"),
    [
        # The one that was complete first, whenever it was written.
        ([*given(MAY_4, MAY_6), *given(MAY_5, MAY_5)], MAY_5, MAY_5),
        ([*given(APRIL_20, MAY_6), *given(MAY_4, MAY_5)], MAY_4, MAY_5),
        # Of two that were complete on one date, and of two that were not discussed, the older.
        ([*given(MAY_4, MAY_5), *given(APRIL_20, MAY_5)], APRIL_20, MAY_5),
        ([*given(MAY_4), *given(APRIL_20)], APRIL_20, None),
    ],
)
def test_of_two_descriptions_the_first_complete_one_counts(
    found: list[Description], dated: date, discussed: date | None
) -> None:
    ground = DISCUSSED if discussed else WAITS
    said = reason(ground, dated=dated, discussed=discussed, citation=TAX)
    for order in (found, found[::-1]):
        assert judge(order, citation=TAX, approved_on=None).reason == said
