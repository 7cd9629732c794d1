"""A director's independence on a date: tests, determinations, facts and questionnaires."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView

from charters.views.base import audit_committee, has_committee, nothing_yet
from charters.views.completions import upload_of
from committees import services
from committees.dossier import Dossier
from committees.forms.facts import FACTS, FactKind, QuestionnaireForm, ReasonForm, form_for
from committees.models import Director, Questionnaire
from committees.reports import independence as reports
from committees.sentences import of_fact
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise


def page_of(director: Director) -> str:
    return reverse("director_independence", args=[director.pk])


class IndependenceView(PageView, DetailView):  # type: ignore[type-arg]
    """Tests A, B and C as of a date, what the Board determined, and the facts on record."""

    permission_required = "committees.view_committee"
    template_name = "committees/independence.html"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    is_dated = True

    def get_queryset(self) -> QuerySet[Director]:
        return Director.objects.known_to(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        assert self.committee  # noqa: S101
        director, may_change = self.object, self.may_change
        dossier = Dossier(self.committee, self.company.calendar, directors=[director])
        findings = dossier.findings(director.pk, self.as_of)
        forms = director.questionnaires.standing().select_related("document")
        return super().get_context_data(
            director=director,
            in_short=reports.in_short(director, findings, self.as_of),
            tests=reports.tests(findings),
            determinations=reports.determinations(
                dossier, director, self.as_of, may_change=may_change
            ),
            facts=list(reports.facts_of(director, may_change=may_change)),
            additions=reports.additions(director) if may_change else (),
            questionnaires=reports.questionnaires(
                forms.order_by("-signed_on"), self.as_of, may_change=may_change
            ),
            seats=reports.seats_said(director, self.as_of),
            may_change=may_change,
            as_of=self.as_of,
            today=self.as_of == self.today,
            **kwargs,
        )

    @property
    def may_change(self) -> bool:
        return self.user.has_perm("committees.change_relationship")


class OfDirectorView(ActView):
    """An act that adds something to what is known of a director."""

    permission_required = "committees.change_relationship"
    changes_object = False
    object: Director
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet

    def get_queryset(self) -> QuerySet[Director]:
        return Director.objects.known_to(self.user)

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_cancel_url(self) -> str:
        return page_of(self.object)


class QuestionnaireRecordView(OfDirectorView):
    form_class = QuestionnaireForm
    title = lazy("Record a signed questionnaire")
    why = lazy("Counsel’s form with its date. Enter the answers that matter as facts afterwards.")
    submit_label = lazy("Record questionnaire")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.record_questionnaire(self.object, form=upload_of(document), **given, **self.signed)
        return self.done(_("The questionnaire is recorded."))


class FactAddView(OfDirectorView):
    submit_label = lazy("Record fact")

    @cached_property
    def kind(self) -> FactKind:
        return kind_of(self.kwargs["kind"])

    def get_form_class(self) -> Any:
        return form_for(self.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"director": self.object}

    def get_title(self) -> str:
        return f"{self.kind.title}: {self.object}"

    def get_why(self) -> str | Promise:
        return self.kind.why

    def act(self, **given: Any) -> tuple[str, str]:
        services.enter_fact(self.kind.model(director=self.object, **given), **self.signed)
        return self.done(_("The fact is recorded."))


def kind_of(slug: str) -> FactKind:
    """The kind that the address names; there are no others."""
    return FACTS[slug]


class FactActView(ActView):
    """An act on a fact. The entry itself never changes."""

    permission_required = "committees.change_relationship"
    changes_object = False
    object: Any

    @cached_property
    def kind(self) -> FactKind:
        return kind_of(self.kwargs["kind"])

    def get_object(self, queryset: Any = None) -> Any:
        rows: Any = self.kind.model._default_manager
        found = rows.visible_to(self.user).select_related("director")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return f"{self.title}: {self.kind.title}, {self.object.director}"

    def get_note(self) -> str:
        return str(of_fact(self.object))

    def get_cancel_url(self) -> str:
        return page_of(self.object.director)


class FactCorrectView(FactActView):
    title = lazy("Correct a fact")
    why = lazy("The first entry stays on record. This one replaces it.")
    submit_label = lazy("Record correction")

    def get_form_class(self) -> Any:
        return form_for(self.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"director": self.object.director}

    def get_initial(self) -> dict[str, Any]:
        names = (*self.kind.fields, "questionnaire")
        values = {name: getattr(self.object, name) for name in names}
        return {name: getattr(value, "pk", value) for name, value in values.items()}

    def act(self, **given: Any) -> tuple[str, str]:
        later = self.kind.model(director=self.object.director, **given)
        services.correct_fact(self.object, later, **self.signed)
        return self.done(_("The correction is recorded."))


class FactWithdrawView(FactActView):
    form_class = ReasonForm
    title = lazy("Withdraw a fact")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw fact")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_fact(self.object, reason=reason, **self.signed)
        return self.done(_("The fact is withdrawn."))


class QuestionnaireWithdrawView(ActView):
    permission_required = "committees.change_relationship"
    changes_object = False
    form_class = ReasonForm
    title = lazy("Withdraw a questionnaire")
    why = lazy("For a form recorded in error. Facts transcribed from it stay.")
    submit_label = lazy("Withdraw questionnaire")
    object: Questionnaire

    def get_queryset(self) -> QuerySet[Questionnaire]:
        return Questionnaire.objects.visible_to(self.user).select_related("director")

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_cancel_url(self) -> str:
        return page_of(self.object.director)

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_questionnaire(self.object, reason=reason, **self.signed)
        return self.done(_("The questionnaire is withdrawn."))
