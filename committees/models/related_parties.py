"""Transactions with related persons, and the committee's review of them (clause P-b)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.withheld import without_withheld
from charters.models import Committee
from committees.enums import RelatedPersonBasis, ReviewOutcome
from committees.models.entries import AmountMixin, Decided, Entry, EntryQuerySet, reads_registers
from committees.rules.related_parties import Transaction
from records.dates import long_day
from records.models import Document
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class LoggedQuerySet(models.QuerySet["RelatedPartyTransaction"]):
    def visible_to(self, user: User | AnonymousUser) -> LoggedQuerySet:
        return without_withheld(self.all(), user) if reads_registers(user) else self.none()

    def with_reviews(self) -> LoggedQuerySet:
        """With what the rules ask for, in as many queries for one as for a hundred."""
        return self.prefetch_related(
            models.Prefetch("reviews", TransactionReview.objects.select_related("correction"))
        )


class RelatedPartyTransaction(AmountMixin, Salted, Versioned):
    """A transaction, or a series of them, with a related person. Each is logged, whatever its sum."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="related_transactions")
    person = models.CharField(_("related person"), max_length=200)
    basis = models.CharField(_("related as"), max_length=20, choices=RelatedPersonBasis.choices)
    terms = models.TextField(_("what it is, and its terms"))
    known_on = models.DateField(_("known since"))
    signed_on = models.DateField(_("contract signed on"), null=True, blank=True)

    objects: ClassVar[LoggedQuerySet] = LoggedQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("person", "terms")

    class Meta:
        ordering = ["known_on", "pk"]
        verbose_name = _("related-party transaction")
        verbose_name_plural = _("related-party transactions")
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=RelatedPersonBasis.values),
                name="related_person_basis_is_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, currency="USD"),
                name="related_transaction_is_in_the_currency_of_the_threshold",
                violation_error_code="amount",
                violation_error_message=_("Enter an amount in US dollars (USD), above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(person="") & ~Q(terms=""),
                name="related_transaction_has_person_and_terms",
            ),
        ]

    def __str__(self) -> str:
        return self.person

    def get_absolute_url(self) -> str:
        return reverse("transaction", args=[self.pk])

    def as_rule(self) -> Transaction:
        """With its reviews as they are on record; for many, ask `with_reviews()` first."""
        reviews = [review for review in self.reviews.all() if review.stands]
        reviewed = [review.reviewed_on for review in reviews]
        decided = [review.reviewed_on for review in reviews if review.outcome]
        return Transaction(
            self.amount,
            self.known_on,
            self.signed_on,
            min(reviewed, default=None),
            min(decided, default=None),
        )


class TransactionReviewQuerySet(EntryQuerySet["TransactionReview"]):
    def by(self, day: date) -> TransactionReviewQuerySet:
        return self.filter(reviewed_on__lte=day)


class TransactionReview(Decided):
    """The committee reviewed a transaction on a day, and decided on it or did not. The decision is
    the committee's."""

    belongs_to = "transaction"
    day_field = "reviewed_on"

    transaction = models.ForeignKey(RelatedPartyTransaction, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("reviewed on"))
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=ReviewOutcome.choices, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("record")
    )

    objects: ClassVar[TransactionReviewQuerySet] = TransactionReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["reviewed_on", "pk"]
        verbose_name = _("review of a related-party transaction")
        verbose_name_plural = _("reviews of related-party transactions")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=["", *ReviewOutcome.values]),
                name="transaction_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transaction} ({long_day(self.reviewed_on)})"


class TotalAssetsQuerySet(EntryQuerySet["TotalAssets"]):
    def at_ends(self, days: Iterable[date]) -> TotalAssetsQuerySet:
        """Those of the fiscal years that end on these days, the earliest first."""
        return self.filter(as_of__in=tuple(days)).order_by("as_of", "pk")


class TotalAssets(AmountMixin, Entry):
    """The company's total assets at a fiscal year's end: a smaller reporting company compares with
    1% of the average of the last two (Item 404(d)(1))."""

    belongs_to = "committee"
    day_field = "as_of"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="total_assets")
    as_of = models.DateField(_("fiscal year end"))

    objects: ClassVar[TotalAssetsQuerySet] = TotalAssetsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["as_of", "pk"]
        verbose_name = _("total assets")
        verbose_name_plural = _("total assets")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0, currency="USD"),
                name="total_assets_are_in_the_currency_of_the_threshold",
                violation_error_code="amount",
                violation_error_message=_("Enter an amount in US dollars (USD), above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({long_day(self.as_of)})"
