"""A duty: its terms, its history, and the verbs that record something of it."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from charters import services
from charters.answers import Link
from charters.forms.duties import (
    AppliesAgainForm,
    DutyForm,
    EndDutyForm,
    NewDutyForm,
    NotApplicableForm,
    NoteForm,
)
from charters.models import Clause, Duty
from charters.permissions import may_record_completion, possible_owners
from charters.reports.charter import taken_up_at
from charters.reports.duty import DutyPage, duty_page, owners_page
from charters.rules.catalogue import ENTRIES
from charters.rules.terms import Occurrence
from charters.standing import Docket
from charters.values import DutyStanding, Practice
from charters.views.base import (
    CharterPage,
    audit_committee,
    docket_of,
    has_committee,
    nothing_yet,
)
from records.confirm import ActView


def clause_of(duty: Duty, docket: Docket) -> Clause:
    """The clause of a duty: of the version in effect, else of the last that had it."""
    clause = (
        docket.clause_of.get(duty.pk) or duty.clauses.order_by("version__effective_on", "pk").last()
    )
    if clause is None:
        raise Http404
    return clause


class DutyView(CharterPage, TemplateView):
    """Terms, standing and the whole history of a duty: for readers of standings, and its owner."""

    template_name = "charters/duty_detail.html"

    @cached_property
    def is_reader(self) -> bool:
        return self.user.has_perm("charters.view_standing")

    @property
    def is_dated(self) -> bool:
        """An owner who reads no standings reads today's alone."""
        return self.is_reader

    def may_look(self) -> bool:
        """Whoever owns a duty sees that one."""
        return True

    def load(self) -> None:
        duties = Duty.objects.select_related("owner")
        if not self.is_reader:
            duties = duties.filter(owner=self.user)
        self.duty = get_object_or_404(duties, pk=self.kwargs["pk"])
        self.docket = self.docket.of_duties(lambda: [self.duty.pk])

    def permit(self) -> None:
        """An owner has been found by `load` as the owner."""
        if not hasattr(self, "duty"):
            super().permit()

    @cached_property
    def clause(self) -> Clause:
        return clause_of(self.duty, self.docket)

    @cached_property
    def row(self) -> DutyStanding | Practice:
        """Where the duty stands; of a practice, its last record and its next date."""
        found = self.docket.practice if self.duty.is_practice else self.docket.stand
        return found(self.duty, self.clause)

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.is_reader else "charters/duty_owned.html"]

    def page(self) -> DutyPage:
        if not self.is_reader:
            return owners_page(self.row, self.docket)
        return duty_page(self.row, self.docket, self.user, self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=self.page(),
            as_of=self.as_of,
            today=self.as_of == self.today,
            clause=self.clause,
            primary=self.primary(),
            actions=self.actions(),
            **kwargs,
        )

    def primary(self) -> Link | None:
        if not may_record_completion(self.user, self.duty.committee, self.today):
            return None
        return taken_up_at(self.waiting(), self.duty) or Link(
            _("Record completion"), reverse("completion_add", args=[self.duty.pk])
        )

    def waiting(self) -> list[Occurrence]:
        """What is open, where it is one thing: several stand on this very page."""
        found = self.docket.waiting(self.duty) if self.is_reader else []
        return found if len(found) == 1 else []

    def actions(self) -> list[Link]:
        if not self.user.has_perm("charters.change_duty"):
            return []
        spans = self.duty.inapplicabilities.filter(ends_on=None)
        actions = [Link(_("Change details"), reverse("duty_change", args=[self.duty.pk]))]
        if spans:
            actions.append(
                Link(_("Mark as applicable"), reverse("duty_apply", args=[self.duty.pk]))
            )
        else:
            actions.append(
                Link(_("Not applicable"), reverse("duty_not_applicable", args=[self.duty.pk]))
            )
        if self.duty.in_force_until is None:
            actions.append(Link(_("End responsibility"), reverse("duty_end", args=[self.duty.pk])))
        return actions


class DutyActView(ActView):
    """One act on a duty: a form, one service, and back to the duty."""

    permission_required = "charters.change_duty"
    queryset = Duty.objects.select_related("owner")
    object: Duty
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    def get_title(self) -> str:
        return f"{self.title}: {self.object.title}"

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


def offer_owners(form: Any, on: date) -> Any:
    """The form names the duty's owner."""
    form.fields["owner"].queryset = possible_owners(on)
    return form


class DutyChangeView(DutyActView):
    form_class = DutyForm
    title = gettext_lazy("Change details")
    why = gettext_lazy(
        "The change applies to past dates too. To change from a date, end this "
        "responsibility and add another."
    )
    submit_label = gettext_lazy("Change details")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Duty.objects.get(pk=self.object.pk)}

    def get_form(self, form_class: Any = None) -> Any:
        return offer_owners(super().get_form(form_class), self.today)

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_duty(self.object, **given, **self.signed)
        return self.done(_("Recorded."))


class DutyEndView(DutyActView):
    form_class = EndDutyForm
    stored_as = {"until": "in_force_until"}
    title = gettext_lazy("End responsibility")
    why = gettext_lazy("It stays on record and is no longer required after that date.")
    submit_label = gettext_lazy("End responsibility")

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_duty(self.object, **given, **self.signed)
        return self.done(_("Recorded."))


class NotApplicableView(DutyActView):
    form_class = NotApplicableForm
    title = gettext_lazy("Mark as not applicable")
    why = gettext_lazy("Give a reason and an effective date.")
    submit_label = gettext_lazy("Mark as not applicable")

    def get_initial(self) -> dict[str, Any]:
        entry = ENTRIES.get(self.object.catalogue_key)
        return {
            "starts_on": self.today,
            "reason": entry.not_applicable_reason if entry else "",
        }

    def get_stored(self) -> dict[str, Any]:
        span = self.object.inapplicabilities.last()
        return {"starts_on": span.starts_on, "reason": span.reason} if span else {}

    def act(self, **given: Any) -> tuple[str, str]:
        services.declare_not_applicable(self.object, **given, **self.signed)
        return self.done(_("Recorded."))


class AppliesAgainView(DutyActView):
    form_class = AppliesAgainForm
    title = gettext_lazy("Mark as applicable")
    submit_label = gettext_lazy("Mark as applicable")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def get_stored(self) -> dict[str, Any]:
        span = self.object.inapplicabilities.last()
        return {"on": span.ends_on} if span else {}

    def act(self, **given: Any) -> tuple[str, str]:
        span = self.object.inapplicabilities.filter(ends_on=None).last()
        if span is None:
            raise ValidationError(_("This responsibility already applies."))
        services.apply_again(span, **given, **self.signed)
        return self.done(_("Recorded."))


class ClauseActView(ActView):
    """An act on a clause of the version in effect."""

    permission_required = "charters.change_duty"
    object: Clause
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    def load(self) -> None:
        clauses = {clause.reference: clause for clause in self.docket.clauses}
        if self.kwargs["reference"] not in clauses:
            raise Http404(_("The charter in effect today has no such clause."))
        self.object = clauses[self.kwargs["reference"]]

    def get_title(self) -> str:
        return f"{self.title}: {self.object.reference} {self.object.heading}"

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


class DutyAddView(ClauseActView):
    form_class = NewDutyForm
    title = gettext_lazy("Add responsibility")
    why = gettext_lazy("Add a responsibility that is not in the catalogue.")
    submit_label = gettext_lazy("Add responsibility")

    def get_initial(self) -> dict[str, Any]:
        return {"in_force_from": self.today}

    def get_form(self, form_class: Any = None) -> Any:
        return offer_owners(super().get_form(form_class), self.today)

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_duty(self.object, **given, **self.signed)
        return self.done(_("Recorded."))


class NoteView(ClauseActView):
    form_class = NoteForm
    permission_required = "charters.change_charter"
    title = gettext_lazy("Add note to clause")
    why = gettext_lazy("How the clause is applied today. The text of the clause does not change.")
    submit_label = gettext_lazy("Add note")

    def get_initial(self) -> dict[str, Any]:
        return {"dated": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.note(self.object, **given, **self.signed)
        return self.done(_("Recorded."))
