"""A document's file, to who may see it. Nobody records who read what (practice, section 1)."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from records import store
from records.filetypes import FileType
from records.models import Document

logger = logging.getLogger(__name__)

# As a download, and if a browser shows it all the same, without scripts, forms or an origin.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
# A PDF viewer does not start in a sandbox.
VIEWER = "frame-ancestors 'self'"


class DocumentView(View):
    """`?inline` shows a PDF in the browser; everything else is downloaded."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
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


def guarded(response: FileResponse, is_inline: bool) -> FileResponse:
    """Whatever the file holds, the browser is to believe our type and run nothing."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = VIEWER if is_inline else SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN" if is_inline else "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
