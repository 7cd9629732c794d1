"""Test A: the whole finding of each line, with why, the facts of its sentence and its records."""

from typing import Any

import pytest

from committees.enums import OrganizationRole as Role
from committees.enums import PaymentKind, RelativeKind
from committees.rules import listing
from committees.rules.facts import (
    Association,
    AuditorTie,
    BusinessPayment,
    Employment,
    Facts,
    Interlock,
    Organization,
    Payment,
)
from committees.rules.family import SELF, Relative
from committees.rules.findings import Finding, Line, Outcome, Why
from committees.tests.rules.figures import (
    CALENDAR_YEAR,
    CHILD,
    LIMITS,
    MOVED_YEAR,
    SPOUSE,
    TODAY,
    day,
    money,
    on,
    span,
)

X = Organization("X")
STEPCHILD = Relative(RelativeKind.STEPCHILD)


@pytest.mark.parametrize(
    ("worked", "is_interim", "outcome", "why", "clear"),
    [
        ("2020-01-01..", False, Outcome.BARRED, Why.EMPLOYED, None),
        ("2020-01-01..2026-11-20", False, Outcome.BARRED, Why.EMPLOYED, "2029-11-21"),
        ("2020-01-01..2026-11-19", False, Outcome.BARRED, Why.EMPLOYMENT_ENDED, "2029-11-20"),
        ("2025-06-01..2025-12-31", True, Outcome.PASSES, Why.INTERIM_SERVICE, None),
        ("2026-06-01..2026-11-20", True, Outcome.BARRED, Why.EMPLOYED, "2026-11-21"),
        ("2026-06-01..", True, Outcome.BARRED, Why.EMPLOYED, None),
    ],
)
def test_employment(
    worked: str, is_interim: bool, outcome: Outcome, why: Why, clear: str | None
) -> None:
    work = Employment(span(worked), is_executive=True, is_interim=is_interim, record="work")
    found = listing.employed(Facts((work,)), TODAY, LIMITS)
    said = {"first": work.span.first, "last": work.span.last}
    assert found == Finding(Line.EMPLOYED, outcome, why, said, ("work",), on(clear))


SHORT, LONG = "2025-01-06..2025-06-30", "2025-01-06..2026-06-30"


@pytest.mark.parametrize(
    ("employments", "outcome", "clear"),
    [
        # A short service of another time does not excuse the long one.
        ([("2023-12-01..2024-03-31", SELF, True), (LONG, SELF, True)], Outcome.BARRED, "2029-07-01"),
        # Nor does it excuse another office held meanwhile.
        ([(SHORT, SELF, True), (SHORT, SELF, False)], Outcome.BARRED, "2028-07-01"),
        # What a family member did right after it makes it no longer.
        ([(SHORT, SELF, True), ("2025-07-01..2026-10-31", SPOUSE, True)], Outcome.PASSES, None),
    ],
)  # fmt: skip
def test_interim_service_is_ones_own(
    employments: list[tuple[str, Any, bool]], outcome: Outcome, clear: str | None
) -> None:
    work = tuple(
        Employment(span(when), who, is_executive=True, is_interim=is_interim)
        for when, who, is_interim in employments
    )
    found = listing.employed(Facts(work), TODAY, LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


@pytest.mark.parametrize(
    ("services", "paid_on", "who", "outcome"),
    [
        ([SHORT], "2025-01-06", SELF, Outcome.PASSES),  # on its first day
        ([SHORT], "2025-02-01", SPOUSE, Outcome.BARRED),  # not for the director's own service
        (["2023-12-01..2024-03-31", LONG], "2025-06-01", SELF, Outcome.BARRED),
        (["2023-12-01..2024-03-31", "2026-06-01..2026-12-31"], "2026-07-01", SELF, Outcome.BARRED),
    ],
)
def test_pay_for_interim_service_is_exempt_by_the_last_that_had_begun(
    services: list[str], paid_on: str, who: Any, outcome: Outcome
) -> None:
    work = tuple(Employment(span(each), is_executive=True, is_interim=True) for each in services)
    pay = Payment(day(paid_on), money("150,000"), PaymentKind.INTERIM_PAY, who)
    assert listing.compensation(Facts(work, (pay,)), TODAY, LIMITS).outcome is outcome


def paid(*payments: tuple[str, str]) -> Facts:
    return Facts(
        payments=tuple(
            Payment(day(when), money(amount), record=f"{place}")
            for place, (when, amount) in enumerate(payments)
        )
    )


@pytest.mark.parametrize(
    ("payments", "first", "total", "records", "clear"),
    [
        # The largest window's: what lies before it and after it is not named.
        (
            [("2024-01-31", "5"), ("2024-02-01", "70,000"), ("2025-01-31", "60,000"), ("2025-02-01", "4")],
            "2024-02-01", "130,000", ("1", "2"), "2027-02-02",
        ),
        # Clear where what is left is the limit itself.
        ([("2024-02-01", "10,000"), ("2024-06-01", "120,000")], "2024-02-01", "130,000", ("0", "1"), "2027-02-02"),
        # Of two windows with the same sum the earlier.
        ([("2024-01-10", "130,000"), ("2025-06-01", "130,000")], "2024-01-10", "130,000", ("0",), "2028-06-02"),
    ],
)  # fmt: skip
def test_compensation(
    payments: list[tuple[str, str]], first: str, total: str, records: tuple[str, ...], clear: str
) -> None:
    found = listing.compensation(paid(*payments), TODAY, LIMITS)
    said = {
        "first": day(first),
        "last": listing.window_ends(day(first)),
        "total": money(total),
        "limit": LIMITS.compensation,
        "who": SELF,
    }
    barred = (Line.COMPENSATION, Outcome.BARRED, Why.COMPENSATION_OVER)
    assert found == Finding(*barred, said, records, day(clear))


def test_compensation_is_clear_on_a_later_day_than_today() -> None:
    """The end of an earlier interim service is no such day."""
    service = Employment(span("2024-01-01..2024-03-31"), is_executive=True, is_interim=True)
    payments = paid(("2025-05-01", "150,000")).payments
    found = listing.compensation(Facts((service,), payments), TODAY, LIMITS)
    assert found.clear_on == day("2028-05-02")


def test_compensation_of_two_people_together() -> None:
    payments = (
        Payment(day("2025-05-01"), money("60,000"), who=CHILD, record="a"),
        Payment(day("2025-06-01"), money("60,000.01"), who=SPOUSE, record="b"),
    )
    found = listing.compensation(Facts(payments=payments), TODAY, LIMITS)
    said = {"first": day("2025-05-01"), "last": day("2026-04-30"), "total": money("120,000.01")}
    left = (Line.COMPENSATION, Outcome.JUDGMENT, Why.COMPENSATION_TOGETHER)
    assert found == Finding(*left, said, ("a", "b"), None)
    exactly = Payment(day("2025-06-01"), money("60,000"), who=SPOUSE)
    passes = listing.compensation(Facts(payments=(payments[0], exactly)), TODAY, LIMITS)
    assert passes.outcome is Outcome.PASSES


@pytest.mark.parametrize(
    ("worked", "why", "clear"),
    [
        ("2020-01-01..", Why.FAMILY_OFFICER, None),
        ("2020-01-01..2026-11-20", Why.FAMILY_OFFICER, "2029-11-21"),
        ("2020-01-01..2026-11-19", Why.FAMILY_OFFICE_ENDED, "2029-11-20"),
    ],
)
def test_officer_in_the_family(worked: str, why: Why, clear: str | None) -> None:
    office = Employment(span(worked), SPOUSE, is_executive=True, record="office")
    found = listing.family_officer(Facts((office,)), TODAY, LIMITS)
    said = {"who": SPOUSE, "first": office.span.first, "last": office.span.last}
    barred = (Line.FAMILY_OFFICER, Outcome.BARRED)
    assert found == Finding(*barred, why, said, ("office",), on(clear))


def business(
    role: Role, term: str, *payments: BusinessPayment, as_of: str = "2026-11-20"
) -> Finding:
    facts = Facts(
        associations=(Association(X, role, span(term), record="seat"),), business=payments
    )
    return listing.business(facts, day(as_of), CALENDAR_YEAR, LIMITS)


@pytest.mark.parametrize(
    ("role", "term", "revenue", "outcome", "why", "clear"),
    [
        (Role.PARTNER, "2026-11-20..", "5,000,000", Outcome.BARRED, Why.PAYMENTS_OVER, "2030-01-01"),
        (Role.PARTNER, "2015-01-01..", None, Outcome.UNANSWERED, Why.REVENUE_MISSING, None),
        (Role.EMPLOYEE, "2015-01-01..", None, Outcome.JUDGMENT, Why.PAYMENTS_OVER_OTHER_ROLE, None),
        (Role.PARTNER, "2015-01-01..2026-11-19", "5,000,000", Outcome.JUDGMENT, Why.PAYMENTS_OVER_BEFORE, None),
    ],
)  # fmt: skip
def test_business(
    role: Role, term: str, revenue: str | None, outcome: Outcome, why: Why, clear: str | None
) -> None:
    """Of what was paid on the day itself and before; what the company received is another sum."""
    gross = money(revenue) if revenue else None
    found = business(
        role,
        term,
        BusinessPayment("X", TODAY, money("200,000"), gross, record="paid"),
        BusinessPayment("X", day("2026-01-01"), money("60,000"), gross, record="paid too"),
        BusinessPayment("X", TODAY, money("7"), gross, is_received=True, record="received"),
        BusinessPayment("X", day("2026-11-21"), money("9"), gross, record="tomorrow"),
    )
    said = {
        "organization": "X",
        "who": SELF,
        "role": role,
        "year": CALENDAR_YEAR.year_of(TODAY),
        "total": money("260,000"),
        "is_received": False,
        "limit": money("250,000") if revenue else LIMITS.payments,
        "left_on": span(term).last,
    }
    records = ("seat", "paid", "paid too")
    assert found == Finding(Line.BUSINESS, outcome, why, said, records, on(clear))


def test_the_lowest_revenue_on_record_makes_the_limit() -> None:
    found = business(
        Role.PARTNER,
        "2015-01-01..",
        BusinessPayment("X", TODAY, money("150,000"), money("9,000,000"), is_received=True),
        BusinessPayment("X", TODAY, money("150,000"), money("5,000,000"), is_received=True),
        BusinessPayment("X", TODAY, money("1"), None, is_received=True),
    )
    assert (found.facts["limit"], found.facts["is_received"]) == (money("250,000"), True)


def test_a_transition_period_is_reached_and_not_counted() -> None:
    found = listing.years_reached(TODAY, MOVED_YEAR)
    assert [year.first.isoformat() for year in found] == [
        "2026-01-01",
        "2025-07-01",
        "2024-07-01",
        "2023-07-01",
        "2022-07-01",
    ]


@pytest.mark.parametrize(
    ("served", "office", "who", "clear"),
    [
        ("2020-01-01..2026-11-20", "2015-01-01..", SELF, "2029-11-21"),
        ("2026-11-20..", "2026-11-20..2026-11-20", SPOUSE, "2026-11-21"),
        ("2020-01-01..2026-11-20", "2015-01-01..2026-12-31", SELF, "2027-01-01"),
    ],
)
def test_interlock(served: str, office: str, who: Any, clear: str) -> None:
    facts = Facts(
        associations=(
            Association(Organization("Y"), Role.EXECUTIVE_OFFICER, span("2015-01-01..")),
            Association(X, Role.EXECUTIVE_OFFICER, span(office), who),
        ),
        interlocks=(Interlock("X", span(served), record="lock"),),
    )
    found = listing.interlock(facts, TODAY, LIMITS)
    said = {"organization": "X", "who": who}
    barred = (Line.INTERLOCK, Outcome.BARRED, Why.INTERLOCK)
    assert found == Finding(*barred, said, ("lock",), day(clear))


def test_interlock_of_a_relative_outside_the_family_of_the_rule() -> None:
    office = Association(X, Role.EXECUTIVE_OFFICER, span("2015-01-01.."), STEPCHILD)
    facts = Facts(associations=(office,), interlocks=(Interlock("X", span("2020-01-01..")),))
    assert listing.interlock(facts, TODAY, LIMITS).outcome is Outcome.PASSES


@pytest.mark.parametrize(
    ("partner", "worked", "why", "clear"),
    [
        ("2010-01-01..", None, Why.AUDITOR_PARTNER, None),
        ("2026-11-20..2026-11-20", None, Why.AUDITOR_PARTNER, "2026-11-21"),
        (None, "2023-11-20", Why.AUDITOR_WORK, "2026-11-21"),
    ],
)
def test_auditor(partner: str | None, worked: str | None, why: Why, clear: str | None) -> None:
    tie = AuditorTie(span(partner) if partner else None, on(worked), SPOUSE, record="tie")
    found = listing.auditor(Facts(auditor=(tie,)), TODAY, LIMITS)
    said = {"who": SPOUSE, "last_worked_on": on(worked)}
    assert found == Finding(Line.AUDITOR, Outcome.BARRED, why, said, ("tie",), on(clear))


def test_every_line_is_asked_in_the_order_of_the_rule() -> None:
    """Each with a fact of its own, so that none answers in the place of another."""
    facts = Facts(
        employments=(
            Employment(span("2020-01-01.."), record="A"),
            Employment(span("2020-01-01.."), SPOUSE, is_executive=True, record="C"),
        ),
        payments=(Payment(day("2025-05-01"), money("150,000"), record="B"),),
        associations=(Association(X, Role.EXECUTIVE_OFFICER, span("2015-01-01.."), record="D"),),
        business=(BusinessPayment("X", TODAY, money("300,000"), money("1"), record="D"),),
        interlocks=(Interlock("X", span("2020-01-01.."), record="E"),),
        auditor=(AuditorTie(span("2010-01-01.."), None, record="F"),),
    )
    found = listing.listing_independence(facts, TODAY, CALENDAR_YEAR, LIMITS)
    assert [each.line for each in found] == [
        Line.EMPLOYED,
        Line.COMPENSATION,
        Line.FAMILY_OFFICER,
        Line.BUSINESS,
        Line.INTERLOCK,
        Line.AUDITOR,
    ]
    assert [each.records[0] for each in found] == list("ABCDEF")
