"""The bodies of the company that act: the Board and its committees."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from charters.enums import CommitteeKind
from records.prepared import Prepared

ENDS_AFTER_IT_STARTS = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def audit(self) -> Committee | None:
        """The audit committee of this installation, or None before it is set up."""
        return _AUDIT_COMMITTEE.first()

    def board(self) -> Committee | None:
        return self.filter(kind=CommitteeKind.BOARD).first()


_AUDIT_COMMITTEE = Prepared(lambda: Committee.objects.filter(kind=CommitteeKind.AUDIT)[:1])


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
