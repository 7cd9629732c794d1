"""What the committee told the Board, what it recommended, and what the Board made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Restricted, RestrictedQuerySet
from charters.models import Decision
from meetings.enums import Answer, HowReported
from meetings.models.agenda import AgendaItem
from meetings.models.meetings import VIEW, Meeting
from records.dates import long_day
from records.models.bases import Attributed, ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ReportToBoard(Recorded):
    """A meeting of the committee was reported at a meeting of the Board."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="board_reports", verbose_name=_("committee meeting")
    )
    board_meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="reports_heard", verbose_name=_("Board meeting")
    )
    how = models.CharField(_("how"), max_length=20, choices=HowReported.choices)

    objects: ClassVar[ImmutableQuerySet[ReportToBoard]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["board_meeting__on", "pk"]
        verbose_name = _("report to the Board")
        verbose_name_plural = _("reports to the Board")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "board_meeting"], name="meeting_is_reported_once_at_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(meeting=F("board_meeting")), name="meeting_is_reported_to_another_body"
            ),
            models.CheckConstraint(
                condition=Q(how__in=HowReported.values), name="way_of_reporting_is_known"
            ),
        ]

    def __str__(self) -> str:
        said = {"meeting": self.meeting, "day": long_day(self.board_meeting.on)}
        return _now("%(meeting)s, reported to the Board on %(day)s") % said


class RecommendationQuerySet(RestrictedQuerySet["Recommendation"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> RecommendationQuerySet:
        """What a person may read: never what came of an item that is restricted from them."""
        if not user.has_perm(VIEW):
            return self.none()
        items = AgendaItem.objects.visible_to(user, on=on).order_by().values("pk")
        return self.open_to(user, on=on).filter(Q(item=None) | Q(item__in=items))

    def made(self, by: date) -> RecommendationQuerySet:
        return self.filter(made_on__lte=by)

    def unanswered(self, on: date) -> RecommendationQuerySet:
        """Made by a date, and not answered by then."""
        return self.made(on).filter(Q(answered_on=None) | Q(answered_on__gt=on))


class Recommendation(Restricted, Salted, Attributed, Versioned):
    """What the committee recommends to the Board, and the Board's answer."""

    restriction_grows = True

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="recommendations", verbose_name=_("meeting")
    )
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("agenda item"),
    )
    made_on = models.DateField(_("made on"))
    text = models.TextField(_("recommendation"))
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("decision of the Board"),
    )
    answer_text = models.TextField(
        _("what the Board changed, or why it did not accept"), blank=True
    )

    objects: ClassVar[RecommendationQuerySet] = RecommendationQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("text", "answer_text")

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = _("recommendation to the Board")
        verbose_name_plural = _("recommendations to the Board")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_has_its_text"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, decision=None, answer_text="")
                | Q(answer__in=Answer.values, answered_on__isnull=False),
                name="recommendation_is_answered_on_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[Answer.ACCEPTED, Answer.CHANGED])
                | Q(decision__isnull=False),
                name="accepted_recommendation_rests_on_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.CHANGED) | ~Q(answer_text=""),
                name="changed_recommendation_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.pk])
