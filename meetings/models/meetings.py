"""Meetings of the bodies of the company."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from charters.enums import CommitteeKind
from charters.models import Committee
from committees.models import Director
from meetings.enums import MeetingKind, MeetingState
from meetings.rules import states
from records import clock
from records.dates import long_day
from records.models.bases import Attributed, Salted, Versioned
from records.models.company import validate_time_zone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

VIEW = "meetings.view_meeting"
LONGEST = 24 * 60
NAMED = {
    MeetingKind.REGULAR: _("%(body)s meeting of %(date)s"),
    MeetingKind.SPECIAL: _("%(body)s special meeting of %(date)s"),
    MeetingKind.RELEASE_CALL: _("%(body)s release call of %(date)s"),
}


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> MeetingQuerySet:
        """The meetings a person may read; items that are restricted are left out one by one."""
        return self.all() if user.has_perm(VIEW) else self.none()

    def of(self, body: Committee) -> MeetingQuerySet:
        return self.filter(body=body)

    def within(self, first: date, last: date) -> MeetingQuerySet:
        """Both dates included."""
        return self.filter(on__gte=first, on__lte=last)

    def not_canceled(self) -> MeetingQuerySet:
        return self.exclude(state=MeetingState.CANCELED)

    def held(self, by: date) -> MeetingQuerySet:
        """Those that took place with a quorum, by a date."""
        return self.filter(state=MeetingState.HELD, on__lte=by)

    def open(self) -> MeetingQuerySet:
        """Planned or noticed: nobody has recorded yet what became of them."""
        return self.filter(state__in=states.OPEN)

    def upcoming(self, day: date) -> MeetingQuerySet:
        """Planned or noticed, on a date or later; the next one first."""
        return self.open().filter(on__gte=day).order_by("on", "time", "pk")


class Meeting(Salted, Attributed, Versioned):
    """A meeting, from its plan on. Consents are no meetings, and stockholders meet elsewhere.

    The time is a local one. A meeting ahead follows the company's time zone; once it was held, it
    keeps the zone it was held in.
    """

    body = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("body")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=MeetingKind.choices, default=MeetingKind.REGULAR
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=MeetingState.choices,
        default=MeetingState.PLANNED,
        editable=False,
    )
    on = models.DateField(_("date"))
    time = models.TimeField(_("start"), null=True, blank=True)
    is_second_hour = models.BooleanField(
        _("the second of two equal hours"),
        default=False,
        help_text=_("Where clocks go back over the start."),
    )
    zone = models.CharField(
        _("time zone"), max_length=60, blank=True, editable=False, validators=[validate_time_zone]
    )
    duration = models.PositiveSmallIntegerField(
        _("planned minutes"),
        default=120,
        validators=[MinValueValidator(5), MaxValueValidator(LONGEST)],
    )
    place = models.CharField(
        _("place or dial-in"),
        max_length=300,
        blank=True,
        help_text=_("Shown on this site only, never in emails or the calendar feed."),
    )
    noticed_on = models.DateField(_("notice given on"), null=True, blank=True)
    notice_waived = models.BooleanField(_("every member has waived notice"), default=False)
    agenda_sent_at = models.DateTimeField(_("agenda sent at"), null=True, editable=False)
    adjourned_time = models.TimeField(_("adjourned at"), null=True, blank=True)
    presided_by = models.ForeignKey(
        Director,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("presided by"),
    )
    concluded_at = models.DateTimeField(_("concluded at"), null=True, editable=False)
    canceled_on = models.DateField(_("canceled on"), null=True, editable=False)
    cancel_reason = models.TextField(_("why it was canceled"), blank=True)
    # What a calendar reads: how often the entry changed, and when it last did.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("place", "cancel_reason")

    class Meta:
        ordering = ["on", "time", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MeetingKind.values), name="meeting_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(time__isnull=False) | Q(state__in=sorted(states.CONVENED)),
                name="meeting_ahead_has_its_start",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(states.CONVENED)) & ~Q(zone=""))
                | (~Q(state__in=sorted(states.CONVENED)) & Q(zone="")),
                name="meeting_keeps_the_zone_it_was_held_in",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.NOTICED)
                | Q(noticed_on__isnull=False)
                | Q(notice_waived=True),
                name="noticed_meeting_has_its_notice_or_waiver",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=MeetingState.CANCELED, canceled_on__isnull=False) & ~Q(cancel_reason="")
                )
                | (~Q(state=MeetingState.CANCELED) & Q(canceled_on=None, cancel_reason="")),
                name="meeting_is_canceled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | Q(state__in=sorted(states.CONVENED)),
                name="concluded_meeting_was_convened",
            ),
            models.UniqueConstraint(
                fields=["body", "on", "time"],
                condition=~Q(state=MeetingState.CANCELED),
                name="body_meets_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        """How minutes cite it: "Audit Committee special meeting of November 4, 2026"."""
        words = {"body": self.body_words, "date": long_day(self.on)}
        return str(NAMED[MeetingKind(self.kind)]) % words

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def body_words(self) -> str:
        return _now("Board") if self.body.kind == CommitteeKind.BOARD else self.body.name

    @property
    def is_open(self) -> bool:
        """Planned or noticed."""
        return MeetingState(self.state) in states.OPEN

    @property
    def is_convened(self) -> bool:
        """Held, or called to order without a quorum."""
        return MeetingState(self.state) in states.CONVENED

    def zone_info(self, company_zone: ZoneInfo | None = None) -> ZoneInfo:
        """The zone of its time: where it was held, or the company's."""
        return ZoneInfo(self.zone) if self.zone else company_zone or clock.zone()

    def starts_at(self, company_zone: ZoneInfo | None = None) -> datetime | None:
        """The instant it starts, in UTC; None where the start of a past meeting is not known."""
        if self.time is None:
            return None
        local = datetime.combine(self.on, self.time, tzinfo=self.zone_info(company_zone))
        return local.replace(fold=int(self.is_second_hour)).astimezone(UTC)
