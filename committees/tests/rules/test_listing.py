"""Test A, line by line: RULE-02, RULE-03, RULE-04."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from committees.enums import OrganizationRole as Role
from committees.enums import PaymentKind as Kind
from committees.enums import RelativeKind
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
from committees.rules.findings import Outcome, Why
from committees.rules.look_back import Span
from committees.tests.rules.figures import (
    CALENDAR_YEAR,
    CHILD,
    JUNE_YEAR,
    LIMITS,
    MOVED_YEAR,
    OTHER_CHILD,
    SPOUSE,
    TODAY,
    WEEKS_YEAR,
    day,
    money,
    on,
    span,
)
from records.calendar import Calendar

PASSES, JUDGMENT, UNANSWERED, BARRED = (
    Outcome.PASSES,
    Outcome.JUDGMENT,
    Outcome.UNANSWERED,
    Outcome.BARRED,
)
STEPCHILD = Relative(RelativeKind.STEPCHILD)
EMPLOYEE_AT_HOME = Relative(RelativeKind.DOMESTIC_EMPLOYEE, shares_home=True)


# (A) Employment.


@pytest.mark.parametrize(
    ("worked", "as_of", "outcome", "clear"),
    [
        ("2015-01-01..2023-12-31", "2026-11-20", BARRED, "2027-01-01"),
        ("2015-01-01..2023-12-31", "2026-12-31", BARRED, "2027-01-01"),
        ("2015-01-01..2023-12-31", "2027-01-01", PASSES, None),
        ("2015-01-01..", "2026-11-20", BARRED, None),
        ("2015-01-01..2027-03-31", "2026-11-20", BARRED, "2030-04-01"),  # an end announced
        ("2026-11-20..", "2026-11-20", BARRED, None),
        ("2026-11-21..", "2026-11-20", PASSES, None),  # not begun
    ],
)
def test_employment(worked: str, as_of: str, outcome: Outcome, clear: str | None) -> None:
    found = listing.employed(Facts(employments=(Employment(span(worked)),)), day(as_of), LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


@pytest.mark.parametrize(
    ("service", "as_of", "outcome", "clear"),
    [
        (["2025-01-06..2025-12-19"], "2026-11-20", PASSES, None),
        (["2025-01-06..2025-12-19"], "2025-12-19", BARRED, "2025-12-20"),  # its last day
        (["2025-01-06..2026-01-05"], "2026-01-06", PASSES, None),  # one year exactly
        (["2025-01-06..2026-01-06"], "2026-01-07", BARRED, "2029-01-07"),  # a day more
        (["2025-01-06.."], "2025-06-30", BARRED, None),
        (["2025-01-06..2025-06-30", "2025-07-01..2026-01-05"], "2026-11-20", PASSES, None),
        (["2025-01-06..2025-06-30", "2025-07-01..2026-01-06"], "2026-11-20", BARRED, "2029-01-07"),
        (["2024-01-01..2024-10-31", "2025-01-01..2025-10-31"], "2026-11-20", PASSES, None),
    ],
)
def test_interim_service_as_an_executive_officer(
    service: list[str], as_of: str, outcome: Outcome, clear: str | None
) -> None:
    worked = tuple(Employment(span(one), is_executive=True, is_interim=True) for one in service)
    found = listing.employed(Facts(employments=worked), day(as_of), LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


def test_employment_of_family_is_no_matter_of_this_line() -> None:
    facts = Facts(employments=(Employment(span("2020-01-01.."), who=SPOUSE),))
    assert listing.employed(facts, TODAY, LIMITS).outcome is PASSES


def test_the_longest_bar_decides_and_names_every_record() -> None:
    facts = Facts(
        employments=(
            Employment(span("2020-01-01..2024-06-30"), record="first"),
            Employment(span("2025-01-01..2025-06-30"), record="second"),
        )
    )
    found = listing.employed(facts, TODAY, LIMITS)
    assert found.clear_on == date(2028, 7, 1)
    assert found.records == ("first", "second")
    assert found.facts["last"] == date(2025, 6, 30)


WORK = st.lists(
    st.tuples(st.dates(date(2019, 1, 1), date(2028, 3, 31)), st.integers(0, 900)), max_size=3
)


@given(WORK, st.dates(date(2023, 1, 1), date(2028, 12, 31)))
def test_employment_agrees_with_looking_at_every_day(
    work: list[tuple[date, int]], as_of: date
) -> None:
    spans = [Span(first, first + timedelta(length)) for first, length in work]

    def bars(on: date) -> bool:
        """Of the work that had begun by `as_of`, a day lies in the look-back."""
        begun = [span for span in spans if span.first <= as_of]
        return any(span.last >= on - relativedelta(years=3) for span in begun if span.last)

    facts = Facts(employments=tuple(Employment(span) for span in spans))
    found = listing.employed(facts, as_of, LIMITS)
    assert (found.outcome is BARRED) is bars(as_of)
    if found.outcome is BARRED:
        slow = as_of
        while bars(slow):
            slow += timedelta(1)
        assert found.clear_on == slow


# (B) Compensation.


def paid(*payments: tuple[str, str], kind: Kind = Kind.COMPENSATION, who: Relative = SELF) -> tuple[Payment, ...]:  # fmt: skip
    return tuple(Payment(day(when), money(amount), kind, who) for when, amount in payments)


@pytest.mark.parametrize(
    ("case", "payments", "as_of", "outcome", "clear"),
    [
        ("three over a year's turn", [("2024-02-15", "70,000"), ("2024-09-30", "45,000"), ("2025-02-10", "30,000")], "2026-11-20", BARRED, "2027-02-16"),
        ("the same on the last barred day", [("2024-02-15", "70,000"), ("2024-09-30", "45,000"), ("2025-02-10", "30,000")], "2027-02-15", BARRED, "2027-02-16"),
        ("the same on the first clear date", [("2024-02-15", "70,000"), ("2024-09-30", "45,000"), ("2025-02-10", "30,000")], "2027-02-16", PASSES, None),
        ("the third a day out of the window", [("2024-02-15", "70,000"), ("2024-09-30", "45,000"), ("2025-02-15", "30,000")], "2026-11-20", PASSES, None),
        ("exactly the limit", [("2025-05-01", "120,000.00")], "2026-11-20", PASSES, None),
        ("one cent more", [("2025-05-01", "120,000.01")], "2026-11-20", BARRED, "2028-05-02"),
        ("on the look-back's first day", [("2023-11-20", "150,000")], "2026-11-20", BARRED, "2026-11-21"),
        ("the day before it", [("2023-11-19", "150,000")], "2026-11-20", PASSES, None),
        ("a window that the look-back cuts", [("2023-11-19", "70,000"), ("2023-12-01", "70,000")], "2026-11-20", PASSES, None),
        ("paid tomorrow", [("2026-11-21", "150,000")], "2026-11-20", PASSES, None),
        ("two windows, the later decides", [("2024-01-10", "130,000"), ("2025-06-01", "125,000")], "2026-11-20", BARRED, "2028-06-02"),
    ],
)  # fmt: skip
def test_compensation_in_twelve_months(
    case: str, payments: list[tuple[str, str]], as_of: str, outcome: Outcome, clear: str | None
) -> None:
    found = listing.compensation(Facts(payments=paid(*payments)), day(as_of), LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear)), case


@pytest.mark.parametrize(
    ("kind", "who", "outcome"),
    [
        (Kind.COMPENSATION, SELF, BARRED),
        (Kind.ADVISORY, SELF, BARRED),
        (Kind.BOARD_FEE, SELF, PASSES),
        (Kind.RETIREMENT, SELF, PASSES),
        (Kind.NON_DISCRETIONARY, SELF, PASSES),
        (Kind.EMPLOYEE_PAY, SELF, BARRED),
        (Kind.EMPLOYEE_PAY, SPOUSE, PASSES),
        (Kind.COMPENSATION, SPOUSE, BARRED),
        (Kind.ADVISORY, CHILD, BARRED),
        (Kind.COMPENSATION, STEPCHILD, PASSES),
        (Kind.COMPENSATION, EMPLOYEE_AT_HOME, PASSES),
        (Kind.INTERIM_PAY, SELF, BARRED),  # no interim service on record
    ],
)
def test_which_payments_count(kind: Kind, who: Relative, outcome: Outcome) -> None:
    facts = Facts(payments=paid(("2025-05-01", "150,000"), kind=kind, who=who))
    assert listing.compensation(facts, TODAY, LIMITS).outcome is outcome


@pytest.mark.parametrize(
    ("service", "as_of", "outcome", "clear"),
    [
        ("2025-01-06..2026-01-05", "2026-11-20", PASSES, None),
        ("2025-01-06..2026-01-06", "2026-11-20", BARRED, "2028-06-02"),
        ("2025-01-06..2026-01-05", "2025-11-20", BARRED, "2026-01-06"),  # exempt once it is over
        ("2025-06-02..2025-12-31", "2026-11-20", BARRED, "2028-06-02"),  # paid before it began
    ],
)
def test_pay_for_interim_service(
    service: str, as_of: str, outcome: Outcome, clear: str | None
) -> None:
    worked = Employment(span(service), is_executive=True, is_interim=True)
    payments = paid(("2025-06-01", "150,000"), kind=Kind.INTERIM_PAY)
    found = listing.compensation(Facts((worked,), payments), day(as_of), LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


def test_office_before_an_interim_service_does_not_lengthen_it() -> None:
    """Six months of interim service that follow a year in another office are six months."""
    office = Employment(span("2024-01-01..2024-12-31"))
    interim = Employment(span("2025-01-01..2025-06-30"), is_executive=True, is_interim=True)
    payments = paid(("2025-03-01", "150,000"), kind=Kind.INTERIM_PAY)
    assert listing.compensation(Facts((office, interim), payments), TODAY, LIMITS).outcome is PASSES
    two = Employment(span("2024-01-01..2024-12-31"), is_executive=True, is_interim=True)
    assert listing.compensation(Facts((two, interim), payments), TODAY, LIMITS).outcome is BARRED


def test_two_people_over_the_limit_only_together_are_left_to_the_board() -> None:
    payments = (
        *paid(("2025-05-01", "70,000"), who=CHILD),
        *paid(("2025-06-01", "70,000"), who=OTHER_CHILD),
    )
    found = listing.compensation(Facts(payments=payments), TODAY, LIMITS)
    assert (found.outcome, found.why) == (JUDGMENT, Why.COMPENSATION_TOGETHER)


AMOUNTS = st.lists(
    st.tuples(
        st.dates(date(2022, 1, 1), date(2027, 12, 31)),
        st.integers(0, 9).map(lambda tens: Decimal(tens * 10_000)),
    ),
    max_size=7,
)


def is_over_on(payments: list[tuple[date, Decimal]], as_of: date, known: date) -> bool:
    """Every day of the look-back opens a window of its own."""
    first = as_of - relativedelta(years=3)
    reached = [(when, amount) for when, amount in payments if first <= when <= min(as_of, known)]
    return any(
        sum(amount for when, amount in reached if opens <= when < opens + relativedelta(years=1))
        > LIMITS.compensation
        for opens, _amount in reached
    )


@given(AMOUNTS, st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_compensation_agrees_with_a_slow_reference(
    payments: list[tuple[date, Decimal]], as_of: date
) -> None:
    facts = Facts(payments=tuple(Payment(when, amount) for when, amount in payments))
    found = listing.compensation(facts, as_of, LIMITS)
    assert (found.outcome is BARRED) is is_over_on(payments, as_of, as_of)
    if found.outcome is not BARRED:
        return
    slow = as_of
    while is_over_on(payments, slow, as_of):
        slow += timedelta(1)
    assert found.clear_on == slow


# (C) Family members who are executive officers.


@pytest.mark.parametrize(
    ("who", "is_executive", "worked", "outcome", "clear"),
    [
        (SPOUSE, True, "2020-01-01..", BARRED, None),
        (SPOUSE, True, "2020-01-01..2023-11-20", BARRED, "2026-11-21"),
        (SPOUSE, True, "2020-01-01..2023-11-19", PASSES, None),
        (SPOUSE, False, "2020-01-01..", PASSES, None),
        (STEPCHILD, True, "2020-01-01..", PASSES, None),
        (Relative(RelativeKind.STEPCHILD, shares_home=True), True, "2020-01-01..", BARRED, None),
        (Relative(RelativeKind.SIBLING_IN_LAW), True, "2020-01-01..", BARRED, None),
        (SELF, True, "2020-01-01..", PASSES, None),  # that is line (A)
    ],
)
def test_executive_officer_in_the_family(
    who: Relative, is_executive: bool, worked: str, outcome: Outcome, clear: str | None
) -> None:
    facts = Facts(employments=(Employment(span(worked), who, is_executive),))
    found = listing.family_officer(facts, TODAY, LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


# (D) Business payments.

X = Organization("X")


def business(
    amount: str,
    revenue: str | None,
    *,
    role: Role = Role.PARTNER,
    term: str = "2015-01-01..",
    who: Relative = SELF,
    paid_on: str = "2025-08-01",
    is_received: bool = False,
    is_excluded: bool = False,
    as_of: date = TODAY,
    calendar: Calendar = CALENDAR_YEAR,
) -> tuple[Outcome, date | None]:
    facts = Facts(
        associations=(Association(X, role, span(term), who),),
        business=(
            BusinessPayment(
                "X",
                day(paid_on),
                money(amount),
                money(revenue) if revenue else None,
                is_received,
                is_excluded,
            ),
        ),
    )
    found = listing.business(facts, as_of, calendar, LIMITS)
    return found.outcome, found.clear_on


CLEAR_2025 = date(2029, 1, 1)


@pytest.mark.parametrize(
    ("amount", "revenue", "outcome"),
    [
        ("310,000", "5,000,000", BARRED),  # over 250,000
        ("250,000", "5,000,000", PASSES),
        ("250,000.01", "5,000,000", BARRED),
        ("200,000", "2,000,000", PASSES),
        ("200,001", "2,000,000", BARRED),
        ("200,000.01", "4,000,000", BARRED),  # 5% is the limit itself
        ("200,000", None, PASSES),  # no revenue makes the limit lower
        ("200,000.01", None, UNANSWERED),
    ],
)
def test_amounts_paid_to_an_organization(
    amount: str, revenue: str | None, outcome: Outcome
) -> None:
    assert business(amount, revenue)[0] is outcome


def test_revenue_is_that_of_the_recipient() -> None:
    """Received by the company, whose revenue is $54,000,000: 5% are 2,700,000."""
    assert business("2,700,000", "54,000,000", is_received=True)[0] is PASSES
    assert business("2,700,000.01", "54,000,000", is_received=True)[0] is BARRED


@pytest.mark.parametrize(
    ("paid_on", "as_of", "calendar", "outcome", "clear"),
    [
        ("2025-08-01", "2026-11-20", CALENDAR_YEAR, BARRED, "2029-01-01"),
        ("2023-01-01", "2026-11-20", CALENDAR_YEAR, BARRED, "2027-01-01"),
        ("2022-12-31", "2026-11-20", CALENDAR_YEAR, PASSES, None),
        ("2023-12-31", "2026-12-31", CALENDAR_YEAR, BARRED, "2027-01-01"),
        ("2023-12-31", "2027-01-01", CALENDAR_YEAR, PASSES, None),
        ("2026-11-21", "2026-11-20", CALENDAR_YEAR, PASSES, None),
        ("2023-06-30", "2026-11-20", JUNE_YEAR, PASSES, None),  # fiscal year 2023; now it is 2027
        ("2023-07-01", "2026-11-20", JUNE_YEAR, BARRED, "2027-07-01"),
        ("2025-08-01", "2026-11-20", MOVED_YEAR, BARRED, "2029-01-01"),  # in those months
        ("2022-07-01", "2026-11-20", MOVED_YEAR, BARRED, "2027-01-01"),  # fiscal year 2023
        ("2022-06-30", "2026-11-20", MOVED_YEAR, PASSES, None),
        ("2022-07-01", "2025-11-20", MOVED_YEAR, BARRED, "2027-01-01"),  # within those months
        ("2022-07-01", "2027-01-01", MOVED_YEAR, PASSES, None),
        ("2022-12-31", "2026-11-20", WEEKS_YEAR, PASSES, None),  # the last day of fiscal 2022
        ("2023-01-01", "2026-12-26", WEEKS_YEAR, BARRED, "2026-12-27"),
        ("2023-01-01", "2026-12-27", WEEKS_YEAR, PASSES, None),
    ],
)
def test_the_current_and_three_past_fiscal_years(
    paid_on: str, as_of: str, calendar: Calendar, outcome: Outcome, clear: str | None
) -> None:
    found = business("300,000", "1,000,000", paid_on=paid_on, as_of=day(as_of), calendar=calendar)
    assert found == (outcome, on(clear))


@pytest.mark.parametrize(
    ("role", "term", "who", "outcome", "clear"),
    [
        (Role.PARTNER, "2015-01-01..", SELF, BARRED, CLEAR_2025),
        (Role.MANAGING_MEMBER, "2015-01-01..", SELF, BARRED, CLEAR_2025),
        (Role.CONTROLLING_HOLDER, "2015-01-01..", SELF, BARRED, CLEAR_2025),
        (Role.EXECUTIVE_OFFICER, "2015-01-01..", SPOUSE, BARRED, CLEAR_2025),
        (Role.EXECUTIVE_OFFICER, "2015-01-01..", STEPCHILD, PASSES, None),
        (Role.EXECUTIVE_OFFICER, "2015-01-01..2026-06-30", SELF, JUDGMENT, None),  # left: FAQ 138
        (Role.EXECUTIVE_OFFICER, "2015-01-01..2026-11-20", SELF, BARRED, date(2026, 11, 21)),
        (Role.EXECUTIVE_OFFICER, "2015-01-01..2030-12-31", SELF, BARRED, CLEAR_2025),
        (Role.EXECUTIVE_OFFICER, "2026-11-21..", SELF, PASSES, None),
        (Role.EMPLOYEE, "2015-01-01..", SELF, JUDGMENT, None),
        (Role.PASSIVE, "2015-01-01..", SELF, JUDGMENT, None),
    ],
)
def test_what_somebody_is_at_the_organization(
    role: Role, term: str, who: Relative, outcome: Outcome, clear: date | None
) -> None:
    found = business("300,000", "1,000,000", role=role, term=term, who=who)
    assert found == (outcome, clear)


@given(
    st.dates(date(2019, 1, 1), date(2026, 11, 20)),
    st.dates(date(2026, 11, 20), date(2032, 1, 1)) | st.none(),
    st.sampled_from([CALENDAR_YEAR, JUNE_YEAR, MOVED_YEAR, WEEKS_YEAR]),
)
def test_clear_date_of_business_payments_is_the_first_day_without_a_bar(
    paid_on: date, left_on: date | None, calendar: Calendar
) -> None:
    term = f"2015-01-01..{left_on or ''}"
    facts = {"paid_on": paid_on.isoformat(), "term": term, "calendar": calendar}
    outcome, clear_on = business("300,000", "1,000,000", as_of=TODAY, **facts)
    if outcome is not BARRED:
        assert clear_on is None
        return
    assert clear_on is not None
    before = clear_on - timedelta(1)
    assert business("300,000", "1,000,000", as_of=before, **facts)[0] is BARRED
    assert business("300,000", "1,000,000", as_of=clear_on, **facts)[0] is not BARRED


def test_payments_from_investments_and_matching_gifts_are_left_out() -> None:
    assert business("300,000", "1,000,000", is_excluded=True)[0] is PASSES


def test_payments_of_a_year_are_added_up_and_two_directions_are_not() -> None:
    revenue = money("1,000,000")
    payments = [
        BusinessPayment("X", day("2025-02-01"), money("120,000"), revenue),
        BusinessPayment("X", day("2025-09-01"), money("80,000"), revenue),
        BusinessPayment("X", day("2024-12-31"), money("150,000"), revenue),
        BusinessPayment("X", day("2025-03-01"), money("150,000"), revenue, is_received=True),
        BusinessPayment("Y", day("2025-03-01"), money("900,000"), revenue),
    ]
    mine = (Association(X, Role.PARTNER, span("2015-01-01..")),)

    def outcome() -> Outcome:
        facts = Facts(associations=mine, business=tuple(payments))
        return listing.business(facts, TODAY, CALENDAR_YEAR, LIMITS).outcome

    assert outcome() is PASSES
    payments.append(BusinessPayment("X", day("2025-10-01"), money("0.01"), revenue))
    assert outcome() is BARRED


# (E) Interlock.


@pytest.mark.parametrize(
    ("service", "office", "role", "outcome", "clear"),
    [
        ("2020-01-01..", "2015-01-01..", Role.EXECUTIVE_OFFICER, BARRED, None),
        ("2020-01-01..2023-11-20", "2015-01-01..", Role.EXECUTIVE_OFFICER, BARRED, "2026-11-21"),
        ("2020-01-01..2023-11-19", "2015-01-01..", Role.EXECUTIVE_OFFICER, PASSES, None),
        ("2020-01-01..", "2015-01-01..2026-12-31", Role.EXECUTIVE_OFFICER, BARRED, "2027-01-01"),
        ("2020-01-01..", "2015-01-01..2026-11-19", Role.EXECUTIVE_OFFICER, PASSES, None),
        ("2020-01-01..", "2015-01-01..", Role.EMPLOYEE, PASSES, None),
    ],
)
def test_interlock_of_compensation_committees(
    service: str, office: str, role: Role, outcome: Outcome, clear: str | None
) -> None:
    facts = Facts(
        associations=(Association(X, role, span(office)),),
        interlocks=(Interlock("X", span(service)),),
    )
    found = listing.interlock(facts, TODAY, LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


# (F) The outside auditor.


@pytest.mark.parametrize(
    ("who", "partner", "worked", "outcome", "clear"),
    [
        (SELF, "2010-01-01..2024-05-31", "2024-03-10", BARRED, "2027-03-11"),
        (SELF, "2010-01-01..2024-05-31", "2023-11-20", BARRED, "2026-11-21"),
        (SELF, "2010-01-01..2024-05-31", "2023-11-19", PASSES, None),
        (SELF, "2010-01-01..2024-05-31", None, PASSES, None),
        (SPOUSE, "2010-01-01..", None, BARRED, None),
        (SPOUSE, "2010-01-01..2026-11-20", None, BARRED, "2026-11-21"),
        (SPOUSE, "2010-01-01..2026-11-20", "2025-03-01", BARRED, "2028-03-02"),
        (CHILD, None, "2025-03-01", BARRED, "2028-03-02"),  # an employee who worked on our audit
        (CHILD, None, None, PASSES, None),
        (STEPCHILD, "2010-01-01..", "2025-03-01", PASSES, None),
    ],
)
def test_ties_to_the_auditor(
    who: Relative, partner: str | None, worked: str | None, outcome: Outcome, clear: str | None
) -> None:
    tie = AuditorTie(span(partner) if partner else None, on(worked), who)
    found = listing.auditor(Facts(auditor=(tie,)), TODAY, LIMITS)
    assert (found.outcome, found.clear_on) == (outcome, on(clear))


def test_a_director_of_whom_nothing_is_known_passes_every_line() -> None:
    found = listing.listing_independence(Facts(), TODAY, CALENDAR_YEAR, LIMITS)
    assert [(one.line.name, one.outcome) for one in found] == [
        ("EMPLOYED", PASSES),
        ("COMPENSATION", PASSES),
        ("FAMILY_OFFICER", PASSES),
        ("BUSINESS", PASSES),
        ("INTERLOCK", PASSES),
        ("AUDITOR", PASSES),
    ]
