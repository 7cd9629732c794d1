"""Papers of agenda items, and the packs in which they were sent.

A pack is what was on the agenda and which file each paper was when it was sent. It holds no PDF: the
file is assembled for its reader, forward from what they may see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.enums import ItemKind
from meetings.models.agenda import AgendaItem
from meetings.models.meetings import VIEW, Meeting
from records.models import Document
from records.models.bases import Attributed, Immutable, ImmutableQuerySet, Recorded, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> PaperQuerySet:
        """The papers of the items a person may read."""
        items = AgendaItem.objects.visible_to(user, on=on)
        return self.filter(item__in=items.order_by().values("pk"))

    def attached(self) -> PaperQuerySet:
        """Those that were not removed."""
        return self.filter(removed_on=None)


class Paper(Attributed, Versioned):
    """A PDF for an item. A later version of the file replaces it; the earlier one is kept."""

    locked_after = ("item",)

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="papers", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=200)
    place = models.PositiveSmallIntegerField(_("place in the order"), editable=False)
    removed_on = models.DateField(_("removed on"), null=True, editable=False)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["item", "place", "pk"]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(fields=["item", "document"], name="item_has_a_file_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.item_id])


class PackQuerySet(ImmutableQuerySet["Pack"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> PackQuerySet:
        """Whoever reads the meeting opens its packs; what they hold is chosen for the reader."""
        return self.all() if user.has_perm(VIEW) else self.none()


class Pack(Recorded):
    """A version of the agenda and its papers, as it was sent."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    version = models.PositiveSmallIntegerField(_("version"))

    objects: ClassVar[PackQuerySet] = PackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["meeting", "version"]
        verbose_name = _("pack")
        verbose_name_plural = _("packs")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "version"], name="pack_version_is_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="pack_versions_begin_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("pack", args=[self.pk])


class PackItem(Immutable):
    """An item as a pack had it. Who may see the item today may see this."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="items")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    ask = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    presenter = models.CharField(max_length=150, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    in_consent_group = models.BooleanField(default=False)
    removal = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["pack", "place"]
        verbose_name = _("item of a pack")
        verbose_name_plural = _("items of packs")
        constraints = [
            models.UniqueConstraint(fields=["pack", "item"], name="pack_has_an_item_once"),
            models.UniqueConstraint(fields=["pack", "place"], name="pack_has_a_place_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PackPaper(Immutable):
    """Which file a paper was when the pack was sent."""

    pack_item = models.ForeignKey(PackItem, models.PROTECT, related_name="papers")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="pack_papers")
    title = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pack_item", "place"]
        verbose_name = _("paper of a pack")
        verbose_name_plural = _("papers of packs")
        constraints = [
            models.UniqueConstraint(fields=["pack_item", "paper"], name="pack_has_a_paper_once"),
        ]

    def __str__(self) -> str:
        return self.title
