"""The deadlines: what falls due, whom the portal reminds, and when."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from charters.reminders import Reminders
from charters.reports.charter import address
from charters.reports.deadlines import groups, shown
from charters.views.base import CharterPage

CHOICES = ("soon", "past", "all")


class DeadlinesView(CharterPage, TemplateView):
    """By person. Who reads no standings finds what they are reminded of themselves, as of today."""

    permission_required = "charters.view_deadlines"
    template_name = "charters/deadlines.html"

    @property
    def is_dated(self) -> bool:
        return self.user.has_perm("charters.view_standing")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("show", "")
        choice = asked if asked in CHOICES else CHOICES[0]
        found = Reminders(self.docket).visible_to(self.user)
        return super().get_context_data(
            groups=groups(shown(found, choice, self.as_of), self.user, self.as_of),
            choices=self.choices(choice),
            shown=choice,
            as_of=self.as_of if self.is_dated else None,
            today=self.as_of == self.today,
            today_url=self.request.path,
            **kwargs,
        )

    def choices(self, chosen: str) -> list[dict[str, Any]]:
        words = (_("Next 90 days"), _("Past dates"), _("All"))
        keep = {} if self.as_of == self.today else {"as_of": self.as_of.isoformat()}
        return [
            {
                "label": label,
                "url": address(
                    reverse("deadlines"), **keep, **({} if name == CHOICES[0] else {"show": name})
                ),
                "is_current": name == chosen,
            }
            for name, label in zip(CHOICES, words, strict=True)
        ]
