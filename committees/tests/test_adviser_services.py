"""Advisers and funding: the committee determines, an objection changes nothing (RULE-43)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from committees import services
from committees.enums import AdviserRole, FundingPurpose
from committees.models import AdviserEngagement, FundingDetermination, FundingObjection
from committees.rules.funding import Determined, determined
from committees.tests.factories import a_board, an_audit_committee
from committees.tests.recording import (
    MANAGEMENT,
    NOW,
    TODAY,
    TOMORROW,
    decided,
    last_entry,
    refused,
)
from records import ledger_words
from records.facts import label
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ENGAGED = date(2026, 5, 5)


def engaged(**given: Any) -> AdviserEngagement:
    terms = {
        "adviser": "Oak & Elm LLP",
        "role": AdviserRole.COUNSEL,
        "scope": "Advice on a letter of the SEC's staff.",
        "engaged_on": ENGAGED,
    }
    return services.engage(an_audit_committee(), **(terms | NOW | given))


def funded(purpose: FundingPurpose = FundingPurpose.ADVISER, **given: Any) -> FundingDetermination:
    terms: dict[str, Any] = {"amount": Decimal(250_000), "determined_on": ENGAGED}
    if purpose is FundingPurpose.ADVISER and "engagement" not in given:
        terms["engagement"] = engaged()
    return services.determine_funding(an_audit_committee(), purpose, **(terms | NOW | given))


def test_engagement_is_recorded_without_name_and_scope_in_the_ledger() -> None:
    engaged(restricted_roles=MANAGEMENT, acts_for_management=True)
    facts = last_entry().facts
    assert facts.pop("adviser").startswith("sha256:")
    assert facts.pop("scope").startswith("sha256:")
    assert facts == {
        "role": "counsel",
        "engaged_on": "2026-05-05",
        "acts_for_management": True,
        "independence_checked_on": None,
        "restricted_roles": ["management"],
        "restricted_people": [],
    }
    assert not [one for one in LedgerEntry.objects.all() if "Oak" in str(one.facts)]


def test_restricted_engagement_is_not_shown_to_a_secretary_in_management(
    secretary: User, secretary_in_management: User, management: User
) -> None:
    both = [engaged(), engaged(adviser="Ash LLP", restricted_roles=MANAGEMENT)]
    people = (secretary, secretary_in_management, management)
    labels = [label(engagement) for engagement in both]
    assert [list(AdviserEngagement.objects.visible_to(user, on=TODAY)) for user in people] == [
        both,
        both[:1],
        [],
    ]
    assert [ledger_words.seen(user, labels) for user in people] == [
        set(labels),
        set(labels[:1]),
        set(),
    ]


def test_nobody_locks_themselves_out_of_an_engagement(secretary_in_management: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        engaged(restricted_roles=MANAGEMENT, by=secretary_in_management)
    assert refused(refusal) == ["restricted_roles"]


def test_decision_of_the_committee_is_added_to_funding_later_and_once() -> None:
    made, decision = funded(), decided(an_audit_committee(), ENGAGED)
    with pytest.raises(ValidationError, match="that the committee made on May 5, 2026"):
        services.complete_funding(made, decided(a_board(), ENGAGED), **NOW)
    services.complete_funding(made, decision, **NOW)
    assert FundingDetermination.objects.get().decision == decision
    assert last_entry().action == "funding.completed"
    with pytest.raises(ValidationError, match="on record already"):
        services.complete_funding(made, decision, **NOW)


def test_own_auditor_is_no_adviser() -> None:
    with pytest.raises(ValidationError) as refusal:
        engaged(is_auditor=True)
    assert refused(refusal) == ["adviser"]
    assert "enter a request for the service instead" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"engaged_on": TOMORROW}, ["engaged_on"]),
        ({"independence_checked_on": TOMORROW}, ["independence_checked_on"]),
        ({"adviser": " "}, ["adviser"]),
        ({"scope": ""}, ["scope"]),
    ],
)
def test_impossible_engagement_is_refused(given: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        engaged(**given)
    assert refused(refusal) == fields


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2026, 5, 4), False),
        (ENGAGED, True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_engagement_is_in_force_until_its_end(day: date, in_force: bool) -> None:
    services.end_engagement(engaged(), ends_on=date(2026, 9, 1), **NOW)
    assert AdviserEngagement.objects.in_force(day).exists() is in_force


def test_engagement_ends_once_and_not_before_it_began() -> None:
    engagement = engaged()
    with pytest.raises(ValidationError) as refusal:
        services.end_engagement(engagement, ends_on=date(2026, 5, 4), **NOW)
    assert refused(refusal) == ["ends_on"]
    services.end_engagement(engagement, ends_on=ENGAGED, **NOW)
    with pytest.raises(ValidationError, match="already"):
        services.end_engagement(engagement, ends_on=TODAY, **NOW)


def test_objection_is_on_record_and_changes_nothing() -> None:
    determination = funded()
    services.record_objection(
        determination, on=date(2026, 5, 7), statement="The budget is $100,000.", **NOW
    )
    assert FundingObjection.objects.get().determination == determination
    found = [one.as_rule() for one in FundingDetermination.objects.standing()]
    assert determined(found, TODAY) == Determined(ENGAGED, Decimal(250_000))
    assert not [one for one in LedgerEntry.objects.all() if "budget" in str(one.facts)]


def test_objection_can_be_withdrawn() -> None:
    objection = services.record_objection(funded(), on=TODAY, statement="Too much.", **NOW)
    services.withdraw_objection(objection, reason="Said of another sum.", **NOW)
    assert not FundingObjection.objects.standing().exists()


def test_objection_says_something() -> None:
    with pytest.raises(ValidationError) as refusal:
        services.record_objection(funded(), on=TODAY, statement=" ", **NOW)
    assert refused(refusal) == ["statement"]


@pytest.mark.parametrize(
    ("purpose", "given", "fields"),
    [
        (FundingPurpose.ADVISER, {"engagement": None}, ["__all__"]),
        (FundingPurpose.AUDITOR, {"amount": Decimal(-1)}, ["__all__"]),
        (FundingPurpose.AUDITOR, {"currency": ""}, ["currency"]),
        (FundingPurpose.ADMINISTRATION, {"determined_on": TOMORROW}, ["determined_on"]),
    ],
)
def test_impossible_funding_is_refused(
    purpose: FundingPurpose, given: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        funded(purpose, **given)
    assert refused(refusal) == fields


def test_funding_of_the_auditor_names_no_engagement() -> None:
    with pytest.raises(ValidationError, match="none for another purpose"):
        funded(FundingPurpose.AUDITOR, engagement=engaged())
    assert funded(FundingPurpose.AUDITOR).engagement is None


def test_correction_of_funding_stands_beside_the_first_entry() -> None:
    first = funded(FundingPurpose.ADMINISTRATION)
    later = FundingDetermination(**(first.said() | {"amount": Decimal(25_000)}))
    services.correct_funding(first, later, **NOW)
    assert last_entry().facts["amount"] == "25000"
    assert [one.amount for one in FundingDetermination.objects.standing()] == [Decimal(25_000)]
    services.withdraw_funding(later, reason="The committee did not determine it.", **NOW)
    assert not FundingDetermination.objects.standing().exists()


def test_funding_of_an_adviser_without_engagement_is_refused_by_the_database() -> None:
    determination = FundingDetermination(
        committee=an_audit_committee(),
        purpose=FundingPurpose.ADVISER,
        amount=1,
        determined_on=TODAY,
        recorded_at=NOW["at"],
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        determination.save()
