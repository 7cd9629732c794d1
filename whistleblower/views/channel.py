"""Reporting a concern: promises, code, who should not read, the report, the confirmation.

Each page carries what was typed on to the next in its own form. No state joins two tabs.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from records import clock
from whistleblower import opening, registers, tickets
from whistleblower.crypto import codes
from whistleblower.forms.public import PartsForm, TextForm, WhoForm
from whistleblower.forms.terms import REGISTERS
from whistleblower.rules import deadlines, naming
from whistleblower.rules.conflicts import Selection
from whistleblower.services import submission
from whistleblower.services.submission import CodeTakenError, Report
from whistleblower.views.base import CLOSED, ChannelView

TEXTS = ("what", "when", "where", "how", "fear", "before")
# How many finished forms a browser is told to forget.
MOST_FORMS = 20
# Seconds in which a machine fills in the form, and nobody else.
QUICK = 4
# What the pages carry on, beside the ticks.
CARRIED = ("code", "begun", "others", "shown", "asked", "urgent", "name", *TEXTS)


class StartView(ChannelView):
    """The promises, before the first field."""

    has_form = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.opening.is_open or not opening.has_room():
            return self.closed()
        said, terms = self.texts["start"], self.roster.terms
        server = terms.server(self.language)
        return self.page(
            "concerns/start.html",
            lead=said["lead"].format(company=self.company),
            readers=readers_shown(self),
            server=server.operator or said["server_unknown"],
            root=said["root"].format(root=server.root, above=server.root_reports_to)
            if server.root
            else "",
            law=terms.retaliation.get(self.language, ""),
        )


def readers_shown(view: ChannelView) -> list[dict[str, Any]]:
    roles = view.texts["roles"]
    return [
        {"name": each.name, "role": roles[each.role], "is_fallback": each.is_fallback}
        for each in view.roster.entries
    ]


@method_decorator(csrf_exempt, name="dispatch")
class ReportView(ChannelView):
    """The form, page after page."""

    is_test = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.opening.is_open or not opening.has_room():
            return self.closed()
        begun = tickets.issue("begun", clock.now())
        return self.code_page(codes.new_code(self.language), {"begun": begun})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.opening.is_open:
            return self.closed()
        given = request.POST
        code = given.get("code", "")
        if not codes.is_code(code):
            return self.get(request)
        if self.is_overtaken(given.get("begun", "")):
            return self.page("concerns/wrong.html", reason=self.texts["text"]["start_again"])
        step = given.get("step", "")
        if "to_code" in given:
            return self.code_page(code, self.carried())
        if "to_who" in given:
            return self.who_page(code, WhoForm(self.texts, self.people, self.ticked_data()))
        if step == "who":
            return self.from_who(code)
        if step == "text":
            return self.from_text(code)
        return self.from_code(code)

    # The pages.

    def code_page(
        self, code: str, carried: dict[str, Any], form: PartsForm | None = None
    ) -> HttpResponse:
        return self.page(
            "concerns/code.html",
            form=form or PartsForm(self.texts, code),
            carried=listed({**carried, "code": code, "step": "code"}),
            parts=parts_of(code, self.texts),
            code_language=codes.language_of(code),
            is_test=self.is_test,
        )

    def who_page(self, code: str, form: WhoForm) -> HttpResponse:
        carried = self.carried(leaving_out=("out", "others"))
        return self.page(
            "concerns/who.html",
            form=form,
            carried=listed({**carried, "code": code, "step": "who"}),
            is_test=self.is_test,
        )

    def text_page(
        self, code: str, form: TextForm, chosen: Selection, notices: tuple[str, ...] = ()
    ) -> HttpResponse:
        carried = self.carried(leaving_out=(*TEXTS, "name", "urgent"))
        return self.page(
            "concerns/text.html",
            form=form,
            carried=listed({**carried, "code": code, "step": "text", "shown": shown(chosen)}),
            readers=self.chosen_shown(chosen),
            chosen=chosen,
            one=self.one(chosen),
            notices=notices,
            is_test=self.is_test,
        )

    # From page to page.

    def from_code(self, code: str) -> HttpResponse:
        form = PartsForm(self.texts, code, self.request.POST)
        if "saved" not in self.request.POST and not form.is_valid():
            return self.code_page(code, self.carried(), form)
        return self.who_page(code, WhoForm(self.texts, self.people, self.ticked_data()))

    def from_who(self, code: str) -> HttpResponse:
        form = WhoForm(self.texts, self.people, self.request.POST)
        if not self.is_answered(code, form):
            return self.who_page(code, form)
        return self.text_page(code, self.typed(), self.chosen(form))

    def typed(self) -> TextForm:
        """The report as far as it was typed; nothing is said of what is missing."""
        form = TextForm(self.texts)
        form.initial = {
            name: self.request.POST.get(name, "") for name in (*TEXTS, "name", "urgent")
        }
        return form

    def from_text(self, code: str) -> HttpResponse:
        given = self.request.POST
        who, form = WhoForm(self.texts, self.people, given), TextForm(self.texts, given)
        if not self.is_answered(code, who):
            return self.who_page(code, who)
        chosen = self.chosen(who)
        if "stay" in given:
            return self.text_page(code, self.typed(), chosen)
        if form.is_valid():
            form.refuse_code(code, self.texts)
        if form.errors:
            return self.text_page(code, form, chosen)
        if given.get("shown") != shown(chosen):
            return self.text_page(code, form, chosen, (self.texts["text"]["changed"],))
        if (found := self.named(who, form, chosen)) and given.get("asked") != "1":
            return self.ask_about(code, form, chosen, found)
        return self.send(code, who, form, chosen)

    def is_answered(self, code: str, form: WhoForm) -> bool:
        """Whether this page can be left: the code may stand in no text."""
        if form.is_valid() and codes.stands_in(code, form.cleaned_data["others"]):
            form.add_error("others", self.texts["text"]["code_inside"])
        return not form.errors

    def ask_about(
        self, code: str, form: TextForm, chosen: Selection, found: list[naming.Named]
    ) -> HttpResponse:
        """The text names somebody who would read it: one question, once."""
        again = self.request.POST.copy()
        again["asked"] = "1"
        self.request.POST = again  # type: ignore[assignment]
        names = ", ".join(each.name for each in found)
        return self.text_page(code, form, chosen, (self.texts["text"]["named"].format(name=names),))

    def send(self, code: str, who: WhoForm, form: TextForm, chosen: Selection) -> HttpResponse:
        if not opening.has_room():
            return self.text_page(code, form, chosen, (self.texts["text"]["not_received"],))
        data = form.cleaned_data
        report = Report(
            texts={name: data[name] for name in TEXTS},
            name=data["name"],
            ticked=frozenset(who.cleaned_data["out"]),
            others=who.cleaned_data["others"],
            urgent=data["urgent"],
            language=self.language,
            is_test=self.is_test,
            is_suspicious=bool(data["website"]) or self.is_quick(),
        )
        try:
            chosen = submission.send(code, report, self.roster, on=self.today)
        except CodeTakenError:
            return self.text_page(code, form, chosen, (self.texts["text"]["taken"],))
        except DatabaseError as error:
            self.note(error)
            return self.text_page(code, form, chosen, (self.texts["text"]["not_received"],))
        by = deadlines.service(self.today).acknowledge_by
        return self.page(
            "concerns/sent.html",
            parts=parts_of(code, self.texts),
            code_language=codes.language_of(code),
            readers=self.chosen_shown(chosen),
            when=self.texts["sent"]["when"].format(date=self.day(by)),
            begun=self.request.POST.get("begun", ""),
        )

    def is_quick(self) -> bool:
        """Whether the whole form was gone through faster than anybody reads it."""
        begun = tickets.read("begun", self.request.POST.get("begun", ""), clock.now(), None)
        return begun is not None and clock.now().timestamp() - begun["at"] < QUICK

    # What the pages are made of.

    @property
    def people(self) -> list[registers.Person]:
        roles = self.texts["roles"]
        known = registers.registers(self.today)
        entries = {
            registers.known_as(each, known): roles[each.role] for each in self.roster.entries
        }
        found = registers.ticks(self.roster, known)
        return [
            registers.Person(each.key, each.name, entries.get(each.key, self.title(each)))
            for each in found
        ]

    def title(self, person: registers.Person) -> str:
        """An officer's titles in the language of the page; none where the list has none of it."""
        if self.language == REGISTERS:
            return person.title
        known = self.roster.terms.titles.get(self.language, {})
        return ", ".join(known[each] for each in person.titles if each in known)

    def ticked_data(self) -> Any:
        """The ticks of a page before, if there was one: shown again as they were."""
        return self.request.POST if "others" in self.request.POST else None

    def carried(self, leaving_out: tuple[str, ...] = ()) -> dict[str, Any]:
        given = self.request.POST
        found: dict[str, Any] = {
            name: given[name] for name in CARRIED if name in given and name not in leaving_out
        }
        if "out" not in leaving_out:
            found["out"] = given.getlist("out")
        return found

    def chosen(self, who: WhoForm) -> Selection:
        ticked = frozenset(who.cleaned_data["out"])
        return submission.selection(self.roster, ticked, who.cleaned_data["others"], self.today)

    def chosen_shown(self, chosen: Selection) -> list[dict[str, Any]]:
        roles = self.texts["roles"]
        names = {each.uid: each.name for each in self.roster.entries}
        return [
            {"name": names[each.uid], "role": roles[each.place], "leads": each == chosen.lead}
            for each in chosen.readers
        ]

    def one(self, chosen: Selection) -> str:
        """Where everybody else is marked, one person reads, which is said before the first word."""
        names = [each["name"] for each in self.chosen_shown(chosen)]
        is_said = chosen.is_one and not chosen.overrides and names
        return str(self.texts["text"]["one"].format(name=names[0])) if is_said else ""

    def named(self, who: WhoForm, form: TextForm, chosen: Selection) -> list[naming.Named]:
        readers = [
            naming.Named(each.uid, each.name, each.role)
            for each in self.roster.entries
            if each.uid in chosen.uids
        ]
        given = [form.cleaned_data[name] for name in (*TEXTS, "name")]
        typed = [who.cleaned_data["others"], *given]
        return naming.named("\n".join(typed), readers)


class PracticeView(ReportView):
    """The same form, for a test of the line."""

    is_test = True


def shown(chosen: Selection) -> str:
    """Which readers a page has named, to be compared with who would read by now."""
    return marked(chosen.uids, str(chosen.overrides))


def marked(uids: Iterable[str], more: str) -> str:
    """A mark of the readers that a page has named."""
    return blake2b((",".join(sorted(uids)) + more).encode(), digest_size=8).hexdigest()


def parts_of(code: str, texts: Any) -> list[dict[str, Any]]:
    """The numbered parts, each with a spelt form for who listens."""
    found = codes.parts(code)
    return [
        {
            "label": texts["code"]["part"].format(number=number, count=len(found)),
            "word": word,
            "spelt": " ".join(word),
        }
        for number, word in enumerate(found, start=1)
    ]


def listed(carried: dict[str, Any]) -> list[tuple[str, str]]:
    """Hidden fields, one for each value."""
    return [
        (name, one)
        for name, value in carried.items()
        for one in (value if isinstance(value, list) else [value])
    ]


@method_decorator(csrf_exempt, name="dispatch")
class DoneView(ChannelView):
    """After *Done*, Back and Forward show neither code nor text of the form that was finished. What
    is being written in another tab stays."""

    has_form = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A link ends no visit: another site could name it."""
        return HttpResponseRedirect(reverse("concerns_start", args=[self.language]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the form that is finished. An address would keep it in the history, and what stands
        behind its question mark is removed at the WSGI door."""
        response = self.page("concerns/done.html")
        value = tickets.issue("closed", clock.now(), forms=self.finished())
        response.set_cookie(CLOSED, value, path="/concerns/", **cookie())
        response.delete_cookie("visit", path="/concerns/", samesite="Strict")
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def finished(self) -> list[float]:
        """When the forms were begun that this browser has finished."""
        mine = tickets.read("begun", self.request.POST.get("begun", ""), clock.now(), None)
        return [*self.closed_forms, *([mine["at"]] if mine else [])][-MOST_FORMS:]


def cookie() -> dict[str, Any]:
    from django.conf import settings

    return {"httponly": True, "secure": not settings.DEMO, "samesite": "Strict"}
