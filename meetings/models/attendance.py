"""Who was at a meeting, from when to when. The roster of a held meeting is kept, not recomputed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from charters.rules.sessions import Group
from charters.rules.voting import Stay as Presence
from committees.models import Director
from meetings.models.agenda import AgendaItem
from meetings.models.meetings import Meeting
from meetings.rules.presence import START
from records.models.bases import Attributed, Salted

GROUPS = [
    ("", _("none")),
    (Group.MANAGEMENT.value, _("management")),
    (Group.INTERNAL_AUDITOR.value, _("internal auditor or outside tester")),
    (Group.EXTERNAL_AUDITOR.value, _("independent auditor")),
]
GROUP_WORDS = dict(GROUPS)
GROUP_VALUES = [key for key, __ in GROUPS]


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def members(self) -> AttendeeQuerySet:
        """Those who were recorded as serving on the body on the date of the meeting."""
        return self.filter(served=True)

    def guests(self) -> AttendeeQuerySet:
        return self.filter(served=False)

    def with_stays(self) -> AttendeeQuerySet:
        stays = Stay.objects.select_related("since", "until")
        return self.select_related("director").prefetch_related(models.Prefetch("stays", stays))


class Attendee(Salted, Attributed):
    """A member who served on the date, present or absent, or somebody else who was there.

    A member is a director of the company. Others have a name and a capacity, and no account.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    director = models.ForeignKey(
        Director, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    capacity = models.CharField(
        _("capacity"), max_length=150, blank=True, help_text=_("For example: audit partner.")
    )
    group = models.CharField(_("belongs to"), max_length=20, blank=True, choices=GROUPS)
    served = models.BooleanField(_("served on the body"), default=False)
    was_present = models.BooleanField(_("was present"), default=True)

    objects: ClassVar[AttendeeQuerySet] = AttendeeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-served", "pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        constraints = [
            models.CheckConstraint(
                condition=Q(director__isnull=False, name="") | (Q(director=None) & ~Q(name="")),
                name="attendee_is_a_director_or_a_name",
            ),
            models.CheckConstraint(
                condition=Q(served=False) | Q(director__isnull=False, group=""),
                name="member_present_is_a_director",
            ),
            models.CheckConstraint(
                condition=Q(was_present=True) | Q(served=True),
                name="only_a_member_is_absent",
            ),
            models.CheckConstraint(
                condition=Q(group__in=GROUP_VALUES), name="attendee_group_is_known"
            ),
            models.UniqueConstraint(
                fields=["meeting", "director"],
                condition=Q(director__isnull=False),
                name="director_attends_a_meeting_once",
            ),
        ]

    def __str__(self) -> str:
        return self.director.name if self.director else self.name

    @property
    def key(self) -> str:
        """What the rules on voting call a member."""
        return str(self.director_id)

    def presence(self) -> tuple[Presence[int], ...]:
        """From when to when, in places of the agenda, of the stays that are loaded."""
        return tuple(stay.as_rule() for stay in self.stays.all())


class Stay(models.Model):
    """From an arrival before an item until a departure before another."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="stays")
    since = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("arrived before item"),
        help_text=_("Empty: there from the start."),
    )
    until = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("left before item"),
        help_text=_("Empty: there to the end."),
    )
    arrived_at = models.TimeField(_("arrived at"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | ~Q(since=F("until")),
                name="stay_does_not_end_where_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee}: {self.since_id or ''}-{self.until_id or ''}"

    def as_rule(self) -> Presence[int]:
        return Presence(
            self.attendee.key,
            self.since.place if self.since else START,
            self.until.place if self.until else None,
        )
