"""Recusals, votes with their ruling, and executive sessions. Recorded once, then only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.restricted import KeySetField
from charters.rules.sessions import Group, Session
from charters.rules.voting import Choice, Outcome, Quorum, Reason, VoteRuling
from committees.models import Director
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import GROUPS
from meetings.models.meetings import Meeting
from records.models.bases import Immutable, ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CHOICES = [
    (Choice.FOR.value, _("in favor")),
    (Choice.AGAINST.value, _("against")),
    (Choice.ABSTAIN.value, _("abstained")),
]
OUTCOMES = [
    (Outcome.ADOPTED.value, _("adopted")),
    (Outcome.NOT_ADOPTED.value, _("not adopted")),
]


class OfAnItemQuerySet(ImmutableQuerySet["Recusal"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> OfAnItemQuerySet:
        """Those of the items that are open to a person on a day."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user, on=on))


class Recusal(Recorded):
    """A person takes no part in one item, and sees nothing of it. It is not lifted.

    A director is recused from the vote; `user` is whose account no longer sees the item, which may
    be the secretary's or an administrator's.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="recusals")
    director = models.ForeignKey(
        Director, models.PROTECT, null=True, blank=True, related_name="recusals"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="recusals"
    )
    stays = models.BooleanField(
        _("stays in the room"),
        default=False,
        help_text=_("Counts for quorum and majority, and takes no part in the vote."),
    )

    objects: ClassVar[OfAnItemQuerySet] = OfAnItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.CheckConstraint(
                condition=Q(director__isnull=False) | Q(user__isnull=False),
                name="recusal_is_of_somebody",
            ),
            models.UniqueConstraint(
                fields=["item", "director"],
                condition=Q(director__isnull=False),
                name="director_is_recused_once_from_an_item",
            ),
            models.UniqueConstraint(
                fields=["item", "user"],
                condition=Q(user__isnull=False),
                name="account_is_recused_once_from_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.item}"

    @property
    def who(self) -> str:
        return str(self.director or self.user)


class VoteQuerySet(ImmutableQuerySet["Vote"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> VoteQuerySet:
        """Those on an item that is open to a person on a day."""
        return self.filter(items__in=AgendaItem.objects.visible_to(user, on=on)).distinct()

    def with_counts(self) -> VoteQuerySet:
        """With its items, their resolutions and recusals, and how each member voted."""
        return self.prefetch_related(
            models.Prefetch("items", AgendaItem.objects.select_related("decision")),
            models.Prefetch("items__recusals", Recusal.objects.select_related("director", "user")),
            models.Prefetch("ballots", Ballot.objects.select_related("director")),
        )


class Vote(Recorded):
    """A vote with the ruling as it was counted; of the consent group, one vote on all its items."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    items = models.ManyToManyField(AgendaItem, related_name="votes")
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES)
    reason = models.CharField(max_length=30, editable=False)
    quorum_needed = models.PositiveSmallIntegerField(_("needed for a quorum"))
    quorum_of = models.PositiveSmallIntegerField(_("of"))
    present = models.PositiveSmallIntegerField(_("present"))
    recused = models.PositiveSmallIntegerField(_("recused, of those present"))
    needed = models.PositiveSmallIntegerField(_("needed"))
    in_favor = models.PositiveSmallIntegerField(_("in favor"))
    against = models.PositiveSmallIntegerField(_("against"))
    abstained = models.PositiveSmallIntegerField(_("abstained"))
    citation = models.CharField(_("citation"), max_length=200)

    objects: ClassVar[VoteQuerySet] = VoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.ADOPTED.value, Outcome.NOT_ADOPTED.value]),
                name="void_vote_is_not_on_record",
            ),
            models.CheckConstraint(
                condition=Q(present__gte=models.F("quorum_needed")),
                name="vote_has_its_quorum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_outcome_display()}"

    @property
    def ruling(self) -> VoteRuling:
        return VoteRuling(
            outcome=Outcome(self.outcome),
            reason=Reason(self.reason),
            quorum=Quorum(self.quorum_needed, self.quorum_of, self.citation),
            present=self.present,
            recused=self.recused,
            needed=self.needed,
            in_favor=self.in_favor,
            against=self.against,
            abstained=self.abstained,
            citation=self.citation,
        )

    def cast(self) -> dict[str, Choice]:
        """The ballots by what the rules call a member, of those that are loaded."""
        return {str(ballot.director_id): Choice(ballot.choice) for ballot in self.ballots.all()}


class Ballot(Immutable):
    """How one member voted."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    director = models.ForeignKey(Director, models.PROTECT, related_name="ballots")
    choice = models.CharField(_("vote"), max_length=20, choices=CHOICES)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("member's vote")
        verbose_name_plural = _("members' votes")
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=[choice.value for choice in Choice]),
                name="ballot_choice_is_known",
            ),
            models.UniqueConstraint(fields=["vote", "director"], name="member_votes_once"),
        ]

    def __str__(self) -> str:
        return f"{self.director}: {self.get_choice_display()}"


class GroupsField(KeySetField):
    """Groups of people who were in the room."""

    _pyi_private_set_type: frozenset[Group]
    _pyi_private_get_type: frozenset[Group]

    def as_key(self, text: str) -> Group:
        return Group(text)


class SessionCard(Recorded):
    """An executive session: with whom, who was present, and under which heading. No content."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sessions")
    held_with = models.CharField(_("held with"), max_length=20, choices=GROUPS[1:])
    present = GroupsField(_("who was present"))
    heading = models.CharField(
        _("heading"),
        max_length=200,
        blank=True,
        help_text=_("A heading, no content. It is not shown to management."),
    )

    objects: ClassVar[ImmutableQuerySet[SessionCard]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("heading",)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("executive session")
        verbose_name_plural = _("executive sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_with__in=[group.value for group in Group]),
                name="session_is_held_with_a_known_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_held_with_display()}"

    def as_rule(self) -> Session:
        return Session(self.meeting.on, Group(self.held_with), self.present)
