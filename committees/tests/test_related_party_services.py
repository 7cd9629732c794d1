"""Related-party transactions: each is logged, and the committee reviews those above the threshold."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from committees import services
from committees.enums import RelatedPersonBasis, ReviewOutcome
from committees.models import RelatedPartyTransaction, TransactionReview
from committees.rules.related_parties import OpenPoint, Threshold, Transaction, open_points
from committees.tests.factories import an_audit_committee
from committees.tests.recording import NOW, TODAY, TOMORROW, last_entry, refused
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

KNOWN, REVIEWED = date(2026, 3, 1), date(2026, 5, 5)
LIMIT = Threshold(Decimal(120_000))


def logged(**given: Any) -> RelatedPartyTransaction:
    terms = {
        "person": "Ben Okafor",
        "basis": RelatedPersonBasis.FAMILY,
        "terms": "Rent of a warehouse for three years at the market rate.",
        "amount": Decimal(200_000),
        "known_on": KNOWN,
    }
    return services.log_transaction(an_audit_committee(), **(terms | NOW | given))


def reviewed(transaction: RelatedPartyTransaction, **given: Any) -> TransactionReview:
    return services.review_transaction(transaction, **({"reviewed_on": REVIEWED} | NOW | given))


def open_on(day: date = TODAY) -> list[OpenPoint]:
    transaction = RelatedPartyTransaction.objects.get()
    return list(open_points(transaction.as_rule(), LIMIT, day))


def test_names_and_terms_stay_out_of_the_ledger() -> None:
    logged()
    assert not [one for one in LedgerEntry.objects.all() if "Okafor" in str(one.facts)]
    facts = last_entry().facts
    assert (facts["amount"], facts["basis"], facts["known_on"]) == (
        "200000",
        "family",
        "2026-03-01",
    )


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"amount": Decimal(0)}, ["__all__"]),
        ({"currency": "EUR"}, ["__all__"]),
        ({"person": " "}, ["person"]),
        ({"terms": ""}, ["terms"]),
        ({"known_on": TOMORROW}, ["known_on"]),
    ],
)
def test_impossible_transaction_is_refused(given: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        logged(**given)
    assert refused(refusal) == fields


def test_small_transaction_is_logged_and_nothing_is_open() -> None:
    logged(amount=Decimal("120000.00"))
    assert open_on() == []


def test_review_and_decision_close_what_is_open() -> None:
    transaction = logged()
    assert open_on() == [OpenPoint.REVIEW, OpenPoint.DECISION]
    reviewed(transaction)
    assert open_on() == [OpenPoint.DECISION]
    reviewed(transaction, reviewed_on=date(2026, 8, 4), outcome=ReviewOutcome.APPROVED)
    assert open_on() == []
    assert open_on(date(2026, 8, 3)) == [OpenPoint.DECISION]


def test_signature_before_the_decision_is_said() -> None:
    transaction = logged()
    services.change_transaction(transaction, signed_on=date(2026, 5, 4), **NOW)
    assert last_entry().facts == {"signed_on": [None, "2026-05-04"]}
    reviewed(transaction, outcome=ReviewOutcome.RATIFIED)
    assert open_on() == [OpenPoint.DECIDED_AFTER_SIGNING]


def test_withdrawn_review_opens_it_again() -> None:
    review = reviewed(logged(), outcome=ReviewOutcome.APPROVED)
    services.withdraw_transaction_review(review, reason="Another transaction was meant.", **NOW)
    assert open_on() == [OpenPoint.REVIEW, OpenPoint.DECISION]


def test_review_is_not_before_the_transaction_was_known_and_not_ahead() -> None:
    transaction = logged()
    for day in (date(2026, 2, 28), TOMORROW):
        with pytest.raises(ValidationError) as refusal:
            reviewed(transaction, reviewed_on=day)
        assert refused(refusal) == ["reviewed_on"]
    assert reviewed(transaction, reviewed_on=KNOWN).pk


def test_same_review_is_recorded_once() -> None:
    transaction = logged()
    reviewed(transaction)
    with pytest.raises(ValidationError, match="on record already"):
        reviewed(transaction)


def test_sum_that_grows_is_kept_in_the_ledger() -> None:
    transaction = logged(amount=Decimal(100_000))
    services.change_transaction(transaction, amount=Decimal(150_000), **NOW)
    assert last_entry().facts == {"amount": ["100000.00", "150000"]}
    assert RelatedPartyTransaction.objects.get().as_rule() == Transaction(Decimal(150_000), KNOWN)
    with pytest.raises(ValidationError, match="Nothing is different"):
        services.change_transaction(transaction, amount=Decimal(150_000), **NOW)


def test_transactions_are_read_in_as_many_queries_for_one_as_for_three(
    django_assert_num_queries: Any,
) -> None:
    for amount in (1, 2, 3):
        review = reviewed(logged(amount=Decimal(amount)))
    services.withdraw_transaction_review(review, reason="Another was meant.", **NOW)
    with django_assert_num_queries(2):
        rows = RelatedPartyTransaction.objects.with_reviews()
        found = [one.as_rule().reviewed_on for one in rows]
    assert found == [REVIEWED, REVIEWED, None]
