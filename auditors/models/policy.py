"""The pre-approval policy, its lines, and the committee's delegates (R-1e)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auditors.enums import Beneficiary, FeeCategory
from auditors.models.bases import (
    KNOWN_CURRENCY,
    Decided,
    amount_field,
    currency_field,
    money_or_none,
)
from auditors.models.firms import Recipient
from auditors.rules.fees import Tolerance
from auditors.rules.money import Money
from auditors.rules.policy import Policy as PolicyRule
from auditors.rules.policy import PolicyLine as LineRule
from auditors.rules.policy import Use
from committees.models import Director
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


class PolicyQuerySet(ImmutableQuerySet["Policy"]):
    def in_force(self, day: date) -> Policy | None:
        """The one adopted last by a date."""
        return self.filter(adopted_on__lte=day).order_by("-adopted_on", "-pk").first()


class Policy(Decided):
    """The committee's pre-approval policy, from its adoption to that of the next one."""

    adopted_on = models.DateField(_("adopted on"))
    closed_categories = models.JSONField(_("categories closed"), default=list, blank=True)
    closed_to = models.JSONField(_("persons closed"), default=list, blank=True)
    waiver_allowed = models.BooleanField(_("de minimis waiver allowed"), default=False)
    max_age_months = models.PositiveSmallIntegerField(
        _("an approval lapses after so many months"), default=12
    )
    tolerance_share = models.DecimalField(
        _("tolerance, share of the approved fee"),
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
    )
    tolerance_amount = amount_field(_("tolerance, amount"), optional=True)
    currency = currency_field()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[PolicyQuerySet] = PolicyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-adopted_on", "-pk"]
        verbose_name = _("pre-approval policy")
        verbose_name_plural = _("pre-approval policies")
        constraints = [
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="policy_has_a_currency"),
            models.CheckConstraint(
                condition=Q(max_age_months__gte=1), name="policy_approval_lasts_a_month_at_least"
            ),
            models.CheckConstraint(
                condition=Q(tolerance_share=None) | Q(tolerance_share__range=(0, 1)),
                name="policy_tolerance_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return long_day(self.adopted_on)

    def get_absolute_url(self) -> str:
        return reverse("preapproval_policy")

    def as_rule(self) -> PolicyRule:
        return PolicyRule(
            frozenset(map(FeeCategory, self.closed_categories)),
            frozenset(map(Beneficiary, self.closed_to)),
            self.waiver_allowed,
            self.max_age_months,
        )

    @property
    def tolerance(self) -> Tolerance:
        amount = money_or_none(self.tolerance_amount, self.currency)
        return Tolerance(self.tolerance_share, amount)


class PolicyReview(Decided):
    """The committee reviewed the policy on a date and kept it as it is."""

    date_field = "reviewed_on"

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("reviewed on"))

    class Meta:
        ordering = ["reviewed_on", "pk"]
        verbose_name = _("review of the pre-approval policy")
        verbose_name_plural = _("reviews of the pre-approval policy")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "reviewed_on"], name="policy_is_reviewed_once_on_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.policy}: {long_day(self.reviewed_on)}"


class PolicyLineQuerySet(ImmutableQuerySet["PolicyLine"]):
    def adopted(self, day: date) -> PolicyLineQuerySet:
        """Those adopted by a date and not ended by then; their periods may lie ahead."""
        return self.filter(adopted_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def with_scope(self) -> PolicyLineQuerySet:
        """With the rows of those whom each line names, to be shown."""
        return self.prefetch_related("recipients", "used_by")


class PolicyLine(Decided):
    """A named service for named recipients, with its caps, that officers may use and not widen."""

    may_gain = Decided.may_gain | {"ended_on"}

    title = models.CharField(_("title"), max_length=80)
    service = models.CharField(_("service"), max_length=40)
    work = models.TextField(_("which work, on what"))
    recipients = models.ManyToManyField(Recipient, related_name="policy_lines")
    used_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    starts_on = models.DateField(_("for work from"))
    last_on = models.DateField(_("to"), help_text=_("The last date, included."))
    cap = amount_field(_("limit for the period"))
    cap_per_engagement = amount_field(_("limit per engagement"), optional=True)
    currency = currency_field()
    adopted_on = models.DateField(_("adopted on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("changes the line"),
        help_text=_("What was used under the line before counts under this one."),
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[PolicyLineQuerySet] = PolicyLineQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("title", "work")

    class Meta:
        ordering = ["-starts_on", "title", "pk"]
        verbose_name = _("line of the policy")
        verbose_name_plural = _("lines of the policy")
        constraints = [
            models.CheckConstraint(condition=Q(cap__gt=0), name="policy_line_limit_is_above_zero"),
            models.CheckConstraint(
                condition=Q(cap_per_engagement=None) | Q(cap_per_engagement__gt=0),
                name="policy_line_limit_per_engagement_is_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("starts_on")), name="policy_line_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="policy_line_has_a_currency"),
            models.CheckConstraint(condition=~Q(service=""), name="policy_line_names_a_service"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="policy_line_changes_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def as_rule(
        self, recipients: Iterable[str], used_by: Iterable[str], uses: Iterable[Use]
    ) -> LineRule:
        return LineRule(
            key=self.title,
            service=self.service,
            work=self.work,
            recipients=frozenset(recipients),
            first=self.starts_on,
            last=self.last_on,
            cap=Money(self.cap, self.currency),
            cap_per_engagement=money_or_none(self.cap_per_engagement, self.currency),
            used_by=frozenset(used_by),
            uses=tuple(uses),
        )


def earlier_by_line(lines: Sequence[PolicyLine]) -> Mapping[int, list[int]]:
    """The keys of the lines that each one changed, one after the other, by the key of the line."""
    changed = PolicyLine.objects.exclude(replaces=None).order_by()
    is_asked = any(line.replaces_id for line in lines)
    before = dict(changed.values_list("pk", "replaces")) if is_asked else {}
    found: dict[int, list[int]] = {}
    for line in lines:
        key, earlier = before.get(line.pk), found.setdefault(line.pk, [])
        while key is not None:
            earlier.append(key)
            key = before.get(key)
    return found


def names_by_line(keys: Sequence[int]) -> Mapping[int, set[str]]:
    """The names of whom each line is for, by the key of the line."""
    return _by_line(PolicyLine.recipients.through, keys, "recipient__name")


def users_by_line(keys: Sequence[int]) -> Mapping[int, set[str]]:
    """The keys of the officers who may use each line, by the key of the line."""
    return _by_line(PolicyLine.used_by.through, keys, "user")


def _by_line(through: Any, keys: Sequence[int], field: str) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = through.objects.filter(policyline__in=keys)
    for key, value in rows.values_list("policyline", field):
        found[key].add(str(value))
    return found


class DelegationQuerySet(ImmutableQuerySet["Delegation"]):
    def in_force(self, day: date) -> Delegation | None:
        """The one resolved last by a date, unless it was revoked by then."""
        last = self.filter(adopted_on__lte=day).order_by("-adopted_on", "-pk").first()
        return None if last is None or (last.revoked_on and last.revoked_on <= day) else last


class Delegation(Decided):
    """The resolution by which members may approve in the committee's place. No limit is a limit
    the committee did not set."""

    may_gain = Decided.may_gain | {"revoked_on"}

    adopted_on = models.DateField(_("adopted on"))
    limit_per_service = amount_field(_("limit per service"), optional=True)
    limit_between_meetings = amount_field(_("total between scheduled meetings"), optional=True)
    currency = currency_field()
    categories = models.JSONField(_("categories delegated"), default=list, blank=True)
    includes_internal_control = models.BooleanField(
        _("services on internal control included"), default=False
    )
    notify_others_at_once = models.BooleanField(
        _("the other members are notified at once"), default=True
    )
    any_order = models.BooleanField(_("each delegate decides alone, in any order"), default=False)
    waiver_only = models.BooleanField(_("for the de minimis waiver only"), default=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-adopted_on", "-pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_per_service=None) | Q(limit_per_service__gt=Decimal(0)),
                name="delegation_limit_is_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(limit_between_meetings=None) | Q(limit_between_meetings__gt=Decimal(0)),
                name="delegation_total_is_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("adopted_on")),
                name="delegation_is_never_revoked_before_it_was_adopted",
            ),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="delegation_has_a_currency"),
        ]

    def __str__(self) -> str:
        return long_day(self.adopted_on)


class Delegate(Recorded):
    """A member named in a delegation; those after the first act if the others are unavailable."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="delegates")
    director = models.ForeignKey(Director, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        ordering = ["delegation", "place"]
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "place"], name="one_delegate_in_each_place"
            ),
            models.UniqueConstraint(
                fields=["delegation", "director"], name="delegate_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.director)
