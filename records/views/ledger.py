"""The ledger's page: what was done, by whom, when; and whether the record still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import ListView, View

from records import clock, ledger, narrative, reports
from records.enums import Office
from records.filters import LedgerFilterForm
from records.models import LedgerCheck, LedgerEntry
from records.services import ledger as services

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from records.facts import Person
    from records.models.ledger import LedgerEntryQuerySet


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
    paginate_by = 50

    @cached_property
    def form(self) -> LedgerFilterForm:
        return LedgerFilterForm(
            self.request.GET,
            people=_people(),
            actions=narrative.actions(),
            subjects=self._subjects(),
        )

    def _subjects(self) -> list[tuple[str, str]]:
        """The record that is asked for, if this reader may see it."""
        asked = self.request.GET.get("subject", "")
        return list(reports.seen_titles([asked], self.request.user).items()) if asked else []

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What the lines are filtered by; nothing where the form is empty or cannot be read."""
        given = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in given.items() if value}

    def get_queryset(self) -> LedgerEntryQuerySet:
        entries = LedgerEntry.objects.order_by("-sequence")
        if not self.form.is_valid():
            return entries.none()
        return reports.filtered(entries, self.request.user, **self.chosen)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator[LedgerEntry]:
        kind = LedgerPaginator if self.form.is_valid() and not self.chosen else Paginator
        return kind(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        check = LedgerCheck.objects.first()
        return context | {
            "rows": reports.ledger_lines(context["object_list"], self.request.user),
            "form": self.form,
            "is_filtered": bool(self.chosen) or not self.form.is_valid(),
            "check": check,
            "check_sentences": reports.check_sentences(check),
            "may_check": self.request.user.has_perm("records.check_ledger"),
            "may_export": self.request.user.has_perm("records.export_ledger"),
            "why_no_export": self.why_no_export(),
            "head": ledger.head(),
        }

    def why_no_export(self) -> str | None:
        """The reason stands where the button would: nobody presses it only to be refused."""
        user = self.request.user
        if not user.has_perm("records.export_ledger"):
            return None
        return services.why_no_export(cast("Person", user))


def _people() -> list[tuple[str, str]]:
    """All who may have acted. Readers of the ledger know every account by its first line."""
    users = get_user_model()._default_manager.all()
    names = sorted(((str(user.pk), str(user)) for user in users), key=lambda one: one[1].casefold())
    return [*names, *((office.value, str(office.label)) for office in Office)]


class LedgerCheckView(PermissionRequiredMixin, View):
    """Verify now what came since the last sound check; where there is none, the whole."""

    http_method_names = ("post",)
    permission_required = "records.check_ledger"
    permission_denied_message = lazy("The ledger is checked by those who read it.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = cast("Person", request.user)
        check = services.check(by=by, at=clock.now(), incremental=True)
        tell = messages.success if check.is_sound else messages.error
        tell(request, " ".join(reports.check_sentences(check)))
        return redirect("ledger")
