"""The ledger's page: what was done, by whom, when; and whether the record still stands."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView

from records import clock, ledger, ledger_checks, ledger_rows, ledger_words
from records.enums import SystemActor
from records.filters import LedgerFilterForm
from records.kept import Kept
from records.models import LedgerEntry
from records.services import ledger as services
from records.views.base import PageView
from records.views.documents import guarded

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from records.ledger import Head
    from records.models.ledger import LedgerEntryQuerySet

logger = logging.getLogger(__name__)


FILTER = "records/_ledger_filter.html"
_filter: Kept[SafeString] = Kept(most=1)


class LedgerPaginator(Paginator):  # type: ignore[type-arg]
    """Newest first. Places have no gaps, so a page is a range of them, however long the ledger."""

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count

    def page(self, number: int | str) -> Page[LedgerEntry]:
        number = self.validate_number(number)
        last = self.count - (number - 1) * self.per_page
        entries = LedgerEntry.objects.as_text().filter(
            sequence__gt=last - self.per_page, sequence__lte=last
        )
        return Page(list(entries.order_by("-sequence")), number, self)


class LedgerView(PageView, ListView):  # type: ignore[type-arg]
    model = LedgerEntry
    permission_required = "records.view_ledgerentry"
    template_name = "records/ledger.html"
    paginate_by = 50

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Also where somebody has written into the database what is no text: as the check does."""
        return ledger.legible(lambda: super(LedgerView, self).get(request, *args, **kwargs))

    @property
    def is_asked(self) -> bool:
        """Whether the address names anything to filter by."""
        return any(self.request.GET.get(name) for name in LedgerFilterForm.base_fields)

    @cached_property
    def form(self) -> LedgerFilterForm:
        return LedgerFilterForm(
            self.request.GET,
            people=self._people(),
            actions=ledger_words.actions(),
            subjects=self._subjects(),
        )

    def _subjects(self) -> list[tuple[str, str]]:
        """The record that is asked for, if this reader may see it."""
        asked = self.request.GET.get("subject", "")
        return list(ledger_rows.seen_titles([asked], self.user).items()) if asked else []

    def filter(self) -> SafeString:
        """The form; where nothing is asked, it is the same for everybody who reads the ledger."""

        def render(keys: Collection[str] = (FILTER,)) -> dict[str, SafeString]:
            return dict.fromkeys(keys, render_to_string(FILTER, {"form": self.form}))

        return (render() if self.is_asked else _filter.read([FILTER], render))[FILTER]

    @cached_property
    def names(self) -> dict[str, str]:
        """All who may have acted. Readers of the ledger know every account by its first line."""
        return ledger_rows.everybody()

    def _people(self) -> list[tuple[str, str]]:
        names = sorted(self.names.items(), key=lambda one: one[1].casefold())
        return [*names, *((office.value, str(office.label)) for office in SystemActor)]

    @cached_property
    def newest(self) -> Head:
        return ledger.head()

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What the lines are filtered by; nothing where the form is empty or cannot be read."""
        given = self.form.cleaned_data if self.is_asked and self.form.is_valid() else {}
        return {name: value for name, value in given.items() if value}

    @property
    def is_legible(self) -> bool:
        return not self.is_asked or self.form.is_valid()

    def get_queryset(self) -> LedgerEntryQuerySet:
        entries = LedgerEntry.objects.as_text().order_by("-sequence")
        if not self.is_legible:
            return entries.none()
        return ledger_rows.filtered(entries, self.user, **self.chosen)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator[LedgerEntry]:
        if self.is_legible and not self.chosen:
            return LedgerPaginator(*args, count=self.newest.sequence, **kwargs)
        return Paginator(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        check = ledger_checks.newest()
        rows = ledger_rows.ledger_lines(context["object_list"], self.user, self.names)
        return context | {
            "rows": rows,
            "shown": ledger_rows.with_runs(rows),
            "filter": self.filter(),
            "is_filtered": bool(self.chosen) or not self.is_legible,
            "check": check,
            "check_sentences": ledger_rows.check_sentences(
                check, is_lost=ledger_checks.is_lost_after(check)
            ),
            "may_check": self.user.has_perm("records.check_ledger"),
            "may_export": self.user.has_perm("records.export_ledger"),
            "head": self.newest,
        }


class LedgerCheckView(PageView):
    """Verify now what came since the last sound check; where there is none, the whole."""

    http_method_names = ("post",)
    permission_required = "records.check_ledger"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check = services.check(by=self.user, at=clock.now(), incremental=True)
        except DatabaseError:
            logger.exception("The ledger could not be checked.")
            messages.error(
                request,
                _(
                    "The activity log could not be checked, or the result could not be kept. Ask "
                    "the operator to run “manage.py check --database default”."
                ),
            )
            return redirect("ledger")
        tell = messages.success if check.is_sound else messages.error
        tell(request, " ".join(ledger_rows.check_sentences(check)))
        return redirect("ledger")


class LedgerExportView(PageView):
    """A ZIP with every entry, the anchors, and a verifier that needs nothing else."""

    http_method_names = ("post",)
    permission_required = "records.export_ledger"
    needs_fresh_sign_in = True

    def get_denial(self) -> str | None:
        return services.why_no_export(self.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        at = clock.now()
        archive = services.export_archive(by=self.user, at=at)
        name = f"ledger-{clock.day_of(at).isoformat()}.zip"
        response = FileResponse(
            archive, as_attachment=True, filename=name, content_type="application/zip"
        )
        return guarded(response, is_inline=False)
