"""Filing drafts, and later versions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import ActView
from records.documents import DRAFT
from records.filetypes import DocumentRefused
from records.forms import DraftForm
from records.models import Document
from records.services import documents

if TYPE_CHECKING:
    from django.core.files import File


class DraftFileView(PermissionRequiredMixin, ActView):
    permission_required = "records.file_document"
    permission_denied_message = lazy("Only the corporate secretary files drafts.")
    form_class = DraftForm
    title = lazy("File a draft")
    why = lazy(
        "A draft is no record: it is seen by those who may file one, and goes 30 days after a later "
        "version was filed."
    )
    note = lazy("What the file is, is told by its content. Its name must agree with it.")
    submit_label = lazy("File the draft")
    supersedes: Document | None = None

    def get_cancel_url(self) -> str:
        return reverse("documents")

    def act(self, *, file: File[bytes], title: str) -> tuple[str, str]:
        try:
            document = documents.file(
                kind=DRAFT.name,
                title=title,
                content=file,
                file_name=file.name or "",
                supersedes=self.supersedes,
                by=self.by,
                at=clock.now(),
            )
        except DocumentRefused as refusal:
            raise refusal.beside("file") from refusal
        return document.about_url, _("Filed: “%(title)s”.") % {"title": document.title}


class VersionFileView(DraftFileView):
    """The next version of a draft."""

    title = lazy("File a later version")
    why = lazy("The earlier one stays, marked as superseded, until its time is over.")
    submit_label = lazy("File the version")

    @cached_property
    def supersedes(self) -> Document:  # type: ignore[override]
        drafts = Document.objects.visible_to(self.request.user).filter(kind=DRAFT.name)
        return get_object_or_404(drafts, pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        """Asked before anything else of the view runs: what is not there is not found."""
        return super().has_permission() and self.supersedes is not None

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.supersedes.title}

    def get_cancel_url(self) -> str:
        return self.supersedes.about_url
