"""Tests B and C: RULE-05, RULE-06, RULE-07."""

from datetime import date

import pytest

from committees.enums import OrganizationRole as Role
from committees.enums import PaymentKind as Kind
from committees.enums import RelativeKind, Tie
from committees.rules import members
from committees.rules.facts import (
    Association,
    BusinessPayment,
    Employment,
    Facts,
    Holding,
    Organization,
    Payment,
    Preparation,
)
from committees.rules.family import SELF, Relative
from committees.rules.findings import (
    Finding,
    IndependenceTest,
    Line,
    Outcome,
    Why,
    barring,
    first_clear_date,
)
from committees.tests.rules.figures import (
    CALENDAR_YEAR,
    CHILD,
    LIMITS,
    SPOUSE,
    TODAY,
    day,
    money,
    on,
    span,
)

PASSES, JUDGMENT, BARRED = Outcome.PASSES, Outcome.JUDGMENT, Outcome.BARRED
SERVING_SINCE = date(2024, 5, 1)
MINOR = Relative(RelativeKind.CHILD, is_minor=True)
STEPCHILD_AT_HOME = Relative(RelativeKind.STEPCHILD, shares_home=True)


# Fees (RULE-05).


@pytest.mark.parametrize(
    ("accepted", "amount", "kind", "who", "outcome"),
    [
        ("2024-05-01", "0.01", Kind.ADVISORY, SELF, BARRED),  # the first day of service
        ("2024-04-30", "500,000", Kind.ADVISORY, SELF, PASSES),  # the day before it
        ("2026-11-20", "1", Kind.COMPENSATION, SELF, BARRED),
        ("2026-11-21", "1", Kind.COMPENSATION, SELF, PASSES),  # not yet
        ("2025-01-01", "0", Kind.ADVISORY, SELF, PASSES),
        ("2025-01-01", "60,000", Kind.BOARD_FEE, SELF, PASSES),
        ("2025-01-01", "60,000", Kind.RETIREMENT, SELF, PASSES),
        ("2025-01-01", "60,000", Kind.NON_DISCRETIONARY, SELF, BARRED),
        ("2025-01-01", "60,000", Kind.INTERIM_PAY, SELF, BARRED),
        ("2025-01-01", "1", Kind.ADVISORY, SPOUSE, BARRED),
        ("2025-01-01", "1", Kind.EMPLOYEE_PAY, SPOUSE, BARRED),
        ("2025-01-01", "1", Kind.ADVISORY, MINOR, BARRED),
        ("2025-01-01", "1", Kind.ADVISORY, STEPCHILD_AT_HOME, BARRED),
        ("2025-01-01", "1", Kind.ADVISORY, CHILD, PASSES),  # grown, in another home
        ("2025-01-01", "1", Kind.ADVISORY, Relative(RelativeKind.SIBLING), PASSES),
    ],
)
def test_fees_paid_to_people(
    accepted: str, amount: str, kind: Kind, who: Relative, outcome: Outcome
) -> None:
    payment = Payment(day(accepted), money(amount), kind, who)
    found = members.fees(Facts(payments=(payment,), serving_since=SERVING_SINCE), TODAY)
    assert (found.outcome, found.clear_on) == (outcome, None)


def test_who_does_not_serve_accepts_nothing_while_serving() -> None:
    payment = Payment(day("2026-11-19"), money("500,000"), Kind.ADVISORY)
    assert members.fees(Facts(payments=(payment,)), TODAY).outcome is PASSES


@pytest.mark.parametrize(
    ("gives_advice", "role", "term", "who", "is_received", "outcome"),
    [
        (True, Role.PARTNER, "2010-01-01..", SELF, False, BARRED),
        (True, Role.MANAGING_MEMBER, "2010-01-01..", SELF, False, BARRED),
        (True, Role.MANAGING_DIRECTOR, "2010-01-01..", SELF, False, BARRED),
        (True, Role.EXECUTIVE_OFFICER, "2010-01-01..2026-08-03", SELF, False, BARRED),
        (
            True,
            Role.EXECUTIVE_OFFICER,
            "2010-01-01..2026-08-02",
            SELF,
            False,
            PASSES,
        ),  # left before
        (True, Role.EXECUTIVE_OFFICER, "2026-08-04..", SELF, False, PASSES),  # came after
        (True, Role.PASSIVE, "2010-01-01..", SELF, False, PASSES),
        (True, Role.EMPLOYEE, "2010-01-01..", SELF, False, PASSES),
        (True, Role.PARTNER, "2010-01-01..", SPOUSE, False, PASSES),
        (True, Role.PARTNER, "2010-01-01..", SELF, True, PASSES),  # the firm paid us
        (False, Role.PARTNER, "2010-01-01..", SELF, False, PASSES),  # ordinary trade
    ],
)
def test_fees_paid_to_an_advising_firm(
    gives_advice: bool, role: Role, term: str, who: Relative, is_received: bool, outcome: Outcome
) -> None:
    """$6,000 on 2026-08-03: far below every limit of Test A."""
    facts = Facts(
        associations=(Association(Organization("Firm", gives_advice), role, span(term), who),),
        business=(
            BusinessPayment("Firm", day("2026-08-03"), money("6,000"), is_received=is_received),
        ),
        serving_since=SERVING_SINCE,
    )
    assert members.fees(facts, TODAY).outcome is outcome


# Affiliation (RULE-06).


@pytest.mark.parametrize(
    ("shares", "outstanding", "found_on", "outcome", "why"),
    [
        (1_200_000, 12_000_000, None, PASSES, Why.CLEAR),  # 10% is safe
        (1_200_001, 12_000_000, None, JUDGMENT, Why.HOLDING_OVER),
        (1_200_001, 12_000_000, "2026-03-31", PASSES, Why.BOARD_FOUND),  # found on the very day
        (1_200_001, 12_000_000, "2026-03-30", JUDGMENT, Why.HOLDING_OVER),  # found before it
        (1_200_001, 12_000_000, "2026-11-21", JUDGMENT, Why.HOLDING_OVER),  # not yet found
        (0, 0, None, PASSES, Why.CLEAR),
    ],
)
def test_shares_held(
    shares: int, outstanding: int, found_on: str | None, outcome: Outcome, why: Why
) -> None:
    held = Holding("Common", shares, outstanding, day("2026-03-31"))
    found = members.affiliation(
        Facts(holdings=(held,), not_affiliated_on=on(found_on)), TODAY, LIMITS
    )
    assert (found.outcome, found.why) == (outcome, why)


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [("2026-03-30", JUDGMENT), ("2026-03-31", PASSES)],
)
def test_latest_holding_of_a_class_counts(as_of: str, outcome: Outcome) -> None:
    facts = Facts(
        holdings=(
            Holding("Class A", 900, 10_000, day("2026-03-31")),
            Holding("Class A", 1_100, 10_000, day("2025-03-31")),
        )
    )
    assert members.affiliation(facts, day(as_of), LIMITS).outcome is outcome


def test_every_class_is_looked_at() -> None:
    facts = Facts(
        holdings=(
            Holding("Class A", 100, 10_000, day("2026-03-31")),
            Holding("Class B", 101, 1_000, day("2025-03-31")),
        )
    )
    found = members.affiliation(facts, TODAY, LIMITS)
    assert (found.outcome, found.facts["share_class"]) == (JUDGMENT, "Class B")


@pytest.mark.parametrize(
    ("tie", "role", "term", "outcome", "clear"),
    [
        (Tie.AFFILIATE, Role.MANAGING_MEMBER, "2020-01-01..", BARRED, None),
        (Tie.AFFILIATE, Role.PARTNER, "2020-01-01..", BARRED, None),
        (Tie.AFFILIATE, Role.EXECUTIVE_OFFICER, "2020-01-01..2026-11-20", BARRED, "2026-11-21"),
        (Tie.AFFILIATE, Role.EXECUTIVE_OFFICER, "2020-01-01..2026-11-19", PASSES, None),
        (Tie.AFFILIATE, Role.DIRECTOR_EMPLOYEE, "2020-01-01..", BARRED, None),
        (Tie.AFFILIATE, Role.DIRECTOR, "2020-01-01..", PASSES, None),  # on both boards only
        (Tie.AFFILIATE, Role.PASSIVE, "2020-01-01..", PASSES, None),
        (Tie.OVER_TEN, Role.MANAGING_MEMBER, "2020-01-01..", JUDGMENT, None),
        (Tie.OVER_TEN, Role.DIRECTOR, "2020-01-01..", PASSES, None),
        (Tie.NONE, Role.MANAGING_MEMBER, "2020-01-01..", PASSES, None),
        # Who controls the holder may control the company through it.
        (Tie.AFFILIATE, Role.CONTROLLING_HOLDER, "2020-01-01..", JUDGMENT, None),
        (Tie.AFFILIATE, Role.CONTROLLING_HOLDER, "2020-01-01..2026-11-19", PASSES, None),
        (Tie.OVER_TEN, Role.CONTROLLING_HOLDER, "2020-01-01..", JUDGMENT, None),
        (Tie.NONE, Role.CONTROLLING_HOLDER, "2020-01-01..", PASSES, None),
        (Tie.AFFILIATE, Role.MANAGING_DIRECTOR, "2020-01-01..", JUDGMENT, None),
        (Tie.AFFILIATE, Role.EMPLOYEE, "2020-01-01..", PASSES, None),
    ],
)
def test_role_at_a_holder(
    tie: Tie, role: Role, term: str, outcome: Outcome, clear: str | None
) -> None:
    fund = Association(Organization("Fund", tie=tie), role, span(term))
    found = members.affiliation(Facts(associations=(fund,)), TODAY, LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


def test_finding_of_the_board_does_not_help_who_is_an_affiliate() -> None:
    fund = Association(
        Organization("Fund", tie=Tie.AFFILIATE), Role.MANAGING_MEMBER, span("2020-01-01..")
    )
    facts = Facts(associations=(fund,), not_affiliated_on=day("2026-10-01"))
    assert members.affiliation(facts, TODAY, LIMITS).outcome is BARRED


@pytest.mark.parametrize(
    ("found_on", "outcome"), [("2026-09-30", JUDGMENT), ("2026-10-01", PASSES)]
)
def test_the_board_finds_whether_who_controls_an_affiliate_is_one(
    found_on: str, outcome: Outcome
) -> None:
    """Its finding is not older than the role."""
    fund = Association(FUND, Role.CONTROLLING_HOLDER, span("2026-10-01.."))
    facts = Facts(associations=(fund,), not_affiliated_on=day(found_on))
    assert members.affiliation(facts, TODAY, LIMITS).outcome is outcome


def test_own_executive_officer_is_an_affiliate() -> None:
    facts = Facts(employments=(Employment(span("2020-01-01.."), is_executive=True),))
    assert members.affiliation(facts, TODAY, LIMITS).why is Why.EXECUTIVE_OFFICER


# Preparing the statements (RULE-07).


@pytest.mark.parametrize(
    ("part", "as_of", "outcome", "clear"),
    [
        ("2025-01-06..2025-12-19", "2026-11-20", BARRED, "2028-12-20"),
        ("2025-01-06..2025-12-19", "2028-12-19", BARRED, "2028-12-20"),
        ("2025-01-06..2025-12-19", "2028-12-20", PASSES, None),
        ("2025-01-06..", "2026-11-20", BARRED, None),
    ],
)
def test_part_in_preparing_the_statements(
    part: str, as_of: str, outcome: Outcome, clear: str | None
) -> None:
    facts = Facts(preparations=(Preparation(span(part)),))
    found = members.preparation(facts, day(as_of), LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


def test_former_interim_financial_officer_passes_line_a_and_not_test_c() -> None:
    service = span("2025-01-06..2025-12-19")
    facts = Facts(
        employments=(Employment(service, is_executive=True, is_interim=True),),
        preparations=(Preparation(service),),
    )
    found = members.independence(facts, TODAY, CALENDAR_YEAR, LIMITS)
    assert [one.line for one in barring(found)] == [Line.PREPARATION]
    assert first_clear_date(found) == date(2028, 12, 20)


def test_every_line_is_answered_once_and_belongs_to_its_test() -> None:
    found = members.independence(Facts(), TODAY, CALENDAR_YEAR, LIMITS)
    assert [one.line for one in found] == list(Line)
    assert [line.test for line in Line] == [*[IndependenceTest.A] * 6, *[IndependenceTest.B] * 2, IndependenceTest.C]  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "clear"),
    [
        ([], None),
        ([(PASSES, None), (BARRED, "2027-01-01"), (BARRED, "2028-01-01")], "2028-01-01"),
        ([(BARRED, "2027-01-01"), (BARRED, None)], None),  # one without an end
        ([(BARRED, "2027-01-01"), (Outcome.UNANSWERED, None)], None),
        ([(BARRED, "2027-01-01"), (JUDGMENT, None)], "2027-01-01"),
    ],
)
def test_first_clear_date_of_all_lines(
    findings: list[tuple[Outcome, str | None]], clear: str | None
) -> None:
    found = [Finding(Line.EMPLOYED, outcome, clear_on=on(end)) for outcome, end in findings]
    assert first_clear_date(found) == on(clear)


# The whole finding: its line, its reason, its facts, its records, from when on it is clear.


def kept(**facts: object) -> Facts:
    return Facts(serving_since=SERVING_SINCE, **facts)


FIRM = Organization("Firm", gives_advice=True)
FUND, BIG_HOLDER = Organization("Fund", tie=Tie.AFFILIATE), Organization("Holder", tie=Tie.OVER_TEN)
FEE = Payment(TODAY, money("1"), Kind.ADVISORY, SPOUSE, record="fee-2")
EARLIER_FEE = Payment(SERVING_SINCE, money("2"), Kind.ADVISORY, record="fee-1")
PARTNER = Association(FIRM, Role.PARTNER, span("2010-01-01.."), record="role")
BILL = BusinessPayment("Firm", TODAY, money("6"), record="bill")
SMALL_BILL = BusinessPayment("Firm", TODAY, money("1"), record="bill-2")
FIRST_BILL = BusinessPayment("Firm", SERVING_SINCE, money("7"), record="bill-1")


@pytest.mark.parametrize(
    ("facts", "why", "said", "records"),
    [
        (kept(payments=(FEE,)), Why.FEE_ACCEPTED, {"who": SPOUSE, "amount": money("1"), "on": TODAY}, ("fee-2",)),
        (kept(payments=(EARLIER_FEE,)), Why.FEE_ACCEPTED, {"who": SELF, "amount": money("2"), "on": SERVING_SINCE}, ("fee-1",)),
        (
            kept(associations=(PARTNER,), business=(BILL,)),
            Why.FEE_THROUGH_FIRM,
            {"organization": "Firm", "amount": money("6"), "on": TODAY, "role": Role.PARTNER},
            ("role", "bill"),
        ),
        (
            kept(associations=(PARTNER,), business=(SMALL_BILL,)),
            Why.FEE_THROUGH_FIRM,
            {"organization": "Firm", "amount": money("1"), "on": TODAY, "role": Role.PARTNER},
            ("role", "bill-2"),
        ),
        (
            kept(associations=(PARTNER,), business=(FIRST_BILL,)),
            Why.FEE_THROUGH_FIRM,
            {"organization": "Firm", "amount": money("7"), "on": SERVING_SINCE, "role": Role.PARTNER},
            ("role", "bill-1"),
        ),
    ],
)  # fmt: skip
def test_fee_with_its_facts(
    facts: Facts, why: Why, said: dict[str, object], records: tuple[str, ...]
) -> None:
    assert members.fees(facts, TODAY) == Finding(Line.FEES, BARRED, why, said, records)


@pytest.mark.parametrize(
    "facts",
    [
        kept(associations=(PARTNER,), business=(BusinessPayment("Another firm", TODAY, money("6")),)),
        kept(associations=(PARTNER,), business=(BusinessPayment("Firm", day("2024-04-30"), money("6")),)),
        kept(associations=(PARTNER,), business=(BusinessPayment("Firm", day("2026-11-21"), money("6")),)),
        kept(associations=(PARTNER,), business=(BusinessPayment("Firm", TODAY, money("0")),)),
        kept(payments=(Payment(TODAY, money("-1"), Kind.ADVISORY),)),
        Facts(payments=(FEE,), serving_since=day("2026-11-21")),
    ],
)  # fmt: skip
def test_no_fee_of_the_firm_in_the_time_of_service(facts: Facts) -> None:
    assert members.fees(facts, TODAY) == Finding(Line.FEES)


def test_service_that_begins_today_is_service_today() -> None:
    facts = Facts(payments=(FEE,), serving_since=TODAY)
    assert members.fees(facts, TODAY).why is Why.FEE_ACCEPTED


OFFICE = {"first": day("2020-01-01")}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            Facts(employments=(Employment(span("2020-01-01.."), is_executive=True, record="job"),)),
            Finding(Line.AFFILIATE, BARRED, Why.EXECUTIVE_OFFICER, OFFICE, ("job",)),
        ),
        (
            Facts(employments=(Employment(span("2020-01-01..2026-11-20"), is_executive=True, record="job"),)),
            Finding(Line.AFFILIATE, BARRED, Why.EXECUTIVE_OFFICER, OFFICE, ("job",), day("2026-11-21")),
        ),
        (Facts(employments=(Employment(span("2020-01-01..2026-11-19"), is_executive=True),)), Finding(Line.AFFILIATE)),
        (Facts(employments=(Employment(span("2020-01-01.."), SPOUSE, is_executive=True),)), Finding(Line.AFFILIATE)),
        (Facts(employments=(Employment(span("2020-01-01..")),)), Finding(Line.AFFILIATE)),
        (
            Facts(associations=(Association(FUND, Role.PARTNER, span("2020-01-01..2026-11-20"), record="role"),)),
            Finding(Line.AFFILIATE, BARRED, Why.AFFILIATE_ROLE, {"organization": "Fund", "role": Role.PARTNER}, ("role",), day("2026-11-21")),
        ),
        (
            Facts(associations=(Association(FUND, Role.CONTROLLING_HOLDER, span("2020-01-01.."), record="role"),)),
            Finding(Line.AFFILIATE, JUDGMENT, Why.AFFILIATE_ROLE, {"organization": "Fund", "role": Role.CONTROLLING_HOLDER}, ("role",)),
        ),
        (Facts(associations=(Association(FUND, Role.PARTNER, span("2020-01-01.."), SPOUSE),)), Finding(Line.AFFILIATE)),
        (
            Facts(associations=(Association(BIG_HOLDER, Role.PARTNER, span("2020-01-01.."), record="role"),)),
            Finding(Line.AFFILIATE, JUDGMENT, Why.HOLDER_ROLE, {"organization": "Holder", "role": Role.PARTNER}, ("role",)),
        ),
        (
            Facts(associations=(Association(BIG_HOLDER, Role.PARTNER, span("2020-01-01.."), record="role"),), not_affiliated_on=TODAY),
            Finding(Line.AFFILIATE, PASSES, Why.BOARD_FOUND, {"organization": "Holder", "role": Role.PARTNER, "found_on": TODAY}, ("role",)),
        ),
        (
            Facts(holdings=(Holding("Common", 11, 100, TODAY, record="shares"),)),
            Finding(Line.AFFILIATE, JUDGMENT, Why.HOLDING_OVER, {"share_class": "Common", "shares": 11, "outstanding": 100, "as_of": TODAY}, ("shares",)),
        ),
        (Facts(holdings=(Holding("Common", 11, 100, day("2026-11-21")),)), Finding(Line.AFFILIATE)),
    ],
)  # fmt: skip
def test_affiliation_with_its_facts(facts: Facts, expected: Finding) -> None:
    assert members.affiliation(facts, TODAY, LIMITS) == expected


@pytest.mark.parametrize(
    ("part", "why", "clear"),
    [
        ("2025-01-06..", Why.PREPARING, None),
        ("2025-01-06..2026-11-20", Why.PREPARING, "2029-11-21"),
        ("2025-01-06..2026-11-19", Why.PREPARATION_ENDED, "2029-11-20"),
    ],
)
def test_preparation_with_its_facts(part: str, why: Why, clear: str | None) -> None:
    known = span(part)
    said = {"first": known.first, "last": known.last}
    facts = Facts(preparations=(Preparation(known, record="part"),))
    expected = Finding(Line.PREPARATION, BARRED, why, said, ("part",), on(clear))
    assert members.preparation(facts, TODAY, LIMITS) == expected
