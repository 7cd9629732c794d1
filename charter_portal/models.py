"""The reports issued to the Board: numbered, filed, never changed. Drafts are not stored."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.closure import open_since_issue, open_to
from charter_portal.enums import Audience
from charter_portal.permissions import CLOSED_TO
from committees.models import Committee
from records.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class IssuedForGoodError(RuntimeError):
    """Somebody tried to change or delete an issued report."""

    def __init__(self) -> None:
        super().__init__(
            "An issued report is never changed or deleted: issue one that replaces it."
        )


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    def visible_to(
        self, user: User | AnonymousUser, *, on: date, zone: tzinfo
    ) -> BoardReportQuerySet:
        """Those open to a person who may read reports at all: closed to no role held on the day,
        nor on the day of issue, which is one of `zone`."""
        if not user.has_perm("charter_portal.view_report"):
            return self.none()
        issued = open_since_issue(
            user, issued_at="issued_at", kind="audience", closures=CLOSED_TO, zone=zone
        )
        return self.filter(open_to(user, on=on, kind="audience", closures=CLOSED_TO), issued)

    def update(self, **kwargs: Any) -> NoReturn:
        raise IssuedForGoodError

    def delete(self) -> NoReturn:
        raise IssuedForGoodError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise IssuedForGoodError


class BoardReport(models.Model):
    """A report as it was issued: its values, its PDF, and where the ledger then ended."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="board_reports", verbose_name=_("committee")
    )
    chair_name = models.CharField(_("chair"), max_length=150, blank=True)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    as_of = models.DateField(_("standings as of"))
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
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="board_report_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return _now("Report no. %(number)s") % {"number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise IssuedForGoodError
        super().save(*args, **kwargs | {"force_insert": True})

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.number])

    @property
    def audience_word(self) -> Audience:
        return Audience(self.audience)

    @property
    def replaced_by_number(self) -> int | None:
        later = getattr(self, "replaced_by", None)
        return later.number if later else None

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise IssuedForGoodError
