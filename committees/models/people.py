"""Directors and officers, and who sits where on a date. People and seats end; none is deleted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from charters.models.bodies import ENDS_AFTER_IT_STARTS
from committees.enums import EndReason
from records.dates import long_day
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DirectorQuerySet(models.QuerySet["Director"]):
    def known_to(self, user: User | AnonymousUser) -> DirectorQuerySet:
        """Of whom a person may see the facts: secretaries and counsel of all, a director of
        themselves."""
        if user.has_perm("committees.view_relationship"):
            return self.all()
        return self.filter(user=user.pk)


class Director(Salted, Versioned):
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

    objects: ClassVar[DirectorQuerySet] = DirectorQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("name",)

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


class Membership(Versioned):
    """A seat on a committee, from a day until (not including) another."""

    locked_after = ("committee",)

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships")
    director = models.ForeignKey(Director, models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("in office from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first date out of office.")
    )
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=EndReason.choices, blank=True
    )
    exchange_notified_on = models.DateField(
        _("exchange notified on"),
        null=True,
        blank=True,
        help_text=_(
            "The date on which the exchange was notified of the vacancy, where the rules require it."
        ),
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


class ChairTerm(Versioned):
    """A member chairs the committee, from a day until (not including) another.

    A term that ends on its first day holds no day: it was announced and never begun.
    """

    locked_after = ("membership",)

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
        return f"{self.membership.director} ({long_day(self.starts_on)})"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class OfficerQuerySet(models.QuerySet["Officer"]):
    def in_office(self, day: date) -> OfficerQuerySet:
        """Those who hold their title on `day`: the end date is the first day out of it."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def executive(self) -> OfficerQuerySet:
        return self.filter(is_executive=True)


class Officer(Salted, Versioned):
    """A person in an office of the company, from a day until (not including) another.

    A new title is a new row. Whom an officer reports to is another officer, or nobody where the
    officer reports to the Board.
    """

    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150)
    is_executive = models.BooleanField(
        _("executive officer"), default=False, help_text=_("As Rule 3b-7 defines the term.")
    )
    reports_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reports to"),
    )
    starts_on = models.DateField(_("in office from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first date out of office.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("account"),
    )

    objects: ClassVar[OfficerQuerySet] = OfficerQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("name", "title")

    class Meta:
        ordering = ["starts_on", "name", "pk"]
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_STARTS,
                name="office_ends_after_it_starts",
                violation_error_code="ends_on",
                violation_error_message=_("An office ends after the date it began."),
            ),
            models.CheckConstraint(
                condition=Q(reports_to=None) | ~Q(reports_to=F("pk")),
                name="officer_reports_to_another",
                violation_error_code="reports_to",
                violation_error_message=_("An officer reports to another officer."),
            ),
            models.UniqueConstraint(
                fields=["name", "title"],
                condition=Q(ends_on=None),
                name="officer_holds_a_title_once",
                violation_error_code="title",
                violation_error_message=_(
                    "This person is on record with this title. End that entry first, or correct it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
