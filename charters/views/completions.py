"""Completions: recording that a duty was done, correcting, withdrawing, reading one."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import permissions
from charters import services
from charters.answers import Link
from charters.forms.duties import (
    CompletionForm,
    WithdrawalForm,
)
from charters.models import Completion, Duty
from charters.permissions import may_record_completion
from charters.reports.duty import Definition
from charters.rules.periods import period_of, period_served_by_default
from charters.rules.terms import Settings
from charters.sentences import period_name
from charters.views.base import (
    CharterPage,
    audit_committee,
    docket_of,
    has_committee,
    nothing_yet,
)
from charters.views.duties import clause_of
from records import clock
from records.calendar import DAY, Period
from records.confirm import ActView
from records.dates import long_day

PERIODS_OFFERED = 9


def periods_offered(
    duty: Duty, settings: Settings, today: date, served: date | None = None
) -> list[Period]:
    """The current period and the last ones since the records begin, newest first; with the one that
    was served."""
    terms, calendar = duty.terms, settings.calendar
    periods = [period_of(terms, calendar, today)]
    while len(periods) < PERIODS_OFFERED and settings.records_begin < periods[-1].first:
        periods.append(period_of(terms, calendar, periods[-1].first - DAY))
    also = [period_of(terms, calendar, served)] if served else []
    return periods + [period for period in also if period not in periods]


def upload_of(file: Any) -> services.Upload | None:
    return services.Upload(file, file.name) if file else None


def completions() -> QuerySet[Completion]:
    return Completion.objects.select_related("duty__owner", "document", "recorded_by", "corrects")


class CompletionActView(ActView):
    """An act on a duty's completions: for readers of standings who may record in its committee."""

    permission_required = "charters.view_standing"
    submit_label = gettext_lazy("Record")
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    @property
    def duty(self) -> Duty:
        found: Duty = self.object.duty
        return found

    def get_denial(self) -> str | None:
        if may_record_completion(self.user, self.duty.committee, self.today):
            return None
        return permissions.reason_for_refusal("charters.complete_duty")

    def get_title(self) -> str:
        return f"{self.title}: {self.duty.title}"

    def get_cancel_url(self) -> str:
        return clause_of(self.duty, self.docket).get_absolute_url()


def latest_of(completion: Completion) -> Completion:
    """The entry that took a completion's place, and the place of that one, and so on."""
    while later := Completion.objects.filter(corrects=completion).first():
        completion = later
    return completion


def version_of(view: CompletionActView, *, lock: bool = False) -> str:
    """A completion never changes: a later entry replaces it."""
    if lock:
        Completion.objects.select_for_update().get(pk=view.object.pk)
    return str(latest_of(view.object).pk)


class RecordCompletionView(CompletionActView):
    """Record that the duty was performed."""

    changes_object = False
    queryset = Duty.objects.select_related("owner")
    form_class = CompletionForm
    title = gettext_lazy("Record completion")
    why = gettext_lazy("The responsibility was completed on a date, for a period.")

    @property
    def duty(self) -> Duty:
        found: Duty = self.object
        return found

    def get_initial(self) -> dict[str, Any]:
        period = period_served_by_default(
            self.duty.terms,
            self.docket.settings,
            self.today,
            self.docket.evidence.get(self.duty.pk, []),
            self.docket.closed_periods(self.duty),
        )
        return {"performed_on": self.today, "serves": period.last.isoformat()}

    def get_form_kwargs(self) -> dict[str, Any]:
        periods = periods_offered(self.duty, self.docket.settings, self.today)
        return super().get_form_kwargs() | {"periods": periods, "today": self.today}

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.record_completion(self.duty, upload=upload_of(document), **given, **self.signed)
        return self.done(self.said())

    def said(self) -> str:
        """Where the duty stands with what was just recorded; a practice stands nowhere."""
        words = {"duty": self.duty.title}
        if self.duty.is_practice:
            return _("The completion of “%(duty)s” was recorded.") % words
        del self.docket
        words["standing"] = str(
            self.docket.stand(self.duty, clause_of(self.duty, self.docket)).standing.label
        )
        return _("The completion was recorded. Status of “%(duty)s”: %(standing)s.") % words


class CompletionView(CharterPage, TemplateView):
    """One completion, with the entry that replaced it, if there is one."""

    template_name = "charters/completion_detail.html"

    def load(self) -> None:
        self.completion = get_object_or_404(completions(), pk=self.kwargs["pk"])
        self.duty = self.completion.duty

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        later = Completion.objects.filter(corrects=self.completion).first()
        may = later is None and not self.completion.is_withdrawal
        may = may and may_record_completion(self.user, self.duty.committee, self.today)
        return super().get_context_data(
            completion=self.completion,
            definitions=self.definitions(),
            file=self.file(),
            later=later,
            clause=clause_of(self.duty, self.docket),
            actions=self.actions() if may else [],
            **kwargs,
        )

    def definitions(self) -> list[Definition]:
        entry = self.completion
        period = period_of(self.duty.terms, self.docket.settings.calendar, entry.serves)
        recorded = long_day(clock.day_of(entry.recorded_at, self.company))
        found = [
            Definition(_("Performed on"), long_day(entry.performed_on)),
            Definition(_("Period"), period_name(period)),
            Definition(_("Reason") if entry.is_withdrawal else _("Note"), entry.note),
            Definition(
                _("Recorded by"), str(entry.recorded_by) if entry.recorded_by else _("a command")
            ),
            Definition(_("Recorded on"), recorded),
        ]
        return [definition for definition in found if definition.text]

    def file(self) -> dict[str, Any] | None:
        document = self.completion.document
        if document is None:
            return None
        return {
            "label": document.title,
            "url": document.get_absolute_url(),
            "size": document.size,
        }

    def actions(self) -> list[Link]:
        pk = self.completion.pk
        return [
            Link(_("Correct"), reverse("completion_correct", args=[pk])),
            Link(_("Withdraw"), reverse("completion_withdraw", args=[pk])),
        ]


class CorrectView(CompletionActView):
    """A later entry that takes a completion's place."""

    queryset = completions()
    form_class = CompletionForm
    title = gettext_lazy("Correct completion")
    why = gettext_lazy(
        "The original stays on record. This entry replaces it as of the date performed."
    )
    get_version = version_of
    submit_label = gettext_lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return self.said_by(self.object)

    def get_stored(self) -> dict[str, Any]:
        return self.said_by(latest_of(self.object))

    def said_by(self, entry: Completion) -> dict[str, Any]:
        period = period_of(self.duty.terms, self.docket.settings.calendar, entry.serves)
        return {
            "performed_on": entry.performed_on,
            "serves": period.last.isoformat(),
            "note": entry.note,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        served = self.object.serves
        periods = periods_offered(self.duty, self.docket.settings, self.today, served)
        return super().get_form_kwargs() | {"periods": periods, "today": self.today}

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.correct_completion(
            self.object,
            document=self.object.document,
            upload=upload_of(document),
            **given,
            **self.signed,
        )
        return self.done(_("Recorded."))


class WithdrawView(CompletionActView):
    """A completion made in error no longer counts; it stays on record."""

    queryset = completions()
    form_class = WithdrawalForm
    title = gettext_lazy("Withdraw completion")
    why = gettext_lazy("The entry stays on record with your reason and no longer counts.")
    get_version = version_of
    submit_label = gettext_lazy("Withdraw completion")

    def get_stored(self) -> dict[str, Any]:
        return {"reason": latest_of(self.object).note}

    def act(self, **given: Any) -> tuple[str, str]:
        services.withdraw_completion(self.object, **given, **self.signed)
        return self.done(_("Recorded."))
