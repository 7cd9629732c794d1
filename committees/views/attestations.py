"""Attestations: recording that a duty was done, correcting, withdrawing, reading one."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import permissions
from committees import services
from committees.forms.duties import (
    AttestationForm,
    WithdrawalForm,
)
from committees.models import Attestation
from committees.permissions import may_attest
from committees.reports.charter import Link
from committees.reports.duty import Definition
from committees.rules.periods import period_of, period_served_by_default
from committees.rules.terms import Evidence
from committees.sentences import period_name
from committees.standing import DutyStanding
from committees.views.duties import DutyMixin, VerbView
from records import clock
from records.calendar import DAY, Period
from records.dates import long_day

PERIODS_OFFERED = 9


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
