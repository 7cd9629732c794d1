"""Minutes of a meeting: drafted by paragraph, circulated, approved, and then only corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Decision
from meetings.enums import MinutesState
from meetings.models.agenda import AgendaItem
from meetings.models.meetings import Meeting
from records.dates import long_day
from records.models import Document
from records.models.bases import Attributed, ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User | AnonymousUser) -> MinutesQuerySet:
        """Circulated and approved ones for readers; drafts for those who write them."""
        if not user.has_perm("meetings.view_minutes"):
            return self.none()
        if user.has_perm("meetings.change_minutes"):
            return self.all()
        return self.exclude(state=MinutesState.DRAFT)

    def wholly_open_to(self, user: User | AnonymousUser, *, on: date) -> MinutesQuerySet:
        """Those of which no paragraph is restricted from a person on a day. What was filed without
        paragraphs tells of every item on the agenda."""
        closed = AgendaItem.objects.restricted_from(user, on=on)
        told = Paragraph.objects.filter(item__in=closed.values("pk"))
        barred = closed.standing()
        return (
            self.visible_to(user)
            .exclude(pk__in=told.values("minutes"))
            .exclude(paragraphs=None, meeting__in=barred.values("meeting"))
        )


class Minutes(Salted, Attributed, Versioned):
    """The minutes of one meeting. Once approved they are immutable; corrections stand beside them."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=20, choices=MinutesState.choices, default=MinutesState.DRAFT
    )
    draft = models.PositiveSmallIntegerField(_("draft"), default=1)
    circulated_on = models.DateField(_("circulated on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_approved",
        verbose_name=_("approved by"),
    )
    document = models.OneToOneField(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_filed",
        verbose_name=_("document"),
        help_text=_("The minutes as approved."),
    )

    objects: ClassVar[MinutesQuerySet] = MinutesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-meeting__on", "-pk"]
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MinutesState.values), name="minutes_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.APPROVED, approved_on__isnull=False)
                | (
                    ~Q(state=MinutesState.APPROVED)
                    & Q(approved_on=None, approved_by=None, document=None)
                ),
                name="minutes_approval_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.CIRCULATED) | Q(circulated_on__isnull=False),
                name="circulated_minutes_have_their_date",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Minutes of the %(meeting)s")) % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return reverse("minutes_detail", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.state == MinutesState.APPROVED


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> ParagraphQuerySet:
        """Those that are about no item, or about one that is open to a person on a day."""
        open_items = AgendaItem.objects.visible_to(user, on=on)
        return self.filter(minutes__in=Minutes.objects.visible_to(user)).filter(
            Q(item=None) | Q(item__in=open_items)
        )


class Paragraph(Salted, Attributed, Versioned):
    """A paragraph of minutes, changed by itself. It is restricted with the item it tells of."""

    locked_after = ("minutes",)

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="paragraphs")
    place = models.PositiveSmallIntegerField(_("place"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="paragraphs"
    )
    heading = models.CharField(_("heading"), max_length=250, blank=True)
    text = models.TextField(_("text"))

    objects: ClassVar[ParagraphQuerySet] = ParagraphQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("paragraph of minutes")
        verbose_name_plural = _("paragraphs of minutes")
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "place"], name="paragraph_of_minutes_has_its_place"
            ),
        ]

    def __str__(self) -> str:
        return self.heading or str(_("Opening"))


class CorrectionQuerySet(ImmutableQuerySet["Correction"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> CorrectionQuerySet:
        """Those about no item, or about one that is open to a person on a day."""
        open_items = AgendaItem.objects.visible_to(user, on=on)
        return self.filter(minutes__in=Minutes.objects.visible_to(user)).filter(
            Q(item=None) | Q(item__in=open_items)
        )


class Correction(Recorded):
    """What was wrong in approved minutes, and how the correction was approved."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrections")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    on = models.DateField(_("approved on"))
    approved_by = models.ForeignKey(
        Decision, models.PROTECT, related_name="corrections_approved", verbose_name=_("approved by")
    )
    text = models.TextField(_("correction"))

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("text",)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_its_text"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}: {long_day(self.on)}"
