"""Requests: asked, ruled on, approved in three ways, declined, withdrawn, presented."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person
from auditors.enums import Basis, Beneficiary, FeeBasis, FeeCategory, RequestState, Route
from auditors.models import Approval, PolicyLine, ServiceRequest
from auditors.rules.money import Money, Rate
from auditors.rules.preapproval import rule
from auditors.rulings import Draft, loaded, ruling
from auditors.services import approvals, fees, firms, policy, presenting, requests
from auditors.tests.factories import (
    AT,
    FY25,
    SIGNED,
    TODAY,
    a_delegation,
    a_fee,
    a_firm,
    a_line,
    a_paper,
    a_recipient,
    a_request,
    an_engagement,
    the_company,
    use,
    waived,
)
from committees import services as seating
from committees.enums import EndReason
from committees.models import Director, Membership
from committees.tests.factories import a_company, a_director, a_seat
from committees.tests.recording import determined
from records.models import LedgerEntry
from records.models.bases import ImmutableError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()


def entries(action: str) -> list[dict[str, Any]]:
    found = LedgerEntry.objects.filter(action=action).order_by("sequence")
    return [entry.facts for entry in found]


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return error.value.messages


def draft(**given: Any) -> Draft:
    given = {
        "service": "payroll",
        "fee": Money(Decimal(18_000), "USD"),
        "starts_on": date(2026, 12, 1),
        "recipients": [the_company()],
    } | given
    return Draft(**given)


# Check before you ask


def test_checking_stores_nothing() -> None:
    the_company()
    before = LedgerEntry.objects.count()
    found = ruling(draft(), on=TODAY)
    assert found.is_prohibited
    assert (LedgerEntry.objects.count(), ServiceRequest.objects.count()) == (before, 0)


def test_ruling_counts_the_same_queries_for_one_line_and_for_many(
    management: User, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        line = a_line(title=f"Line {number}", used_by=[management])
        use(line, management, "1000")
        asked = draft(service="consent")
        with django_assert_num_queries(7):
            ruling(asked, on=TODAY)


def test_ruling_reads_its_records_once_and_is_then_judged_without_the_database(
    management: User,
    seats: list[Membership],
    django_assert_num_queries: Any,
) -> None:
    """Company and policy; lines with recipients, officers and uses; the delegation with its
    delegates, members, management, determinations and what awaits a meeting. Each is a plain
    query of the columns it needs: fewer, larger ones take longer to compose."""
    use(a_line(used_by=[management]), management, "1000")
    a_delegation(*[seat.director for seat in seats], limit_between_meetings=Decimal(40_000))
    policy.adopt_policy(adopted_on=date(2026, 1, 15), currency="USD", **SIGNED)
    asked = draft(service="consent")
    with django_assert_num_queries(12):
        request, records = loaded(asked, on=TODAY)
    with django_assert_num_queries(0):
        found = rule(request, records, on=TODAY)
    assert found == ruling(asked, on=TODAY)
    assert set(found.open_routes) == set(Route)


def test_ruling_on_a_service_outside_the_list_reads_no_lines(
    django_assert_num_queries: Any,
) -> None:
    a_line()
    asked = draft(service="")
    with django_assert_num_queries(3):
        ruling(asked, on=TODAY)


# Asking


def test_request_is_recorded_as_asked_with_its_open_routes(management: User) -> None:
    a_line()
    asked = a_request("18000.50", by=management)
    assert (asked.state, asked.asked_by, asked.amount) == (
        RequestState.ASKED,
        management,
        Decimal("18000.50"),
    )
    (facts,) = entries("request.asked")
    assert facts["open_routes"] == ["committee", "policy"]
    assert "Form S-8" not in json.dumps(facts)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"service": "payroll"},
            "The auditor may not provide this service unless a signed, reasoned conclusion that "
            "its results will not be audited is on file: Keeping the payroll "
            "(Reg. S-X 2-01(c)(4)(i)).",
        ),
        (
            {"service": "legal-services"},
            "The auditor may not provide this service: Legal services (Reg. S-X 2-01(c)(4)(ix)).",
        ),
        (
            {"fee_basis": FeeBasis.CONTINGENT},
            "The fee may not depend on a result. Agree on a fixed fee or hourly rates "
            "(Reg. S-X 2-01(c)(5); PCAOB Rule 3521).",
        ),
        (
            {"service": "personal-tax-return", "beneficiary": Beneficiary.OVERSIGHT},
            "The auditor may not provide tax services to a person in a financial reporting "
            "oversight role or close family, whoever pays (PCAOB Rule 3523).",
        ),
    ],
)
def test_what_the_auditor_may_not_provide_is_refused_with_why(
    given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_request(**given)
    assert refused(refusal) == [sentence]
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"service": "anything"}, "service"),
        ({"recipients": []}, "recipients"),
        ({"subject": "  "}, "subject"),
        ({"fee": Money(Decimal("1.234"), "USD")}, "amount"),
        ({"not_begun_confirmed_on": date(2026, 11, 21)}, "not_begun_confirmed_on"),
        ({"beneficiary": Beneficiary.BOARD_ONLY}, "concerns"),
    ],
)
def test_bad_input_is_refused_beside_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_request(**given)
    assert list(refusal.value.error_dict) == [field]


@pytest.mark.parametrize("fee", [Money(Decimal(0), "USD"), Money(Decimal(5), "dollars")])
def test_fee_without_amount_or_currency_is_refused(fee: Money) -> None:
    with pytest.raises(ValidationError):
        a_request(fee=fee)


def test_work_for_the_company_names_no_director() -> None:
    with pytest.raises(ValidationError) as refusal:
        a_request(concerns=a_director("Clara Chair"))
    assert list(refusal.value.error_dict) == ["concerns"]


def test_service_outside_the_list_goes_to_the_committee() -> None:
    asked = a_request(service="", subject="Something new")
    assert requests.rule_on(asked, on=TODAY).open_routes == (Route.COMMITTEE,)


# Approval by the committee


def test_committee_approves() -> None:
    asked = a_request()
    approval = approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_on) == (RequestState.APPROVED, TODAY)
    assert (approval.basis, approval.money) == (Basis.COMMITTEE, Money(Decimal(10_000), "USD"))
    (facts,) = entries("request.approved")
    assert (facts["basis"], facts["approved_on"]) == ("committee", "2026-11-20")


def test_late_approval_is_a_fact() -> None:
    asked = a_request(starts_on=date(2026, 11, 1))
    approval = approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    assert approval.approved_on > asked.starts_on


def test_approval_signed_elsewhere_is_uploaded_with_its_date() -> None:
    paper = a_paper("auditors.service_request")
    approval = approvals.approve_by_committee(
        a_request(), approved_on=date(2026, 11, 18), document=paper, **SIGNED
    )
    assert (approval.document, approval.approved_on) == (paper, date(2026, 11, 18))


def test_document_filed_for_another_purpose_is_refused() -> None:
    with pytest.raises(ValidationError, match="another purpose"):
        approvals.approve_by_committee(
            a_request(), approved_on=TODAY, document=a_paper("charters.completion"), **SIGNED
        )


def test_five_services_with_a_conclusion_go_to_the_full_committee_alone() -> None:
    asked = a_request(service="payroll", conclusion=a_paper("auditors.service_request"))
    assert requests.rule_on(asked, on=TODAY).open_routes == (Route.COMMITTEE,)
    assert approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED).pk


def test_request_is_decided_once() -> None:
    asked = a_request()
    approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="already marked as approved"):
        approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="already marked as approved"):
        requests.decline(asked, decided_on=TODAY, reason="No", **SIGNED)


# Policy lines


def test_officer_uses_a_line(management: User) -> None:
    line = a_line(used_by=[management])
    approval = use(line, management, "42000", by=management)
    assert (approval.basis, approval.line, approval.used_by) == (Basis.POLICY, line, management)
    (facts,) = entries("request.approved")
    assert facts["line"] == f"auditors.PolicyLine:{line.pk}"


def test_used_up_line_sends_the_next_request_to_the_committee(management: User) -> None:
    line = a_line(used_by=[management])
    use(line, management, "42000")
    asked = a_request("20000")
    found = requests.rule_on(asked, on=TODAY)
    assert found.open_routes == (Route.COMMITTEE,)
    with pytest.raises(ValidationError) as refusal:
        approvals.use_line(asked, line, used_by=management, used_on=TODAY, **SIGNED)
    assert refused(refusal) == [
        "The line “Consents FY2026” allows $60,000 for the period and $42,000 is used. With this "
        "fee the total would be $62,000, which is $2,000 above the limit "
        "(Reg. S-X 2-01(c)(7)(i)(B))."
    ]
    approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)


def test_withdrawn_use_gives_its_room_back(management: User) -> None:
    line = a_line(used_by=[management])
    approval = use(line, management, "60000")
    requests.withdraw(
        approval.request, withdrawn_on=TODAY, reason="The filing was dropped", **SIGNED
    )
    assert use(line, management, "60000").pk
    assert Approval.objects.live().count() == 1


def test_changed_limit_counts_what_was_used_before(management: User) -> None:
    """From $60,000 to $80,000 to $70,000 within the year; a withdrawn use gives room back."""
    first = a_line(used_by=[management])
    before = use(first, management, "42000")
    changed = {"used_by": [management], "adopted_on": date(2026, 6, 1)}
    second = a_line(cap=Decimal(80_000), replaces=first, **changed)
    first.refresh_from_db()
    assert first.ended_on == date(2026, 6, 1)
    asked = a_request("38000.01")
    assert requests.rule_on(asked, on=TODAY).open_routes == (Route.COMMITTEE,)
    with pytest.raises(ValidationError, match=r"\$0.01 above the limit"):
        approvals.use_line(asked, second, used_by=management, used_on=TODAY, **SIGNED)
    use(second, management, "28000")
    third = a_line(cap=Decimal(70_000), replaces=second, **changed | {"adopted_on": TODAY})
    with pytest.raises(ValidationError, match=r"\$70,000 is used"):
        use(third, management, "1")
    requests.withdraw(before.request, withdrawn_on=TODAY, reason="Dropped", **SIGNED)
    assert use(third, management, "42000").pk


def test_use_recorded_afterwards_counts_under_the_line_that_changed(management: User) -> None:
    """The date of the use lies before the change; the limit of the year is the later one."""
    first = a_line(used_by=[management])
    second = a_line(
        cap=Decimal(50_000), used_by=[management], adopted_on=date(2026, 6, 1), replaces=first
    )
    use(second, management, "30000")
    spring: dict[str, Any] = {"used_by": management, "used_on": date(2026, 5, 4)} | SIGNED
    with pytest.raises(ValidationError, match="allows \\$50,000"):
        approvals.use_line(a_request("20000.01"), first, **spring)
    assert approvals.use_line(a_request("20000"), first, **spring).pk
    with pytest.raises(ValidationError, match="does not admit the service on this date"):
        use(first, management, "1")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"service": "comfort-letter"}, "same service"),
        ({"currency": "EUR"}, "same currency"),
        ({"adopted_on": date(2026, 1, 14)}, "was adopted after this one"),
        ({"starts_on": date(2027, 1, 1), "last_on": date(2027, 12, 31)}, "do not overlap"),
    ],
)
def test_other_lines_change_none(given: dict[str, Any], message: str) -> None:
    first = a_line()
    with pytest.raises(ValidationError, match=message) as refusal:
        a_line(**{"adopted_on": TODAY, "replaces": first} | given)
    assert list(refusal.value.error_dict) == ["replaces"]
    first.refresh_from_db()
    assert first.ended_on is None


def test_line_is_changed_once_and_not_after_its_end() -> None:
    first = a_line()
    a_line(replaces=first, adopted_on=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="was changed before"):
        a_line(replaces=first, adopted_on=TODAY)
    ended = a_line(title="Other consents")
    policy.end_line(ended, ended_on=date(2026, 6, 1), **SIGNED)
    with pytest.raises(ValidationError, match="ended before this one"):
        a_line(replaces=ended, adopted_on=date(2026, 6, 2))
    assert a_line(replaces=ended, adopted_on=date(2026, 6, 1)).pk


def test_only_named_officers_use_a_line(management: User, member: User) -> None:
    line = a_line(used_by=[management])
    with pytest.raises(ValidationError, match="not named as a user"):
        use(line, member)
    asked = a_request()
    with pytest.raises(ValidationError, match="Only the officer or the secretary"):
        approvals.use_line(asked, line, used_by=management, used_on=TODAY, by=member, at=AT)


def test_secretary_records_the_use_for_the_officer(management: User, secretary: User) -> None:
    line = a_line(used_by=[management])
    found = approvals.use_line(
        a_request(), line, used_by=management, used_on=TODAY, by=secretary, at=AT
    )
    assert (found.used_by, found.recorded_by) == (management, secretary)


def test_line_for_other_recipients_admits_nothing(management: User) -> None:
    line = a_line(used_by=[management])
    with pytest.raises(ValidationError) as refusal:
        use(line, management, recipients=[the_company(), a_recipient("Larch GmbH")])
    assert refused(refusal) == [
        "The line “Consents FY2026” does not name Larch GmbH (Reg. S-X 2-01(c)(7)(i)(B))."
    ]


def test_ended_line_admits_nothing(management: User) -> None:
    line = a_line(used_by=[management])
    other = a_line(title="Other consents", used_by=[management])
    policy.end_line(line, ended_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="does not admit the service on this date"):
        use(line, management)
    assert use(other, management).pk


def test_use_in_another_currency_needs_its_rate(management: User) -> None:
    line = a_line(used_by=[management])
    euros = Money(Decimal(10_000), "EUR")
    with pytest.raises(ValidationError, match="no exchange rate"):
        use(line, management, fee=euros)
    use(line, management, fee=euros, rate=Rate(Decimal("1.1"), TODAY))
    found = requests.rule_on(a_request("50000"), on=TODAY).route(Route.POLICY)
    assert found.reasons[0].facts["used"] == Money(Decimal(11_000), "USD")


# Delegates


@pytest.fixture
def seats(chair: User, member: User) -> list[Membership]:
    return [a_seat(a_director("Clara Chair", chair)), a_seat(a_director("Max Member", member))]


def test_chair_approves_by_delegation(chair: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director, limit_per_service=Decimal(50_000))
    approval = approvals.approve_by_delegate(
        a_request("35000"), seats[0].director, approved_on=TODAY, by=chair, at=AT
    )
    assert (approval.basis, approval.delegate) == (Basis.DELEGATE, seats[0].director)


def test_delegate_keeps_to_the_limit(chair: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director, limit_per_service=Decimal(50_000))
    asked = a_request("50000.01")
    with pytest.raises(ValidationError) as refusal:
        approvals.approve_by_delegate(asked, seats[0].director, approved_on=TODAY, by=chair, at=AT)
    assert refused(refusal) == [
        "A delegate may approve up to $50,000 per service. The fee is $0.01 above that "
        "(resolution on delegation)."
    ]


def test_total_between_meetings_is_free_again_once_presented(
    chair: User, seats: list[Membership]
) -> None:
    director = seats[0].director
    a_delegation(director, limit_between_meetings=Decimal(40_000))
    given: dict[str, Any] = {"approved_on": TODAY, "by": chair, "at": AT}
    first = approvals.approve_by_delegate(a_request("30000"), director, **given)
    second = a_request("20000")
    with pytest.raises(ValidationError, match=r"\$30,000 is used"):
        approvals.approve_by_delegate(second, director, **given)
    # A special meeting frees nothing; the next scheduled one does.
    presenting.present(first, meeting_on=TODAY, is_scheduled=False, **SIGNED)
    with pytest.raises(ValidationError, match=r"\$30,000 is used"):
        approvals.approve_by_delegate(second, director, **given)
    december = AT.replace(month=12)
    presenting.present(first, meeting_on=date(2026, 12, 8), by=chair, at=december)
    # A decision dated back before that meeting shares the total of its time.
    with pytest.raises(ValidationError, match=r"\$30,000 is used"):
        approvals.approve_by_delegate(second, director, **(given | {"at": december}))
    given = {"approved_on": date(2026, 12, 8), "by": chair, "at": december}
    assert approvals.approve_by_delegate(second, director, **given).pk


def test_delegate_found_not_independent_decides_nothing(
    chair: User, seats: list[Membership]
) -> None:
    director = seats[0].director
    a_delegation(director)
    determined(seats[1].director, on=date(2026, 11, 2))
    asked = a_request()
    with pytest.raises(ValidationError, match="No delegate is a current, independent member"):
        approvals.approve_by_delegate(asked, director, approved_on=TODAY, by=chair, at=AT)
    determined(director, on=date(2026, 11, 3))
    assert approvals.approve_by_delegate(asked, director, approved_on=TODAY, by=chair, at=AT).pk


def test_line_in_another_currency_admits_a_fee_in_its_own(management: User) -> None:
    line = a_line(used_by=[management], currency="EUR", cap=Decimal(10_000))
    euro = Rate(Decimal("1.10"), TODAY)
    approval = use(line, management, fee=Money(Decimal(9_000), "EUR"), rate=euro)
    assert approval.currency == "EUR"
    with pytest.raises(ValidationError, match="EUR 9,000 is used"):
        use(line, management, fee=Money(Decimal("1000.01"), "EUR"), rate=euro)
    with pytest.raises(ValidationError, match="no exchange rate"):
        use(line, management, fee=Money(Decimal(1), "USD"))


def test_second_delegate_decides_if_the_first_is_not_available(
    member: User, seats: list[Membership]
) -> None:
    a_delegation(seats[0].director, seats[1].director)
    asked = a_request()
    given: dict[str, Any] = {"approved_on": TODAY, "by": member, "at": AT}
    with pytest.raises(ValidationError, match="were not available"):
        approvals.approve_by_delegate(asked, seats[1].director, **given)
    approval = approvals.approve_by_delegate(
        asked, seats[1].director, others_unavailable=True, **given
    )
    assert approval.others_unavailable


def test_delegates_in_any_order(member: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director, seats[1].director, any_order=True)
    given: dict[str, Any] = {"approved_on": TODAY, "by": member, "at": AT}
    assert approvals.approve_by_delegate(a_request(), seats[1].director, **given).pk


def test_delegate_who_left_is_passed_over(member: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director, seats[1].director)
    seating.end_membership(seats[0], ends_on=date(2026, 11, 1), reason=EndReason.RESIGNED, **SIGNED)
    given: dict[str, Any] = {"approved_on": TODAY, "at": AT}
    asked = a_request()
    with pytest.raises(ValidationError, match="is not a member of the committee"):
        approvals.approve_by_delegate(asked, seats[0].director, by=SIGNED["by"], **given)
    assert approvals.approve_by_delegate(asked, seats[1].director, by=member, **given).pk


def test_other_members_are_told_once(chair: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director)
    approval = approvals.approve_by_delegate(
        a_request(), seats[0].director, approved_on=TODAY, by=chair, at=AT
    )
    presenting.record_others_told(approval, told_on=TODAY, **SIGNED)
    approval.refresh_from_db()
    assert approval.others_told_on == TODAY
    with pytest.raises(ValidationError, match="on record already"):
        presenting.record_others_told(approval, told_on=TODAY, **SIGNED)
    committee = approvals.approve_by_committee(a_request(), approved_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="delegate's approval only"):
        presenting.record_others_told(committee, told_on=TODAY, **SIGNED)


def test_nobody_decides_in_a_delegates_name(
    management: User, secretary: User, seats: list[Membership]
) -> None:
    a_delegation(seats[0].director)
    asked = a_request()
    with pytest.raises(ValidationError, match="Only the delegate approves"):
        approvals.approve_by_delegate(
            asked, seats[0].director, approved_on=TODAY, by=management, at=AT
        )
    recorded = approvals.approve_by_delegate(
        asked,
        seats[0].director,
        approved_on=TODAY,
        document=a_paper("auditors.service_request"),
        by=secretary,
        at=AT,
    )
    assert recorded.recorded_by == secretary


def work_for(director: Director) -> dict[str, Any]:
    return {"beneficiary": Beneficiary.BOARD_ONLY, "concerns": director}


@pytest.mark.parametrize("own", ["asked", "concerned"])
def test_delegate_does_not_decide_in_their_own_matter(
    chair: User, member: User, seats: list[Membership], own: str
) -> None:
    """The second delegate decides, and need not say that the first was not available."""
    first, second = (seat.director for seat in seats)
    a_delegation(first, second)
    matter: dict[str, Any] = {"by": chair} if own == "asked" else work_for(first)
    asked = a_request("5000", service="us-income-tax-returns", **matter)
    with pytest.raises(ValidationError) as refusal:
        approvals.approve_by_delegate(asked, first, approved_on=TODAY, by=chair, at=AT)
    assert "Another delegate or the committee decides" in refusal.value.messages[0]
    given = approvals.approve_by_delegate(asked, second, approved_on=TODAY, by=member, at=AT)
    assert given.delegate == second


def test_request_of_the_only_delegate_goes_to_the_committee(
    chair: User, seats: list[Membership]
) -> None:
    a_delegation(seats[0].director)
    asked = a_request("5000", by=chair)
    found = requests.rule_on(asked, on=TODAY)
    assert found.open_routes == (Route.COMMITTEE,)
    with pytest.raises(ValidationError, match="Clara Chair asked for this service"):
        approvals.approve_by_delegate(asked, seats[0].director, approved_on=TODAY, **SIGNED)


def test_director_who_is_not_named_is_no_delegate(member: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director)
    with pytest.raises(ValidationError, match="does not name this director"):
        approvals.approve_by_delegate(
            a_request(), seats[1].director, approved_on=TODAY, by=member, at=AT
        )


def test_officer_is_never_a_delegate(management: User) -> None:
    seat = a_seat(a_director("Mona Manager", management))
    with pytest.raises(ValidationError, match="is an officer and cannot be a delegate"):
        a_delegation(seat.director)


def test_director_without_a_seat_is_never_a_delegate() -> None:
    with pytest.raises(ValidationError, match="is not a member of the committee"):
        a_delegation(a_director("Dora Director"))


def test_without_a_delegation_nobody_decides_for_the_committee(
    chair: User, seats: list[Membership]
) -> None:
    with pytest.raises(ValidationError, match="no delegation in effect"):
        approvals.approve_by_delegate(
            a_request(), seats[0].director, approved_on=TODAY, by=chair, at=AT
        )


# The de minimis waiver


def test_waiver_is_recorded_where_every_condition_holds() -> None:
    assert waived().basis == Basis.WAIVER
    assert entries("request.approved")[0]["share"] == "4.6467"


def test_delegate_gives_a_waiver_within_the_limits_and_presents_it(
    chair: User, seats: list[Membership]
) -> None:
    """A resolution may delegate the waiver alone."""
    director = seats[0].director
    a_delegation(director, waiver_only=True, limit_per_service=Decimal(48_000))
    given = waived("48000", delegate=director, by=chair, at=AT)
    assert (given.basis, given.delegate) == (Basis.WAIVER, director)
    (facts,) = entries("request.approved")
    assert facts["delegation"] == f"auditors.Delegation:{given.delegation_id}"
    assert list(Approval.objects.to_present()) == [given]
    presenting.record_others_told(given, told_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="up to \\$48,000 per service"):
        waived("48000.01", delegate=director, paid_in_year=Money(Decimal(9_000_000), "USD"))


@pytest.mark.parametrize("own", ["asked", "concerned"])
def test_delegate_waives_nothing_in_their_own_matter(
    chair: User, seats: list[Membership], own: str
) -> None:
    director = seats[0].director
    a_delegation(director)
    matter: dict[str, Any] = {"by": chair} if own == "asked" else work_for(director)
    asked = a_request("5000", service="sales-tax-advice", starts_on=date(2026, 11, 1), **matter)
    with pytest.raises(ValidationError, match="Another delegate or the committee decides"):
        approvals.approve_by_waiver(
            asked,
            approved_on=TODAY,
            recognized_later=True,
            promptly_brought=True,
            paid_in_year=Money(Decimal(1_033_000), "USD"),
            delegate=director,
            **SIGNED,
        )


def test_delegate_waives_nothing_that_the_policy_closes(
    chair: User, seats: list[Membership]
) -> None:
    """The committee itself still may."""
    a_delegation(seats[0].director)
    policy.adopt_policy(
        adopted_on=date(2026, 1, 15),
        currency="USD",
        waiver_allowed=True,
        closed_categories=[FeeCategory.TAX],
        **SIGNED,
    )
    with pytest.raises(ValidationError) as refusal:
        waived("5000", delegate=seats[0].director, by=chair, at=AT)
    assert list(refusal.value.error_dict) == ["delegate"]
    assert waived("5000").pk


def test_nobody_waives_in_a_delegates_name(member: User, seats: list[Membership]) -> None:
    a_delegation(seats[0].director)
    with pytest.raises(ValidationError, match="Only the delegate approves"):
        waived("5000", delegate=seats[0].director, by=member, at=AT)


def test_waivers_of_a_fiscal_year_count_together() -> None:
    # 5% of 1,033,000 is 51,650.00.
    waived("48000")
    with pytest.raises(ValidationError, match=r"total \$51,650.01, which is more than \$51,650"):
        waived("3650.01")
    waived("9000", starts_on=date(2025, 12, 31))
    assert waived("3650").pk


def test_waivers_of_another_firm_count_against_what_that_firm_is_paid() -> None:
    """The auditor changed within the fiscal year: each firm has a share of its own."""
    waived("48000")
    predecessor: dict[str, Any] = {
        "firm": a_firm("Elm LLP"),
        "paid_in_year": Money(Decimal(100_000), "USD"),
    }
    with pytest.raises(ValidationError, match=r"total \$5,000\.01, which is more than \$5,000"):
        waived("5000.01", **predecessor)
    assert waived("5000", **predecessor).pk


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"service": "consent"}, "The waiver does not apply to audit services"),
        ({"recognized_later": False}, "known to be a non-audit service"),
        ({"promptly_brought": False}, "attention promptly"),
        ({"paid_in_year": Money(Decimal(959_999), "USD")}, "which is more than"),
        ({"starts_on": TODAY}, "Approve it in advance"),
        ({"service": "payroll"}, "may not provide"),
    ],
)
def test_waiver_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        waived(**given)


def test_waiver_comes_before_the_audit_is_completed() -> None:
    audit = an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    firms.record_audit_dates(audit, report_dated=date(2026, 3, 8), **SIGNED)
    given: dict[str, Any] = {"starts_on": date(2025, 12, 1)}
    with pytest.raises(ValidationError, match="after the audit was completed on March 8, 2026"):
        waived(approved_on=date(2026, 3, 9), **given)
    assert waived(approved_on=date(2026, 3, 8), **given).pk


def test_policy_may_rule_the_waiver_out() -> None:
    policy.adopt_policy(adopted_on=TODAY, currency="USD", waiver_allowed=False, **SIGNED)
    with pytest.raises(ValidationError, match="The policy does not allow the waiver"):
        waived()


def test_management_never_waives(management: User) -> None:
    with pytest.raises(ValidationError, match="Management asks and never approves"):
        waived(by=management)


def test_service_with_a_fee_on_record_gives_no_room_back(management: User) -> None:
    line = a_line(used_by=[management], cap=Decimal(10_000))
    approval = use(line, management, "10000")
    billed = a_fee("10000", service="consent", description="Consent", approval=approval)
    withdrawal: dict[str, Any] = {"withdrawn_on": TODAY, "reason": "Dropped"} | SIGNED
    with pytest.raises(ValidationError, match="A fee for this service is on record"):
        requests.withdraw(approval.request, **withdrawal)
    fees.withdraw_fee(billed, **SIGNED)
    requests.withdraw(approval.request, **withdrawal)
    with pytest.raises(ValidationError, match="This service was withdrawn"):
        a_fee("10000", service="consent", description="Consent", approval=approval)


# Declined, withdrawn, presented


def test_declined_with_its_reason() -> None:
    asked = requests.decline(a_request(), decided_on=TODAY, reason="Another firm", **SIGNED)
    assert (asked.state, asked.reason) == (RequestState.DECLINED, "Another firm")
    assert "Another firm" not in json.dumps(entries("request.declined"))


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_reason_is_asked_for(verb: str) -> None:
    given = {"decided_on": TODAY} if verb == "decline" else {"withdrawn_on": TODAY}
    with pytest.raises(ValidationError) as refusal:
        getattr(requests, verb)(a_request(), reason=" ", **given, **SIGNED)
    assert list(refusal.value.error_dict) == ["reason"]


def test_management_withdraws_what_was_not_settled(
    management: User, secretary: User, chair: User
) -> None:
    """Until it is approved or its work was to begin; the secretary withdraws it after that."""
    given: dict[str, Any] = {"withdrawn_on": TODAY, "reason": "Not needed", "at": AT}
    approved = a_request(by=management)
    approvals.approve_by_committee(approved, approved_on=TODAY, **SIGNED)
    begun = a_request(by=management, starts_on=date(2026, 11, 19))
    for asked in (approved, begun):
        with pytest.raises(ValidationError, match="a corporate secretary who is not in management"):
            requests.withdraw(asked, by=management, **given)
        assert requests.withdraw(asked, by=secretary, **given).state == RequestState.WITHDRAWN
    waiting = a_request(by=management, starts_on=TODAY)
    with pytest.raises(ValidationError):
        requests.withdraw(waiting, by=chair, **given)
    assert requests.withdraw(waiting, by=management, **given).state == RequestState.WITHDRAWN


def test_secretary_in_management_withdraws_no_approved_request() -> None:
    both = make_person("Sec Counsel", Role.SECRETARY, Role.MANAGEMENT)
    given: dict[str, Any] = {"withdrawn_on": TODAY, "reason": "No", "by": both, "at": AT}
    approved, waiting = a_request(), a_request()
    approvals.approve_by_committee(approved, approved_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="not in management"):
        requests.withdraw(approved, **given)
    assert requests.withdraw(waiting, **given).state == RequestState.WITHDRAWN


def test_withdrawal_is_not_dated_before_the_request(secretary: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        requests.withdraw(
            a_request(), withdrawn_on=date(2026, 11, 19), reason="No", by=secretary, at=AT
        )
    assert list(refusal.value.error_dict) == ["withdrawn_on"]


def test_presented_once_at_a_meeting(management: User) -> None:
    approval = use(a_line(used_by=[management]), management)
    assert list(Approval.objects.to_present()) == [approval]
    presenting.present(approval, meeting_on=TODAY, **SIGNED)
    assert not Approval.objects.to_present().exists()
    with pytest.raises(ValidationError):
        presenting.present(approval, meeting_on=TODAY, **SIGNED)


def test_meeting_before_the_approval_was_shown_nothing(management: User) -> None:
    approval = use(a_line(used_by=[management]), management)
    with pytest.raises(ValidationError) as refusal:
        presenting.present(approval, meeting_on=date(2026, 11, 19), **SIGNED)
    assert list(refusal.value.error_dict) == ["meeting_on"]


# Kept as recorded, seen by whom


def test_approval_is_immutable() -> None:
    approval = approvals.approve_by_committee(a_request(), approved_on=TODAY, **SIGNED)
    approval.amount = Decimal(1)
    with pytest.raises(ImmutableError):
        approval.save()
    with pytest.raises(ImmutableError):
        approval.save(update_fields=["amount"])
    with pytest.raises(ImmutableError):
        Approval.objects.update(amount=1)
    with pytest.raises(ImmutableError):
        PolicyLine.objects.filter(pk=a_line().pk).delete()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "approved"},
        {"state": "declined", "decided_on": TODAY},
        {"state": "withdrawn", "withdrawn_on": TODAY},
        {"state": "asked", "decided_on": TODAY},
        {"state": "unknown"},
        {"fee_basis": "contingent"},
        {"amount": 0},
        {"currency": "usd"},
        {"rate": Decimal(1)},
        {"beneficiary": "board_only"},
    ],
)
def test_database_holds_the_states_too(changes: dict[str, Any]) -> None:
    asked = a_request()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.objects.filter(pk=asked.pk).update(**changes)


def test_database_holds_that_work_for_the_company_names_no_director() -> None:
    asked, director = a_request(), a_director("Clara Chair")
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.objects.filter(pk=asked.pk).update(concerns=director)


def test_who_sees_requests(
    management: User,
    chair: User,
    secretary: User,
    external_auditor: User,
    outsider: User,
    administrator: User,
) -> None:
    mine, other = a_request(by=management), a_request()
    seen = ServiceRequest.objects.visible_to
    assert set(seen(management)) == {mine}
    assert set(seen(chair)) == set(seen(secretary)) == {mine, other}
    for person in (external_auditor, outsider, administrator, AnonymousUser()):
        assert not seen(person).exists()


def test_open_requests(management: User) -> None:
    waiting, decided = a_request(), a_request()
    approvals.approve_by_committee(decided, approved_on=TODAY, **SIGNED)
    assert list(ServiceRequest.objects.open()) == [waiting]


def test_ruling_counts_the_same_queries_for_one_delegate_and_for_three(
    chair: User, member: User, secretary: User, django_assert_num_queries: Any
) -> None:
    people = (("Clara Chair", chair), ("Max Member", member), ("Wei Chen", secretary))
    named = [a_seat(a_director(name, user)).director for name, user in people]
    for count in (1, 3):
        a_delegation(*named[:count], limit_between_meetings=Decimal(40_000))
        asked = draft(service="consent")
        with django_assert_num_queries(9):
            ruling(asked, on=TODAY)


# Who uses a line


def test_officer_uses_a_line_while_in_office() -> None:
    officer = make_person("Olga Officer")
    RoleTerm.objects.create(
        user=officer,
        role=Role.MANAGEMENT,
        starts_on=date(2020, 1, 1),
        ends_on=TODAY,
    )
    line = a_line(used_by=[officer])
    given: dict[str, Any] = {"used_by": officer} | SIGNED
    with pytest.raises(ValidationError) as refusal:
        approvals.use_line(a_request(), line, used_on=TODAY, **given)
    assert list(refusal.value.error_dict) == ["used_by"]
    # The last date in office.
    before = date(2026, 11, 19)
    assert approvals.use_line(a_request(), line, used_on=before, **given).pk


def test_line_names_officers_only(external_auditor: User, management: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_line(used_by=[management, external_auditor])
    (words,) = refusal.value.message_dict["used_by"]
    assert words == f"Only officers use a line. Not an officer: {external_auditor}."
    assert a_line(used_by=[management]).pk
