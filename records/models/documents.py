"""Documents: issued PDFs and uploads, each known by the digest of its bytes; and what keeps them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records import document_kinds
from records.enums import DeletionReason
from records.filetypes import FileType
from records.models.bases import Salted, Versioned


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> DocumentQuerySet:
        """The documents that the owners of their kinds let this person see; no other."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        opened = Q(pk__in=[])
        for kind in document_kinds.DOCUMENT_KINDS:
            visible = kind.visible(user)
            if isinstance(visible, Q):
                # In a subquery, so that a condition on many related rows doubles nothing.
                seen = Document.objects.filter(visible, kind=kind.name)
                opened |= Q(pk__in=seen.order_by().values("pk"))
            elif visible:
                opened |= Q(kind=kind.name)
        return self.filter(opened)

    def kept(self) -> DocumentQuerySet:
        """Those whose file is there."""
        return self.filter(deleted_at=None)

    def newest(self) -> DocumentQuerySet:
        """Those that no later version has superseded."""
        return self.filter(superseded_by=None)

    def earlier(self) -> DocumentQuerySet:
        """Those that a later version has superseded."""
        return self.filter(superseded_by__isnull=False)

    def with_terms(self) -> DocumentQuerySet:
        """Beside each what its page says of it: who filed it, and what superseded it."""
        return self.select_related("filed_by", "superseded_by")


class Document(Salted):
    """A file that never changes. Its kind's owner decides who may see it.

    A later version is a document of its own, in the same series. A document that was deleted stays
    as a row without name and digest, so that what refers to it still leads somewhere; its salt is
    gone too, and with it the way from the ledger's digest to the bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100, choices=FileType.choices)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 digest"), max_length=64, db_index=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField(_("filed at"))
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)
    deleted_because = models.CharField(
        _("deleted as"), max_length=20, blank=True, choices=DeletionReason.choices
    )

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("title", "file_name")

    class Meta:
        ordering = ["-filed_at", "pk"]
        default_permissions = ("view",)
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=(
                    Q(deleted_at=None, deleted_because="")
                    & ~(Q(title="") | Q(file_name="") | Q(sha256="") | Q(salt=""))
                )
                | (
                    Q(deleted_at__isnull=False, title="", file_name="", sha256="", salt="")
                    & ~Q(deleted_because="")
                ),
                name="document_is_whole_or_deleted",
            ),
            models.UniqueConstraint(
                fields=["series", "version"], name="document_version_is_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes=None)
                | Q(version__gt=1, supersedes__isnull=False),
                name="document_version_follows_another",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                name="document_supersedes_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title or _now("a deleted document")

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def about_url(self) -> str:
        return reverse("document_about", args=[self.pk])

    @property
    def later(self) -> Document | None:
        """The version that superseded this one."""
        return getattr(self, "superseded_by", None)

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_pdf(self) -> bool:
        return self.content_type == FileType.PDF


class DeletionPolicy(Versioned):
    """The one row that a deletion, a sweep and a hold lock first, so that none of them overlap; and
    whether the company lets the scheduler delete by night."""

    is_nightly = models.BooleanField(_("deleted overnight"), default=False)

    objects: ClassVar[models.Manager[DeletionPolicy]]

    class Meta:
        default_permissions = ()
        verbose_name = _("deletion policy")
        verbose_name_plural = _("deletion policies")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_deletion_policy")
        ]

    def __str__(self) -> str:
        return "overnight" if self.is_nightly else "by hand"


class HoldQuerySet(models.QuerySet["LegalHold"]):
    def open(self) -> HoldQuerySet:
        return self.filter(lifted_at=None)


class LegalHold(Salted, Versioned):
    """While one is open nothing is deleted. Known to those alone who may place one."""

    reason = models.TextField(_("reason"), max_length=2000)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("placed by")
    )
    placed_at = models.DateTimeField(_("placed at"))
    # Two people lift a hold: the first proposes it, another confirms it.
    lifting_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifting proposed by"),
    )
    lifting_at = models.DateTimeField(_("lifting proposed at"), null=True, blank=True)
    lifting_because = models.TextField(_("reason for lifting"), max_length=2000, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_because = models.TextField(_("reason for confirming"), max_length=2000, blank=True)

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("reason", "lifting_because", "lifted_because")

    class Meta:
        ordering = ["-placed_at", "-pk"]
        default_permissions = ()
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False)
                    & Q(lifted_at__gte=F("placed_at"))
                    & ~Q(lifted_because="")
                ),
                name="hold_is_lifted_with_a_reason_or_open",
            ),
            models.CheckConstraint(
                condition=Q(lifting_at=None, lifting_by=None, lifting_because="")
                | (
                    Q(lifting_at__isnull=False, lifting_by__isnull=False)
                    & Q(lifting_at__gte=F("placed_at"))
                    & ~Q(lifting_because="")
                ),
                name="lifting_is_proposed_with_a_reason_or_not",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None)
                | (Q(lifting_by__isnull=False) & ~Q(lifting_by=F("lifted_by"))),
                name="hold_is_lifted_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        placed_on = date_format(localtime(self.placed_at), "DATE_FORMAT")
        return _now("legal hold of %(day)s") % {"day": placed_on}

    def locked(self) -> Self:
        """The policy first, as whatever places a hold or deletes has it."""
        DeletionPolicy.objects.select_for_update().first()
        return super().locked()
