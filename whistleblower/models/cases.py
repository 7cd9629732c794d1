"""Cases: what is stored of a concern. Everything about it is sealed; rows carry dates, no times.

Nothing here is entered in the activity log, and no row tells who may read it.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from whistleblower.crypto import slots
from whistleblower.models.ids import new_id

# In the place of a reader: the slot that opens with the reporter's code.
REPORTER = "reporter"

models.BinaryField.register_lookup(Length)


class Case(models.Model):
    """A concern. Its columns are what a stolen database tells: a date and a mark."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    locator = models.BinaryField(max_length=32, unique=True)
    received_on = models.DateField()
    is_quarantined = models.BooleanField(default=False)
    is_marked_for_deletion = models.BooleanField(default=False)
    # The reporter's pair: the private half and the date of the last visit open with the code.
    reporter_opens = models.BinaryField(max_length=32)
    reporter_key = models.BinaryField()
    last_used = models.BinaryField()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(locator__length=32), name="case_locator_is_a_hash"
            )
        ]

    def __str__(self) -> str:
        return self.id


class Part(models.Model):
    """An entry of a case, sealed. Numbered within the case; the entry before it is named inside."""

    id = models.CharField(primary_key=True, max_length=64, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    generation = models.PositiveIntegerField()
    on = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["case", "number"]
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="part_has_its_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class Slot(models.Model):
    """The keys of one generation of a case for one reader on the list, or bytes that open for
    nobody. Every reader has one, so that the table is the same whoever is accused."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="slots")
    generation = models.PositiveIntegerField()
    reader = models.CharField(max_length=32)
    sealed = models.BinaryField(max_length=slots.SIZE)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "generation", "reader"], name="reader_has_one_slot"
            ),
            models.CheckConstraint(
                condition=models.Q(sealed__length=slots.SIZE), name="slot_has_its_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reader}"
