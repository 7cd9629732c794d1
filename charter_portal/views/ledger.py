"""The whole ledger to take away. It stands on the roof because it asks for sign-in again."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import FreshMixin, PermitMixin
from records import clock
from records.services import ledger as services
from records.views.documents import guarded


class LedgerExportView(PermitMixin, FreshMixin, View):
    """A ZIP with every line, the anchors, and a verifier that needs nothing else."""

    http_method_names = ("post",)
    permission_required = "records.export_ledger"
    permission_denied_message = _("The ledger is exported by the corporate secretary.")

    def get_denial(self) -> str | None:
        return services.why_no_export(self.actor)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        at = clock.now()
        archive = services.export_archive(by=self.actor, at=at)
        name = f"ledger-{clock.day_of(at).isoformat()}.zip"
        response = FileResponse(
            archive, as_attachment=True, filename=name, content_type="application/zip"
        )
        return guarded(response, is_inline=False)
