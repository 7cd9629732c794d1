"""Duties, and what is recorded of them. Nothing here says where a duty stands: that is computed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.restriction import UNRESTRICTED, Restriction
from charters.enums import Cadence, ClosedAs, Counterparty, DutyKind, Layer
from charters.models.bodies import ENDS_AFTER_IT_STARTS, Committee
from charters.models.charter import Clause
from charters.rules.terms import Inapplicable, Terms
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded, Salted, Versioned


class DutyQuerySet(models.QuerySet["Duty"]):
    def unended(self, day: date) -> DutyQuerySet:
        """In force on the day or later."""
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=day))

    def in_force(self, day: date) -> DutyQuerySet:
        return self.unended(day).filter(in_force_from__lte=day)


class Duty(Salted, Versioned):
    """What a clause, the law or good practice asks of the committee."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="duties")
    clauses = models.ManyToManyField(
        Clause, related_name="duties", help_text="One clause for each charter version."
    )
    catalogue_key = models.CharField(max_length=60, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=DutyKind.choices, default=DutyKind.RECURRING
    )
    cadence = models.CharField(
        _("how often"), max_length=20, choices=Cadence.choices, default=Cadence.TIMES
    )
    times = models.PositiveSmallIntegerField(
        _("times in a fiscal year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )
    months = models.PositiveSmallIntegerField(
        _("within so many months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    due_month = models.PositiveSmallIntegerField(
        _("due in fiscal month"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("1 is the first month of the fiscal year, or of the quarter."),
    )
    due_day = models.PositiveSmallIntegerField(
        _("on day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("Leave empty for the last day of the month."),
    )
    layer = models.CharField(
        _("comes from"), max_length=3, choices=Layer.choices, default=Layer.CHARTER
    )
    citation = models.CharField(_("citation"), max_length=200, blank=True)
    counterparty = models.CharField(
        _("with"), max_length=30, choices=Counterparty.choices, blank=True, default=""
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("owner"),
    )
    in_force_from = models.DateField(_("in effect from"))
    in_force_until = models.DateField(
        _("in effect until"),
        null=True,
        blank=True,
        help_text=_("The last date in effect."),
    )

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("title", "citation")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="duty_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(times__range=(1, 52))
                & Q(months__range=(1, 120))
                & Q(due_month__range=(1, 12))
                & (Q(due_day=None) | Q(due_day__range=(1, 31))),
                name="duty_cadence_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DutyKind.values)
                & Q(cadence__in=Cadence.values)
                & Q(layer__in=Layer.values)
                & Q(counterparty__in=Counterparty.values),
                name="duty_words_are_known",
            ),
            models.UniqueConstraint(
                fields=["committee", "catalogue_key"],
                condition=Q(in_force_until=None) & ~Q(catalogue_key=""),
                name="catalogue_duty_hangs_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])

    @property
    def kind_word(self) -> DutyKind:
        return DutyKind(self.kind)

    @property
    def layer_word(self) -> Layer:
        return Layer(self.layer)

    @property
    def is_practice(self) -> bool:
        """Good practice has no standing: it is only a reminder."""
        return self.layer == Layer.GOOD_PRACTICE

    @property
    def terms(self) -> Terms:
        return Terms(
            kind=self.kind_word,
            cadence=Cadence(self.cadence),
            times=self.times,
            months=self.months,
            due_month=self.due_month,
            due_day=self.due_day,
            first=self.in_force_from,
            until=self.in_force_until,
            inapplicable=tuple(span.as_rule() for span in self.inapplicabilities.all()),
        )


class Inapplicability(Recorded):
    """A span in which a duty does not apply, with its reason; its end may be recorded later."""

    may_gain = frozenset({"ends_on"})

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="inapplicabilities")
    starts_on = models.DateField(_("not applicable from"))
    ends_on = models.DateField(_("applies again from"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    sealed = ("reason",)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("span of not applying")
        verbose_name_plural = _("spans of not applying")
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_STARTS, name="inapplicability_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def as_rule(self) -> Inapplicable:
        return Inapplicable(self.starts_on, self.ends_on, self.reason)


class CompletionQuerySet(ImmutableQuerySet["Completion"]):
    def standing(self) -> CompletionQuerySet:
        """Those that count: not corrected by a later entry, and not a withdrawal."""
        return self.filter(correction=None, is_withdrawal=False)

    def replaced(self) -> CompletionQuerySet:
        """Those whose place a later entry took, the newest first."""
        found = self.filter(correction__isnull=False).select_related("correction")
        return found.order_by("-performed_on", "-pk")


class Completion(Recorded):
    """Someone with the power records that a duty was performed on a day, for a fiscal year.

    A mistake is corrected by a later entry: both stay on record, and the later one counts.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="completions")
    performed_on = models.DateField(_("performed on"))
    serves = models.DateField(_("serves"), help_text=_("The last date of the period."))
    note = models.TextField(_("note"), blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", editable=False
    )
    is_withdrawal = models.BooleanField(default=False, editable=False)

    objects: ClassVar[CompletionQuerySet] = CompletionQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("note",)

    class Meta:
        ordering = ["performed_on", "pk"]
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(corrects__isnull=False),
                name="withdrawal_corrects_a_completion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} ({long_day(self.performed_on)})"

    def get_absolute_url(self) -> str:
        return reverse("completion", args=[self.pk])


class ClosingQuerySet(ImmutableQuerySet["Closing"]):
    def of(self, key: str) -> ClosingQuerySet:
        """What was closed about one open item, by its key, the first first."""
        rule, __, rest = key.partition(":")
        subject, __, period = rest.partition(":")
        return self.filter(rule=rule, subject=subject, period=period)


class Closing(Recorded):
    """How an open item was closed. Of several with the same key the latest counts."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="closings")
    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    period = models.CharField(max_length=30)
    kind = models.CharField(_("closing"), max_length=20, choices=ClosedAs.choices)
    reason = models.TextField(_("reason"))
    decided_on = models.DateField(_("decided on"))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("record"),
        help_text=_("What is now on file."),
    )

    objects: ClassVar[ClosingQuerySet] = ClosingQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("reason",)

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        indexes = [models.Index(fields=["rule", "subject", "period"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ClosedAs.values), name="closed_as_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=ClosedAs.NOW_ON_FILE, document__isnull=False)
                | ~Q(kind=ClosedAs.NOW_ON_FILE) & Q(document=None),
                name="now_on_file_names_its_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_kind_display()}"

    @property
    def restriction(self) -> Restriction:
        """The one of its reason: what is under review with counsel is restricted from management."""
        if self.kind != ClosedAs.UNDER_REVIEW:
            return UNRESTRICTED
        return Restriction(frozenset({Role.MANAGEMENT}), since=self.decided_on)

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.subject}:{self.period}"
