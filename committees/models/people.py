"""Committees, directors, and who sits where on a day. People end, they are not deleted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.enums import CommitteeKind, EndReason

ENDS_AFTER_IT_STARTS = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def audit(self) -> Committee | None:
        """The audit committee of this installation, or None before it is set up."""
        return self.filter(kind=CommitteeKind.AUDIT).first()

    def board(self) -> Committee | None:
        return self.filter(kind=CommitteeKind.BOARD).first()


class Committee(models.Model):
    """A committee of the Board; the Board itself is one of its own kind."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CommitteeKind.choices)

    objects: ClassVar[CommitteeQuerySet] = CommitteeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=[CommitteeKind.BOARD, CommitteeKind.AUDIT]),
                name="one_board_and_one_audit_committee",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CommitteeKind.values), name="committee_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committee")


class Director(models.Model):
    """A director of the company, with or without an account of their own."""

    name = models.CharField(_("name"), max_length=150)
    sort_name = models.CharField(
        _("sorted as"), max_length=150, blank=True, help_text=_("Family name first: Okafor, Ngozi")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="director",
        verbose_name=_("account"),
    )
    salt = models.CharField(max_length=32, editable=False)

    class Meta:
        ordering = ["sort_name", "name"]
        verbose_name = _("director")
        verbose_name_plural = _("directors")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("director", args=[self.pk])


class TermQuerySet(models.QuerySet["Membership"]):
    def in_office(self, day: date) -> TermQuerySet:
        """Those who sit on `day`: the end date is the first day out of office."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


class Membership(models.Model):
    """A seat on a committee, from a day until (not including) another."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships")
    director = models.ForeignKey(Director, models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("in office from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day out of office.")
    )
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=EndReason.choices, blank=True
    )
    exchange_notified_on = models.DateField(
        _("exchange notified on"),
        null=True,
        blank=True,
        help_text=_("The day the exchange was told of the vacancy, where the rules ask for it."),
    )

    objects: ClassVar[TermQuerySet] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_on", "director__sort_name", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_STARTS, name="membership_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                name="membership_end_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(end_reason__in=["", *EndReason.values]),
                name="membership_end_reason_is_known",
            ),
            models.UniqueConstraint(
                fields=["committee", "director"],
                condition=Q(ends_on=None),
                name="director_sits_once_on_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.director}, {self.committee}"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class ChairTerm(models.Model):
    """A member chairs the committee, from a day until (not including) another.

    A term that ends on its first day holds no day: it was announced and never begun.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="chair_terms")
    starts_on = models.DateField(_("chair from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("term as chair")
        verbose_name_plural = _("terms as chair")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="chair_term_never_ends_before_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.director} ({self.starts_on.isoformat()})"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
