"""The ruling on a request: every route, open or closed and why."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.enums import Beneficiary, FeeBasis, FeeCategory, Ground, Route
from auditors.rules.catalogue import SERVICES
from auditors.rules.delegation import Delegate, Delegation
from auditors.rules.money import Money
from auditors.rules.policy import Policy, PolicyLine, Use
from auditors.rules.preapproval import (
    Request,
    Ruling,
    Setting,
    first_approval,
    rule,
    waiver_by_delegate,
)
from auditors.rules.reasons import Reason, grounds, reason
from auditors.sentences import sentence
from auditors.tests.rules.amounts import usd
from records.calendar import DAY, plus_months

TODAY = date(2026, 11, 20)
COMPANY = frozenset({"company"})
COMMITTEE, POLICY, DELEGATE = Route.COMMITTEE, Route.POLICY, Route.DELEGATE
CONSENTS = PolicyLine(
    key="Consents FY2026",
    service="consent",
    work="Consents for FY2026 registration statements",
    recipients=COMPANY,
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    cap=usd("60,000"),
    used_by=frozenset({"cfo"}),
    uses=(Use(usd("42,000"), date(2026, 6, 1)),),
)
DELEGATION = Delegation(
    (Delegate("chair", "Ngozi Okafor"), Delegate("second", "Li Wei")),
    limit_per_service=usd("25,000"),
    includes_internal_control=False,
)
SETTING = Setting(lines=(CONSENTS,), delegation=DELEGATION)


def ask(service: str | None, fee: str = "10,000", **given: object) -> Request:
    found = SERVICES[service] if service else None
    asked = {"starts_on": date(2026, 12, 1), "recipients": COMPANY} | given
    return Request(found, usd(fee), **asked)


def ruled(service: str | None, fee: str = "10,000", **given: object) -> Ruling:
    return rule(ask(service, fee, **given), SETTING, on=TODAY)


@pytest.mark.parametrize(
    ("service", "fee", "given", "open_routes"),
    [
        ("consent", "18,000", {}, [COMMITTEE, POLICY, DELEGATE]),
        # The line is used up: the committee or a delegate decides.
        ("consent", "20,000", {}, [COMMITTEE, DELEGATE]),
        ("consent", "26,000", {}, [COMMITTEE]),
        ("consent", "18,000", {"user": "cfo"}, [COMMITTEE, POLICY, DELEGATE]),
        ("consent", "18,000", {"user": "treasurer"}, [COMMITTEE, DELEGATE]),
        ("consent", "18,000", {"starts_on": date(2027, 1, 1)}, [COMMITTEE, DELEGATE]),
        ("research-credit", "25,000", {}, [COMMITTEE, DELEGATE]),
        ("research-credit", "25,000.01", {}, [COMMITTEE]),
        ("annual-audit", "1", {}, [COMMITTEE]),
        ("controls-review", "1", {}, [COMMITTEE]),
        (None, "1", {}, [COMMITTEE]),
        # The five with a signed conclusion: the full committee alone.
        ("payroll", "1", {}, []),
        ("payroll", "1", {"conclusion_on_file": True}, [COMMITTEE]),
        ("legal-services", "1", {"conclusion_on_file": True}, []),
        ("research-credit", "1", {"fee_basis": FeeBasis.CONTINGENT}, []),
        (None, "1", {"fee_basis": FeeBasis.CONTINGENT}, []),
        ("personal-tax-return", "1", {"beneficiary": Beneficiary.OVERSIGHT}, []),
        (
            "personal-tax-return",
            "1",
            {"beneficiary": Beneficiary.BOARD_ONLY},
            [COMMITTEE, DELEGATE],
        ),
        # Work that has begun is a fact; the routes are as they are.
        ("research-credit", "1", {"starts_on": date(2026, 11, 1)}, [COMMITTEE, DELEGATE]),
    ],
)
def test_open_routes(
    service: str | None, fee: str, given: dict[str, object], open_routes: list[Route]
) -> None:
    assert list(ruled(service, fee, **given).open_routes) == open_routes


@pytest.mark.parametrize(
    ("policy", "request_", "closed"),
    [
        # A bank closes "all other": refused by its policy, and the committee may approve.
        (
            Policy(closed_categories=frozenset({FeeCategory.ALL_OTHER})),
            ask("training"),
            Ground.CATEGORY_CLOSED,
        ),
        # A parcel carrier closes personal services that the law would let proceed.
        (
            Policy(closed_to=frozenset({Beneficiary.BOARD_ONLY})),
            ask("personal-tax-return", beneficiary=Beneficiary.BOARD_ONLY),
            Ground.PERSON_CLOSED,
        ),
    ],
)
def test_policy_closes(policy: Policy, request_: Request, closed: Ground) -> None:
    found = rule(request_, replace(SETTING, policy=policy), on=TODAY)
    assert found.open_routes == (COMMITTEE,)
    assert grounds(found.route(COMMITTEE).reasons) == (Ground.COMMITTEE_DECIDES, closed)
    assert grounds(found.route(POLICY).reasons) == (closed,)
    assert grounds(found.route(DELEGATE).reasons) == (closed,)


@pytest.mark.parametrize(
    ("starts_on", "has_begun", "notes"),
    [
        (date(2026, 11, 20), False, []),
        (date(2026, 11, 20), True, [Ground.ALREADY_BEGUN]),
        (date(2026, 11, 19), False, [Ground.ALREADY_BEGUN]),
        (date(2027, 11, 20), False, []),
        (date(2027, 11, 21), False, [Ground.TOO_EARLY]),
    ],
)
def test_notes_on_the_start(starts_on: date, has_begun: bool, notes: list[Ground]) -> None:
    found = ruled("research-credit", starts_on=starts_on, has_begun=has_begun)
    assert list(grounds(found.notes)) == notes


def test_auditor_confirms_that_the_work_has_not_begun() -> None:
    confirmed = ruled("research-credit", confirmed_not_begun=True)
    assert grounds(confirmed.notes) == (Ground.NOT_BEGUN,)
    begun = ruled("research-credit", confirmed_not_begun=True, has_begun=True)
    assert grounds(begun.notes) == (Ground.ALREADY_BEGUN,)


def test_without_policy_and_delegation_the_committee_decides() -> None:
    found = rule(ask("consent"), Setting(), on=TODAY)
    assert found.open_routes == (COMMITTEE,)
    assert grounds(found.route(POLICY).reasons) == (Ground.NO_LINE,)
    assert grounds(found.route(DELEGATE).reasons) == (Ground.NO_DELEGATION,)


def test_second_line_for_the_same_service_is_used_when_the_first_is_used_up() -> None:
    second = replace(CONSENTS, key="Consents, Form S-3", uses=())
    found = rule(ask("consent", "20,000"), Setting(lines=(CONSENTS, second)), on=TODAY)
    assert found.route(POLICY).line.line == second


def test_delegates_are_named_in_their_order() -> None:
    reasons = ruled("research-credit").route(DELEGATE).reasons
    assert [(each.ground, each.facts["name"]) for each in reasons] == [
        (Ground.DELEGATE_DECIDES, "Ngozi Okafor"),
        (Ground.DELEGATE_IF_UNAVAILABLE, "Li Wei"),
    ]


def test_delegates_in_any_order_each_decide() -> None:
    setting = replace(SETTING, delegation=replace(DELEGATION, any_order=True))
    reasons = rule(ask("research-credit"), setting, on=TODAY).route(DELEGATE).reasons
    assert grounds(reasons) == (Ground.DELEGATE_DECIDES, Ground.DELEGATE_DECIDES)


@pytest.mark.parametrize("waiver_only", [True, False])
@pytest.mark.parametrize(
    ("request_", "policy", "closed"),
    [
        pytest.param(ask("research-credit", "25,000"), Policy(), None, id="at the limit"),
        pytest.param(
            ask("research-credit", "25,000.01"),
            Policy(),
            Ground.OVER_DELEGATE_LIMIT,
            id="above the limit",
        ),
        pytest.param(ask(None), Policy(), Ground.NOT_IN_CATALOGUE, id="not in the list"),
        pytest.param(
            ask("payroll", conclusion_on_file=True),
            Policy(),
            Ground.FULL_COMMITTEE_ONLY,
            id="a service for the full committee alone",
        ),
        pytest.param(
            ask("training"),
            Policy(closed_categories=frozenset({FeeCategory.ALL_OTHER})),
            Ground.CATEGORY_CLOSED,
            id="a category that the policy closes",
        ),
        pytest.param(
            ask("personal-tax-return", beneficiary=Beneficiary.BOARD_ONLY),
            Policy(closed_to=frozenset({Beneficiary.BOARD_ONLY})),
            Ground.PERSON_CLOSED,
            id="a person whom the policy closes",
        ),
    ],
)
def test_delegate_waives_what_a_delegate_may_approve(
    request_: Request, policy: Policy, closed: Ground | None, waiver_only: bool
) -> None:
    """A resolution may delegate the waiver alone."""
    delegation = replace(DELEGATION, waiver_only=waiver_only)
    setting = replace(SETTING, policy=policy, delegation=delegation)
    found = waiver_by_delegate(request_, setting, on=TODAY)
    assert found.is_open == (closed is None)
    assert closed is None or grounds(found.reasons) == (closed,)


def test_without_a_delegation_no_delegate_waives() -> None:
    found = waiver_by_delegate(ask("training"), Setting(), on=TODAY)
    assert grounds(found.reasons) == (Ground.NO_DELEGATION,)


@pytest.mark.parametrize(
    ("starts_on", "months", "first"),
    [
        (date(2027, 3, 10), 12, date(2026, 3, 10)),
        # A leap day: February 28 and twelve months end on February 28.
        (date(2028, 2, 29), 12, date(2027, 3, 1)),
        (date(2029, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
    ],
)
def test_first_date_to_approve(starts_on: date, months: int, first: date) -> None:
    assert first_approval(starts_on, months) == first


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 36))
def test_nothing_is_too_early_from_the_first_date_on(starts_on: date, months: int) -> None:
    """The sentence and the test of an approval's age agree for every date."""
    first = first_approval(starts_on, months)
    assert plus_months(first, months) >= starts_on
    assert plus_months(first - DAY, months) < starts_on


def test_ruling_reads_as_sentences() -> None:
    found = ruled("consent", "20,000")
    assert [sentence(each) for each in found.reasons] == [
        "The committee may approve this service specifically (Reg. S-X 2-01(c)(7)(i)(A)).",
        "The line “Consents FY2026” allows $60,000 for the period and $42,000 is used. With this "
        "fee the total would be $62,000, which is $2,000 above the limit "
        "(Reg. S-X 2-01(c)(7)(i)(B)).",
        "Ngozi Okafor may approve as delegate and presents it at the next scheduled meeting "
        "(Exchange Act s. 10A(i)(3)).",
        "Li Wei may approve if the delegates named before are not available "
        "(Exchange Act s. 10A(i)(3)).",
    ]


def test_prohibited_service_says_why() -> None:
    found = ruled("payroll", "18,000")
    assert found.is_prohibited
    assert [sentence(each) for each in found.bars] == [
        "The auditor may not provide this service unless a signed, reasoned conclusion that its "
        "results will not be audited is on file: Keeping the payroll (Reg. S-X 2-01(c)(4)(i))."
    ]


def test_ruling_takes_well_under_five_milliseconds() -> None:
    """A policy of thirty lines with fifty uses each, sentences included."""
    uses = tuple(Use(usd(100), TODAY) for _ in range(50))
    lines = tuple(replace(CONSENTS, key=f"Line {n}", uses=uses) for n in range(30))
    setting = Setting(lines=lines, delegation=DELEGATION)
    times = []
    for _ in range(20):
        start = time.process_time()
        found = rule(ask("consent", "59,000"), setting, on=TODAY)
        assert [sentence(each) for each in found.reasons]
        times.append(time.process_time() - start)
    assert sorted(times)[10] < 0.005


# The whole ruling.


def test_every_reason_of_a_ruling_in_the_order_in_which_it_is_read() -> None:
    begun = ruled("consent", "20,000", starts_on=date(2026, 11, 19))
    assert begun.reasons == (
        reason(Ground.ALREADY_BEGUN, start=date(2026, 11, 19)),
        reason(Ground.COMMITTEE_DECIDES),
        reason(
            Ground.OVER_PERIOD_CAP,
            line="Consents FY2026",
            limit=usd("60,000"),
            used=usd("42,000"),
            total=usd("62,000"),
            over=usd("2,000"),
        ),
        reason(Ground.DELEGATE_DECIDES, name="Ngozi Okafor"),
        reason(Ground.DELEGATE_IF_UNAVAILABLE, name="Li Wei"),
    )
    barred = ruled("legal-services")
    assert barred.reasons == (*barred.bars, *barred.notes, *barred.bars * 3)
    assert [each.route for each in barred.routes] == [COMMITTEE, POLICY, DELEGATE]


def test_notes_of_the_service_stand_before_those_of_its_time() -> None:
    found = ruled("payroll", conclusion_on_file=True, starts_on=date(2026, 11, 19))
    assert found.notes[-1].ground == Ground.ALREADY_BEGUN
    assert len(found.notes) > 1, "the conclusion is noted first"


@pytest.mark.parametrize(
    ("service", "given", "closed"),
    [
        (None, {}, reason(Ground.NOT_IN_CATALOGUE)),
        ("payroll", {"conclusion_on_file": True}, reason(Ground.FULL_COMMITTEE_ONLY)),
        ("annual-audit", {}, reason(Ground.SPECIFIC_ONLY, service=SERVICES["annual-audit"].name)),
    ],
)
def test_what_is_decided_by_the_committee_alone(
    service: str | None, given: dict[str, object], closed: Reason
) -> None:
    # Even a line of its own and a closed category change nothing of the reason.
    category = SERVICES[service].category if service else FeeCategory.ALL_OTHER
    line = replace(CONSENTS, service=service or "consent")
    setting = Setting(Policy(frozenset({category})), (line,), DELEGATION)
    found = rule(ask(service, **given), setting, on=TODAY)
    assert found.open_routes == (COMMITTEE,)
    decides = Ground.FULL_COMMITTEE_ONLY if given else Ground.COMMITTEE_DECIDES
    assert found.route(COMMITTEE).reasons[0] == reason(decides)
    for route in (POLICY, DELEGATE):
        assert found.route(route).reasons == (closed,), route


@pytest.mark.parametrize(
    ("months", "starts_on", "earliest"),
    [
        (12, date(2027, 11, 20), None),
        (12, date(2027, 11, 21), date(2026, 11, 21)),
        (3, date(2027, 2, 20), None),
        (3, date(2027, 2, 21), date(2026, 11, 21)),
    ],
)
def test_how_long_ahead_it_is_asked_for(
    months: int, starts_on: date, earliest: date | None
) -> None:
    setting = Setting(Policy(max_age_months=months))
    found = rule(ask("consent", starts_on=starts_on), setting, on=TODAY)
    facts = {"start": starts_on, "earliest": earliest, "months": months}
    assert found.notes == ((reason(Ground.TOO_EARLY, **facts),) if earliest else ())


def test_line_that_admits_it_with_what_is_left_of_its_tightest_limit() -> None:
    capped = replace(CONSENTS, cap_per_engagement=usd("15,000"))
    found = rule(ask("consent"), Setting(lines=(capped,)), on=TODAY).route(POLICY)
    assert found.reasons == (
        reason(Ground.WITHIN_CAP, line="Consents FY2026", left=usd("15,000"), limit=usd("15,000")),
    )
    wide = replace(CONSENTS, cap_per_engagement=usd("50,000"))
    found = rule(ask("consent"), Setting(lines=(wide,)), on=TODAY).route(POLICY)
    assert found.reasons == (
        reason(Ground.WITHIN_CAP, line="Consents FY2026", left=usd("18,000"), limit=usd("60,000")),
    )
    assert found.line is not None
    assert found.line.line == wide


def test_of_two_lines_that_refuse_both_say_why_and_the_first_is_shown() -> None:
    small = replace(CONSENTS, key="Small", cap=usd("43,000"))
    other = replace(CONSENTS, key="Other work", service="research-credit")
    found = rule(ask("consent", "20,000"), Setting(lines=(other, CONSENTS, small)), on=TODAY)
    policy = found.route(POLICY)
    assert [why.facts["line"] for why in policy.reasons] == ["Consents FY2026", "Small"]
    assert (policy.is_open, policy.line and policy.line.line) == (False, CONSENTS)


def test_no_line_and_no_delegation_each_say_so() -> None:
    found = rule(ask("consent"), Setting(), on=TODAY)
    assert found.route(POLICY).reasons == (reason(Ground.NO_LINE),)
    assert found.route(DELEGATE).reasons == (reason(Ground.NO_DELEGATION),)


def test_fee_beside_a_limit_is_in_the_currency_of_the_limit() -> None:
    euros = Money(Decimal(9_000), "EUR")
    asked = replace(ask("consent", "10,000"), asked=euros)
    assert asked.fee_in("EUR") == euros
    assert asked.fee_in("USD") == usd("10,000")
    assert replace(asked, asked=None).fee_in("EUR") == usd("10,000")
    abroad = replace(DELEGATION, limit_per_service=Money(Decimal(9_500), "EUR"))
    assert abroad.currency == "EUR"
    assert rule(asked, Setting(delegation=abroad), on=TODAY).route(DELEGATE).is_open
    dear = replace(asked, asked=Money(Decimal(9_501), "EUR"))
    assert not rule(dear, Setting(delegation=abroad), on=TODAY).route(DELEGATE).is_open


@pytest.mark.parametrize(
    ("given", "deciding", "is_open"),
    [
        ({}, ["Ngozi Okafor", "Li Wei"], True),
        ({"concerns": "chair"}, ["Li Wei"], True),
        ({"concerns": "second"}, ["Ngozi Okafor"], True),
    ],
)
def test_delegate_whom_it_concerns_does_not_decide_and_the_others_do(
    given: dict[str, str], deciding: list[str], is_open: bool
) -> None:
    found = ruled("research-credit", **given).route(DELEGATE)
    assert [each.name for each in found.delegates] == deciding
    assert found.is_open is is_open
    grounds_found = list(grounds(found.reasons))
    expected = [Ground.DELEGATE_DECIDES, Ground.DELEGATE_IF_UNAVAILABLE][: len(deciding)]
    assert grounds_found[: len(deciding)] == expected
    assert len(grounds_found) == 2, "who decides, then each conflict"


def test_closed_by_policy_and_without_a_delegation_it_says_what_closes_it() -> None:
    setting = Setting(Policy(closed_categories=frozenset({SERVICES["training"].category})))
    found = rule(ask("training"), setting, on=TODAY).route(DELEGATE)
    assert grounds(found.reasons) == (Ground.CATEGORY_CLOSED,)
