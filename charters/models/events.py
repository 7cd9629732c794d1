"""Events: something that happened, what is known of it, and the deadlines it set running.

What an event says is an entry; a change is a new entry beside the old, which stays readable. Its
deadlines are kept in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Restricted, RestrictedQuerySet
from charters.enums import Counting, StartsFrom
from charters.models.bodies import Committee
from records.dates import long_day
from records.models.bases import ImmutableQuerySet, Recorded, Versioned

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST_DAYS = 3_660


class EventQuerySet(RestrictedQuerySet["Event"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> EventQuerySet:
        """The events a person may read on a day."""
        return self.open_to(user, on=on) if user.has_perm("charters.view_event") else self.none()

    def running(self, day: date) -> EventQuerySet:
        """Those that were not closed by a day."""
        return self.filter(Q(ending=None) | Q(ending__closed_on__gt=day))

    def with_entries(self) -> EventQuerySet:
        """Everything a page of events shows, in as many queries for one as for a hundred."""
        return self.select_related("committee", "ending", "entered_by").prefetch_related(
            "entries__responsible", "entries__recorded_by", "deadlines__recorded_by"
        )


class Event(Restricted, Versioned):
    """Something that happened. What it says stands in its last entry, so its restriction grows."""

    restriction_grows = True

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="events")
    template = models.CharField(_("made from"), max_length=40, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-entered_at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def entry(self) -> EventEntry:
        """What the event says now."""
        return max(self.entries.all(), key=lambda entry: entry.pk)

    @property
    def is_running(self) -> bool:
        return getattr(self, "ending", None) is None

    def current_deadlines(self) -> list[EventDeadline]:
        """Those that count: not changed by a later one, and not withdrawn."""
        deadlines = list(self.deadlines.all())
        changed = {deadline.changes_id for deadline in deadlines}
        return [
            deadline
            for deadline in deadlines
            if deadline.pk not in changed and not deadline.is_withdrawn
        ]

    def open_deadlines(self, day: date) -> list[EventDeadline]:
        """Those for which nothing was done by a day, until the event is closed."""
        if not self.is_running and self.ending.closed_on <= day:
            return []
        deadlines = self.current_deadlines()
        return [each for each in deadlines if each.done_on is None or each.done_on > day]

    def known_at(self, deadline: EventDeadline) -> datetime:
        """Since when a deadline runs: it was entered, and the day it counts from was known."""
        earlier = {each.pk: each for each in self.deadlines.all()}
        begun = (
            earlier[deadline.changes_id] if deadline.done_on and deadline.changes_id else deadline
        )
        day = self.entry.day_of(deadline.starts)
        said = [
            each.recorded_at for each in self.entries.all() if each.day_of(deadline.starts) == day
        ]
        return max(begun.recorded_at, min(said))


class EventEntry(Recorded):
    """What was known of the event when this was entered; the latest entry counts."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="entries")
    title = models.CharField(_("what happened"), max_length=200)
    learned_on = models.DateField(_("learned on"))
    learned = models.TextField(_("what was learned"), blank=True)
    determined_on = models.DateField(_("determined on"), null=True, blank=True)
    determined = models.TextField(_("what was determined"), blank=True)
    decides = models.TextField(_("who decides"), blank=True)
    asks = models.TextField(_("what the law asks"), blank=True)
    calls = models.TextField(_("whom to call"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who follows it up"),
    )

    sealed = ("title", "learned", "determined", "decides", "asks", "calls")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entry on an event")
        verbose_name_plural = _("entries on events")
        constraints = [
            models.CheckConstraint(
                condition=Q(determined="") | Q(determined_on__isnull=False),
                name="event_determination_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def day_of(self, starts: str) -> date | None:
        """The day from which a deadline counts; None while nothing was determined."""
        return self.determined_on if starts == StartsFrom.DETERMINED else self.learned_on


class EventDeadlineQuerySet(ImmutableQuerySet["EventDeadline"]):
    def standing(self) -> EventDeadlineQuerySet:
        """Those that count: not changed by a later entry, and not withdrawn."""
        return self.filter(change=None, is_withdrawn=False)


class EventDeadline(Recorded):
    """What must be done within so many days of the event. A change is a deadline in its place."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deadlines")
    what = models.CharField(_("what must be done"), max_length=200)
    rule = models.CharField(_("which rule asks for it"), max_length=200, blank=True)
    starts = models.CharField(
        _("counted from"), max_length=20, choices=StartsFrom.choices, default=StartsFrom.LEARNED
    )
    days = models.PositiveSmallIntegerField(
        _("number of days"), validators=[MaxValueValidator(MOST_DAYS)]
    )
    counting = models.CharField(
        _("counted in"), max_length=20, choices=Counting.choices, default=Counting.BUSINESS
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="change", editable=False
    )

    objects: ClassVar[EventDeadlineQuerySet] = EventDeadlineQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("what", "rule", "reason")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("deadline of an event")
        verbose_name_plural = _("deadlines of events")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__in=StartsFrom.values) & Q(counting__in=Counting.values),
                name="event_deadline_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(days__lte=MOST_DAYS), name="event_deadline_is_ten_years_ahead_at_most"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False)
                | (Q(changes__isnull=False, done_on=None) & ~Q(reason="")),
                name="event_deadline_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class EventEnding(Recorded):
    """The event was closed: on a day, with a reason. What comes after is another event."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="ending")
    closed_on = models.DateField(_("closed on"))
    reason = models.TextField(_("reason"))

    sealed = ("reason",)

    class Meta:
        verbose_name = _("closing of an event")
        verbose_name_plural = _("closings of events")

    def __str__(self) -> str:
        return f"{self.event_id}: {long_day(self.closed_on)}"
