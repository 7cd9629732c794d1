"""The secret address of a person's calendar. Only its digest is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def visible_to(self, user: User) -> FeedAddressQuerySet:
        """A person's own."""
        return self.filter(person=user.pk)

    def in_use(self) -> FeedAddressQuerySet:
        """Those that their owner has not stopped."""
        return self.filter(stopped_at=None)


class FeedAddress(models.Model):
    """One for a person at a time: a new one replaces the old one at once, and stopped it answers
    nothing."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feed_address"
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True)

    objects: ClassVar[FeedAddressQuerySet] = FeedAddressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person)
