"""Filings that state a reliance on a cure period or a phase-in, or should."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from committees.enums import FilingForm
from committees.models.entries import Entry, EntryQuerySet
from committees.rules.reliance import Filed, FiledForm
from records.dates import long_day


class FilingQuerySet(EntryQuerySet["Filing"]):
    def by(self, day: date) -> FilingQuerySet:
        return self.filter(filed_on__lte=day)


class Filing(Entry):
    """An annual report or a proxy statement, and whether it states the reliance (RULE-49)."""

    belongs_to = "committee"
    day_field = "filed_on"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="filings")
    form = models.CharField(_("filing"), max_length=20, choices=FilingForm.choices)
    filed_on = models.DateField(_("filed on"))
    states_reliance = models.BooleanField(
        _("states the reliance"),
        default=False,
        help_text=_(
            "And whether it would materially harm the committee’s independence or its work."
        ),
    )

    objects: ClassVar[FilingQuerySet] = FilingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["filed_on", "pk"]
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=FilingForm.values), name="filing_form_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} ({long_day(self.filed_on)})"

    def get_absolute_url(self) -> str:
        return reverse("committee")

    def as_rule(self) -> Filed:
        forms = {FilingForm.ANNUAL: FiledForm.ANNUAL, FilingForm.PROXY: FiledForm.PROXY}
        return Filed(forms[FilingForm(self.form)], self.filed_on, self.states_reliance)
