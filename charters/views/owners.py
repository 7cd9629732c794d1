"""The owners of all responsibilities, given at once."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from charters import services
from charters.forms.owners import OwnersForm, owner_name
from charters.permissions import possible_owners
from charters.views.base import (
    audit_committee,
    docket_of,
    has_committee,
    leading_back,
    nothing_yet,
)
from records.confirm import ActView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charters.models import Duty
    from records.models.bases import Versioned


class OwnersView(ActView):
    """Who looks after each responsibility and is reminded of it."""

    permission_required = "charters.change_duty"
    form_class = OwnersForm
    template_name = "charters/owners.html"
    title = gettext_lazy("Owners of responsibilities")
    why = gettext_lazy(
        "The owner of a responsibility is reminded of it. Without one, the secretary is reminded."
    )
    submit_label = gettext_lazy("Save owners")
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    @cached_property
    def duties(self) -> list[Duty]:
        """Those in force, in the charter's order."""
        clause_of = self.docket.clause_of
        found = [
            duty
            for duty in self.docket.duties
            if duty.pk in clause_of and self.docket.is_in_force(duty)
        ]
        return sorted(found, key=lambda duty: (clause_of[duty.pk].order, duty.pk))

    @property
    def parts(self) -> list[tuple[str, list[Duty]]]:
        """Under the headings of the charter."""
        clause_of = self.docket.clause_of

        def heading(duty: Duty) -> str:
            section = clause_of[duty.pk].section
            return section.text if section else str(self.docket.version)

        return [(title, list(duties)) for title, duties in groupby(self.duties, key=heading)]

    def get_records(self) -> Sequence[Versioned]:
        return sorted(self.duties, key=lambda duty: duty.pk)

    def get_stored(self) -> dict[str, Any]:
        return {owner_name(duty): duty.owner.email if duty.owner else "" for duty in self.duties}

    def get_form_kwargs(self) -> dict[str, Any]:
        keys = {*possible_owners(self.today).values_list("pk", flat=True)}
        keys |= {duty.owner_id for duty in self.duties if duty.owner_id}
        people = User.objects.with_roles().filter(pk__in=keys)
        return super().get_form_kwargs() | {
            "parts": self.parts,
            "people": list(people.order_by("name", "pk")),
            "today": self.today,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(duties=self.duties, **kwargs)

    def get_cancel_url(self) -> str:
        return reverse("charter")

    def perform(self, form: Any) -> tuple[str, str]:
        self.chosen = form.owners()
        return super().perform(form)

    def act(self, **given: Any) -> tuple[str, str]:
        changed = services.give_owners(self.chosen, **self.signed)
        sentence = ngettext(
            "%(count)s responsibility has a new owner.",
            "%(count)s responsibilities have a new owner.",
            changed,
        ) % {"count": changed}
        return self.get_cancel_url(), leading_back(
            self.request, sentence if changed else _("No owner was changed.")
        )
