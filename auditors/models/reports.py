"""The year's review of the statements, and the committee report in the proxy (R-3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auditors.models.bases import Decided
from auditors.models.letters import Letter
from auditors.rules.committee_report import ReportFacts
from committees.models import Director
from records.dates import long_day
from records.models import Document
from records.models.bases import Recorded


class AnnualReview(Recorded):
    """The committee's review of a fiscal year's statements, each date added once it is known."""

    may_gain = frozenset(
        {
            "reviewed_on",
            "discussed_on",
            "letter",
            "recommended_on",
            "subject_to_changes",
            "brought_down_on",
            "brought_down_by",
            "filed_on",
        }
    )
    # Who confirmed goes with the date of the confirmation.
    may_correct = frozenset(
        {
            "reviewed_on",
            "discussed_on",
            "recommended_on",
            "brought_down_on",
            "brought_down_by",
            "filed_on",
        }
    )

    year_ends_on = models.DateField(_("fiscal year ending"), unique=True)
    reviewed_on = models.DateField(
        _("statements reviewed and discussed with management on"), null=True, blank=True
    )
    discussed_on = models.DateField(
        _("required matters discussed with the auditor on"), null=True, blank=True
    )
    letter = models.ForeignKey(
        Letter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("independence letter"),
    )
    recommended_on = models.DateField(_("recommended on"), null=True, blank=True)
    subject_to_changes = models.BooleanField(_("subject to final changes"), default=False)
    brought_down_on = models.DateField(_("confirmed on"), null=True, blank=True)
    brought_down_by = models.CharField(_("confirmed by"), max_length=150, blank=True)
    filed_on = models.DateField(_("annual report filed on"), null=True, blank=True)

    class Meta:
        ordering = ["-year_ends_on"]
        verbose_name = _("annual review")
        verbose_name_plural = _("annual reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(brought_down_on=None, brought_down_by="")
                | (Q(brought_down_on__isnull=False) & ~Q(brought_down_by="")),
                name="confirmation_has_its_date_and_name",
            )
        ]

    def __str__(self) -> str:
        return long_day(self.year_ends_on)

    def get_absolute_url(self) -> str:
        return reverse("audit_year", args=[self.year_ends_on.isoformat()])

    def as_rule(self) -> ReportFacts:
        letter = self.letter.as_rule() if self.letter else None
        return ReportFacts(
            reviewed_on=self.reviewed_on,
            discussed_on=self.discussed_on,
            letter_dated=letter.dated if letter else None,
            letter_discussed_on=letter.discussed_on if letter else None,
            recommended_on=self.recommended_on,
            filed_on=self.filed_on,
            subject_to_changes=self.subject_to_changes,
            brought_down_on=self.brought_down_on,
            brought_down_by=self.brought_down_by,
        )


class CommitteeReport(Decided):
    """The report as it was issued for a proxy: its statements and names stand."""

    review = models.OneToOneField(AnnualReview, models.PROTECT, related_name="report")
    proxy_on = models.DateField(_("proxy dated"))
    adopted_on = models.DateField(_("adopted by the committee on"))
    issued_on = models.DateField(_("issued on"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("committee report")
        verbose_name_plural = _("committee reports")

    def __str__(self) -> str:
        return str(self.review)


class ReportName(Recorded):
    """A member named under a committee report, in printed order."""

    report = models.ForeignKey(CommitteeReport, models.PROTECT, related_name="names")
    director = models.ForeignKey(Director, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"))
    is_chair = models.BooleanField(_("chair"), default=False)

    class Meta:
        ordering = ["report", "place"]
        verbose_name = _("name under a committee report")
        verbose_name_plural = _("names under committee reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "place"], name="one_name_in_each_place"),
            models.UniqueConstraint(fields=["report", "director"], name="member_is_named_once"),
        ]

    def __str__(self) -> str:
        return str(self.director)
