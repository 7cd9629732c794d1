"""Actions: what somebody is to do, agreed at a meeting or elsewhere, until it is done or canceled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleTerm
from accounts.withheld import without_withheld
from charters.enums import ActionChange
from charters.models.bodies import Committee
from records.dates import long_day
from records.models.bases import Attributed, ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

READS_ALL = "charters.view_standing"
READS_OWN = "charters.view_action"


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User | AnonymousUser) -> ActionQuerySet:
        """All of them for whoever reads the committee's record, their own for other owners."""
        found = without_withheld(self.all(), user)
        if user.has_perm(READS_ALL):
            return found
        return found.filter(owner=user.pk) if user.has_perm(READS_OWN) else self.none()

    def open(self, day: date) -> ActionQuerySet:
        """Agreed by a day, and neither done nor canceled by then."""
        last = ActionStep.objects.filter(action=OuterRef("pk"), on__lte=day).order_by("-pk")
        return self.alias(last=Subquery(last.values("change")[:1])).filter(
            Q(last=None) | Q(last=ActionChange.REOPENED), agreed_on__lte=day
        )

    def without_owner(self, day: date) -> ActionQuerySet:
        """Open on a day, and owed by somebody who holds no role any more."""
        held = RoleTerm.objects.held(day)
        return self.open(day).exclude(owner=None).exclude(owner__in=held.values("user"))

    def with_steps(self) -> ActionQuerySet:
        """Everything a page shows, in as many queries for one as for a hundred."""
        found = self.select_related("owner", "recorded_by")
        return found.prefetch_related("steps__recorded_by", "owner__roleterm_set")


class Action(Salted, Attributed, Versioned):
    """What is to be done, who owes it and until when. One record, however often it is mentioned.

    Only who owes it and the due date change; the activity log keeps what they were.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="actions")
    what = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    owner_name = models.CharField(_("owner without an account"), max_length=150, blank=True)
    due_on = models.DateField(_("due date"))
    agreed_on = models.DateField(_("agreed on"))
    source = models.CharField(_("where it came from"), max_length=200, blank=True)
    source_url = models.CharField(_("link"), max_length=500, blank=True)

    objects: ClassVar[ActionQuerySet] = ActionQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("what", "owner_name", "source")

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_name="")
                | (Q(owner=None) & ~Q(owner_name="")),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")), name="action_is_due_after_it_was_agreed"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])

    @property
    def owed_by(self) -> str:
        return str(self.owner) if self.owner else self.owner_name

    def owed_words(self, day: date) -> str:
        """Who owes it; of somebody who left, with the date until which they held a role."""
        owner = self.owner
        if owner is None or not self.is_open or owner.roles(day):
            return self.owed_by
        ends = [term.ends_on for term in owner.role_terms if term.ends_on and term.ends_on <= day]
        if not ends:
            return self.owed_by
        return _now("%(person)s until %(day)s") % {"person": owner, "day": long_day(max(ends))}

    @property
    def last_step(self) -> ActionStep | None:
        """What was last recorded of it, of the steps that are loaded."""
        return max(self.steps.all(), key=lambda step: step.pk, default=None)

    @property
    def is_open(self) -> bool:
        last = self.last_step
        return last is None or last.change == ActionChange.REOPENED


class ActionStep(Recorded):
    """An action was done, canceled or reopened on a date, with how or why."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    change = models.CharField(_("change"), max_length=20, choices=ActionChange.choices)
    on = models.DateField(_("on"))
    text = models.TextField(_("how or why"))

    objects: ClassVar[ImmutableQuerySet[ActionStep]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("text",)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of an action")
        verbose_name_plural = _("steps of actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=ActionChange.values), name="action_change_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="action_step_says_how_or_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()} {long_day(self.on)}"
