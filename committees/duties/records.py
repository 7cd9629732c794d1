"""The committee's own records that show its duties: reviews, postings, advisers, funding and
related-party transactions (R-6, R-7, P-b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from charters.answers import OpenItem
from charters.docket import AsOf
from charters.enums import Layer
from charters.models import Duty
from charters.registry import (
    EVIDENCE,
    OCCURRENCES,
    OPEN_ITEMS,
    Asked,
    EvidenceSource,
    OccurrenceSource,
    OpenItemSource,
)
from charters.rules.terms import Evidence, Occurrence
from committees import sentences
from committees.enums import ReviewKind
from committees.models import (
    AdviserEngagement,
    FundingDetermination,
    Posting,
    RelatedPartyTransaction,
    Review,
)
from committees.rules.related_parties import OpenPoint, open_points
from committees.thresholds import threshold_on
from records.clock import day_of
from records.dates import long_day

CHARTER_REVIEW, EVALUATION = "charter-review", "committee-evaluation"
PUBLICATION, RELATED_PARTIES = "charter-publication", "related-party-review"
ADVISERS, FUNDING = "advisers", "funding"
UNREVIEWED = "committees.unreviewed_transactions"
REVIEWS = {CHARTER_REVIEW: ReviewKind.CHARTER, EVALUATION: ReviewKind.EVALUATION}


def reviews(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Each review for the fiscal year that it counts for."""
    rows = Review.objects.standing().by(as_of.day).filter(committee=as_of.committee)
    for review in rows:
        for duty in duties:
            if REVIEWS[duty.catalogue_key] == review.kind:
                yield (
                    duty.pk,
                    Evidence(
                        review.held_on,
                        review.serves,
                        sentences.of_review(review),
                        review.get_absolute_url(),
                        recorded_on=day_of(review.recorded_at, as_of.company),
                    ),
                )


def postings(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    rows = Posting.objects.standing().by(as_of.day).filter(committee=as_of.committee)
    for posting in rows:
        for duty in duties:
            yield (
                duty.pk,
                Evidence(
                    posting.posted_on,
                    posting.posted_on,
                    sentences.of_posting(posting),
                    posting.get_absolute_url(),
                    recorded_on=day_of(posting.recorded_at, as_of.company),
                ),
            )


def advisers(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Each engagement; a restricted one carries its restriction."""
    rows = AdviserEngagement.objects.filter(
        committee=as_of.committee, engaged_on__lte=as_of.day
    ).order_by("engaged_on", "pk")
    for engagement in rows:
        for duty in duties:
            yield (
                duty.pk,
                Evidence(
                    engagement.engaged_on,
                    engagement.engaged_on,
                    _("%(adviser)s engaged as %(role)s")
                    % {"adviser": engagement.adviser, "role": engagement.get_role_display()},
                    engagement.get_absolute_url(),
                    restriction=engagement.restriction,
                ),
            )


def funding(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Each sum determined. For an adviser it names nobody: the engagement may be restricted."""
    rows = FundingDetermination.objects.standing().by(as_of.day)
    for determination in rows.filter(committee=as_of.committee):
        for duty in duties:
            yield (
                duty.pk,
                Evidence(
                    determination.determined_on,
                    determination.determined_on,
                    sentences.of_funding(determination),
                    determination.get_absolute_url(),
                    recorded_on=day_of(determination.recorded_at, as_of.company),
                ),
            )


def logged(as_of: AsOf) -> list[RelatedPartyTransaction]:
    rows = RelatedPartyTransaction.objects.filter(
        committee=as_of.committee, known_on__lte=as_of.day
    )
    return list(rows.with_reviews())


def transactions(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Occurrence]]:
    """Each transaction; above the threshold the committee reviews it before it is signed."""
    limit = as_of.once(threshold_on)
    for transaction in as_of.once(logged):
        found = transaction.as_rule()
        is_asked = OpenPoint.REVIEW in open_points(found, limit, as_of.day)
        for duty in duties:
            yield (
                duty.pk,
                Occurrence(
                    transaction.known_on,
                    transaction.signed_on if is_asked else None,
                    found.reviewed_on,
                    _("Transaction with %(person)s") % {"person": transaction.person},
                    transaction.get_absolute_url(),
                ),
            )


def unreviewed(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """Signed, above the threshold, and no review of the committee on file (Nasdaq 5630(a))."""
    limit = as_of.once(threshold_on)
    for transaction in as_of.once(logged):
        signed = transaction.signed_on
        if signed is None or not as_of.settings.records_begin <= signed <= as_of.day:
            continue
        if OpenPoint.REVIEW in open_points(transaction.as_rule(), limit, as_of.day):
            words = {"person": transaction.person, "day": long_day(signed)}
            yield OpenItem(
                subject=f"transaction-{transaction.pk}",
                period=signed.isoformat(),
                title=_("Transaction with %(person)s") % words,
                because=_("Signed on %(day)s. ") % words
                + sentences.of_open_point(OpenPoint.REVIEW),
                layer=Layer.LAW,
                on=signed,
                url=transaction.get_absolute_url(),
            )


EVIDENCE.add_all(
    EvidenceSource("committees.reviews", reviews, frozenset(REVIEWS)),
    EvidenceSource("committees.postings", postings, frozenset({PUBLICATION})),
    EvidenceSource("committees.advisers", advisers, frozenset({ADVISERS})),
    EvidenceSource("committees.funding", funding, frozenset({FUNDING})),
)
OCCURRENCES.add(
    OccurrenceSource("committees.related_parties", transactions, frozenset({RELATED_PARTIES}))
)
OPEN_ITEMS.add(OpenItemSource(UNREVIEWED, unreviewed))
