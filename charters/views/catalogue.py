"""Responsibilities of the catalogue, chosen for the clauses of the charter."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charters import services
from charters.forms.charter import ChooseDutiesForm
from charters.proposals import DutyProposal, proposals_for
from charters.views.base import (
    audit_committee,
    docket_of,
    has_committee,
    leading_back,
    nothing_yet,
)
from records import clock
from records.confirm import ActView


class DutiesView(ActView):
    """Duties of the catalogue that no clause has yet: each with the clause proposed for it."""

    permission_required = "charters.change_charter"
    form_class = ChooseDutiesForm
    template_name = "charters/choose_duties.html"
    title = gettext_lazy("Choose responsibilities")
    why = gettext_lazy(
        "What the charter, the law and good practice ask of an audit committee. Each is "
        "proposed for the closest clause."
    )
    submit_label = gettext_lazy("Add responsibilities")
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    @cached_property
    def proposals(self) -> list[DutyProposal]:
        return proposals_for(self.docket)

    def get_initial(self) -> dict[str, Any]:
        version = self.docket.version
        return {"in_force_from": version.effective_on if version else self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "proposals": self.proposals,
            "clauses": self.docket.clauses,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            version=self.docket.version, proposals=self.proposals, **kwargs
        )

    def get_cancel_url(self) -> str:
        return reverse("charter")

    def act(self, **given: Any) -> tuple[str, str]:
        clauses = {clause.reference: clause for clause in self.docket.clauses}
        chosen = {
            proposal.key: clauses[reference]
            for proposal in self.proposals
            if (reference := given.get(f"entry_{proposal.key}"))
        }
        if not chosen:
            raise ValidationError(_("Choose a clause for at least one responsibility."))
        services.attach(chosen, in_force_from=given["in_force_from"], by=self.user, at=clock.now())
        sentence = _("The responsibilities were added.")
        return self.get_cancel_url(), leading_back(self.request, sentence)
