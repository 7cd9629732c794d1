"""The charter's yearly review, the committee's evaluation, and the posting of the charter."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee, Decision
from charters.services.uploads import Upload, filed
from committees.documents import COMMITTEE_RECORD
from committees.enums import Conclusion, PostingKind, ReviewKind
from committees.models import Posting, Review
from committees.services.entries import (
    add_decision,
    corrected,
    put,
    refuse_other_decision,
    refuse_twice,
    withdrawn,
)
from records import ledger
from records.acts import act
from records.facts import Fact
from records.ledger import Actor
from records.models import Company

REVIEW_RECORDED = ledger.action("review.recorded", lazy("recorded the yearly review: %(record)s"))
REVIEW_CORRECTED = ledger.action(
    "review.corrected", lazy("corrected the yearly review: %(record)s")
)
REVIEW_WITHDRAWN = ledger.action("review.withdrawn", lazy("withdrew the yearly review: %(record)s"))
REVIEW_COMPLETED = ledger.action(
    "review.completed", lazy("added the committee's decision to the yearly review: %(record)s")
)
POSTING_RECORDED = ledger.action(
    "posting.recorded", lazy("recorded the posting of the charter %(record)s")
)
POSTING_WITHDRAWN = ledger.action(
    "posting.withdrawn", lazy("withdrew the posting of the charter %(record)s")
)


@act
def record_review(
    committee: Committee,
    kind: ReviewKind,
    *,
    held_on: date,
    serves: date,
    conclusion: Conclusion,
    by: Actor,
    at: datetime,
    note: str = "",
    decision: Decision | None = None,
    upload: Upload | None = None,
) -> Review:
    """Record that a review was held on a day, for the fiscal year whose last day is `serves`."""
    review = Review(
        committee=committee,
        kind=kind,
        held_on=held_on,
        serves=serves,
        conclusion=conclusion,
        note=note.strip(),
        decision=decision,
    )
    refuse_other_decision(decision, committee.kind, held_on)
    _refuse_part_of_a_year(serves)
    refuse_twice(review)
    review.document = filed(upload, kind=COMMITTEE_RECORD, title=str(kind.label), by=by, at=at)
    return put(review, REVIEW_RECORDED, by=by, at=at, **_facts(review))


@act
def correct_review(
    review: Review, later: Review, *, by: Actor, at: datetime, upload: Upload | None = None
) -> Review:
    """Correct a review by a later entry; the first one stays on record.

    Its file stays the record of the review, unless another one is given.
    """
    refuse_other_decision(later.decision, later.committee.kind, later.held_on)
    _refuse_part_of_a_year(later.serves)
    title = str(ReviewKind(later.kind).label)
    document = filed(upload, kind=COMMITTEE_RECORD, title=title, by=by, at=at)
    later.document = document or review.document
    return corrected(review, later, REVIEW_CORRECTED, by=by, at=at, **_facts(later))


@act
def complete_review(review: Review, decision: Decision, *, by: Actor, at: datetime) -> Review:
    """Add the committee's decision to a review that was recorded without it."""
    refuse_other_decision(decision, review.committee.kind, review.held_on)
    return add_decision(review, decision, REVIEW_COMPLETED, by=by, at=at)


@act
def withdraw_review(review: Review, *, reason: str, by: Actor, at: datetime) -> Review:
    """Withdraw a review that was entered in error."""
    return withdrawn(review, REVIEW_WITHDRAWN, reason=reason, by=by, at=at)


def _facts(review: Review) -> dict[str, Fact]:
    return {
        "kind": ReviewKind(review.kind),
        "held_on": review.held_on,
        "serves": review.serves,
        "conclusion": Conclusion(review.conclusion),
        "decision": review.decision,
        "document": review.document,
    }


def _refuse_part_of_a_year(serves: date) -> None:
    company = Company.objects.current()
    if company and company.calendar.year_of(serves).last != serves:
        raise ValidationError({"serves": _("Choose the last date of a fiscal year.")})


@act
def record_posting(
    committee: Committee,
    how: PostingKind,
    *,
    posted_on: date,
    by: Actor,
    at: datetime,
    address: str = "",
) -> Posting:
    """Record that the charter was made public: on the website, or with a proxy statement."""
    posting = Posting(committee=committee, how=how, posted_on=posted_on, address=address.strip())
    refuse_twice(posting)
    return put(posting, POSTING_RECORDED, by=by, at=at, how=how, posted_on=posted_on)


@act
def withdraw_posting(posting: Posting, *, reason: str, by: Actor, at: datetime) -> Posting:
    """Withdraw a posting that was entered in error."""
    return withdrawn(posting, POSTING_WITHDRAWN, reason=reason, by=by, at=at)
