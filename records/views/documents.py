"""Documents: the list of those a person may see, what is known of one, and its file.

Nobody records who read what.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView
from django.views.generic.detail import SingleObjectMixin

from records import document_kinds, document_rows, filed, store
from records.documents import DRAFT
from records.filetypes import FileType
from records.folds import folded
from records.models import Document
from records.models.documents import DocumentQuerySet
from records.views.base import SIGNED_IN, PageView

if TYPE_CHECKING:
    # Generic for the type checker only.
    SingleDocument = SingleObjectMixin[Document]
else:
    SingleDocument = SingleObjectMixin

Answer = TypeVar("Answer", bound=HttpResponseBase)

logger = logging.getLogger(__name__)

# As a download, and if a browser shows it all the same, without scripts, forms or an origin.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
# A PDF viewer does not start in a sandbox.
VIEWER = "frame-ancestors 'self'"

SHOWN = (
    ("newest", lazy("Newest versions")),
    ("earlier", lazy("Earlier versions")),
    ("deleted", lazy("Deleted")),
)


class DocumentView(PageView, SingleDocument):
    """`?inline` shows a PDF in the browser; everything else is downloaded."""

    http_method_names = ("get", "head", "options")
    permission_required = SIGNED_IN
    object: Document

    def get_queryset(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        document = self.object
        if document.is_deleted:
            context = {"document": document}
            return render(request, "records/document_deleted.html", context, status=410)
        if not filed.is_as_filed(document):
            return self.damaged(document)
        try:
            content = store.fetch(document.sha256)
        except store.BytesLostError:
            return self.damaged(document)
        is_inline = "inline" in request.GET and document.is_pdf
        response = FileResponse(
            content,
            as_attachment=not is_inline,
            filename=document.file_name,
            content_type=content_type(document),
        )
        return guarded(response, is_inline)

    def damaged(self, document: Document) -> HttpResponse:
        """The file is not what was filed: say so, and hand out nothing."""
        logger.error("The file of document %s is missing or was changed.", document.pk)
        context = {"document": document}
        return render(self.request, "records/document_damaged.html", context, status=500)


def content_type(document: Document) -> str:
    is_text = document.content_type == FileType.TEXT
    return f"{document.content_type}; charset=utf-8" if is_text else document.content_type


def handed_out(content: bytes, content_type: str, name: str) -> HttpResponse:
    """What is made for the asking and stored nowhere: a file to save."""
    saved_as = content_disposition_header(as_attachment=True, filename=name)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = saved_as
    return guarded(response, is_inline=False)


def guarded(response: Answer, is_inline: bool) -> Answer:
    """Whatever the file holds, the browser is to believe our type and run nothing."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = VIEWER if is_inline else SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN" if is_inline else "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


class DocumentsView(PageView, ListView):  # type: ignore[type-arg]
    """The documents that the person may see: of a kind (`?kind=`), in a state (`?show=`)."""

    permission_required = "records.view_document"
    template_name = "records/documents.html"
    paginate_by = 50

    @cached_property
    def visible(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.user)

    @cached_property
    def kinds_there(self) -> list[str]:
        """The kinds of which there is something to see."""
        return sorted(self.visible.order_by().values_list("kind", flat=True).distinct())

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in self.kinds_there else ""

    @cached_property
    def show(self) -> str:
        asked = self.request.GET.get("show", "")
        return asked if asked in dict(SHOWN) else "newest"

    def get_queryset(self) -> DocumentQuerySet:
        found = self.visible.with_terms()
        found = found.filter(kind=self.kind) if self.kind else found
        if self.show == "deleted":
            return found.exclude(deleted_at=None)
        return found.kept().newest() if self.show == "newest" else found.kept().earlier()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.user
        papers = document_rows.papers(context["object_list"])
        rows, folds = folded(papers, lambda paper: paper.filed)
        return context | {
            "rows": rows,
            "folds": folds,
            "by_kind": self.choices("kind", self.kind, self.kind_words()),
            "by_state": self.choices("show", self.show, SHOWN),
            "may_file": user.has_perm("records.file_document"),
            "may_delete": user.has_perm("records.delete_document"),
            "may_place_legal_hold": user.has_perm("records.place_legalhold"),
        }

    def kind_words(self) -> list[tuple[str, Any]]:
        return [
            ("", _("All kinds")),
            *((name, document_kinds.label_of(name)) for name in self.kinds_there),
        ]

    def choices(self, name: str, current: str, words: Any) -> list[dict[str, Any]]:
        """Filters as words; each keeps what the other has chosen."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        choices = []
        for value, label in words:
            asked[name] = value
            url = f"{reverse('documents')}?{asked.urlencode()}"
            choices.append({"label": label, "url": url, "is_current": value == current})
        return choices


class AboutView(PageView, DetailView):  # type: ignore[type-arg]
    """What is known of a document, and its versions. Open to whom the document is."""

    permission_required = SIGNED_IN
    template_name = "records/document_about.html"

    def get_queryset(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.user).with_terms()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document: Document = self.object
        versions = self.get_queryset().filter(series=document.series).order_by("-version")
        return super().get_context_data(
            facts=document_rows.facts_of(document),
            versions=[(document_rows.papers([one])[0], one == document) for one in versions],
            may_supersede=self.may_supersede(document),
            may_list=self.user.has_perm("records.view_document"),
            **kwargs,
        )

    def may_supersede(self, document: Document) -> bool:
        """Drafts get later versions here; other kinds where their owner files them."""
        is_open = document.later is None and not document.is_deleted and document.kind == DRAFT.name
        return is_open and self.user.has_perm("records.file_document")
