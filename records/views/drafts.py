"""Filing drafts, and later versions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
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

    from records.models.documents import DocumentQuerySet


class DraftFileView(ActView):
    permission_required = "records.file_document"
    form_class = DraftForm
    title = lazy("File draft")
    why = lazy("A draft is not a record. It is deleted 30 days after a later version is filed.")
    note = lazy("The portal checks the type of the file. The file name must match it.")
    submit_label = lazy("File draft")

    def get_cancel_url(self) -> str:
        return reverse("documents")

    def act(self, *, file: File[bytes], title: str) -> tuple[str, str]:
        try:
            document = documents.file(
                kind=DRAFT.name,
                title=title,
                content=file,
                file_name=file.name or "",
                supersedes=self.object,
                by=self.user,
                at=clock.now(),
            )
        except DocumentRefused as refusal:
            raise refusal.beside("file") from refusal
        return document.about_url, _("“%(title)s” was filed.") % {"title": document.title}


class VersionFileView(DraftFileView):
    """The next version of a draft."""

    title = lazy("File later version")
    why = lazy(
        "The earlier version is marked as superseded and kept until its retention period ends."
    )
    submit_label = lazy("File version")

    def get_queryset(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.user).filter(kind=DRAFT.name)

    def newest(self) -> Document:
        versions = Document.objects.filter(series=self.object.series)
        return versions.latest("version")

    def get_version(self, *, lock: bool = False) -> str:
        """A draft never changes: somebody files the next version."""
        if lock:
            Document.objects.select_for_update().get(pk=self.object.pk)
        return str(self.newest().version)

    def get_stored(self) -> dict[str, Any]:
        return {"title": self.newest().title}

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.object.title}

    def get_cancel_url(self) -> str:
        return str(self.object.about_url)
