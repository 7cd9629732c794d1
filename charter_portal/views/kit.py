"""The adoption kit: read on a page, copied, or taken as Word or PDF."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

from charter_portal.kit import documents, resolutions
from charter_portal.kit.resolutions import KIT, NOTICE, Facts, Resolution
from charters.models import Committee
from records import pdf
from records.enums import Locale, PaperSize
from records.filetypes import FileType
from records.views.base import PageView
from records.views.documents import handed_out

if TYPE_CHECKING:
    from django.http import HttpRequest


class KitPage(PageView):
    permission_required = "charter_portal.view_kit"

    @cached_property
    def facts(self) -> Facts:
        return resolutions.facts_of(self.company, Committee.objects.audit())


class KitView(KitPage, TemplateView):
    template_name = "kit/kit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = resolutions.compose_all(self.facts)
        return super().get_context_data(resolutions=found, notice=NOTICE, **kwargs)


class ResolutionPage(KitPage):
    resolution: Resolution

    def load(self) -> None:
        if self.kwargs["key"] not in KIT:
            raise Http404
        self.resolution = resolutions.compose(self.kwargs["key"], self.facts)

    @property
    def file_name(self) -> str:
        return self.resolution.key.replace("_", "-")


class ResolutionView(ResolutionPage, TemplateView):
    template_name = "kit/resolution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            resolution=self.resolution,
            notice=NOTICE,
            plain=resolutions.plain_text(self.resolution),
            **kwargs,
        )


class ResolutionWordView(ResolutionPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = documents.as_word(self.resolution, self.facts)
        return handed_out(content, FileType.DOCX, f"{self.file_name}.docx")


class ResolutionPdfView(ResolutionPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            content = documents.as_pdf(self.printed())
        except pdf.PdfUnavailable as unavailable:
            text = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", text, status=503)
        return handed_out(content, FileType.PDF, f"{self.file_name}.pdf")

    def printed(self) -> documents.Printed:
        return documents.Printed(
            self.resolution,
            self.company.name if self.company else "",
            self.facts.committee,
            locale=self.company.locale if self.company else Locale.US,
            paper=self.company.paper_size if self.company else PaperSize.LETTER,
        )
