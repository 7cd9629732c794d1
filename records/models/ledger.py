"""The ledger: one line per act, chained, sealed, never changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from records.chain import NO_HASH, FaultKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo


class AppendOnlyError(RuntimeError):
    """Somebody tried to write the ledger other than through an act."""

    def __init__(self) -> None:
        super().__init__(
            "The ledger is append-only: entries are added by records.ledger.record within an act, "
            "and never changed or deleted."
        )


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Reads and appends. What changes or deletes is refused, here and in the database."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def bulk_create(  # type: ignore[override]
        self, objs: Iterable[LedgerEntry], **kwargs: Any
    ) -> list[LedgerEntry]:
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise AppendOnlyError
        return super().bulk_create(objs, **kwargs)

    def as_text(self) -> LedgerEntryQuerySet:
        """With `at_text`, and without what has to be of its type to be read."""
        return self.defer("at", "facts").annotate(at_text=Cast("at", models.TextField()))

    def by(self, actor: str) -> LedgerEntryQuerySet:
        """What a person did, by their key, in whatever roles; or the operator, or the scheduler."""
        if actor.isdecimal():
            return self.filter(actor__startswith=f"user:{actor} ")
        return self.filter(actor=actor)

    def on_days(self, first: date | None, last: date | None, zone: ZoneInfo) -> LedgerEntryQuerySet:
        """Of these legal days, the first and the last included."""
        found = self
        if first:
            found = found.filter(at__gte=datetime.combine(first, time.min, zone))
        if last:
            found = found.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, zone))
        return found


class LedgerEntry(models.Model):
    """One act: who, when, what, on which record. Identifiers, dates, amounts, digests; no prose."""

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("by"), max_length=200)
    action = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("on"), max_length=100)
    facts = models.JSONField(_("facts"), default=dict)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    seal = models.CharField(_("seal"), max_length=64)

    objects: ClassVar[LedgerEntryQuerySet] = LedgerEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sequence"]
        default_permissions = ("view",)
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        # One for each filter of the ledger's page.
        indexes = [
            models.Index(fields=["subject"], name="ledger_by_subject"),
            models.Index(fields=["action"], name="ledger_by_action"),
            models.Index(fields=["at"], name="ledger_by_instant"),
            # What is searched is the beginning: user:12, with whatever roles.
            models.Index(
                fields=["actor"], opclasses=["varchar_pattern_ops"], name="ledger_by_actor"
            ),
        ]
        constraints = [
            # With the unique previous hash: one beginning, and one successor to each entry.
            models.CheckConstraint(
                condition=Q(sequence=1, previous_hash=NO_HASH)
                | (Q(sequence__gt=1) & ~Q(previous_hash=NO_HASH)),
                name="ledger_begins_once",
            ),
            models.CheckConstraint(
                condition=~Q(hash=F("previous_hash")) & ~Q(hash=NO_HASH),
                name="ledger_entry_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class LedgerHead(models.Model):
    """The one row that an append locks, so that two processes never write the same place."""

    objects: ClassVar[models.Manager[LedgerHead]]

    class Meta:
        default_permissions = ()
        verbose_name = _("ledger head")
        verbose_name_plural = _("ledger heads")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return "head"


class LedgerCheckQuerySet(models.QuerySet["LedgerCheck"]):
    """Rows as they are stored. `records.ledger_checks` answers those that the portal wrote."""


class LedgerCheck(models.Model):
    """The outcome of a verification of the ledger, sealed as a whole.

    Where it was sound, the next verification may go on from its head.
    """

    at = models.DateTimeField(_("at"))
    entries = models.PositiveBigIntegerField(_("entries"))
    head_sequence = models.PositiveBigIntegerField(_("last entry"))
    head_hash = models.CharField(_("hash of the last entry"), max_length=64)
    since = models.PositiveBigIntegerField(_("read from entry"), default=0)
    anchors = models.PositiveIntegerField(_("anchors"), default=0)
    anchors_whole = models.BooleanField(_("no anchor lost"), default=True)
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    is_sound = models.BooleanField(_("sound"))
    guards = models.BooleanField(_("guards present"))
    fault_sequence = models.PositiveBigIntegerField(_("first faulty entry"), null=True)
    fault_kind = models.CharField(
        _("kind of fault"),
        max_length=20,
        blank=True,
        choices=[
            (FaultKind.CHANGED.value, _("changed")),
            (FaultKind.REMOVED.value, _("removed")),
            (FaultKind.INSERTED.value, _("inserted")),
            (FaultKind.REORDERED.value, _("reordered")),
        ],
    )
    fault_anchor = models.PositiveBigIntegerField(_("anchor not met"), null=True)

    objects: ClassVar[LedgerCheckQuerySet] = LedgerCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        verbose_name = _("ledger check")
        verbose_name_plural = _("ledger checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_sound=True, fault_sequence=None, fault_kind="")
                | (Q(is_sound=False, fault_sequence__isnull=False) & ~Q(fault_kind="")),
                name="ledger_check_names_the_fault_it_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'sound' if self.is_sound else self.fault_kind}"

    @property
    def is_all_well(self) -> bool:
        """Sound, and neither a guard nor an anchor is missing."""
        return self.is_sound and self.guards and self.anchors_whole
