"""A reader records what came by letter, by telephone or in person."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from records.forms import add_service_errors
from whistleblower import opening, registers
from whistleblower.crypto import codes
from whistleblower.enums import Arrival
from whistleblower.forms.desk import IntakeForm, opened_code, sealed_code
from whistleblower.forms.terms import language_names
from whistleblower.rules import naming
from whistleblower.rules.conflicts import Selection
from whistleblower.services import intake, submission
from whistleblower.texts import words
from whistleblower.views.channel import parts_of, shown
from whistleblower.views.desk import DeskPage


class IntakeView(DeskPage, TemplateView):
    """The form, then who would read it, then the code for a reader who can hand it over."""

    template_name = "desk/intake.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("typed") != "1":
            return self.again()
        form = self.form(request.POST)
        if self.own.roster is None:
            form.add_error(None, intake.no_list())
        if not form.is_valid():
            return self.again(form)
        chosen = self.chosen(form)
        if form.cleaned_data["shown"] != shown(chosen) or self.is_code_new:
            return self.review(form, chosen)
        return self.record(form)

    def again(self, form: IntakeForm | None = None, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form or self.form(), **more))

    def form(self, data: Any = None) -> IntakeForm:
        language = data.get("language", "") if data else ""
        if language in self.languages and not code_is(data.get("code", ""), language, self.at):
            data, self.is_code_new = data.copy(), True
            data["code"] = sealed_code(language, self.at)
        initial = {"code": sealed_code(self.languages[0], self.at), "received_on": self.today}
        return IntakeForm(
            data,
            people=self.people(),
            languages=[(each, language_names()[each]) for each in self.languages],
            at=self.at,
            initial=initial,
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those in which the reporter can come back."""
        return opening.state().languages

    # Another language is another code: who sends the form twice with it records nothing twice.
    is_code_new = False

    def people(self) -> list[tuple[str, str]]:
        return [
            (each.key, f"{each.name}, {each.title}" if each.title else each.name)
            for each in registers.ticks(self.own.roster, registers.registers(self.today))
        ]

    def chosen(self, form: IntakeForm) -> Selection:
        """Who would read it."""
        assert self.own.roster is not None  # noqa: S101 - asked before
        ticked = frozenset(form.cleaned_data["out"])
        others = form.cleaned_data["others"]
        return submission.selection(self.own.roster, ticked, others, self.today)

    def review(self, form: IntakeForm, chosen: Selection) -> HttpResponse:
        """Who would read it, and the readers whom the text names."""
        typed = self.request.POST.copy()
        typed["shown"], typed["code"] = shown(chosen), form.data["code"]
        form.data = typed
        return self.again(form, readers=self.names(chosen), chosen=chosen, named=self.named(form))

    def names(self, chosen: Selection) -> list[str]:
        roster = self.own.roster
        return [each.name for each in (roster.entries if roster else ()) if each.uid in chosen.uids]

    def named(self, form: IntakeForm) -> list[str]:
        chosen, roster = self.chosen(form), self.own.roster
        readers = [
            naming.Named(each.uid, each.name, each.role)
            for each in (roster.entries if roster else ())
            if each.uid in chosen.uids
        ]
        typed = "\n".join(form.cleaned_data[name] for name in ("what", "name", "others"))
        return [each.name for each in naming.named(typed, readers)]

    def record(self, form: IntakeForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            recorded = intake.record(
                self.own,
                data["code"],
                arrival=Arrival(data["arrival"]),
                received_on=data["received_on"],
                can_hand_over=data["can_hand_over"],
                texts={"what": data["what"]},
                name=data["name"],
                ticked=frozenset(data["out"]),
                others=data["others"],
                urgent=data["urgent"],
                language=data["language"],
                at=self.at,
            )
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.again(form)
        return self.again(
            form,
            is_recorded=True,
            parts=parts_of(data["code"], words(data["language"])) if recorded.is_code_shown else (),
            readers=self.names(recorded.chosen),
            code_language=data["language"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs)


def code_is(sealed: str, language: str, at: datetime) -> bool:
    code = opened_code(sealed, at)
    return bool(code) and codes.language_of(code) == language
