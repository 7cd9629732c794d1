"""The company's initial public offering, from which the phase-in of a new listing is counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from committees import figures
from committees.models.entries import Entry, EntryQuerySet
from committees.rules.phase_in import Offering
from records.dates import long_day


class Listing(Entry):
    """The two dates of Nasdaq 5615(b)(1), which may lie ahead. One counts for a committee."""

    belongs_to = "committee"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="listings")
    effective_on = models.DateField(
        _("registration statement effective on"),
        help_text=_("The phase-in of independence is counted from this date."),
    )
    listed_on = models.DateField(
        _("listing date"),
        help_text=_(
            "The first date of trading. The phase-in of the number of members is counted from it."
        ),
    )
    was_reporting = models.BooleanField(
        _("filed Exchange Act reports immediately before effectiveness"),
        default=False,
        help_text=_("Then independence has no phase-in (Exchange Act Rule 10A-3(b)(1)(iv)(A))."),
    )

    objects: ClassVar[EntryQuerySet[Listing]] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["listed_on", "pk"]
        verbose_name = _("initial public offering")
        verbose_name_plural = _("initial public offerings")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(listed_on__gte=F("effective_on")),
                name="listing_follows_effectiveness",
                violation_error_code="listed_on",
                violation_error_message=_(
                    "Trading begins on or after the date of effectiveness. Check both dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} ({long_day(self.listed_on)})"

    def get_absolute_url(self) -> str:
        return reverse("committee")

    def as_rule(self) -> Offering:
        phase_in = figures.phase_in_on(self.listed_on)
        return Offering(self.effective_on, self.listed_on, phase_in, self.was_reporting)
