"""A date that was entered in error and put right: what stood there, what stands now, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from auditors.models.firms import Engagement
from auditors.models.letters import Discussion, Letter
from auditors.models.reports import AnnualReview
from records.models.bases import Recorded

SUBJECTS = ("engagement", "review", "letter", "discussion")


def about(name: str) -> Q:
    """The correction is about the record of one of these fields, and of no other."""
    return Q(**{f"{each}__isnull": each != name for each in SUBJECTS})


class DateCorrection(Recorded):
    """One date of one record. Where `after` is empty, what was entered did not happen."""

    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    review = models.ForeignKey(
        AnnualReview, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    discussion = models.ForeignKey(
        Discussion, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    field = models.CharField(_("which date"), max_length=40)
    before = models.DateField(_("was"))
    after = models.DateField(_("is"), null=True, blank=True)
    reason = models.TextField(_("reason"))

    sealed = ("reason",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = _("correction of a date")
        verbose_name_plural = _("corrections of dates")
        constraints = [
            models.CheckConstraint(
                condition=about("engagement")
                | about("review")
                | about("letter")
                | about("discussion"),
                name="date_correction_is_about_one_record",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="date_correction_has_its_reason"),
            models.CheckConstraint(
                condition=Q(after=None) | ~Q(before=F("after")),
                name="date_correction_changes_the_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]

    @property
    def subject(self) -> Recorded:
        """The record whose date it is."""
        found = next(getattr(self, name) for name in SUBJECTS if getattr(self, name))
        assert isinstance(found, Recorded)  # noqa: S101  (the constraint has seen to it)
        return found
