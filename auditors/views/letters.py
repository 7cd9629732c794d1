"""Papers the auditor gave: received for somebody who does not sign in, discussed, decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView

from auditors import documents
from auditors.enums import LetterKind
from auditors.forms import letters as forms
from auditors.forms.fields import offer_years
from auditors.models import ExceptionDecision, Firm, Letter, LetterException, ServiceRequest
from auditors.reports import letters as reports
from auditors.reports.overview import file_of
from auditors.services import letters as services
from auditors.views.base import AuditorActView, AuditorPage, recording
from auditors.views.requests import the_auditor
from charters.answers import Link
from charters.permissions import READERS

ALL = "all"

if TYPE_CHECKING:
    from accounts.models import User


class LettersView(AuditorPage, ListView):  # type: ignore[type-arg]
    """Every paper on file, the newest first; of one type by `?kind=`."""

    permission_required = "auditors.view_letter"
    template_name = "auditors/letters.html"
    paginate_by = 20

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in LetterKind.values else ALL

    def get_queryset(self) -> QuerySet[Letter]:
        rows = Letter.objects.visible_to(self.user).with_history()
        return rows if self.shown == ALL else rows.filter(kind=self.shown)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        here = reverse("auditor_letters")
        context["rows"] = [reports.letter_row(row) for row in context["object_list"]]
        context["choices"] = [
            {"label": _("All"), "url": here, "is_current": self.shown == ALL},
            *(
                {"label": label, "url": f"{here}?kind={kind}", "is_current": self.shown == kind}
                for kind, label in LetterKind.choices
            ),
        ]
        context["may_receive"] = self.user.has_perm("auditors.receive_letter")
        return context


class LetterView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """One paper: its dates, its discussion, what it excepts."""

    permission_required = "auditors.view_letter"
    template_name = "auditors/letter.html"

    def get_queryset(self) -> QuerySet[Letter]:
        rows = Letter.objects.visible_to(self.user)
        return rows.with_history().with_corrections().select_related("firm", "document")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.company.calendar if self.company else None
        may_change = self.user.has_perm("auditors.receive_letter")
        discuss = Link(
            _("Record discussion"), reverse("auditor_letter_discuss", args=[self.object.pk])
        )
        # What the committee did about it is for its readers.
        reads = bool(self.user.roles_today & READERS)
        return super().get_context_data(
            letter=self.object,
            title=reports.title_of(self.object),
            facts=reports.facts(self.object, calendar, self.user),
            exceptions=reports.exception_rows(self.object) if reads else (),
            history=reports.history(self.object, self.company) if reads else (),
            file=file_of(self.object.document, self.user),
            first=discuss if may_change and reports.is_to_discuss(self.object) else None,
            again=discuss if may_change and not reports.is_to_discuss(self.object) else None,
            may_change=may_change,
            **kwargs,
        )


class ReceiveView(AuditorActView):
    """The file, its type, its date: twenty seconds. It counts like any other record."""

    permission_required = "auditors.receive_letter"
    form_class = forms.ReceiveForm
    back = "auditor_letters"
    title = lazy("Record a paper received")
    why = lazy("For an auditor who does not sign in: the file, its type and its date.")
    submit_label = lazy("Record receipt")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        names = ("kind", "item", "serves")
        given: dict[str, Any] = {name: asked[name] for name in names if name in asked}
        this_year = self.calendar.year_of(self.today).last.isoformat()
        if self.request.GET.get("describes", "").isdigit():
            given["describes"] = [self.request.GET["describes"]]
        return {"firm": the_auditor(self), "serves": this_year} | given

    def offer(self, form: Any) -> None:
        offer_years(form, "serves", self.calendar, self.today)
        waiting = ServiceRequest.objects.visible_to(self.user).to_describe()
        if waiting.exists():
            form.fields["describes"].queryset = waiting
        else:
            form.ask_for_no_description()

    def act(self, firm: Firm, document: Any = None, **given: Any) -> tuple[str, str]:
        made = self.filed(
            lambda paper: services.receive(firm, document=paper, **given, **self.signed),
            document,
            kind=documents.LETTER,
            title=f"{given['kind'].label}, {firm}",
        )
        return made.get_absolute_url(), _("The receipt is recorded.")


class DiscussView(AuditorActView):
    permission_required = "auditors.receive_letter"
    form_class = forms.DiscussForm
    title = lazy("Record a discussion")
    why = lazy("The committee discussed the letter, or reviewed the report or the plan.")
    submit_label = lazy("Record discussion")

    def get_queryset(self) -> QuerySet[Letter]:
        return Letter.objects.visible_to(self.user).select_related("firm")

    act = recording(services.discuss, lazy("The discussion is recorded."))


def decided_exceptions(user: User) -> QuerySet[ExceptionDecision]:
    """What was decided on excepted items of the letters that a person may see."""
    seen = Letter.objects.visible_to(user)
    rows = ExceptionDecision.objects.filter(exception__letter__in=seen)
    return rows.select_related("exception__letter")


class DecideExceptionView(AuditorActView):
    """What the committee decided on an item that a letter excepts (R-1h)."""

    permission_required = "auditors.receive_letter"
    form_class = forms.ExceptionForm
    title = lazy("Record a decision")
    submit_label = lazy("Record decision")

    def get_queryset(self) -> QuerySet[LetterException]:
        seen = Letter.objects.visible_to(self.user)
        return LetterException.objects.filter(letter__in=seen).select_related("letter")

    def get_cancel_url(self) -> str:
        return str(self.object.letter.get_absolute_url())

    act = recording(services.decide_exception, lazy("The decision is recorded."))
