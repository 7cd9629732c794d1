"""A duty: its terms, its history, and the verbs that record something of it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from committees import services
from committees.forms.duties import (
    AppliesAgainForm,
    DutyForm,
    EndDutyForm,
    NewDutyForm,
    NotApplicableForm,
    NoteForm,
)
from committees.models import Clause, Duty
from committees.permissions import may_attest, possible_owners
from committees.reports.charter import Link
from committees.reports.duty import DutyPage, duty_page, owners_page
from committees.rules.catalogue import ENTRIES
from committees.standing import DutyStanding
from committees.views.base import CharterMixin
from records import clock
from records.confirm import ActView


class DutyMixin(CharterMixin):
    """A page of one duty: open to readers of standings and to the duty's owner."""

    for_owner = False

    @cached_property
    def is_reader(self) -> bool:
        return self.request.user.has_perm("committees.view_standing")

    def may_look(self) -> bool:
        return self.for_owner or super().may_look()

    def load(self) -> None:
        duties = Duty.objects.select_related("owner")
        if not self.is_reader:
            duties = duties.filter(owner=self.user)
        self.duty = get_object_or_404(duties, pk=self.kwargs["pk"])

    def permit(self) -> None:
        """An owner has been found by `load` as the owner."""
        if not (self.for_owner and hasattr(self, "duty")):
            super().permit()

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        if owner := form.fields.get("owner"):
            owner.queryset = possible_owners(self.today)
        return form

    @cached_property
    def clause(self) -> Clause:
        """The clause it hangs on: of the version in effect, else of the last that had it."""
        clause = (
            self.docket.clause_of.get(self.duty.pk)
            or self.duty.clauses.order_by("version__effective_on", "pk").last()
        )
        if clause is None:
            raise Http404
        return clause

    @cached_property
    def row(self) -> DutyStanding:
        return self.docket.stand(self.duty, self.clause)


class DutyView(DutyMixin, TemplateView):
    """Terms, standing and the whole history of a duty."""

    template_name = "committees/duty_detail.html"
    for_owner = True

    @property
    def is_dated(self) -> bool:
        """An owner who reads no standings reads today's alone."""
        return self.is_reader

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.is_reader else "committees/duty_owned.html"]

    def page(self) -> DutyPage:
        if not self.is_reader:
            return owners_page(self.row, self.docket)
        gaps = list(self.docket.gaps(self.duty))
        return duty_page(self.row, self.docket, gaps, self.user, self.today)

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
        if not may_attest(self.user, self.duty.committee, self.today):
            return None
        return Link(_("Record that it was done"), reverse("attest", args=[self.duty.pk]))

    def actions(self) -> list[Link]:
        if not self.user.has_perm("committees.change_duty"):
            return []
        spans = self.duty.inapplicabilities.filter(ends_on=None)
        actions = [Link(_("Change the terms"), reverse("duty_change", args=[self.duty.pk]))]
        if spans:
            actions.append(Link(_("It applies again"), reverse("duty_apply", args=[self.duty.pk])))
        else:
            actions.append(
                Link(_("Not applicable"), reverse("duty_not_applicable", args=[self.duty.pk]))
            )
        if self.duty.in_force_until is None:
            actions.append(Link(_("End the duty"), reverse("duty_end", args=[self.duty.pk])))
        return actions


class VerbView(DutyMixin, ActView):
    """One verb on a duty: a form, one service, and back to the duty."""

    permission_required = "committees.change_duty"

    def get_title(self) -> str:
        return f"{self.title}: {self.subject()}"

    def subject(self) -> str:
        return self.duty.title

    def get_cancel_url(self) -> str:
        return self.duty.get_absolute_url()

    def done(self, sentence: str = "") -> tuple[str, str]:
        """Where to go from here, and what was recorded."""
        return self.get_cancel_url(), sentence or _("Recorded.")

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.user, "at": clock.now()}


class DutyChangeView(VerbView):
    form_class = DutyForm
    title = gettext_lazy("Change the terms of a duty")
    why = gettext_lazy(
        "Terms hold for all time, so past days are read anew with them. "
        "To change from a day on, end this duty and add another."
    )
    submit_label = gettext_lazy("Change the terms")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Duty.objects.get(pk=self.duty.pk)}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_duty(self.duty, **given, **self.signed)
        return self.done()


class DutyEndView(VerbView):
    form_class = EndDutyForm
    title = gettext_lazy("End a duty")
    why = gettext_lazy("It stays on record and is asked for no more after that day.")
    submit_label = gettext_lazy("End the duty")

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_duty(self.duty, **given, **self.signed)
        return self.done()


class NotApplicableView(VerbView):
    form_class = NotApplicableForm
    title = gettext_lazy("Declare a duty not applicable")
    why = gettext_lazy("With its reason and from a day; never silently.")
    submit_label = gettext_lazy("Declare it not applicable")

    def get_initial(self) -> dict[str, Any]:
        entry = ENTRIES.get(self.duty.catalogue_key)
        return {
            "starts_on": self.today,
            "reason": entry.not_applicable_reason if entry else "",
        }

    def act(self, **given: Any) -> tuple[str, str]:
        services.declare_not_applicable(self.duty, **given, **self.signed)
        return self.done()


class AppliesAgainView(VerbView):
    form_class = AppliesAgainForm
    title = gettext_lazy("A duty applies again")
    submit_label = gettext_lazy("Record that it applies again")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        span = self.duty.inapplicabilities.filter(ends_on=None).last()
        if span is None:
            raise ValidationError(_("This duty applies already."))
        services.apply_again(span, **given, **self.signed)
        return self.done()


class ClauseVerbView(VerbView):
    """A verb on a clause of the version in effect."""

    def load(self) -> None:
        clauses = {clause.reference: clause for clause in self.docket.clauses}
        if self.kwargs["reference"] not in clauses:
            raise Http404(_("No such clause is in the charter in effect today."))
        self.clause = clauses[self.kwargs["reference"]]

    def subject(self) -> str:
        return f"{self.clause.reference} {self.clause.heading}"

    def get_cancel_url(self) -> str:
        return self.clause.get_absolute_url()


class DutyAddView(ClauseVerbView):
    form_class = NewDutyForm
    title = gettext_lazy("Add a duty")
    why = gettext_lazy("A duty of your own beside those the catalogue knows.")
    submit_label = gettext_lazy("Add the duty")

    def get_initial(self) -> dict[str, Any]:
        return {"in_force_from": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_duty(self.clause, **given, **self.signed)
        return self.done()


class NoteView(ClauseVerbView):
    form_class = NoteForm
    permission_required = "committees.change_charter"
    title = gettext_lazy("Write a note beside a clause")
    why = gettext_lazy(
        "How the clause is applied today, beside its words and never instead of them."
    )
    submit_label = gettext_lazy("Set the note beside the clause")

    def get_initial(self) -> dict[str, Any]:
        return {"dated": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.note(self.clause, **given, **self.signed)
        return self.done()
