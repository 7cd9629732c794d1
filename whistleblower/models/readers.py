"""Readers: their keys, and the signed lists that name them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from whistleblower.crypto.roster import Roster, SignedRoster
from whistleblower.models.ids import new_id


class ReaderKey(models.Model):
    """What a reader's passphrase opens. A key that was lost is replaced by a new row."""

    uid = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    sealed_seed = models.BinaryField()
    opens = models.CharField(max_length=64, unique=True)
    signs = models.CharField(max_length=64, unique=True)
    # The recovery sheet was typed back once.
    sheet_verified_on = models.DateField(null=True)
    # A date and no hour: when the desk was last opened with it.
    opened_on = models.DateField(null=True)
    # The number of the newest list that this reader has seen in force, sealed under the key.
    seen = models.BinaryField(default=bytes)
    ended_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("reader's key")
        verbose_name_plural = _("readers' keys")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_on=None), name="reader_has_one_key"
            ),
            models.CheckConstraint(
                condition=Q(sheet_verified_on=None) | Q(sheet_verified_on__gte=models.F("made_on")),
                name="sheet_is_verified_after_the_key_was_made",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class RosterList(models.Model):
    """A list of readers, in the words that are signed."""

    number = models.PositiveIntegerField(primary_key=True)
    text = models.TextField()
    proposed_on = models.DateField()
    # Null while signatures are missing. A list that is in force has to verify.
    in_force_on = models.DateField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("list of readers")
        verbose_name_plural = _("lists of readers")

    def __str__(self) -> str:
        return str(self.number)

    @property
    def roster(self) -> Roster:
        return Roster.from_text(self.text)

    def as_signed(self) -> SignedRoster:
        found = self.signatures.all()
        return SignedRoster(self.text, {each.reader: bytes(each.signature) for each in found})


class RosterSignature(models.Model):
    """A reader's signature over a list."""

    listed = models.ForeignKey(RosterList, models.PROTECT, related_name="signatures")
    reader = models.CharField(max_length=32)
    signature = models.BinaryField(max_length=64)
    signed_on = models.DateField()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["listed", "reader"], name="reader_signs_a_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.listed_id} {self.reader}"


class OpenDesk(models.Model):
    """An open desk: encrypted under a key that only the reader's cookie holds, without times."""

    id = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("open desk")
        verbose_name_plural = _("open desks")

    def __str__(self) -> str:
        return self.id
