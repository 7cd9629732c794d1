"""What the auditor gave the committee: letters, reports, plans, required communications.

Somebody who does not sign in is received for: the file, its type, its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.withheld import without_withheld
from auditors.enums import LetterKind
from auditors.models.bases import Decided
from auditors.models.firms import Firm
from auditors.models.requests import ServiceRequest
from auditors.rules.communications import Given
from auditors.rules.description import Description
from auditors.rules.independence_letter import ExceptFor
from auditors.rules.independence_letter import Letter as LetterRule
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class LetterQuerySet(ImmutableQuerySet["Letter"]):
    def visible_to(self, user: User | AnonymousUser) -> LetterQuerySet:
        """Those of the firms that a person may see."""
        rows = self.filter(firm__in=Firm.objects.visible_to(user))
        return without_withheld(rows, user)

    def of_kind(self, kind: LetterKind) -> LetterQuerySet:
        return self.filter(kind=kind)

    def open(self) -> LetterQuerySet:
        """Independence letters without a discussion on file, and what is excepted undecided."""
        discussed = Discussion.objects.values("letter")
        undecided = LetterException.objects.filter(decision=None).values("letter")
        return self.filter(kind=LetterKind.INDEPENDENCE).filter(
            ~Q(pk__in=discussed) | Q(pk__in=undecided)
        )

    def with_history(self) -> LetterQuerySet:
        rows = self.select_related("firm")
        return rows.prefetch_related("discussions", "exceptions__decision__decision__body")

    def with_corrections(self) -> LetterQuerySet:
        return self.prefetch_related("corrections", "discussions__corrections")


class Letter(Recorded):
    """A paper of a firm, by its own date. `serves` is the last date of its fiscal year.

    A required communication names the item of the checklist, and may have been oral. A description
    names the requests whose services it describes.
    """

    may_correct = frozenset({"dated", "received_on"})

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="letters")
    kind = models.CharField(_("type"), max_length=20, choices=LetterKind.choices)
    item = models.CharField(_("item of the checklist"), max_length=40, blank=True)
    dated = models.DateField(_("dated"))
    received_on = models.DateField(_("received on"))
    serves = models.DateField(_("fiscal year ending"))
    in_writing = models.BooleanField(_("in writing"), default=True)
    came_first = models.BooleanField(_("came first, on the date it had to precede"), default=False)
    describes = models.ManyToManyField(
        ServiceRequest, related_name="descriptions", blank=True, verbose_name=_("describes")
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-dated", "-pk"]
        verbose_name = _("letter received")
        verbose_name_plural = _("letters received")
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=LetterKind.COMMUNICATION) & ~Q(item=""))
                | (~Q(kind=LetterKind.COMMUNICATION) & Q(item="")),
                name="communication_names_its_item",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LetterKind.values), name="letter_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(in_writing=True) | Q(kind=LetterKind.COMMUNICATION, document=None),
                name="only_a_communication_is_oral",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {long_day(self.dated)}"

    def get_absolute_url(self) -> str:
        return reverse("auditor_letter", args=[self.pk])

    def as_rule(self) -> LetterRule:
        discussed = min((each.held_on for each in self.discussions.all()), default=None)
        return LetterRule(
            self.dated, discussed, tuple(each.as_rule() for each in self.exceptions.all())
        )

    def as_description(self) -> Description:
        held = min((each.held_on for each in self.discussions.all()), default=None)
        return Description(self.dated, held)

    def as_given(self) -> Given:
        return Given(self.dated, self.in_writing, self.came_first)


class Discussion(Recorded):
    """The committee discussed a letter, or reviewed a report or a plan, on a date."""

    may_correct = frozenset({"held_on"})

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="discussions")
    held_on = models.DateField(_("discussed on"))

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = _("discussion of a letter")
        verbose_name_plural = _("discussions of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "held_on"], name="letter_is_discussed_once_on_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {long_day(self.held_on)}"


class LetterException(Recorded):
    """What an independence letter excepts. It waits for the committee's decision (R-1h)."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="exceptions")
    label = models.CharField(_("except for"), max_length=300)

    class Meta:
        ordering = ["letter", "pk"]
        verbose_name = _("item excepted in a letter")
        verbose_name_plural = _("items excepted in letters")

    def __str__(self) -> str:
        return self.label

    def as_rule(self) -> ExceptFor:
        decision = getattr(self, "decision", None)
        return ExceptFor(self.label, decision.decided_on if decision else None)


class ExceptionDecision(Decided):
    """What the committee decided on an excepted item."""

    date_field = "decided_on"

    exception = models.OneToOneField(LetterException, models.PROTECT, related_name="decision")
    decided_on = models.DateField(_("decided on"))
    text = models.TextField(_("decision"))

    sealed = ("text",)

    class Meta:
        verbose_name = _("decision on an excepted item")
        verbose_name_plural = _("decisions on excepted items")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="exception_decision_has_its_text")
        ]

    def __str__(self) -> str:
        return f"{self.exception_id}: {long_day(self.decided_on)}"
