"""PCAOB Rules 3524 and 3525: described in writing and discussed before the approval."""

from datetime import date

import pytest

from auditors.enums import Ground, Timing
from auditors.rules.catalogue import SERVICES
from auditors.rules.description import INTERNAL_CONTROL, TAX, Description, citation_for, judge

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


@pytest.mark.parametrize(
    ("found", "approved_on", "timing", "ground", "completed_on"),
    [
        pytest.param([], None, Timing.DUE, Ground.DESCRIPTION_ASKED, None, id="nothing yet"),
        pytest.param(
            [], MAY_5, Timing.NOT_ON_FILE, Ground.NO_DESCRIPTION, None, id="approved without"
        ),
        pytest.param(
            [Description(APRIL_20)],
            None,
            Timing.DUE,
            Ground.DESCRIPTION_NOT_DISCUSSED,
            None,
            id="on file, to be discussed",
        ),
        pytest.param(
            [Description(APRIL_20)],
            MAY_5,
            Timing.NOT_ON_FILE,
            Ground.DESCRIPTION_NOT_DISCUSSED,
            None,
            id="approved without a discussion",
        ),
        pytest.param(
            [Description(APRIL_20, MAY_4)],
            MAY_5,
            Timing.ON_TIME,
            Ground.DESCRIPTION_DISCUSSED,
            MAY_4,
            id="discussed the date before",
        ),
        pytest.param(
            [Description(APRIL_20, MAY_5)],
            MAY_5,
            Timing.ON_TIME,
            Ground.DESCRIPTION_DISCUSSED,
            MAY_5,
            id="discussed and approved at one meeting",
        ),
        pytest.param(
            [Description(APRIL_20, MAY_6)],
            MAY_5,
            Timing.LATE,
            Ground.DESCRIPTION_AFTER_APPROVAL,
            MAY_6,
            id="discussed a date after",
        ),
        pytest.param(
            [Description(MAY_4), Description(APRIL_20, MAY_5)],
            MAY_5,
            Timing.ON_TIME,
            Ground.DESCRIPTION_DISCUSSED,
            MAY_5,
            id="the one that was discussed counts",
        ),
        pytest.param(
            [Description(APRIL_20, MAY_5)],
            None,
            Timing.ON_TIME,
            Ground.DESCRIPTION_DISCUSSED,
            MAY_5,
            id="discussed, not approved yet",
        ),
    ],
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
