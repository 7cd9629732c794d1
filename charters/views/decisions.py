"""Decisions: the list, one decision, and recording one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView

from accounts.models import User
from charters import services
from charters.forms.decisions import DecisionForm
from charters.models import Committee, Decision
from charters.permissions import decisions_open_to
from charters.reports.duty import Definition
from charters.views.base import audit_committee, has_committee, nothing_yet
from records import clock
from records.confirm import ActView
from records.dates import long_day
from records.folds import folded
from records.views.base import PageView


def open_decisions(user: User) -> QuerySet[Decision]:
    """What a person may read of the decisions, with what a page shows."""
    return decisions_open_to(user).select_related("body", "document", "recorded_by")


class DecisionsView(PageView, ListView):  # type: ignore[type-arg]
    """Every decision on record, the newest first."""

    permission_required = "charters.view_decision"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    template_name = "charters/decisions.html"
    context_object_name = "rows"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Decision]:
        return open_decisions(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, folds = folded(list(context["rows"]), lambda decision: decision.decided_on)
        return context | {"rows": rows, "folds": folds}


class DecisionView(PageView, DetailView):  # type: ignore[type-arg]
    """One decision, and the charters that rest on it."""

    permission_required = "charters.view_decision"
    template_name = "charters/decision_detail.html"

    def get_queryset(self) -> QuerySet[Decision]:
        return open_decisions(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            decision=self.object, definitions=self.definitions(), file=self.file(), **kwargs
        )

    def definitions(self) -> list[Definition]:
        made = self.object
        found = [
            Definition(_("Decision"), made.text),
            Definition(_("Decided by"), str(made.body or _("Stockholders"))),
            Definition(_("Date"), long_day(made.decided_on)),
            Definition(_("How"), made.get_how_display()),
            Definition(_("Number"), made.number),
            *self.resting_on_it(),
            Definition(_("Recorded by"), str(made.recorded_by or _("a command"))),
            Definition(_("Recorded on"), long_day(clock.day_of(made.recorded_at, self.company))),
        ]
        return [definition for definition in found if definition.text]

    def resting_on_it(self) -> list[Definition]:
        return [
            Definition(_("Charter adopted"), version.title, version.get_absolute_url())
            for version in self.object.charter_versions.all()
        ]

    def file(self) -> dict[str, Any] | None:
        document = self.object.document
        if document is None:
            return None
        return {
            "label": str(document),
            "url": document.get_absolute_url(),
            "size": document.size,
        }


class DecisionRecordView(ActView):
    """Record a decision. One step: a browser does not send a file twice."""

    permission_required = "charters.record_decision"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    form_class = DecisionForm
    title = lazy("Record a decision")
    why = lazy("What the Board, a committee or the stockholders decided.")
    note = lazy("You cannot change a decision after it is recorded.")
    submit_label = lazy("Record decision")

    def get_initial(self) -> dict[str, Any]:
        return {"body": Committee.objects.board()}

    def get_cancel_url(self) -> str:
        return reverse("decisions")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        upload = services.Upload(document, document.name) if document else None
        made = services.record_decision(**given, upload=upload, by=self.user, at=clock.now())
        return made.get_absolute_url(), _("The decision was recorded.")
