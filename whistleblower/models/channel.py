"""The channel as it is known outside the desk, and what is recorded of it in fixed words.

Nothing here differs with or without cases.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Committee, Decision
from records.models.bases import ImmutableQuerySet, Recorded, Salted, Versioned
from whistleblower.enums import Procedure, Way


class Channel(Salted, Versioned):
    """How the company takes concerns: the portal's own channel, or an outside line."""

    committee = models.OneToOneField(Committee, models.PROTECT, related_name="channel")
    way = models.CharField(
        _("how concerns are taken"), max_length=10, choices=Way.choices, default=Way.OWN
    )
    outside_name = models.CharField(_("who runs the outside line"), max_length=150, blank=True)
    outside_address = models.CharField(
        _("web address or telephone number"), max_length=200, blank=True
    )
    opened_on = models.DateField(_("open since"), null=True, editable=False)
    # A backup was restored: what was sent from the first date to the second may be lost.
    lost_from = models.DateField(null=True, editable=False)
    restored_on = models.DateField(null=True, editable=False)
    # Tells that the desk key of the environment is the one that sealed the readers' keys.
    desk_key_mark = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("concerns channel")
        verbose_name_plural = _("concerns channels")
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="channel_way_is_known"),
            models.CheckConstraint(
                condition=~Q(way=Way.OUTSIDE) | (~Q(outside_name="") & ~Q(outside_address="")),
                name="outside_line_has_name_and_address",
            ),
            models.CheckConstraint(
                condition=Q(lost_from=None, restored_on=None)
                | Q(lost_from__isnull=False, restored_on__gte=models.F("lost_from")),
                name="restore_has_both_dates",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Concerns channel"))

    def get_absolute_url(self) -> str:
        return reverse("channel")


class ProcedureEntryQuerySet(ImmutableQuerySet[Any]):
    def by(self, day: date) -> ProcedureEntryQuerySet:
        return self.filter(performed_on__lte=day)


class ProcedureEntry(Recorded):
    """What was done about the procedures and the channel, in the fixed words of its kind."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="entries")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    performed_on = models.DateField(_("date"))
    # A date of the fiscal year, or of the quarter, for which it counts.
    serves = models.DateField()
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("decision")
    )

    objects: ClassVar[Any] = ProcedureEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-performed_on", "-pk"]
        verbose_name = _("entry on the concerns procedures")
        verbose_name_plural = _("entries on the concerns procedures")
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure__in=Procedure.values), name="procedure_is_known"
            ),
            models.UniqueConstraint(
                fields=["channel", "serves"],
                condition=Q(procedure=Procedure.QUARTER),
                name="quarter_is_completed_once",
            ),
            models.UniqueConstraint(
                fields=["channel", "procedure", "performed_on"], name="procedure_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_procedure_display())

    def get_absolute_url(self) -> str:
        return reverse("channel")


class Night(models.Model):
    """One nightly run: the digest of all sealed rows under a salt of its own, sealed to the readers
    so that they can check what was there."""

    on = models.DateField(primary_key=True)
    digest = models.CharField(max_length=64)
    sealed = models.JSONField(default=dict)
    # What the night deleted is no longer in the files of the database.
    is_clean = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("nightly run")
        verbose_name_plural = _("nightly runs")

    def __str__(self) -> str:
        return self.on.isoformat()
