"""Event cards: something that happened, what is known of it, and the clocks it set running.

What a card says is an entry; a change is a new entry beside the old, which stays readable. Its
clocks are kept in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.closure import is_closed_to, open_since_issue, open_to
from accounts.enums import Role
from committees.enums import Counting, StartsFrom
from committees.models.kept import Kept, KeptQuerySet
from committees.models.people import Committee
from records.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, tzinfo

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# A card is open to its readers, or closed to management (law 9).
CLOSURES: Mapping[str, frozenset[Role]] = {
    "": frozenset(),
    Role.MANAGEMENT.value: frozenset({Role.MANAGEMENT}),
}
MOST_DAYS = 3_660


class EventCardQuerySet(models.QuerySet["EventCard"]):
    def visible_to(
        self, user: User | AnonymousUser, *, on: date, zone: tzinfo
    ) -> EventCardQuerySet:
        """Those not closed to a role the person holds on the day, or held on any since they were
        entered: a card grows."""
        return self.filter(
            open_to(user, on=on, kind="closed_to", closures=CLOSURES),
            open_since_issue(
                user,
                issued_at="entered_at",
                kind="closed_to",
                closures=CLOSURES,
                zone=zone,
                grows=True,
            ),
        )

    def running(self, day: date) -> EventCardQuerySet:
        """Those that were not closed by a day."""
        return self.filter(Q(ending=None) | Q(ending__closed_on__gt=day))

    def with_entries(self) -> EventCardQuerySet:
        """Everything a page of cards shows, in as many queries for one as for a hundred."""
        return self.select_related("committee", "ending", "entered_by").prefetch_related(
            "entries__responsible", "entries__recorded_by", "clocks__recorded_by"
        )


class EventCard(models.Model):
    """Something that happened. What it says stands in its last entry."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="event_cards")
    template = models.CharField(_("made from"), max_length=40, editable=False)
    closed_to = models.CharField(
        _("closed to"),
        max_length=30,
        blank=True,
        choices=[(Role.MANAGEMENT, Role.MANAGEMENT.label)],
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    objects: ClassVar[EventCardQuerySet] = EventCardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-entered_at", "-pk"]
        verbose_name = _("event card")
        verbose_name_plural = _("event cards")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_to__in=list(CLOSURES)), name="event_card_closes_to_a_known_role"
            )
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def entry(self) -> EventEntry:
        """What the card says now."""
        return max(self.entries.all(), key=lambda entry: entry.pk)

    @property
    def is_running(self) -> bool:
        return getattr(self, "ending", None) is None

    def is_closed_to(self, person: User, *, on: date) -> bool:
        since = day_of(self.entered_at)
        return is_closed_to(person, CLOSURES[self.closed_to], on=on, grows_from=since)

    def clocks_standing(self) -> list[EventClock]:
        """Those that count: not changed by a later one, and not withdrawn."""
        clocks = list(self.clocks.all())
        changed = {clock.changes_id for clock in clocks}
        return [clock for clock in clocks if clock.pk not in changed and not clock.is_withdrawn]

    def clocks_running(self, day: date) -> list[EventClock]:
        """Those for which nothing was done by a day, until the card is closed."""
        if not self.is_running and self.ending.closed_on <= day:
            return []
        clocks = self.clocks_standing()
        return [each for each in clocks if each.done_on is None or each.done_on > day]

    def known_at(self, clock: EventClock) -> datetime:
        """Since when a clock runs: it was entered, and the day it counts from was known."""
        earlier = {each.pk: each for each in self.clocks.all()}
        begun = earlier[clock.changes_id] if clock.done_on and clock.changes_id else clock
        day = self.entry.day_of(clock.starts)
        said = [each.recorded_at for each in self.entries.all() if each.day_of(clock.starts) == day]
        return max(begun.recorded_at, min(said))


class EventEntry(Kept):
    """What was known of the event when this was entered; a later entry takes its place."""

    card = models.ForeignKey(EventCard, models.PROTECT, related_name="entries")
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
    salt = models.CharField(max_length=32, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects: ClassVar[KeptQuerySet[EventEntry]] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entry on an event card")
        verbose_name_plural = _("entries on event cards")
        constraints = [
            models.CheckConstraint(
                condition=Q(determined="") | Q(determined_on__isnull=False),
                name="event_determination_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def day_of(self, starts: str) -> date | None:
        """The day from which a clock counts; None while nothing was determined."""
        return self.determined_on if starts == StartsFrom.DETERMINED else self.learned_on


class EventClockQuerySet(KeptQuerySet["EventClock"]):
    def standing(self) -> EventClockQuerySet:
        """Those that count: not changed by a later entry, and not withdrawn."""
        return self.filter(change=None, is_withdrawn=False)


class EventClock(Kept):
    """What must be done within so many days of the event. A change is a clock in its place."""

    card = models.ForeignKey(EventCard, models.PROTECT, related_name="clocks")
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
    salt = models.CharField(max_length=32, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects: ClassVar[EventClockQuerySet] = EventClockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("clock of an event")
        verbose_name_plural = _("clocks of events")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__in=StartsFrom.values) & Q(counting__in=Counting.values),
                name="event_clock_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(days__lte=MOST_DAYS), name="event_clock_runs_ten_years_at_most"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False)
                | (Q(changes__isnull=False, done_on=None) & ~Q(reason="")),
                name="event_clock_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class EventEnding(Kept):
    """The card was closed: on a day, with a reason. What comes after is another card."""

    card = models.OneToOneField(EventCard, models.PROTECT, related_name="ending")
    closed_on = models.DateField(_("closed on"))
    reason = models.TextField(_("reason"))
    salt = models.CharField(max_length=32, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects: ClassVar[KeptQuerySet[EventEnding]] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("closing of an event card")
        verbose_name_plural = _("closings of event cards")

    def __str__(self) -> str:
        return f"{self.card_id}: {self.closed_on.isoformat()}"
