"""Letters of regulators: received, due, answered, closed (P-b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from accounts.withheld import without_withheld
from charters.reports.duty import Definition
from charters.views.completions import upload_of
from committees import services
from committees.forms.facts import ReasonForm
from committees.forms.registers import LetterForm, LetterStepForm
from committees.models import LetterStep, RegulatorLetter
from committees.reports import registers as reports
from committees.reports.independence import file_of
from committees.rules.letters import usual_due_date
from committees.views.base import RegisterActView, RegisterPage
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def letters_of(view: Any) -> QuerySet[RegulatorLetter]:
    return RegulatorLetter.objects.visible_to(view.user).with_steps().select_related("document")


class LettersView(RegisterPage, TemplateView):
    """Every letter on record, the latest first."""

    template_name = "committees/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = letters_of(self).filter(committee=self.the_committee)
        lines = reports.letter_lines(rows.order_by("-received_on", "-pk"), self.today)
        return super().get_context_data(rows=lines, may_change=self.may_change, **kwargs)


class LetterView(RegisterPage, DetailView):  # type: ignore[type-arg]
    """One letter with what happened to it."""

    template_name = "committees/letter.html"

    def get_queryset(self) -> QuerySet[RegulatorLetter]:
        return letters_of(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = self.object.steps.standing().select_related("document").order_by("-on", "-pk")
        return super().get_context_data(
            letter=self.object,
            definitions=[one for one in self.definitions() if one.text],
            file=file_of(self.object.document),
            steps=reports.step_entries(steps, may_change=self.may_change),
            may_change=self.may_change,
            **kwargs,
        )

    def definitions(self) -> Iterator[Definition]:
        letter: RegulatorLetter = self.object
        line = reports.letter_line(letter, self.today)
        yield Definition(_("From"), letter.get_regulator_display())
        yield Definition(_("Dated"), long_day(letter.dated_on))
        yield Definition(_("Received on"), long_day(letter.received_on))
        if line.due_on:
            term = _("Answer due on") if line.due_on >= self.today else _("Answer was due on")
            yield Definition(term, long_day(line.due_on))
        yield Definition(_("Status"), line.state)


class LetterAddView(RegisterActView):
    form_class = LetterForm
    title = lazy("Record a regulator’s letter")
    why = lazy("What the company received, from whom, and by when an answer is due.")
    submit_label = lazy("Record letter")

    def get_note(self) -> str:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        usual = usual_due_date(self.today, self.company.calendar)
        words = {"day": long_day(usual)}
        return _("Received today, ten business days end on %(day)s.") % words

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": self.today}

    def get_cancel_url(self) -> str:
        return reverse("regulator_letters")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        letter = services.receive_letter(
            self.the_committee, upload=upload_of(document), **given, **self.signed
        )
        return letter.get_absolute_url(), _("The letter is recorded.")


class LetterStepAddView(RegisterActView):
    changes_object = False
    form_class = LetterStepForm
    title = lazy("Record what happened")
    why = lazy("Record a new due date, the answer, or that the matter is closed.")
    submit_label = lazy("Record")

    def get_queryset(self) -> QuerySet[RegulatorLetter]:
        return letters_of(self)

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def act(self, kind: Any, document: Any = None, **given: Any) -> tuple[str, str]:
        services.record_letter_step(
            self.object, kind, upload=upload_of(document), **given, **self.signed
        )
        return self.done(_("Recorded."))


class LetterStepWithdrawView(RegisterActView):
    changes_object = False
    form_class = ReasonForm
    title = lazy("Withdraw an entry")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw entry")
    object: LetterStep

    def get_queryset(self) -> QuerySet[LetterStep]:
        rows = LetterStep.objects.open_to_readers(self.user)
        return without_withheld(rows, self.user, "letter").select_related("letter")

    def get_cancel_url(self) -> str:
        return self.object.letter.get_absolute_url()

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_letter_step(self.object, reason=reason, **self.signed)
        return self.done(_("The entry is withdrawn."))
