"""On which days what is known of a director changes an answer."""

from datetime import date

import pytest

from committees.enums import OrganizationRole
from committees.rules.facts import (
    Association,
    AuditorTie,
    BusinessPayment,
    Employment,
    Facts,
    Holding,
    Interlock,
    Organization,
    Payment,
    Preparation,
    fact_days,
)
from committees.tests.rules.figures import day, money, span

ENDED, GOES_ON = span("2020-01-01..2021-12-31"), span("2022-03-01..")
# A span changes an answer on its first date and on the date after its last.
BOTH = ["2020-01-01", "2022-01-01", "2022-03-01"]
FIRM = Organization("Firm")
A_DAY, ANOTHER = day("2024-05-01"), day("2025-06-01")
PAID = ["2024-05-01", "2025-06-01"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), []),
        (Facts(employments=(Employment(ENDED), Employment(GOES_ON))), BOTH),
        (Facts(associations=tuple(Association(FIRM, OrganizationRole.PARTNER, one) for one in (ENDED, GOES_ON))), BOTH),
        (Facts(interlocks=(Interlock("Firm", ENDED), Interlock("Firm", GOES_ON))), BOTH),
        (Facts(preparations=(Preparation(ENDED), Preparation(GOES_ON))), BOTH),
        (Facts(auditor=(AuditorTie(ENDED), AuditorTie(GOES_ON))), BOTH),
        (Facts(auditor=(AuditorTie(last_worked_on=A_DAY), AuditorTie(last_worked_on=ANOTHER))), PAID),
        (Facts(payments=(Payment(A_DAY, money("1")), Payment(ANOTHER, money("1")))), PAID),
        (Facts(business=(BusinessPayment("Firm", A_DAY, money("1")), BusinessPayment("Firm", ANOTHER, money("1")))), PAID),
        (Facts(holdings=(Holding("Common", 1, 10, A_DAY), Holding("Common", 1, 10, ANOTHER))), PAID),
    ],
)  # fmt: skip
def test_days_on_which_an_answer_changes(facts: Facts, expected: list[str]) -> None:
    assert sorted(found for found in fact_days(facts) if found) == [
        date.fromisoformat(each) for each in expected
    ]
