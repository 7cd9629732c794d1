"""The charter: versions, kept word for word, and the clauses taken from them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.enums import CharterStatus, PassageRole
from charters.models.bodies import Committee
from charters.models.decisions import Decision
from records.models.bases import Immutable, ImmutableQuerySet, Recorded, Salted, Versioned


class CharterVersionQuerySet(ImmutableQuerySet["CharterVersion"]):
    def adopted(self) -> CharterVersionQuerySet:
        return self.filter(adopted_on__isnull=False)

    def drafts(self) -> CharterVersionQuerySet:
        return self.filter(adopted_on=None)

    def before_the_board(self) -> CharterVersionQuerySet:
        """What directors read: adopted versions, and drafts that were put before the Board."""
        return self.filter(Q(adopted_on__isnull=False) | Q(put_before_board_on__isnull=False))

    def in_effect(self, day: date) -> CharterVersion | None:
        """The adopted version that governs `day`: the last to have come into effect by then."""
        return self.filter(effective_on__lte=day).order_by("effective_on", "pk").last()


class CharterVersion(Recorded, Versioned):
    """One text of a committee's charter. A draft until the Board adopts it; then immutable."""

    on_record = Q(adopted_on__isnull=False)
    may_gain = frozenset({"decision"})

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="charter_versions")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("full text"), help_text=_("Word for word, as it was adopted."))
    put_before_board_on = models.DateField(
        _("put before the Board on"), null=True, blank=True, editable=False
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="charter_versions",
        verbose_name=_("decision of the Board"),
    )

    objects: ClassVar[CharterVersionQuerySet] = CharterVersionQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("text",)

    class Meta:
        ordering = ["effective_on", "pk"]
        verbose_name = _("charter version")
        verbose_name_plural = _("charter versions")
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_on=None, effective_on=None)
                | Q(adopted_on__isnull=False, effective_on__isnull=False),
                name="charter_adoption_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(adopted_on__isnull=False),
                name="charter_decision_is_of_an_adopted_version",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("adopted_on")),
                name="charter_takes_effect_when_it_is_adopted_or_later",
            ),
            models.UniqueConstraint(
                fields=["committee", "effective_on"], name="one_charter_takes_effect_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("charter_version", args=[self.pk])

    def status_on(self, day: date, in_effect: CharterVersion | None) -> CharterStatus:
        """What it is on a day on which `in_effect` governs."""
        if self.effective_on is None:
            return CharterStatus.DRAFT
        if self == in_effect:
            return CharterStatus.ADOPTED
        return CharterStatus.UPCOMING if self.effective_on > day else CharterStatus.SUPERSEDED


class Part(Immutable):
    """A part of a charter: free to change in a draft, on record with an adopted version."""

    on_record = Q(version__adopted_on__isnull=False)

    class Meta:
        abstract = True


class Passage(Part):
    """What the charter says between its clauses: headings, lead-ins, plain passages."""

    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="passages")
    role = models.CharField(max_length=10, choices=PassageRole.choices)
    reference = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="passages_stand_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=PassageRole.values), name="passage_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Clause(Part):
    """One clause of a charter version, in its exact words."""

    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="clauses")
    reference = models.CharField(_("reference"), max_length=20)
    heading = models.CharField(
        _("heading"), max_length=150, blank=True, help_text=_("A short name for lists and reports.")
    )
    text = models.TextField(_("text"))
    order = models.PositiveIntegerField()
    section = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        related_name="section_clauses",
        verbose_name=_("section"),
    )
    lead_in = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_clauses",
        verbose_name=_("lead-in"),
    )
    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reference"], name="clause_reference_is_unique"
            ),
            models.UniqueConstraint(fields=["version", "order"], name="clauses_stand_in_order"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("clause", args=[self.reference])


class ClauseNote(Salted):
    """*As applied today*: how a dated or incomplete clause is read, beside it and never instead."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    source = models.CharField(_("source"), max_length=200)
    dated = models.DateField(_("dated"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    sealed = ("text", "source")

    class Meta:
        ordering = ["dated", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text
