"""The ledger: one line per act, chained, sealed, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One act: who, when, what, on which record. Identifiers, dates, amounts and digests; no prose."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        default_permissions = ("view",)
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class LedgerHead(models.Model):
    """The one row that an append locks, so that two processes never write the same place."""

    objects: ClassVar[models.Manager[LedgerHead]]

    class Meta:
        default_permissions = ()


class LedgerCheck(models.Model):
    """The outcome of a verification of the whole ledger."""

    at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    head_sequence = models.PositiveBigIntegerField(null=True)
    head_hash = models.CharField(max_length=64, blank=True)
    is_sound = models.BooleanField()
    guards = models.BooleanField()
    fault_sequence = models.PositiveBigIntegerField(null=True)
    fault_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("ledger check")
        verbose_name_plural = _("ledger checks")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'sound' if self.is_sound else self.fault_kind}"
