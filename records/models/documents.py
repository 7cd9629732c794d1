"""Documents: issued PDFs and uploads, each known by the digest of its bytes."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records import kinds
from records.filetypes import FileType


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> DocumentQuerySet:
        """The documents that the owners of their kinds let this person see; no other."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        opened = Q(pk__in=[])
        for kind in kinds.every():
            visible = kind.visible(user)
            if isinstance(visible, Q):
                # In a subquery, so that a condition on many related rows doubles nothing.
                seen = Document.objects.filter(visible, kind=kind.name)
                opened |= Q(pk__in=seen.order_by().values("pk"))
            elif visible:
                opened |= Q(kind=kind.name)
        return self.filter(opened)


class Document(models.Model):
    """A file that never changes. Its kind's owner decides who may see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100, choices=FileType.choices)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 digest"), max_length=64, db_index=True)
    salt = models.CharField(max_length=32, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField(_("filed at"))

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-filed_at", "pk"]
        default_permissions = ("view",)
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(salt=""), name="document_is_known_by_its_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def is_pdf(self) -> bool:
        return self.content_type == FileType.PDF
