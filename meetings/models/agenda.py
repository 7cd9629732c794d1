"""What a meeting takes up: items in their order, each with its number, its why and its outcome."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import RecordsField, Restricted, RestrictedQuerySet
from accounts.restriction import mark
from charters.models import Decision, Duty
from meetings.enums import ItemKind, ItemOutcome, ItemSource, Removal
from meetings.models.meetings import LONGEST, VIEW, Meeting
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class AgendaItemQuerySet(RestrictedQuerySet["AgendaItem"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> AgendaItemQuerySet:
        """The items a person may read. Of the others an agenda says only that they are there."""
        return self.open_to(user, on=on) if user.has_perm(VIEW) else self.none()

    def standing(self) -> AgendaItemQuerySet:
        """Those that are still on their agenda: neither withdrawn nor deferred."""
        return self.filter(removal="")

    def about(self, labels: Collection[str]) -> AgendaItemQuerySet:
        """Those that came from any of these records, on whatever agenda."""
        names = [Q(source_records__contains=mark(each)) for each in sorted(labels)]
        return self.filter(reduce(or_, names)) if names else self.none()

    def without_outcome(self) -> AgendaItemQuerySet:
        """Those that the meeting has to say something of before it can be concluded."""
        return self.standing().filter(outcome="")


class AgendaItem(Restricted, Salted, Versioned):
    """One item. It gets its number when the agenda is first sent, and nothing changes it after.

    Its title, papers and outcome come later than the item, so its restriction grows. Whoever is
    recused is among `restricted_people`.
    """

    restriction_grows = True
    locked_after = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField(_("place in the order"), editable=False)
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ItemKind.choices, default=ItemKind.DISCUSS
    )
    ask = models.TextField(
        _("what is asked"), blank=True, help_text=_("The question for the members, in a sentence.")
    )
    recommendation = models.TextField(_("recommendation"), blank=True)
    presenter = models.CharField(_("presenter"), max_length=150, blank=True)
    preparer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prepared by"),
        help_text=_("Who takes care of the item where the secretary may not see it."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )
    because = models.CharField(_("why"), max_length=300, blank=True)
    can_wait_until = models.DateField(_("can wait until"), null=True, blank=True)
    source = models.CharField(
        _("where it came from"),
        max_length=20,
        choices=ItemSource.choices,
        default=ItemSource.ADDED,
        editable=False,
    )
    # What keeps the same responsibility, proposal or action from being taken twice.
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    # What it came from, by the labels of the ledger: withheld from whoever is recused from the item.
    source_records = RecordsField(editable=False)
    in_consent_group = models.BooleanField(_("for consent, without discussion"), default=False)
    duties = models.ManyToManyField(
        Duty, blank=True, related_name="agenda_items", verbose_name=_("responsibilities served")
    )
    serves_year = models.DateField(
        _("for the fiscal year ending"),
        null=True,
        blank=True,
        help_text=_("The last date of the fiscal year that its responsibilities are served for."),
    )
    removal = models.CharField(
        _("how it left the agenda"),
        max_length=20,
        choices=Removal.choices,
        blank=True,
        editable=False,
    )
    removal_reason = models.CharField(_("reason"), max_length=300, blank=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", editable=False
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=ItemOutcome.choices, blank=True, editable=False
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="agenda_item", editable=False
    )

    objects: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("title", "ask", "recommendation", "presenter", "because", "removal_reason")

    class Meta:
        ordering = ["meeting", "place", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(number__isnull=False),
                name="agenda_number_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "source_key"],
                condition=~Q(source_key="") & Q(removal=""),
                name="agenda_takes_a_matter_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="agenda_item_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=ItemSource.values), name="agenda_item_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *ItemOutcome.values]),
                name="agenda_item_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(removal="", removal_reason="")
                | (Q(removal__in=Removal.values) & ~Q(removal_reason="")),
                name="agenda_item_is_removed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(removal="") | Q(outcome="", decision=None),
                name="removed_agenda_item_has_no_outcome",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(outcome=ItemOutcome.ADOPTED),
                name="decision_of_an_item_was_adopted",
            ),
            models.CheckConstraint(
                condition=Q(in_consent_group=False) | ~Q(kind=ItemKind.EXECUTIVE_SESSION),
                name="executive_session_is_not_for_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.pk])

    @property
    def has_source_record(self) -> bool:
        """Whether it was taken from a record with a page of its own: a request, a paper, an action."""
        return bool(self.source_records)

    @property
    def is_standing(self) -> bool:
        """Neither withdrawn nor deferred."""
        return not self.removal
