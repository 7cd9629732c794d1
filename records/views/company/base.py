"""What the pages of the company share: its permission, its day, and a dated row of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import View

from records import clock
from records.confirm import ConfirmView
from records.models import Company

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row", bound=Model)


class CompanyMixin(PermissionRequiredMixin, View):
    """A page of the company. The floor above knows which roles hold its permission."""

    permission_required = "records.change_company"
    permission_denied_message: StrOrPromise = lazy(
        "Only the corporate secretary changes what the portal knows of the company."
    )

    @cached_property
    def company(self) -> Company:
        if self.company_or_none is None:
            raise Http404
        return self.company_or_none

    @property
    def company_or_none(self) -> Company | None:
        return self.request.company  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    def get_cancel_url(self) -> str:
        return reverse("company")


class RowMixin(CompanyMixin, Generic[Row]):
    """A page of one dated row."""

    model: type[Row]

    @cached_property
    def object(self) -> Row:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        """Asked before anything else of the view runs: what is not there is not found."""
        return super().has_permission() and self.object is not None


class RemoveView(RowMixin[Row], ConfirmView):
    """Take a dated row out: what stands there is shown before it goes."""

    form_class = forms.Form
    why = lazy("For what was entered by mistake. What has changed since gets a row of its own.")
    submit_label = lazy("Take it out")

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "It leaves this page. The ledger keeps that it was here, its dates and who took it out."
        )

    def done(self) -> tuple[str, str]:
        return self.get_cancel_url(), _("Recorded: taken out.")
