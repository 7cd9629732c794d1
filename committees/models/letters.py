"""Letters of regulators, and what became of each (clause P-b)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.withheld import without_withheld
from charters.models import Committee
from committees.enums import LetterStepKind, Regulator
from committees.models.entries import Entry, EntryQuerySet, reads_registers
from committees.rules.letters import Letter
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class RegulatorLetterQuerySet(ImmutableQuerySet["RegulatorLetter"]):
    def visible_to(self, user: User | AnonymousUser) -> RegulatorLetterQuerySet:
        return without_withheld(self.all(), user) if reads_registers(user) else self.none()

    def with_steps(self) -> RegulatorLetterQuerySet:
        """With what the rules ask for, in as many queries for one as for a hundred."""
        return self.prefetch_related(
            models.Prefetch("steps", LetterStep.objects.select_related("correction"))
        )


class RegulatorLetter(Recorded):
    """A letter that the company received. What happened next is a step of its own."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="regulator_letters")
    regulator = models.CharField(_("from"), max_length=20, choices=Regulator.choices)
    matter = models.CharField(_("about"), max_length=200)
    dated_on = models.DateField(_("dated"))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )

    objects: ClassVar[RegulatorLetterQuerySet] = RegulatorLetterQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("matter",)

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = _("regulator's letter")
        verbose_name_plural = _("regulators' letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(regulator__in=Regulator.values), name="regulator_is_known"
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("dated_on")),
                name="letter_is_received_on_or_after_its_date",
                violation_error_code="received_on",
                violation_error_message=_(
                    "This is before the date of the letter. Correct one of the two dates."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("dated_on")),
                name="letter_is_due_on_or_after_its_date",
                violation_error_code="due_on",
                violation_error_message=_(
                    "This is before the date of the letter. Correct one of the two dates."
                ),
            ),
            models.CheckConstraint(condition=~Q(matter=""), name="letter_is_about_something"),
        ]

    def __str__(self) -> str:
        return self.matter

    def get_absolute_url(self) -> str:
        return reverse("regulator_letter", args=[self.pk])

    def as_rule(self) -> Letter:
        """With its steps as they are on record; for many, ask `with_steps()` first."""
        steps = [step for step in self.steps.all() if step.stands]

        def first(kind: LetterStepKind) -> date | None:
            return min((step.on for step in steps if step.kind == kind), default=None)

        return Letter(
            self.received_on,
            self.due_on,
            tuple((step.on, step.due_on) for step in steps if step.due_on),
            first(LetterStepKind.ANSWERED),
            first(LetterStepKind.CLOSED),
        )


class LetterStep(Entry):
    """Something that happened to a letter on a day."""

    belongs_to = "letter"
    day_field = "on"

    letter = models.ForeignKey(RegulatorLetter, models.PROTECT, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=20, choices=LetterStepKind.choices)
    on = models.DateField(_("on"))
    due_on = models.DateField(_("new due date"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reply")
    )

    objects: ClassVar[EntryQuerySet[LetterStep]] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["on", "pk"]
        verbose_name = _("step on a regulator's letter")
        verbose_name_plural = _("steps on regulators' letters")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=LetterStepKind.EXTENDED, due_on__isnull=False)
                | (
                    Q(kind__in=LetterStepKind.values, due_on=None)
                    & ~Q(kind=LetterStepKind.EXTENDED)
                ),
                name="extension_has_its_due_date",
                violation_error_code="due_on",
                violation_error_message=_(
                    "Enter the new due date for an extension, and none for another step."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_kind_display()}"
