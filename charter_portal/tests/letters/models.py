"""A letter: from whom, when, by when it is answered, and from whom it is restricted."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from accounts.models import Restricted, RestrictedQuerySet
from charters.models import Committee
from records.models.bases import Recorded


class LetterQuerySet(RestrictedQuerySet[Any]):
    def visible_to(self, user: Any, *, on: date) -> LetterQuerySet:
        return self.open_to(user, on=on) if user.has_perm("letters.view") else self.none()

    def received(self, by: date) -> LetterQuerySet:
        return self.filter(received_on__lte=by)

    def unanswered(self, on: date) -> LetterQuerySet:
        return self.received(on).exclude(answered_on__lte=on)


class Letter(Restricted, Recorded):
    """Answered once, later."""

    may_gain = frozenset({"answered_on"})

    body = models.ForeignKey(Committee, models.PROTECT, related_name="letters")
    sender = models.CharField(max_length=100)
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Letter from {self.sender}"

    def get_absolute_url(self) -> str:
        return "/letters/"
