"""Transactions with related persons: logged when known, reviewed by the committee."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee, Decision
from charters.services.uploads import Upload, filed
from committees.documents import COMMITTEE_RECORD
from committees.enums import RelatedPersonBasis, ReviewOutcome
from committees.models import RelatedPartyTransaction, TotalAssets, TransactionReview
from committees.services.entries import (
    corrected,
    put,
    refuse_ahead,
    refuse_other_decision,
    refuse_twice,
    text_digests,
    withdrawn,
)
from records import ledger
from records.acts import act
from records.ledger import Actor
from records.models import Company

RELATED_TRANSACTION_LOGGED = ledger.action(
    "related_transaction.logged", lazy("logged a related-party transaction with %(record)s")
)
RELATED_TRANSACTION_CHANGED = ledger.action(
    "related_transaction.changed", lazy("changed the related-party transaction with %(record)s")
)
TRANSACTION_REVIEW_RECORDED = ledger.action(
    "transaction_review.recorded", lazy("recorded the review of the transaction with %(record)s")
)
TRANSACTION_REVIEW_WITHDRAWN = ledger.action(
    "transaction_review.withdrawn", lazy("withdrew a review of the transaction with %(record)s")
)

TOTAL_ASSETS_RECORDED = ledger.action(
    "total_assets.recorded", lazy("recorded the company's %(record)s")
)
TOTAL_ASSETS_CORRECTED = ledger.action(
    "total_assets.corrected", lazy("corrected the company's %(record)s")
)

FIELDS = ("person", "basis", "terms", "amount", "currency", "known_on", "signed_on")


@act
def log_transaction(
    committee: Committee,
    *,
    person: str,
    basis: RelatedPersonBasis,
    terms: str,
    amount: Decimal,
    known_on: date,
    by: Actor,
    at: datetime,
    currency: str = "USD",
    signed_on: date | None = None,
) -> RelatedPartyTransaction:
    """Log a transaction with a related person, whatever its sum."""
    refuse_ahead("known_on", known_on, at)
    transaction = RelatedPartyTransaction(
        committee=committee,
        person=person.strip(),
        basis=basis,
        terms=terms.strip(),
        amount=amount,
        currency=currency,
        known_on=known_on,
        signed_on=signed_on,
    )
    transaction.full_clean()
    transaction.save()
    ledger.record(
        RELATED_TRANSACTION_LOGGED, subject=transaction, by=by, at=at, **_facts(transaction)
    )
    return transaction


@act
def change_transaction(
    transaction: RelatedPartyTransaction, *, by: Actor, at: datetime, **changed: Any
) -> RelatedPartyTransaction:
    """Correct a transaction, or record that its contract was signed or its sum has grown."""
    transaction = RelatedPartyTransaction.objects.select_for_update().get(pk=transaction.pk)
    before = _facts(transaction)
    for name in changed:
        if name not in FIELDS:
            raise TypeError(f"{name} is not changed here.")
        setattr(transaction, name, changed[name])
    refuse_ahead("known_on", transaction.known_on, at)
    refuse_ahead("signed_on", transaction.signed_on, at)
    transaction.full_clean()
    after = _facts(transaction)
    if after == before:
        raise ValidationError(_("Nothing is different from what is on record."))
    transaction.save(update_fields=list(changed))
    facts = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    ledger.record(RELATED_TRANSACTION_CHANGED, subject=transaction, by=by, at=at, **facts)
    return transaction


@act
def review_transaction(
    transaction: RelatedPartyTransaction,
    *,
    reviewed_on: date,
    by: Actor,
    at: datetime,
    outcome: ReviewOutcome | None = None,
    decision: Decision | None = None,
    note: str = "",
    upload: Upload | None = None,
) -> TransactionReview:
    """Record that the committee reviewed a transaction, and what it decided if it did."""
    transaction = RelatedPartyTransaction.objects.select_for_update().get(pk=transaction.pk)
    if reviewed_on < transaction.known_on:
        raise ValidationError(
            {
                "reviewed_on": _(
                    "The transaction was not known on that date. Correct one of the two."
                )
            }
        )
    review = TransactionReview(
        transaction=transaction,
        reviewed_on=reviewed_on,
        outcome=outcome or "",
        decision=decision,
        note=note.strip(),
    )
    refuse_twice(review)
    refuse_other_decision(decision, transaction.committee.kind, reviewed_on)
    title = _("Review of a related-party transaction")
    review.document = filed(upload, kind=COMMITTEE_RECORD, title=title, by=by, at=at)
    return put(
        review,
        TRANSACTION_REVIEW_RECORDED,
        by=by,
        at=at,
        transaction=transaction,
        reviewed_on=reviewed_on,
        outcome=outcome,
        decision=decision,
        document=review.document,
    )


@act
def withdraw_transaction_review(
    review: TransactionReview, *, reason: str, by: Actor, at: datetime
) -> TransactionReview:
    """Withdraw a review that was entered in error."""
    return withdrawn(review, TRANSACTION_REVIEW_WITHDRAWN, reason=reason, by=by, at=at)


@act
def record_total_assets(
    committee: Committee, *, as_of: date, amount: Decimal, by: Actor, at: datetime
) -> TotalAssets:
    """Record total assets at a fiscal year's end; a later entry corrects an earlier one."""
    company = Company.objects.current()
    if company and company.calendar.year_of(as_of).last != as_of:
        raise ValidationError({"as_of": _("Choose the last date of a fiscal year.")})
    assets = TotalAssets(committee=committee, as_of=as_of, amount=amount)
    earlier = committee.total_assets.standing().filter(as_of=as_of).first()
    facts: dict[str, Any] = {"as_of": as_of, "amount": amount}
    if earlier is None:
        return put(assets, TOTAL_ASSETS_RECORDED, by=by, at=at, **facts)
    return corrected(earlier, assets, TOTAL_ASSETS_CORRECTED, by=by, at=at, **facts)


def _facts(transaction: RelatedPartyTransaction) -> dict[str, Any]:
    return {
        **text_digests(transaction, "person", "terms"),
        "basis": RelatedPersonBasis(transaction.basis),
        "amount": transaction.amount,
        "known_on": transaction.known_on,
        "signed_on": transaction.signed_on,
    }
