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
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from records.models import Versioned

FIELDS = tuple(name for name in BodyRulesForm.base_fields if name != "filled_for")
RULES = tuple(name for name in FIELDS if name != "effective_on")


def as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
    why = lazy(
        "What the bylaws say. Leave a field empty where they are silent: the statute decides."
    )
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
        return self.in_effect(self.asked_for() or self.today)

    def in_effect(self, day: date) -> dict[str, Any]:
        rules = BodyRules.objects.in_force(self.object, day)
        found = {name: getattr(rules, name) for name in RULES}
        return found | {"effective_on": day, "filled_for": day.isoformat()}

    def asked_for(self) -> date | None:
        return as_day(self.request.GET.get("from", ""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where another date is chosen than the one whose rules were filled in, those of that date
        are filled in first, but for what was typed."""
        form = self.get_form()
        filled_for = as_day(request.POST.get("filled_for", ""))
        if filled_for and form.is_valid():
            chosen = form.cleaned_data["effective_on"] or self.today
            before, now = self.in_effect(filled_for), self.in_effect(chosen)
            if any(before[name] != now[name] for name in RULES):
                return self.filled_again(form, before, now)
        return super().post(request, *args, **kwargs)

    def filled_again(self, form: Any, before: dict[str, Any], now: dict[str, Any]) -> HttpResponse:
        given = form.cleaned_data
        kept = {name for name in RULES if name in given and given[name] != before[name]}
        form.data = form.data.copy()
        for name in set(form.fields) & {*RULES, "filled_for"} - kept:
            value = now[name]
            form.data.pop(name, None)
            if value is not False:
                form.data[name] = "" if value is None else str(value)
        form.add_error(
            "effective_on",
            _(
                "Other rules were in effect on %(day)s. They are filled in below where you changed "
                "nothing. Check them and save again."
            )
            % {"day": long_day(now["effective_on"])},
        )
        return self.form_invalid(form)

    def get_cancel_url(self) -> str:
        return reverse("body_rules")

    def act(self, filled_for: str = "", **given: Any) -> tuple[str, str]:
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

    def act(self, filled_for: str = "", **given: Any) -> tuple[str, str]:
        services.correct_body_rules(self.object, **given, **self.signed)
        return self.done(_("The correction was saved."))
