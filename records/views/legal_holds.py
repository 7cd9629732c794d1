"""Holds: the pages of those who may place one. Nobody else learns from any page that there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from records import clock, document_rows
from records.confirm import ActView, Detail
from records.forms import HoldForm, HoldLiftForm
from records.models import LegalHold
from records.services import legal_holds
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


class HoldsView(PageView, TemplateView):
    permission_required = "records.place_legalhold"
    template_name = "records/legal_holds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = document_rows.hold_lines(
            LegalHold.objects.select_related("placed_by", "lifting_by", "lifted_by")
        )
        return super().get_context_data(
            open_holds=[line for line in lines if not line.lifted],
            lifted_holds=[line for line in lines if line.lifted],
            **kwargs,
        )


class HoldPlaceView(ActView):
    permission_required = "records.place_legalhold"
    form_class = HoldForm
    title = lazy("Place legal hold")
    why = lazy("Nothing is deleted while the legal hold is open.")
    note = lazy(
        "No email is sent. The corporate secretary, counsel and the chair of the audit committee "
        "can see the legal hold. Do not name a concern or a person in the reason: a hold on one "
        "concern is placed at the desk."
    )
    submit_label = lazy("Place legal hold")

    def get_cancel_url(self) -> str:
        return reverse("holds")

    def act(self, *, reason: str) -> tuple[str, str]:
        legal_holds.place(reason=reason, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The legal hold was placed. Nothing is deleted.")


class LegalHoldReleaseView(ActView):
    permission_required = "records.place_legalhold"
    needs_fresh_sign_in = True
    form_class = HoldLiftForm
    is_reviewed = True
    why = lazy(
        "Use this after counsel confirms that the documents no longer need to be preserved. Two "
        "people lift a legal hold: one proposes it, another confirms it."
    )

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has proposed it before."""
        return self.object.lifting_by_id is not None

    @property
    def stored_as(self) -> dict[str, str]:  # type: ignore[override]
        return {"reason": "lifted_because" if self.object.lifted_at else "lifting_because"}

    def get_title(self) -> str:
        return _("Lift legal hold") if self.is_confirmed else _("Propose to lift legal hold")

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return self.get_title()

    def get_denial(self) -> str | None:
        """What is sent is refused by the service, with what was typed kept."""
        is_own = self.object.lifting_by_id == self.user.pk
        return legal_holds.said_by_another() if is_own and self.request.method != "POST" else None

    def get_queryset(self) -> QuerySet[LegalHold]:
        """Of a hold that was lifted meanwhile, a form that was filled is refused and kept."""
        is_sent = self.request.method == "POST"
        return LegalHold.objects.all() if is_sent else LegalHold.objects.open()

    def get_cancel_url(self) -> str:
        return reverse("holds")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        hold = document_rows.hold_lines([self.object])[0]
        said = (
            _("Lifted: the legal hold of") if self.is_confirmed else _("To lift: the legal hold of")
        )
        return [Detail(said, hold.placed, (hold.reason,))]

    def get_statement(self, given: dict[str, Any]) -> str:
        return str(given.get("reason", ""))

    def get_consequence(self, given: dict[str, Any]) -> str:
        if not self.is_confirmed:
            return _("The legal hold stays open until another person confirms it.")
        if LegalHold.objects.open().exclude(pk=self.object.pk).exists():
            return _("Another legal hold is open. Nothing is deleted until it is lifted too.")
        return _(
            "No other legal hold is open. Documents whose retention period ended can be "
            "deleted again."
        )

    def act(self, *, reason: str) -> tuple[str, str]:
        hold = legal_holds.lift(self.object, reason=reason, by=self.user, at=clock.now())
        if hold.lifted_at is None:
            said = _(
                "You proposed to lift the legal hold. It stays open until another confirms it."
            )
            return self.get_cancel_url(), said
        return self.get_cancel_url(), _("The legal hold was lifted.")
