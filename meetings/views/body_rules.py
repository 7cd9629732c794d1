"""What the bylaws say of each body: shown on one page, changed from a date on, and corrected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from charters.models import Committee
from meetings import services
from meetings.forms.body_rules import BodyRulesForm
from meetings.models import BodyRules
from meetings.reports.body_rules import rows
from meetings.views.base import MAY_CHANGE, MeetingsPage
from records.confirm import ActView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from records.models import Versioned

FIELDS = tuple(BodyRulesForm.base_fields)


class BodyRulesListView(MeetingsPage, TemplateView):
    template_name = "meetings/body_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = Committee.objects.order_by("kind", "name").prefetch_related("meeting_rules__body")
        return super().get_context_data(
            rows=rows(bodies, self.today), may_change=self.user.has_perm(MAY_CHANGE), **kwargs
        )


class BodyRulesChangeView(ActView):
    """Over the entries of the body, so that none is made without sight of the others."""

    permission_required = MAY_CHANGE
    form_class = BodyRulesForm
    title = lazy("Meeting rules")
    why = lazy("What the bylaws say from a date on. Left empty, the statute decides.")
    submit_label = lazy("Save rules")

    def get_queryset(self) -> QuerySet[Committee]:
        return Committee.objects.all()

    def get_records(self) -> Sequence[Versioned]:
        return list(BodyRules.objects.of(self.object))

    def get_title(self) -> str:
        return _("Meeting rules: %(body)s") % {"body": self.object}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"body": self.object}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An entry from the very date that a page asks for is corrected instead."""
        if day := self.asked_for():
            entry = BodyRules.objects.of(self.object).filter(effective_on=day).first()
            if entry:
                return redirect("body_rules_correct", pk=entry.pk)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """What was in effect on the date that a page asks for, from that date on; else today."""
        day = self.asked_for() or self.today
        rules = BodyRules.objects.in_force(self.object, day)
        return {name: getattr(rules, name) for name in FIELDS} | {"effective_on": day}

    def asked_for(self) -> date | None:
        try:
            return date.fromisoformat(self.request.GET.get("from", ""))
        except ValueError:
            return None

    def get_cancel_url(self) -> str:
        return reverse("body_rules")

    def act(self, **given: Any) -> tuple[str, str]:
        services.set_body_rules(self.object, **given, **self.signed)
        return self.done(_("The rules were saved."))


class BodyRulesCorrectView(ActView):
    permission_required = MAY_CHANGE
    form_class = BodyRulesForm
    title = lazy("Correct meeting rules")
    why = lazy(
        "For an entry that was wrong from the start. Votes on record keep their outcome. Where a "
        "recount differs, an open item says so."
    )
    submit_label = lazy("Save correction")

    def get_queryset(self) -> QuerySet[BodyRules]:
        return BodyRules.objects.select_related("body")

    def get_title(self) -> str:
        return _("Correct meeting rules: %(body)s") % {"body": self.object.body}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"body": self.object.body}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_cancel_url(self) -> str:
        return reverse("body_rules")

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_body_rules(self.object, **given, **self.signed)
        return self.done(_("The correction was saved."))
