"""Decisions: the acts of the Board, its committees and the stockholders that records rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Restricted, RestrictedQuerySet
from charters.enums import CommitteeKind, HowDecided
from charters.models.bodies import Committee
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CITED = {
    HowDecided.MEETING: _("%(body)s meeting of %(date)s"),
    HowDecided.WRITTEN_CONSENT: _("%(body)s written consent of %(date)s"),
    HowDecided.ANNUAL_MEETING: _("Annual meeting of stockholders of %(date)s"),
}


class DecisionQuerySet(  # type: ignore[override]
    ImmutableQuerySet["Decision"], RestrictedQuerySet["Decision"]
):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> DecisionQuerySet:
        """The decisions a person may read on a day."""
        return self.open_to(user, on=on) if user.has_perm("charters.view_decision") else self.none()

    def unrestricted(self) -> DecisionQuerySet:
        """Those that every reader may read."""
        return self.filter(restricted_roles=frozenset(), restricted_people=frozenset())


class Decision(Recorded, Restricted):
    """What a body decided on a date, and how; without a body, the stockholders did."""

    body = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("decided by"),
        help_text=_("Empty: the stockholders."),
    )
    decided_on = models.DateField(_("date"))
    how = models.CharField(_("how"), max_length=20, choices=HowDecided.choices)
    number = models.CharField(
        _("number"), max_length=30, blank=True, help_text=_("As the minutes number it.")
    )
    text = models.TextField(_("decision"))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("document"),
    )

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("number", "text")

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=HowDecided.values), name="decision_was_made_in_a_known_way"
            ),
            models.CheckConstraint(
                condition=Q(body=None) | ~Q(how=HowDecided.ANNUAL_MEETING),
                name="annual_meeting_is_of_the_stockholders",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="decision_has_its_text"),
            # Minutes often number from one at each meeting, so a number is unique to its date.
            models.UniqueConstraint(
                fields=["body", "decided_on", "how", "number"],
                condition=~Q(number="") & Q(body__isnull=False),
                name="decision_of_a_body_is_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["decided_on", "how", "number"],
                condition=~Q(number="") & Q(body=None),
                name="decision_of_the_stockholders_is_numbered_once",
            ),
        ]

    def __str__(self) -> str:
        """How minutes cite it: "Board meeting of May 5, 2026, resolution 4"."""
        words = {"body": self.body_words, "date": long_day(self.decided_on)}
        cited = str(CITED[HowDecided(self.how)]) % words
        if not self.number:
            return cited
        numbered = _("%(cited)s, resolution %(number)s")
        if self.body is None:
            numbered = _("%(cited)s, proposal %(number)s")
        return str(numbered) % {"cited": cited, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def body_words(self) -> str:
        if self.body is None:
            return _now("Stockholder")
        return _now("Board") if self.body.kind == CommitteeKind.BOARD else self.body.name
