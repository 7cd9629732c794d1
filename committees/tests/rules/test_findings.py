"""What a line finds: the finding that decides, its records, and from when on it would be clear."""

import pytest

from committees.rules.findings import (
    Finding,
    IndependenceTest,
    Line,
    Outcome,
    Why,
    first_clear_date,
    weightiest,
)
from committees.tests.rules.figures import day, on

BARRED, JUDGMENT, PASSES = Outcome.BARRED, Outcome.JUDGMENT, Outcome.PASSES


def finding(outcome: Outcome, clear: str | None = None, *records: str) -> Finding:
    return Finding(Line.FEES, outcome, Why.FEE_ACCEPTED, {"clear": clear}, records, on(clear))


OPEN, EARLY, LATE = (
    finding(BARRED, None, "fee-1"),
    finding(BARRED, "2027-01-01", "fee-2"),
    finding(BARRED, "2028-01-01", "fee-3", "fee-2"),
)


@pytest.mark.parametrize(
    ("found", "decides", "records", "clear"),
    [
        ([EARLY], EARLY, ("fee-2",), "2027-01-01"),
        ([EARLY, LATE], LATE, ("fee-2", "fee-3"), "2028-01-01"),
        ([LATE, EARLY], LATE, ("fee-3", "fee-2"), "2028-01-01"),
        # A bar without an end decides, and no date is clear.
        ([OPEN, LATE], OPEN, ("fee-1", "fee-3", "fee-2"), None),
        ([LATE, OPEN], OPEN, ("fee-3", "fee-2", "fee-1"), None),
        # What weighs less leaves no record.
        ([finding(JUDGMENT, None, "note"), EARLY], EARLY, ("fee-2",), "2027-01-01"),
        ([EARLY, finding(PASSES, None, "note")], EARLY, ("fee-2",), "2027-01-01"),
    ],
)
def test_finding_that_decides_a_line(
    found: list[Finding], decides: Finding, records: tuple[str, ...], clear: str | None
) -> None:
    assert weightiest(Line.FEES, found) == Finding(
        Line.FEES, decides.outcome, decides.why, decides.facts, records, on(clear)
    )
    assert first_clear_date(found) == on(clear)


def test_line_without_findings_passes() -> None:
    assert weightiest(Line.FEES, []) == Finding(Line.FEES, PASSES, Why.CLEAR)
    assert first_clear_date([finding(PASSES)]) is None


def test_last_of_two_dates_is_the_first_clear_one() -> None:
    assert first_clear_date([LATE, EARLY]) == day("2028-01-01")


def test_law_that_tests_and_lines_are_cited_by() -> None:
    assert [each.citation for each in IndependenceTest] == [
        "Nasdaq 5605(a)(2)",
        "Rule 10A-3(b)(1)",
        "Nasdaq 5605(c)(2)(A)(iii)",
    ]
    assert [each.citation for each in (Line.EMPLOYED, Line.FEES)] == [
        "Nasdaq 5605(a)(2)(A)",
        "Rule 10A-3(b)(1)(ii)(A)",
    ]
