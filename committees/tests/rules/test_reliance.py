"""Disclosure of a cure of lost independence, or of the phase-in of independence: RULE-49."""

import pytest

from committees.rules.reliance import Filed, FiledForm, must_state, years_of_use
from committees.tests.rules.figures import CALENDAR_YEAR, JUNE_YEAR, day, span

ANNUAL, PROXY = FiledForm.ANNUAL, FiledForm.PROXY


@pytest.mark.parametrize(
    ("case", "use", "form", "filed_on", "states"),
    [
        ("proxy while it is used", "2026-11-20..", PROXY, "2027-01-28", True),
        ("proxy on its first day", "2026-11-20..", PROXY, "2026-11-20", True),
        ("proxy the day before", "2026-11-20..", PROXY, "2026-11-19", False),
        ("proxy on its last day", "2026-11-20..2027-01-28", PROXY, "2027-01-28", True),
        ("proxy the day after", "2026-11-20..2027-01-27", PROXY, "2027-01-28", False),
        ("10-K while it is used", "2027-01-04..", ANNUAL, "2027-03-10", True),
        ("10-K on a year of its use", "2026-02-01..2026-02-02", ANNUAL, "2027-03-10", True),
        ("10-K on a year whose last day it began", "2026-12-31..2027-01-05", ANNUAL, "2027-03-10", True),
        ("10-K on the year before", "2027-01-01..2027-01-05", ANNUAL, "2027-03-10", False),
        ("10-K on the year after", "2025-06-01..2025-12-31", ANNUAL, "2027-03-10", False),
        ("10-K on a year whose first day it ended", "2025-06-01..2026-01-01", ANNUAL, "2027-03-10", True),
    ],
)  # fmt: skip
def test_what_a_filing_states(
    case: str, use: str, form: FiledForm, filed_on: str, states: bool
) -> None:
    filed = Filed(form, day(filed_on), states_reliance=False)
    assert must_state(filed, [span(use)], CALENDAR_YEAR) is states, case


def test_nothing_is_stated_where_nothing_was_relied_on() -> None:
    assert not must_state(Filed(ANNUAL, day("2027-03-10"), False), [], CALENDAR_YEAR)


def test_year_is_the_companys_fiscal_year() -> None:
    filed = Filed(ANNUAL, day("2026-09-10"), states_reliance=False)
    assert must_state(filed, [span("2026-06-30..2026-06-30")], JUNE_YEAR)
    assert not must_state(filed, [span("2026-07-01..2026-07-02")], JUNE_YEAR)


def test_years_of_use() -> None:
    used = [span("2025-12-31..2026-01-01"), span("2027-05-01..")]
    found = years_of_use(used, CALENDAR_YEAR, day("2028-01-01"))
    assert [year.last.year for year in found] == [2025, 2026, 2027, 2028]
    assert years_of_use(used[:1], CALENDAR_YEAR, day("2028-01-01")) == found[:2]
    assert years_of_use([], CALENDAR_YEAR, day("2028-01-01")) == []
