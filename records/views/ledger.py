"""The ledger's page: what was done, by whom, when; and whether the record still stands."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.views.generic import ListView

from records import ledger, reports
from records.models import LedgerCheck, LedgerEntry


class LedgerPaginator(Paginator):  # type: ignore[type-arg]
    """Newest first. Places have no gaps, so a page is a range of them, however long the ledger."""

    @cached_property
    def count(self) -> int:
        return ledger.head().sequence

    def page(self, number: int | str) -> Page[LedgerEntry]:
        number = self.validate_number(number)
        last = self.count - (number - 1) * self.per_page
        entries = LedgerEntry.objects.filter(sequence__gt=last - self.per_page, sequence__lte=last)
        return Page(list(entries.order_by("-sequence")), number, self)


class LedgerView(PermissionRequiredMixin, ListView):  # type: ignore[type-arg]
    model = LedgerEntry
    permission_required = "records.view_ledgerentry"
    template_name = "records/ledger.html"
    paginator_class = LedgerPaginator
    paginate_by = 50

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        check = LedgerCheck.objects.first()
        return context | {
            "rows": reports.ledger_lines(context["object_list"], self.request.user),
            "check": check,
            "check_sentence": reports.check_sentence(check),
            "head": ledger.head(),
        }
