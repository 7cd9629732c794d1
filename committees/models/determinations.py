"""What the Board has determined of its directors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.enums import DeterminationKind
from committees.models.entries import Decided, Entry, EntryQuerySet
from committees.models.people import Director

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

EXCEPTION = Q(kind=DeterminationKind.EXCEPTION)


class DeterminationQuerySet(EntryQuerySet["Determination"]):
    def visible_to(self, user: User | AnonymousUser) -> DeterminationQuerySet:
        """What the Board determined is open to whoever reads the committee's record."""
        return self.all() if user.has_perm("charters.view_standing") else self.none()

    def by(self, day: date) -> DeterminationQuerySet:
        """Those made on or before `day`, the latest last."""
        return self.filter(determined_on__lte=day).order_by("determined_on", "pk")

    def of_kind(self, kind: DeterminationKind) -> DeterminationQuerySet:
        return self.filter(kind=kind)


class Determination(Decided):
    """The Board determined on a day that a director is, or is not, what the kind says.

    The latest of a kind counts. An exception ends on its last day. The decision is the Board's.
    """

    belongs_to = "director"
    day_field = "determined_on"

    director = models.ForeignKey(Director, models.PROTECT, related_name="determinations")
    kind = models.CharField(_("determined"), max_length=20, choices=DeterminationKind.choices)
    is_met = models.BooleanField(_("the director is"), default=True)
    determined_on = models.DateField(_("determined on"))
    considered = models.TextField(
        _("facts considered"),
        blank=True,
        help_text=_("The relationships considered, by category (Item 407(a)(3))."),
    )
    grounds = models.JSONField(_("grounds"), default=list, blank=True, editable=False)
    listing = models.TextField(_("other relevant experience"), blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[DeterminationQuerySet] = DeterminationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Decided.Meta):
        ordering = ["determined_on", "pk"]
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=DeterminationKind.values),
                name="determination_kind_is_known",
            ),
            models.CheckConstraint(
                condition=(EXCEPTION & Q(is_met=True, ends_on__isnull=False) & ~Q(considered=""))
                | (EXCEPTION & Q(is_met=False, ends_on=None))
                | (~EXCEPTION & Q(ends_on=None)),
                name="exception_has_its_reasons_and_its_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("determined_on")),
                name="exception_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(listing="") | Q(kind=DeterminationKind.EXPERT),
                name="listing_belongs_to_an_expert",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.director}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("determination", args=[self.pk])
