"""Findings from the first word to closure: severity, plans, steps and the committee's act (R-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Restricted, RestrictedQuerySet
from auditors.enums import FindingSource, Severity, Step
from auditors.models.bases import Decided
from auditors.models.firms import Firm
from auditors.rules.findings import Finding as FindingRule
from auditors.rules.findings import Target
from charters.permissions import READERS
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded
from records.names import name_key

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class FindingQuerySet(  # type: ignore[override]
    ImmutableQuerySet["Finding"], RestrictedQuerySet["Finding"]
):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> FindingQuerySet:
        """All that is not restricted from them for the committee's readers; management sees those
        whose plan it owns."""
        if not user.is_authenticated:
            return self.none()
        found = self.open_to(user, on=on)
        if user.roles_today & READERS:
            return found
        return found.filter(owner=user) if Role.MANAGEMENT in user.roles_today else self.none()

    def open(self, day: date) -> FindingQuerySet:
        """Those told by a date and not closed by the committee by then."""
        return self.filter(told_on__lte=day).filter(Q(closure=None) | Q(closure__closed_on__gt=day))

    def with_history(self) -> FindingQuerySet:
        """Everything `as_rule` reads, in as many queries for one as for a hundred."""
        return self.select_related("owner", "closure").prefetch_related(
            "ratings", "plans", "steps__evidence"
        )


class Finding(Decided, Restricted):
    """A weakness or deficiency as it was told on a date. What follows is recorded beside it.

    The decision is that to restrict it, of whatever date: a standing one, or one taken later.
    """

    date_field = ""

    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=20, choices=FindingSource.choices)
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, blank=True, related_name="+")
    told_on = models.DateField(_("reported on"))
    account = models.CharField(_("account"), max_length=100, blank=True)
    component = models.CharField(_("component"), max_length=100, blank=True)
    cause = models.TextField(_("cause"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner of the plan"),
    )
    owner_name = models.CharField(_("owner"), max_length=150)

    objects: ClassVar[FindingQuerySet] = FindingQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("title", "account", "component", "cause", "owner_name")

    class Meta:
        ordering = ["-told_on", "-pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=FindingSource.values), name="finding_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decision=None)
                | ~Q(restricted_roles=frozenset(), restricted_people=frozenset()),
                name="only_a_restricted_finding_has_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.pk])

    @property
    def barred(self) -> tuple[frozenset[Role], frozenset[int]]:
        return self.restricted_roles, self.restricted_people

    @property
    def is_restricted(self) -> bool:
        return bool(self.restricted_roles or self.restricted_people)

    def as_rule(self, on: date) -> FindingRule:
        """What was known of it by a date."""
        ratings = [each for each in self.ratings.all() if each.rated_on <= on]
        # A date is corrected by the step recorded again: the last one recorded stands.
        last = {row.step: row for row in sorted(self.steps.all(), key=lambda row: row.pk)}
        taken = [each for each in last.values() if each.done_on <= on]
        test = next((each for each in taken if each.step == Step.TESTED), None)
        closure = getattr(self, "closure", None)
        return FindingRule(
            told_on=self.told_on,
            severity=Severity(ratings[-1].severity) if ratings else Severity.UNDER_EVALUATION,
            owner=self._person(self.owner_name),
            targets=[Target(plan.target_on, plan.set_on) for plan in self.plans.all()],
            steps={Step(each.step): each.done_on for each in taken},
            tested_by=self._person(test.done_by) if test else "",
            evidence_dated=test.evidence_dated if test else None,
            closed_on=closure.closed_on if closure else None,
        )

    def _person(self, name: str) -> str:
        """The same person, however the name was typed; the owner also by the account's name."""
        key = name_key(name)
        is_owner = self.owner is not None and key == name_key(self.owner.name)
        return name_key(self.owner_name) if is_owner else key


class Rating(Recorded):
    """Management's conclusion on the severity, with its date and who rated it."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="ratings")
    severity = models.CharField(_("severity"), max_length=20, choices=Severity.choices)
    rated_on = models.DateField(_("concluded on"))
    rated_by = models.CharField(_("concluded by"), max_length=150)

    class Meta:
        ordering = ["rated_on", "pk"]
        verbose_name = _("rating of a finding")
        verbose_name_plural = _("ratings of findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="rating_severity_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.severity}"


class RemediationPlan(Recorded):
    """Management's plan and its date. A moved date is a plan beside the first, with its reason."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="plans")
    text = models.TextField(_("plan"))
    target_on = models.DateField(_("to be done by"))
    set_on = models.DateField(_("set on"))
    reason = models.CharField(_("why the date moved"), max_length=300, blank=True)
    agreed_by = models.CharField(_("agreed by"), max_length=150, blank=True)

    sealed = ("text",)

    class Meta:
        ordering = ["set_on", "pk"]
        verbose_name = _("plan for a finding")
        verbose_name_plural = _("plans for findings")

    def __str__(self) -> str:
        return f"{self.finding_id}: {long_day(self.target_on)}"


class RemediationStep(Recorded):
    """One of the four dated steps of remediation. Evidence has its own date."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    done_on = models.DateField(_("done on"))
    done_by = models.CharField(_("done by"), max_length=150)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    evidence_dated = models.DateField(_("evidence dated"), null=True, blank=True)

    class Meta:
        ordering = ["done_on", "pk"]
        verbose_name = _("step of remediation")
        verbose_name_plural = _("steps of remediation")
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="step_is_known"),
            models.CheckConstraint(
                condition=Q(evidence=None) | Q(evidence_dated__isnull=False),
                name="evidence_has_its_own_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.step}"


class FindingReview(Recorded):
    """The committee looked at the finding and at management's steps on a date."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("reviewed on"))

    class Meta:
        ordering = ["reviewed_on", "pk"]
        verbose_name = _("review of a finding")
        verbose_name_plural = _("reviews of findings")
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "reviewed_on"], name="finding_is_reviewed_once_on_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {long_day(self.reviewed_on)}"


class FindingClosure(Decided):
    """The committee closed the finding. Management's conclusion is another fact."""

    date_field = "closed_on"

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="closure")
    closed_on = models.DateField(_("closed on"))

    @property
    def barred(self) -> tuple[frozenset[Role], frozenset[int]]:
        return self.finding.restricted_roles, self.finding.restricted_people

    class Meta:
        verbose_name = _("closure of a finding")
        verbose_name_plural = _("closures of findings")

    def __str__(self) -> str:
        return f"{self.finding_id}: {long_day(self.closed_on)}"
