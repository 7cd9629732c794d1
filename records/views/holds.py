"""Holds: the pages of those who may place one. Nobody else learns from any page that there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView, View

from records import clock, papers
from records.confirm import ActView, ConfirmView, Line
from records.forms import HoldForm, HoldLiftForm
from records.models import Hold
from records.services import holds

if TYPE_CHECKING:
    from collections.abc import Sequence


class HoldMixin(PermissionRequiredMixin, View):
    permission_required = "records.place_hold"
    permission_denied_message = lazy("This is open to the corporate secretary and to counsel.")

    def get_cancel_url(self) -> str:
        return reverse("holds")


class HoldsView(HoldMixin, TemplateView):
    template_name = "records/holds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = papers.hold_lines(Hold.objects.select_related("placed_by", "lifted_by"))
        return super().get_context_data(
            open_holds=[line for line in lines if not line.lifted],
            lifted_holds=[line for line in lines if line.lifted],
            **kwargs,
        )


class HoldPlaceView(HoldMixin, ActView):
    form_class = HoldForm
    title = lazy("Place a hold")
    why = lazy("From the moment it is recorded nothing is purged, by hand or by night.")
    note = lazy(
        "Nobody is told. The hold, its reason and its line in the ledger are shown to the "
        "corporate secretary and to counsel, and to nobody else."
    )
    submit_label = lazy("Place the hold")

    def act(self, *, reason: str) -> tuple[str, str]:
        holds.place(reason=reason, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the hold is open. Nothing is purged.")


class HoldLiftView(HoldMixin, ConfirmView):
    form_class = HoldLiftForm
    title = lazy("Lift a hold")
    why = lazy("For when counsel has said that nothing needs to be preserved any longer.")
    submit_label = lazy("Record that it is lifted")

    @cached_property
    def object(self) -> Hold:
        return get_object_or_404(Hold.objects.open(), pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        """Asked before anything else of the view runs: what is not there is not found."""
        return super().has_permission() and self.object is not None

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        hold = papers.hold_lines([self.object])[0]
        return [Line(_("Lifted: the hold of"), hold.placed, (hold.reason,))]

    def get_statement(self, given: dict[str, Any]) -> str:
        return str(given.get("reason", ""))

    def get_consequence(self, given: dict[str, Any]) -> str:
        if Hold.objects.open().exclude(pk=self.object.pk).exists():
            return _("Another hold stays open: nothing is purged until that one is lifted too.")
        return _("No other hold is open. What is over can be purged again from then on.")

    def act(self, *, reason: str) -> tuple[str, str]:
        holds.lift(self.object, reason=reason, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the hold is lifted.")
