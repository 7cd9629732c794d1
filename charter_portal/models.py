"""The reports issued to the Board: numbered, filed, never changed. Drafts are not stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Restricted, RestrictedQuerySet
from accounts.restriction import mark
from charter_portal.enums import Audience, PreparedState
from charters.models import Committee, Decision
from records.models import Document
from records.models.bases import (
    Attributed,
    Immutable,
    ImmutableQuerySet,
    Recorded,
    Salted,
    Versioned,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BoardReportQuerySet(  # type: ignore[override]
    ImmutableQuerySet["BoardReport"], RestrictedQuerySet["BoardReport"]
):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> BoardReportQuerySet:
        """The reports a person may read on a day."""
        may_read = user.has_perm("charter_portal.view_report")
        return self.open_to(user, on=on) if may_read else self.none()


class BoardReport(Immutable, Restricted):
    """A report as it was issued: its values, its PDF, and where the ledger then ended."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="board_reports", verbose_name=_("committee")
    )
    chair_name = models.CharField(_("chair"), max_length=150, blank=True)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    as_of = models.DateField(_("status as of"))
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="board_report", verbose_name=_("document")
    )
    data = models.JSONField(_("values"))
    head_sequence = models.PositiveBigIntegerField(_("last ledger entry"))
    head_hash = models.CharField(_("its hash"), max_length=64)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"))

    objects: ClassVar[BoardReportQuerySet] = BoardReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-number"]
        default_permissions = ()
        verbose_name = _("report to the Board")
        verbose_name_plural = _("reports to the Board")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="board_report_numbers_begin_at_one"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="board_report_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(as_of__gte=F("period_from")),
                name="board_report_reads_standings_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="board_report_has_an_audience"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.INDEPENDENT)
                | Q(restricted_roles__contains=mark(Role.MANAGEMENT)),
                name="independent_report_is_restricted_from_management",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="board_report_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return _now("Report no. %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.number])

    @property
    def audience_word(self) -> Audience:
        return Audience(self.audience)

    @property
    def replaced_by_number(self) -> int | None:
        later = getattr(self, "replaced_by", None)
        return later.number if later else None


class PreparedReportQuerySet(RestrictedQuerySet["PreparedReport"]):
    def pending(self) -> PreparedReportQuerySet:
        """Those that somebody still has to act on: the chair, or who prepared them."""
        return self.filter(state__in=(PreparedState.WAITING, PreparedState.SENT_BACK))

    def give_way(self, committee: Committee, audience: str) -> None:
        """What is pending for the same readers gives way to a newer report."""
        mine = self.pending().filter(committee=committee, audience=audience)
        mine.update(state=PreparedState.PREPARED_AGAIN)

    def visible_to(self, user: User | AnonymousUser, *, on: date) -> PreparedReportQuerySet:
        """For who prepares reports, and for who chairs the committee on the day."""
        seen = self.open_to(user, on=on)
        if user.has_perm("charter_portal.issue_report"):
            return seen
        if not user.has_perm("charter_portal.view_report"):
            return self.none()
        begun = Q(committee__memberships__chair_terms__starts_on__lte=on)
        lasts = Q(committee__memberships__chair_terms__ends_on=None) | Q(
            committee__memberships__chair_terms__ends_on__gt=on
        )
        return seen.filter(
            begun & lasts & Q(committee__memberships__director__user=user)
        ).distinct()


class PreparedReport(Salted, Attributed, Versioned, Restricted):
    """A report as the secretary prepared it: its plain values, until the chair issues those."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="prepared_reports", verbose_name=_("committee")
    )
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices)
    data = models.JSONField(_("values"))
    replaces = models.ForeignKey(
        BoardReport, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=PreparedState.choices,
        default=PreparedState.WAITING,
    )
    note = models.TextField(_("note"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    issued = models.OneToOneField(
        BoardReport, models.PROTECT, null=True, related_name="prepared_as"
    )

    objects: ClassVar[PreparedReportQuerySet] = PreparedReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("prepared report to the Board")
        verbose_name_plural = _("prepared reports to the Board")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "audience"],
                condition=Q(state=PreparedState.WAITING),
                name="one_prepared_report_waits_for_each_audience",
            ),
            models.CheckConstraint(
                condition=Q(state=PreparedState.ISSUED, issued__isnull=False)
                | (~Q(state=PreparedState.ISSUED) & Q(issued=None)),
                name="prepared_report_is_issued_with_its_report",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PreparedState.WAITING, PreparedState.PREPARED_AGAIN])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="prepared_report_is_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return _now("report prepared for the Board")

    def get_absolute_url(self) -> str:
        return reverse("report_prepared", args=[self.pk])


class ReleaseDelegationQuerySet(ImmutableQuerySet["ReleaseDelegation"]):
    def in_force(self, committee: Committee, day: date) -> ReleaseDelegation | None:
        """From the date of the decision; on the day of its end it has ended."""
        lasts = Q(ended_on=None) | Q(ended_on__gt=day)
        found = self.filter(lasts, committee=committee, decision__decided_on__lte=day)
        return found.select_related("decision__body").order_by("pk").last()


class ReleaseDelegation(Recorded):
    """The decision by which the secretary issues the reports of a committee."""

    may_gain = frozenset({"ended_on"})

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", verbose_name=_("decision")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects: ClassVar[ReleaseDelegationQuerySet] = ReleaseDelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        default_permissions = ()
        verbose_name = _("delegation of issuing reports")
        verbose_name_plural = _("delegations of issuing reports")
        constraints = [
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(ended_on=None),
                name="reports_are_delegated_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return _now("the secretary, by %(decision)s") % {"decision": self.decision}

    def get_absolute_url(self) -> str:
        return reverse("report_release_by")
