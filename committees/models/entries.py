"""Entries: recorded once, then only read. A later entry corrects or withdraws an earlier one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charters.models import Decision
from records.models.bases import ImmutableQuerySet, Recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

M = TypeVar("M", bound="Entry")

# Left out of what an entry says: they say of it when and by whom it was recorded.
ABOUT = frozenset(
    {"id", "salt", "recorded_by", "recorded_at", "corrects", "is_withdrawn", "reason"}
)


def reads_registers(user: User | AnonymousUser) -> bool:
    """Whether a person reads the committee's registers: reviews, advisers, related parties."""
    return user.has_perm("committees.view_register")


class EntryQuerySet(ImmutableQuerySet[M]):
    def open_to_readers(self, user: User | AnonymousUser) -> Self:
        """All of them to whoever reads the committee's registers."""
        return self.all() if reads_registers(user) else self.none()

    def standing(self) -> Self:
        """Those that count: not corrected by a later entry, and not a withdrawal."""
        return self.filter(correction=None, is_withdrawn=False)


class Entry(Recorded):
    """Something put on record.

    belongs_to  the field that a correction keeps
    day_field   the field with the date on which it happened
    not_ahead   other fields whose dates have come when the entry is made
    """

    belongs_to = ""
    day_field = ""
    not_ahead: ClassVar[tuple[str, ...]] = ()

    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", editable=False
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="%(class)s_is_withdrawn_with_a_reason",
            )
        ]

    @property
    def stands(self) -> bool:
        """Whether it counts: not corrected by a later entry, and not a withdrawal."""
        return not self.is_withdrawn and getattr(self, "correction", None) is None

    def earlier(self) -> list[Self]:
        """The entries that it corrects, the last one first."""
        found: list[Self] = []
        entry: Any = self
        while entry.corrects:
            entry = entry.corrects
            found.append(entry)
        return found

    def happened_on(self) -> date | None:
        """The date on which it happened; None where it names none."""
        day: date | None = getattr(self, self.day_field, None) if self.day_field else None
        return day

    def said(self, *, without: Collection[str] = ()) -> dict[str, Any]:
        """What the entry says, by field, as it is stored; `without` leaves fields out."""
        left_out = ABOUT.union(without)
        return {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in left_out
        }


class Decided(Entry):
    """An entry that rests on a decision of a body. It may be added later, once."""

    may_gain = frozenset({"decision"})

    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_entries",
        verbose_name=_("decision"),
    )

    class Meta(Entry.Meta):
        abstract = True


class AmountMixin(models.Model):
    """Money: an exact amount in a currency."""

    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="USD")

    class Meta:
        abstract = True
