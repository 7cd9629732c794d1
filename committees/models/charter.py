"""The charter: versions, kept word for word, and the clauses taken from them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.enums import CharterStatus, PassageRole
from committees.models.kept import KeptError, KeptQuerySet, M
from committees.models.people import Committee


class CharterVersionQuerySet(KeptQuerySet["CharterVersion"]):
    def on_record(self) -> CharterVersionQuerySet:
        return self.adopted()

    def adopted(self) -> CharterVersionQuerySet:
        return self.filter(adopted_on__isnull=False)

    def drafts(self) -> CharterVersionQuerySet:
        return self.filter(adopted_on=None)

    def in_effect(self, day: date) -> CharterVersion | None:
        """The adopted version that governs `day`: the last to have come into effect by then."""
        return self.filter(effective_on__lte=day).order_by("effective_on", "pk").last()


class CharterVersion(models.Model):
    """One text of a committee's charter. A draft until the Board adopts it; then immutable."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="charter_versions")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("full text"), help_text=_("Word for word, as it was adopted."))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    board_act = models.CharField(
        _("the Board's act"),
        max_length=200,
        blank=True,
        help_text=_(
            "Meeting and resolution, for example: Board meeting of May 5, 2026, resolution 4."
        ),
    )
    salt = models.CharField(max_length=32, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects: ClassVar[CharterVersionQuerySet] = CharterVersionQuerySet.as_manager()  # type: ignore[assignment]

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
                condition=Q(effective_on=None) | Q(effective_on__gte=F("adopted_on")),
                name="charter_takes_effect_when_it_is_adopted_or_later",
            ),
            models.UniqueConstraint(
                fields=["committee", "effective_on"], name="one_charter_takes_effect_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once adopted, only the Board's act can be added, where there is none yet."""
        stored = CharterVersion.objects.adopted().filter(pk=self.pk).first()
        completes = set(kwargs.get("update_fields") or ()) == {"board_act"}
        if stored is not None and (stored.board_act or not completes):
            raise KeptError(CharterVersion)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("charter_version", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        CharterVersion.objects.filter(pk=self.pk).refuse()
        return super().delete(*args, **kwargs)

    def status_on(self, day: date, in_effect: CharterVersion | None) -> CharterStatus:
        """What it is on a day on which `in_effect` governs."""
        if self.effective_on is None:
            return CharterStatus.DRAFT
        if self == in_effect:
            return CharterStatus.ADOPTED
        return CharterStatus.UPCOMING if self.effective_on > day else CharterStatus.SUPERSEDED


class PartQuerySet(KeptQuerySet[M]):
    """Parts of charters: those of an adopted version are on record."""

    def on_record(self) -> models.QuerySet[M]:
        return self.filter(version__adopted_on__isnull=False)


class PassageQuerySet(PartQuerySet["Passage"]):
    pass


class ClauseQuerySet(PartQuerySet["Clause"]):
    pass


class Part(models.Model):
    """A part of a charter: free to change in a draft, and kept with an adopted version."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._parts().refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._parts().refuse()
        return super().delete(*args, **kwargs)

    def _parts(self) -> PartQuerySet[Self]:
        return PartQuerySet(type(self)).filter(pk=self.pk)


class Passage(Part):
    """What the charter says between its clauses: headings, lead-ins, plain passages."""

    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="passages")
    role = models.CharField(max_length=10, choices=PassageRole.choices)
    reference = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    order = models.PositiveIntegerField()

    objects: ClassVar[PassageQuerySet] = PassageQuerySet.as_manager()  # type: ignore[assignment]

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

    objects: ClassVar[ClauseQuerySet] = ClauseQuerySet.as_manager()  # type: ignore[assignment]

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


class ClauseNote(models.Model):
    """*As applied today*: how a dated or incomplete clause is read, beside it and never instead."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    source = models.CharField(_("source"), max_length=200)
    dated = models.DateField(_("dated"))
    salt = models.CharField(max_length=32, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    class Meta:
        ordering = ["dated", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text
