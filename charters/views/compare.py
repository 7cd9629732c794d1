"""A version of the charter compared with the one in effect, word by word."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import TemplateView

from charters.redline import Mark, redline
from charters.views.base import CharterPage
from charters.views.versions import versions_open_to
from records import pdf
from records.filetypes import FileType
from records.views.documents import handed_out


class CompareView(CharterPage, TemplateView):
    """A version against the one in force today, word by word."""

    permission_required = "charters.view_charter"
    template_name = "charters/version_compare.html"

    def load(self) -> None:
        self.version = get_object_or_404(versions_open_to(self.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.docket.version
        if current is None or current == self.version:
            raise Http404
        paragraphs = redline(current.text, self.version.text)
        url = reverse("charter_compare_pdf", args=[self.version.pk])
        return super().get_context_data(
            version=self.version,
            current=current,
            paragraphs=paragraphs,
            is_same=all(run.mark is Mark.KEPT for runs in paragraphs for run in runs),
            pdf_url=url if pdf.is_available() else "",
            **kwargs,
        )


class ComparePdfView(CompareView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data()
        company, committee = self.company, self.docket.committee
        html = render_to_string(
            "charters/redline_pdf.html", context | {"company": company, "committee": committee}
        )
        try:
            content = pdf.render(html)
        except pdf.PdfUnavailable as unavailable:
            raise Http404(str(unavailable)) from unavailable
        return handed_out(content, FileType.PDF, f"charter-comparison-{self.version.pk}.pdf")
