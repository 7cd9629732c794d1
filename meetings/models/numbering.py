"""How many resolutions of a body have a number, by fiscal year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from records.dates import long_day


class ResolutionSequence(models.Model):
    """The last number given to a resolution of a body in a fiscal year. A row is locked while the
    next number is given, so that none is given twice and none is left out."""

    body = models.ForeignKey(Committee, models.PROTECT, related_name="resolution_sequences")
    year_ends_on = models.DateField(_("fiscal year ends on"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        ordering = ["body", "year_ends_on"]
        verbose_name = _("numbering of resolutions")
        verbose_name_plural = _("numberings of resolutions")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year_ends_on"], name="resolutions_are_numbered_by_fiscal_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {long_day(self.year_ends_on)}: {self.last}"
