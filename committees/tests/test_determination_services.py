"""What the Board determines: recorded, refused with its reason and the way out, withdrawn."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from charters.models import Committee
from committees import services
from committees.enums import DeterminationKind as Kind
from committees.enums import (
    ExpertAttribute,
    ExpertRoute,
    OrganizationRole,
    PaymentKind,
    SophisticationGround,
    Tie,
)
from committees.models import (
    Association,
    BusinessPayment,
    Determination,
    Director,
    Employment,
    Preparation,
    Shareholding,
)
from committees.services.entries import content_of
from committees.tests.factories import a_board, a_director, a_seat, an_audit_committee
from committees.tests.recording import (
    MANAGEMENT,
    NOW,
    TODAY,
    TOMORROW,
    decided,
    determined,
    last_entry,
    paid,
    refused,
    set_up,
)
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ALL = list(ExpertAttribute)
REASONS = "Paid as a consultant in 2025; the Board needs the industry experience."


@pytest.fixture(autouse=True)
def _company(db: None) -> None:
    set_up()


def employed(director: Director, first: date, last: date | None = None, **given: Any) -> None:
    work = Employment(director=director, starts_on=first, last_on=last, **given)
    services.enter_fact(work, **NOW)


# Independence.


def test_determination_is_recorded_with_the_facts_considered() -> None:
    decision = decided(a_board())
    made = determined(considered="None by category.", decision=decision)
    assert last_entry().action == "determination.made"
    facts = last_entry().facts
    assert facts.pop("content").startswith("sha256:")
    assert facts == {
        "director": f"committees.Director:{made.director_id}",
        "kind": "independent",
        "is_met": True,
        "determined_on": "2026-11-20",
        "grounds": [],
        "ends_on": None,
        "decision": f"charters.Decision:{decision.pk}",
    }


def test_decision_of_the_board_is_added_later_and_once() -> None:
    made, decision = determined(), decided(a_board())
    content = LedgerEntry.objects.get(action="determination.made").facts["content"]
    services.complete_determination(made, decision, **NOW)
    assert Determination.objects.get().decision == decision
    assert last_entry().action == "determination.completed"
    assert last_entry().facts == {"decision": f"charters.Decision:{decision.pk}"}
    assert str(content_of(Determination.objects.get())) == content
    with pytest.raises(ValidationError, match="on record already"):
        services.complete_determination(made, decision, **NOW)


@pytest.mark.parametrize(
    ("body", "given", "refusal"),
    [
        (an_audit_committee, {}, "Choose a decision that the Board made on November 20, 2026."),
        (None, {}, "Choose a decision that the Board made on November 20, 2026."),
        (
            a_board,
            {"on": date(2026, 11, 19)},
            "Choose a decision that the Board made on November 20, 2026.",
        ),
        (
            a_board,
            {"restricted_roles": MANAGEMENT},
            "This decision is restricted. Choose one that every reader may see.",
        ),
    ],
    ids=["the committee's", "the stockholders'", "of another date", "restricted"],
)
def test_another_decision_is_refused(
    body: Callable[[], Committee] | None, given: dict[str, Any], refusal: str
) -> None:
    decision = decided(body() if body else None, **given)
    with pytest.raises(ValidationError) as now:
        determined(decision=decision)
    made = determined(a_director("Li Wei"))
    with pytest.raises(ValidationError) as later:
        services.complete_determination(made, decision, **NOW)
    assert now.value.message_dict == later.value.message_dict == {"decision": [refusal]}


def test_independence_is_refused_where_a_line_bars() -> None:
    director = a_director()
    employed(director, date(2015, 1, 1), date(2023, 12, 31))
    with pytest.raises(ValidationError) as refusal:
        determined(director)
    assert refusal.value.message_dict == {
        "kind": [
            "The director was employed by the company from January 1, 2015 through December 31, "
            "2023 (Nasdaq 5605(a)(2)(A)). First clear date: January 1, 2027. Correct the fact if "
            "it is wrong, or record the determination on or after the first clear date. Where "
            "only Nasdaq 5605(a)(2) stands in the way, the Board can find exceptional and limited "
            "circumstances (Nasdaq 5605(c)(2)(B))."
        ]
    }
    assert not Determination.objects.exists()


@pytest.mark.parametrize(
    ("last", "is_refused"), [(date(2023, 11, 20), True), (date(2023, 11, 19), False)]
)
def test_the_look_back_is_that_of_the_day_of_the_determination(
    last: date, is_refused: bool
) -> None:
    director = a_director()
    employed(director, date(2015, 1, 1), last)
    if is_refused:
        with pytest.raises(ValidationError, match="First clear date: November 21, 2026"):
            determined(director)
    else:
        assert determined(director).is_met


def test_that_a_director_is_not_independent_needs_no_ground() -> None:
    director = a_director()
    employed(director, date(2015, 1, 1))
    assert determined(director, is_met=False).is_met is False


def test_corrected_fact_opens_the_way() -> None:
    director = a_director()
    payment = paid(director)
    with pytest.raises(ValidationError):
        determined(director)
    services.withdraw_fact(payment, reason="Paid to somebody else.", **NOW)
    assert determined(director).pk


def test_a_fee_while_serving_bars_and_one_before_does_not() -> None:
    seat = a_seat(starts_on=date(2026, 3, 1))
    paid(seat.director, "1", date(2026, 2, 28), kind=PaymentKind.ADVISORY)
    assert determined(seat.director).pk
    paid(seat.director, "1", date(2026, 3, 1), kind=PaymentKind.ADVISORY)
    with pytest.raises(ValidationError, match=r"Rule 10A-3\(b\)\(1\)\(ii\)\(A\)"):
        determined(seat.director)


def test_missing_revenue_is_asked_for() -> None:
    director, firm = a_director(), services.add_organization(name="X", **NOW)
    services.enter_fact(
        Association(
            director=director,
            organization=firm,
            role=OrganizationRole.PARTNER,
            starts_on=date(2015, 1, 1),
        ),
        **NOW,
    )
    payment = services.enter_fact(
        BusinessPayment(organization=firm, on=date(2025, 8, 1), amount="300000"), **NOW
    )
    with pytest.raises(ValidationError, match="Enter the missing fact"):
        determined(director)
    later = BusinessPayment(
        organization=firm, on=date(2025, 8, 1), amount="300000", recipient_revenue="6000000"
    )
    services.correct_fact(payment, later, **NOW)
    assert determined(director).pk


def test_what_is_left_to_the_board_is_considered_by_it() -> None:
    director = a_director()
    services.enter_fact(
        Shareholding(
            director=director,
            share_class="common stock",
            shares=1_200_001,
            outstanding=12_000_000,
            as_of=date(2026, 3, 31),
        ),
        **NOW,
    )
    with pytest.raises(ValidationError) as refusal:
        determined(director)
    assert refusal.value.message_dict == {
        "considered": [
            "Say what the Board considered (Item 407(a)(3)): The director beneficially owned "
            "1,200,001 of 12,000,000 shares of common stock on March 31, 2026, more than 10% "
            "(Rule 10A-3(b)(1)(ii)(B)). The Board weighs this."
        ]
    }
    determined(director, Kind.NOT_AFFILIATED, considered="No seat, no agreement, no control.")
    assert determined(director).pk  # the finding has answered the question


def test_no_finding_helps_an_affiliate() -> None:
    director = a_director()
    fund = services.add_organization(name="Fund", tie=Tie.AFFILIATE, **NOW)
    services.enter_fact(
        Association(
            director=director,
            organization=fund,
            role=OrganizationRole.MANAGING_MEMBER,
            starts_on=date(2020, 1, 1),
        ),
        **NOW,
    )
    with pytest.raises(ValidationError, match="an affiliate of the company"):
        determined(director, Kind.NOT_AFFILIATED)


def test_determination_ahead_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        determined(on=TOMORROW)
    assert refused(refusal) == ["determined_on"]


def test_withdrawn_determination_stays_on_record() -> None:
    made = determined()
    services.withdraw_determination(made, reason="Entered for the wrong director.", **NOW)
    assert not Determination.objects.standing().exists()
    assert Determination.objects.count() == 2


# Literacy, sophistication, expert.


def test_literacy_needs_no_ground() -> None:
    assert determined(kind=Kind.LITERATE).pk


def test_sophistication_rests_on_a_ground_or_on_an_expert() -> None:
    director = a_director()
    with pytest.raises(ValidationError) as refusal:
        determined(director, Kind.SOPHISTICATED)
    assert refused(refusal) == ["grounds"]
    assert determined(director, Kind.SOPHISTICATED, grounds=[SophisticationGround.CERTIFICATION])
    other = a_director("Li Wei")
    determined(other, Kind.EXPERT, attributes=ALL, grounds=[ExpertRoute.EXPERIENCE])
    assert determined(other, Kind.SOPHISTICATED).pk


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"attributes": ALL[:4], "grounds": [ExpertRoute.EXPERIENCE]}, "has not found that the director understands audit committee functions"),
        ({"attributes": ALL}, "Say in which way"),
        ({"attributes": ALL, "grounds": [ExpertRoute.OTHER]}, "List the other relevant experience"),
    ],
)  # fmt: skip
def test_expert_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        determined(kind=Kind.EXPERT, **given)


def test_expert_with_other_experience_lists_it() -> None:
    made = determined(
        kind=Kind.EXPERT,
        attributes=ALL,
        grounds=[ExpertRoute.OTHER],
        listing="Ten years as a bank's credit analyst.",
    )
    made.refresh_from_db()
    assert (made.grounds, last_entry().facts["grounds"]) == (["other"], ["other"])


# Exceptional and limited circumstances.


def excepted(director: Director, **given: Any) -> Determination:
    return determined(director, Kind.EXCEPTION, **({"considered": REASONS} | given))


def test_exception_ends_two_years_after_it_began() -> None:
    director = a_director()
    paid(director)
    assert excepted(director).ends_on == date(2028, 11, 20)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"considered": ""}, "considered"),
        ({"ends_on": date(2028, 11, 21)}, "ends_on"),
        ({"ends_on": date(2026, 11, 19)}, "ends_on"),
    ],
)
def test_exception_has_reasons_and_two_years_at_most(given: dict[str, Any], field: str) -> None:
    director = a_director()
    paid(director)
    with pytest.raises(ValidationError) as refusal:
        excepted(director, **given)
    assert refused(refusal) == [field]


def excepted_member(first: date, ends_on: date) -> Director:
    """Seated, and under the exception, since `first`; paid by the company before."""
    seat = a_seat(starts_on=first)
    paid(seat.director, on=date(2024, 10, 1))
    excepted(seat.director, on=first, ends_on=ends_on)
    return seat.director


def test_exception_granted_again_lasts_no_longer_than_two_years_in_all() -> None:
    director = excepted_member(date(2025, 3, 3), date(2026, 3, 3))
    with pytest.raises(ValidationError, match="up to March 3, 2027") as refusal:
        excepted(director, ends_on=date(2027, 3, 4))
    assert refused(refusal) == ["ends_on"]
    assert excepted(director).ends_on == date(2027, 3, 3)


def test_exception_of_two_years_is_not_granted_again() -> None:
    director = excepted_member(date(2024, 11, 19), date(2026, 11, 19))
    with pytest.raises(ValidationError, match="until November 19, 2026") as refusal:
        excepted(director)
    assert refused(refusal) == ["kind"]


def test_exception_is_for_test_a_alone() -> None:
    director = a_director()
    paid(director)
    part = Preparation(director=director, starts_on=date(2025, 1, 6), last_on=date(2025, 12, 19))
    services.enter_fact(part, **NOW)
    with pytest.raises(ValidationError, match="allow no such exception"):
        excepted(director)


def test_exception_is_for_one_member() -> None:
    first, second = a_seat(a_director()), a_seat(a_director("Li Wei"))
    for seat in (first, second):
        paid(seat.director, on=date(2024, 1, 10), kind=PaymentKind.NON_DISCRETIONARY)
        employed(seat.director, date(2015, 1, 1), date(2024, 1, 10))
    # Neither fee was accepted while serving.
    for seat in (first, second):
        services.correct_membership(
            seat,
            starts_on=date(2025, 1, 1),
            ends_on=None,
            reason=None,
            exchange_notified_on=None,
            **NOW,
        )
    excepted(first.director)
    with pytest.raises(ValidationError, match="Another member serves under the exception"):
        excepted(second.director)


def test_chair_serves_under_no_exception_and_who_does_never_chairs() -> None:
    seat = a_seat(starts_on=date(2026, 1, 1))
    paid(seat.director)
    term = services.designate_chair(seat, starts_on=date(2026, 1, 1), **NOW)
    with pytest.raises(ValidationError, match="Designate another chair first"):
        excepted(seat.director)
    services.end_chair(term, ends_on=TODAY, **NOW)
    excepted(seat.director)
    with pytest.raises(ValidationError) as refusal:
        services.designate_chair(seat, starts_on=date(2028, 11, 20), **NOW)
    assert refused(refusal) == ["starts_on"]
    assert services.designate_chair(seat, starts_on=date(2028, 11, 21), **NOW).pk


# What the database refuses.


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "exception", "considered": REASONS},
        {"kind": "exception", "ends_on": TOMORROW},
        {"kind": "exception", "considered": REASONS, "ends_on": date(2026, 11, 19)},
        {"kind": "independent", "ends_on": TOMORROW},
        {"kind": "independent", "listing": "Experience."},
        {"kind": "wise"},
    ],
)
def test_impossible_determination_is_refused_by_the_database(values: dict[str, Any]) -> None:
    determination = Determination(
        director=a_director(), determined_on=TODAY, salt="s", recorded_at=NOW["at"], **values
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        determination.save()


def test_without_a_company_nothing_is_determined() -> None:
    director = a_director()
    an_audit_committee().delete()
    with pytest.raises(ValidationError, match="Set up the company"):
        determined(director)
