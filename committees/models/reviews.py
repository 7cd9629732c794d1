"""The committee's yearly looks at its charter and its own work, and how the charter is posted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from committees.enums import Conclusion, PostingKind, ReviewKind
from committees.models.entries import Decided, Entry, EntryQuerySet
from committees.rules.yearly import Held
from records.dates import long_day
from records.models import Document


class ReviewQuerySet(EntryQuerySet["Review"]):
    def of_kind(self, kind: ReviewKind) -> ReviewQuerySet:
        return self.filter(kind=kind)

    def by(self, day: date) -> ReviewQuerySet:
        return self.filter(held_on__lte=day)


class Review(Decided):
    """A review held on a day for one fiscal year. An evaluation is a discussion, without ballots.

    What it led to, such as a recommendation to the Board, is the committee's decision.
    """

    belongs_to = "committee"
    day_field = "held_on"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("kind"), max_length=20, choices=ReviewKind.choices)
    held_on = models.DateField(_("held on"))
    serves = models.DateField(
        _("for the fiscal year"), help_text=_("The last date of the fiscal year it counts for.")
    )
    conclusion = models.CharField(_("conclusion"), max_length=20, choices=Conclusion.choices)
    note = models.TextField(_("note"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("record")
    )

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["held_on", "pk"]
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    kind=ReviewKind.CHARTER,
                    conclusion__in=[Conclusion.ADEQUATE, Conclusion.CHANGES_RECOMMENDED],
                )
                | Q(kind=ReviewKind.EVALUATION, conclusion=Conclusion.HELD),
                name="evaluation_is_held_and_a_charter_is_judged",
                violation_error_message=_(
                    "A charter is adequate or changes are recommended; an evaluation is held."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({long_day(self.held_on)})"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])

    def as_rule(self) -> Held:
        return Held(self.held_on, self.serves)


class PostingQuerySet(EntryQuerySet["Posting"]):
    def by(self, day: date) -> PostingQuerySet:
        """Those on or before `day`, the latest last."""
        return self.filter(posted_on__lte=day).order_by("posted_on", "pk")


class Posting(Entry):
    """The charter was made public on a day: on the website, or with a proxy statement."""

    belongs_to = "committee"
    day_field = "posted_on"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="postings")
    how = models.CharField(_("how"), max_length=20, choices=PostingKind.choices)
    posted_on = models.DateField(_("on"))
    address = models.URLField(_("address"), blank=True)

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["posted_on", "pk"]
        verbose_name = _("posting of the charter")
        verbose_name_plural = _("postings of the charter")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(how=PostingKind.WEBSITE) & ~Q(address=""))
                | Q(how=PostingKind.PROXY, address=""),
                name="website_posting_has_an_address",
                violation_error_code="address",
                violation_error_message=_(
                    "Give the address for the website, and none for the proxy statement."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} ({long_day(self.posted_on)})"

    def get_absolute_url(self) -> str:
        return reverse("reviews")
