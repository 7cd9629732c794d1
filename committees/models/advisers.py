"""Advisers that the committee engages, and the sums it determines (clause R-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Restricted, RestrictedQuerySet
from charters.models import Committee
from committees.enums import AdviserRole, FundingPurpose
from committees.models.entries import AmountMixin, Decided, Entry, EntryQuerySet
from committees.rules.funding import Determined
from records.dates import long_day
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class AdviserEngagementQuerySet(RestrictedQuerySet["AdviserEngagement"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> AdviserEngagementQuerySet:
        """The engagements a person may see on a day."""
        if not user.has_perm("charters.view_standing"):
            return self.none()
        return self.open_to(user, on=on)

    def in_force(self, day: date) -> AdviserEngagementQuerySet:
        """Those that have begun and not ended; the end date is the first day after."""
        return self.filter(engaged_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


class AdviserEngagement(Restricted, Salted, Versioned):
    """An adviser of the committee. Funding names an adviser by its engagement, so who may not see
    the one sees the sum alone."""

    restriction_grows = True

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="adviser_engagements")
    adviser = models.CharField(_("adviser"), max_length=200)
    role = models.CharField(_("as"), max_length=20, choices=AdviserRole.choices)
    scope = models.TextField(_("scope"))
    engaged_on = models.DateField(_("engaged on"))
    ends_on = models.DateField(_("ended on"), null=True, blank=True)
    acts_for_management = models.BooleanField(_("also acts for management"), default=False)
    independence_checked_on = models.DateField(_("independence checked on"), null=True, blank=True)

    objects: ClassVar[AdviserEngagementQuerySet] = AdviserEngagementQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("adviser", "scope")

    class Meta:
        ordering = ["engaged_on", "pk"]
        verbose_name = _("engagement of an adviser")
        verbose_name_plural = _("engagements of advisers")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=AdviserRole.values), name="adviser_role_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(adviser="") & ~Q(scope=""), name="engagement_has_adviser_and_scope"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("engaged_on")),
                name="engagement_ends_after_it_starts",
                violation_error_code="ends_on",
                violation_error_message=_("An engagement ends after the date it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.adviser

    def get_absolute_url(self) -> str:
        return reverse("adviser", args=[self.pk])


class FundingDeterminationQuerySet(EntryQuerySet["FundingDetermination"]):
    def by(self, day: date) -> FundingDeterminationQuerySet:
        return self.filter(determined_on__lte=day)


class FundingDetermination(AmountMixin, Decided):
    """The committee determined on a day what the company pays. A later one replaces it."""

    belongs_to = "committee"
    day_field = "determined_on"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="funding")
    purpose = models.CharField(_("for"), max_length=20, choices=FundingPurpose.choices)
    engagement = models.ForeignKey(
        AdviserEngagement, models.PROTECT, null=True, blank=True, related_name="funding"
    )
    determined_on = models.DateField(_("determined on"))

    objects: ClassVar[FundingDeterminationQuerySet] = FundingDeterminationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["determined_on", "pk"]
        verbose_name = _("determination of funding")
        verbose_name_plural = _("determinations of funding")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(purpose=FundingPurpose.ADVISER, engagement__isnull=False)
                | (
                    Q(purpose__in=[FundingPurpose.AUDITOR, FundingPurpose.ADMINISTRATION])
                    & Q(engagement=None)
                ),
                name="funding_of_an_adviser_names_the_engagement",
                violation_error_code="engagement",
                violation_error_message=_(
                    "Choose the adviser for whom it is, and none for another purpose."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & ~Q(currency=""),
                name="funding_is_an_amount",
                violation_error_code="amount",
                violation_error_message=_("Enter an amount and its currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({long_day(self.determined_on)})"

    def get_absolute_url(self) -> str:
        return reverse("funding", args=[self.pk])

    def as_rule(self) -> Determined:
        return Determined(self.determined_on, self.amount)


class FundingObjection(Entry):
    """Management objected to a determination on a day. It changes nothing."""

    belongs_to = "determination"
    day_field = "on"

    determination = models.ForeignKey(
        FundingDetermination, models.PROTECT, related_name="objections"
    )
    on = models.DateField(_("on"))
    statement = models.TextField(_("what was said"))

    objects: ClassVar[EntryQuerySet[FundingObjection]] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["on", "pk"]
        verbose_name = _("objection to funding")
        verbose_name_plural = _("objections to funding")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=~Q(statement=""), name="objection_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.determination} ({long_day(self.on)})"
