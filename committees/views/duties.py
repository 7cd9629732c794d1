"""A duty: its terms, its history, and the verbs that record something of it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import permissions
from committees import services
from committees.forms.duties import (
    AppliesAgainForm,
    AttestationForm,
    DutyForm,
    EndDutyForm,
    NewDutyForm,
    NotApplicableForm,
    NoteForm,
    WithdrawalForm,
)
from committees.models import Attestation, Clause, Duty
from committees.permissions import may_attest, possible_owners
from committees.reports.charter import Link
from committees.reports.duty import Definition, DutyPage, duty_page, owners_page
from committees.rules.catalogue import ENTRIES
from committees.rules.periods import period_of, period_served_by_default
from committees.rules.terms import Evidence
from committees.sentences import period_name
from committees.standing import DutyStanding
from committees.views.base import CharterMixin
from records import clock
from records.calendar import DAY, Period
from records.confirm import ActView
from records.dates import long_day

PERIODS_OFFERED = 9


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


class AttestMixin(VerbView):
    """What attesting and correcting share: the form with its periods, and the document."""

    form_class = AttestationForm
    submit_label = gettext_lazy("Record")

    def permit(self) -> None:
        self.permission_required = "committees.view_standing"
        super().permit()
        duty = getattr(self, "duty", None)
        if duty and not may_attest(self.user, duty.committee, self.today):
            raise PermissionDenied(permissions.reason_for_refusal("committees.attest_duty"))

    @cached_property
    def evidence(self) -> list[Evidence]:
        return self.docket.evidence.get(self.duty.pk, [])

    def periods(self) -> list[Period]:
        """The running period and the last ones, newest first."""
        terms, calendar = self.duty.terms, self.docket.settings.calendar
        periods = [period_of(terms, calendar, self.today)]
        while len(periods) < PERIODS_OFFERED:
            periods.append(period_of(terms, calendar, periods[-1].first - DAY))
        return periods

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"periods": self.periods(), "today": self.today}

    def get_cancel_url(self) -> str:
        return self.clause.get_absolute_url()

    def upload(self, file: Any) -> services.Upload | None:
        return services.Upload(file, file.name) if file else None


class AttestView(AttestMixin):
    """Record that the duty was performed."""

    title = gettext_lazy("Record that it was done")
    why = gettext_lazy(
        "An attestation is evidence: that the duty was performed on a day, for a period."
    )

    def get_initial(self) -> dict[str, Any]:
        period = period_served_by_default(
            self.duty.terms,
            self.docket.settings,
            self.today,
            self.evidence,
            self.docket.settled_periods(self.duty),
        )
        return {"performed_on": self.today, "serves": period.last.isoformat()}

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.attest(self.duty, upload=self.upload(document), **given, **self.signed)
        words = {"duty": self.duty.title, "standing": self.fresh_row().standing.label}
        return self.done(_("Recorded. “%(duty)s” is %(standing)s.") % words)

    def fresh_row(self) -> DutyStanding:
        """Where the duty stands with what was just recorded."""
        del self.docket
        return self.docket.stand(self.duty, self.clause)


class AttestationMixin:
    """Finds the duty through one of its attestations."""

    kwargs: dict[str, Any]

    def load(self) -> None:
        self.attestation = get_object_or_404(
            Attestation.objects.select_related(
                "duty__owner", "document", "recorded_by", "corrects"
            ),
            pk=self.kwargs["pk"],
        )
        self.duty = self.attestation.duty


class AttestationView(AttestationMixin, DutyMixin, TemplateView):
    """One attestation, with the entry that took its place if there is one."""

    template_name = "committees/attestation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        later = Attestation.objects.filter(corrects=self.attestation).first()
        may = later is None and not self.attestation.is_withdrawal
        may = may and may_attest(self.user, self.duty.committee, self.today)
        return super().get_context_data(
            attestation=self.attestation,
            definitions=self.definitions(),
            file=self.file(),
            later=later,
            clause=self.clause,
            actions=self.actions() if may else [],
            **kwargs,
        )

    def definitions(self) -> list[Definition]:
        entry = self.attestation
        period = period_of(self.duty.terms, self.docket.settings.calendar, entry.serves)
        recorded = long_day(clock.day_of(entry.recorded_at, self.company))
        found = [
            Definition(_("Performed on"), long_day(entry.performed_on)),
            Definition(_("Counts for"), period_name(period)),
            Definition(_("Reason") if entry.is_withdrawal else _("Note"), entry.note),
            Definition(
                _("Recorded by"), str(entry.recorded_by) if entry.recorded_by else _("a command")
            ),
            Definition(_("Recorded on"), recorded),
        ]
        return [definition for definition in found if definition.text]

    def file(self) -> dict[str, Any] | None:
        document = self.attestation.document
        if document is None:
            return None
        return {
            "label": document.title,
            "url": document.get_absolute_url(),
            "size": document.size,
        }

    def actions(self) -> list[Link]:
        pk = self.attestation.pk
        return [
            Link(_("Correct it"), reverse("attestation_correct", args=[pk])),
            Link(_("Withdraw it"), reverse("attestation_withdraw", args=[pk])),
        ]


class CorrectView(AttestationMixin, AttestMixin):
    """A later entry that takes an attestation's place."""

    title = gettext_lazy("Correct an attestation")
    why = gettext_lazy(
        "The first entry stays on record; this one takes its place from the fact's own day."
    )
    submit_label = gettext_lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        earlier = self.attestation
        period = period_of(self.duty.terms, self.docket.settings.calendar, earlier.serves)
        return {
            "performed_on": earlier.performed_on,
            "serves": period.last.isoformat(),
            "note": earlier.note,
        }

    def periods(self) -> list[Period]:
        terms, calendar = self.duty.terms, self.docket.settings.calendar
        periods = super().periods()
        served = period_of(terms, calendar, self.attestation.serves)
        return periods if served in periods else [*periods, served]

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.correct(
            self.attestation,
            document=self.attestation.document,
            upload=self.upload(document),
            **given,
            **self.signed,
        )
        return self.done()


class WithdrawView(AttestationMixin, AttestMixin):
    """An attestation made in error counts no more; it stays on record."""

    form_class = WithdrawalForm  # type: ignore[assignment]
    title = gettext_lazy("Withdraw an attestation")
    why = gettext_lazy("It stays on record with your reason, and counts no more.")
    submit_label = gettext_lazy("Withdraw the attestation")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super(AttestMixin, self).get_form_kwargs()

    def act(self, **given: Any) -> tuple[str, str]:
        services.withdraw(self.attestation, **given, **self.signed)
        return self.done()


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
