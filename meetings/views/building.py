"""The page on which an agenda is built from what the record proposes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from meetings.agenda_templates import Template, usual
from meetings.candidates import Candidate, candidates
from meetings.enums import ItemSource, MeetingKind
from meetings.forms.building import TakeForm
from meetings.reports.building import groups
from meetings.services.building import take
from meetings.views.base import MeetingActView


class AgendaBuildView(MeetingActView):
    """Everything that the agenda could hold, to be ticked and taken at once."""

    template_name = "meetings/agenda_build.html"
    form_class = TakeForm
    changes_object = False
    title = lazy("Build agenda")
    why = lazy("Select what the meeting will discuss. Each line says why, and by when.")
    submit_label = lazy("Add selected items")

    @cached_property
    def template(self) -> Template:
        asked = self.request.GET.get("template", "")
        return Template(asked) if asked in Template.values else usual(self.kind)

    @property
    def kind(self) -> MeetingKind:
        return MeetingKind(self.object.kind)

    @cached_property
    def found(self) -> list[Candidate]:
        return candidates(self.object, self.user, self.today, self.template)

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = [(each.key, each.title) for each in self.found]
        return super().get_form_kwargs() | {"offered": offered}

    def get_initial(self) -> dict[str, Any]:
        """Everything, while the agenda is empty; afterwards what no agenda goes without."""
        is_empty = not self.object.items.exists()
        ticked = [each.key for each in self.found if is_empty or each.source == ItemSource.FIXED]
        return {"take": ticked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        ticked = context["form"]["take"].value() or []
        return context | {"groups": groups(self.found, ticked), "choices": self.choices()}

    def choices(self) -> list[dict[str, Any]]:
        return [
            {
                "label": template.label,
                "url": f"{self.request.path}?template={template.value}",
                "is_current": template == self.template,
            }
            for template in Template
        ]

    def act(self, take: list[str]) -> tuple[str, str]:
        chosen = [each for each in self.found if each.key in take]
        items = self.take(chosen)
        sentence = ngettext(
            "%(count)s item was added.", "%(count)s items were added.", len(items)
        ) % {"count": len(items)}
        return self.done(sentence)

    def take(self, chosen: list[Candidate]) -> list[Any]:
        return take(self.object, chosen, **self.signed)
