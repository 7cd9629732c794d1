"""One case at the desk: what was reported, what was done, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from records.dates import long_day
from records.forms import add_service_errors
from whistleblower import registers
from whistleblower.casefile import Entry
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import (
    Category,
    Country,
    EntryKind,
    FirstDay,
    Ladder,
    Outcome,
    ResponseKind,
)
from whistleblower.services import desk as desks
from whistleblower.services import handling, holders, steps
from whistleblower.services.writing import OpenCase
from whistleblower.views import dues
from whistleblower.views.case_acts import ACTS, GROUPS, CaseAct
from whistleblower.views.desk import DeskPage


class CasePage(DeskPage):
    """A page of one case. One that the desk does not hold is not there."""

    found: OpenCase

    def permit(self) -> None:
        """No address of a case exists for somebody who cannot be a reader."""
        if not self.access.may(self.permission_required):
            raise Http404

    def load(self) -> None:
        try:
            found = desks.open_case(self.own, self.kwargs["case"], at=self.at)
        except SealBrokenError as error:
            self.broken = str(error)
            return
        if found is None:
            raise Http404
        self.found = found

    broken = ""

    def names(self) -> dict[str, str]:
        roster = self.own.roster
        return {each.uid: each.name for each in roster.entries} if roster else {}


class CaseView(CasePage, TemplateView):
    """One case: its entries and what can be done. Reading is noted in the case, once a day."""

    template_name = "desk/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.broken:
            return TemplateResponse(
                request, "desk/broken.html", self.get_context_data(reason=self.broken)
            )
        if not handling.has_looked(self.found, self.own.uid, self.today):
            return TemplateResponse(
                request,
                "desk/read.html",
                self.get_context_data(row=self.row_of(self.found)),
            )
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.broken:
            handling.look(self.own, self.found.case.pk, at=self.at)
        return HttpResponseRedirect(request.path)

    def marked(self) -> list[str]:
        """The people who should not read it, as they were marked when it was sent."""
        names = registers.names_ever(self.own.roster)
        found = (names.get(each) for each in self.found.state.report["ticked"])
        return sorted(name for name in found if name)

    def acts(self) -> list[dict[str, Any]]:
        """What can be done, by what it is about."""
        found = [
            {
                "title": title,
                "acts": [
                    {"label": ACTS[name].label, "url": act_url(self.found, name)}
                    for name in names
                    if ACTS[name].is_offered(self.found, self.own)
                ],
            }
            for title, names in GROUPS
        ]
        return [each for each in found if each["acts"]]

    def joined(self, names: Names) -> str:
        """The others whom the reporter's choice brought in, and who lack earlier notes."""
        state = self.found.state
        first: dict[str, int] = {}
        for each in self.found.entries:
            for uid in each.data.get("joined", ()):
                first.setdefault(uid, each.generation)
        noted = [each.generation for each in self.found.entries if not each.turn]
        lacking = [
            names.get(uid, "")
            for uid in state.joined
            if uid != self.own.uid and any(generation < first[uid] for generation in noted)
        ]
        return "" if state.is_partial else ", ".join(lacking)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.broken or "row" in kwargs:
            return super().get_context_data(**kwargs)
        found, names = self.found, self.names()
        state = found.state
        return super().get_context_data(
            row=self.row_of(found),
            state=state,
            lead=names.get(state.lead, ""),
            holders=[name for uid, name in names.items() if uid in state.holders],
            marked=self.marked(),
            joined=self.joined(names),
            country=state.country.label,
            arrival=dues.arrival_said(found, names),
            first_day=dues.first_day_of(state, self.officers),
            retention=dues.retention_said(state, self.today),
            attorney=dues.attorney_said(state, self.today),
            award=dues.award_said(state),
            lines=[line for each in found.entries if (line := entry_line(each, names))],
            awaiting=[
                {
                    "text": each.data["text"],
                    "flags": [words for __, words in each.data["flags"]],
                    "place": place,
                    "may": handling.may_release(self.own, each),
                }
                for place, each in handling.held_messages(found)
            ],
            proposals=[
                {
                    "reader": names.get(each.reader, each.reader),
                    "reason": each.reason,
                    "place": each.place,
                    "may": each.entry.by != self.own.uid,
                }
                for each in holders.proposals(self.own, found)
            ],
            groups=self.acts(),
            release_url=act_url(found, "release"),
            confirm_url=act_url(found, "confirm"),
            **kwargs,
        )


def act_url(found: OpenCase, name: str) -> str:
    return reverse("desk_act", args=[found.case.pk, name])


# Entries that are not told: the name opens by its own act, a proposal is shown on top.
SILENT = frozenset({EntryKind.NAME, EntryKind.REMOVAL})
Names: TypeAlias = "dict[str, str]"
Data: TypeAlias = "Mapping[str, Any]"


def _day(data: Data) -> str:
    return long_day(date.fromisoformat(data["on"]))


def _report(data: Data, names: Names) -> list[str]:
    others = data["others"]
    concerns = [_("Also concerns: %(people)s") % {"people": others}] if others else []
    return [*data["texts"].values(), *concerns]


def _named(uids: list[str], names: Names) -> str:
    return ", ".join(names.get(uid, _("A former reader")) for uid in uids)


def _holders(data: Data, names: Names) -> list[str]:
    held = [_named(data["holders"], names)]
    if out := data.get("out"):
        held.append(_("Taken out by the reporter: %(people)s") % {"people": _named(out, names)})
    if joined := data.get("joined"):
        held.append(
            _("Added, because fewer than two were left: %(people)s")
            % {"people": _named(joined, names)}
        )
    return held


def _reader(data: Data, names: Names) -> list[str]:
    return [names.get(data["reader"], ""), data["reason"]]


def _lead(data: Data, names: Names) -> list[str]:
    return [names.get(data["lead"], ""), data["reason"]]


# The texts of an entry, where they are more than its text or its reason.
TOLD: dict[EntryKind, Callable[[Data, Names], list[str]]] = {
    EntryKind.REPORT: _report,
    EntryKind.KEYS: _holders,
    EntryKind.CATEGORY: lambda data, names: [str(Category(data["category"]).label)],
    EntryKind.COUNTRY: lambda data, names: [str(Country(data["country"]).label)],
    EntryKind.NEXT_DATE: lambda data, names: [f"{_day(data)} {data['what']}".strip()],
    EntryKind.PRESENTED: lambda data, names: [_day(data)],
    EntryKind.OUTCOME: lambda data, names: [str(Outcome(data["outcome"]).label), data["text"]],
    EntryKind.ATTORNEY: lambda data, names: [_day(data), str(Ladder(data["ladder"]).label)],
    EntryKind.RESPONSE: lambda data, names: [
        _day(data),
        str(ResponseKind(data["kind"]).label),
        data["text"],
    ],
    EntryKind.AWARD: lambda data, names: [_day(data)],
    EntryKind.FIRST_DAY: lambda data, names: [
        str(FirstDay(data["step"]).label),
        data["text"],
    ],
    EntryKind.LONGER: lambda data, names: [_day(data), data["reason"]],
    EntryKind.LEAD: _lead,
    EntryKind.LEADING: _lead,
    EntryKind.ADDED: _reader,
    EntryKind.GIVING: _reader,
    EntryKind.REMOVED: _reader,
}


def _plainly(data: Data, names: Names) -> list[str]:
    return [data.get("text", ""), data.get("reason", "")]


def entry_line(entry: Entry, names: Names) -> dict[str, Any] | None:
    """An entry of the case in words."""
    if entry.kind in SILENT:
        return None
    who = _("The reporter") if entry.by == "reporter" else names.get(entry.by, _("A former reader"))
    texts = TOLD.get(entry.kind, _plainly)(entry.data, names)
    return {
        "on": entry.on,
        "who": who,
        "what": entry.kind.label,
        "is_held": bool(entry.data.get("held")),
        "texts": [text for text in texts if text],
    }


class CaseActView(CasePage, TemplateView):
    """A form for one act on a case. What somebody wrote to the case since refuses it."""

    template_name = "desk/act.html"
    problems: tuple[str, ...] = ()

    @property
    def act(self) -> CaseAct:
        try:
            return ACTS[self.kwargs["act"]]
        except KeyError:
            raise Http404 from None

    def load(self) -> None:
        super().load()
        if self.broken:
            raise Http404
        _act = self.act
        del _act

    @cached_property
    def form(self) -> forms.Form:
        act, request = self.act, self.request
        is_typed = request.method == "POST" and request.POST.get("typed") == "1"
        more: dict[str, Any] = {}
        if act.reader:
            more = {"readers": self.readers(act.among), "field": act.reader}
        initial = {
            "place": request.POST.get("place"),
            "category": self.found.state.category,
            "country": self.found.state.country,
        }
        form = act.form(request.POST if is_typed else None, initial=initial, **more)
        seen = request.POST.get("seen", "") if is_typed else str(self.found.last)
        form.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=seen)
        form.fields["typed"] = forms.CharField(
            widget=forms.HiddenInput, initial="1", required=False
        )
        return form

    def readers(self, among: str) -> list[tuple[str, str]]:
        holders = set(self.found.state.holders)
        if among == "others":
            holders -= set(self.found.state.joined) - {self.own.uid}
        names = self.names()
        return [
            (uid, name) for uid, name in names.items() if (uid in holders) == (among == "holders")
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form
        if not form.is_bound or not form.is_valid():
            return self.render_to_response(self.get_context_data())
        given = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("seen", "typed")
        }
        seen = form.cleaned_data["seen"]
        try:
            done = self.act.perform(
                self.own, self.found.case.pk, given, int(seen) if seen.isdecimal() else -1, self.at
            )
        except steps.OvertakenError:
            return self.overtaken(form)
        except steps.GoneError:
            raise Http404 from None
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.render_to_response(self.get_context_data())
        if self.kwargs["act"] == "name":
            return self.render_to_response(self.get_context_data(opened=done))
        return HttpResponseRedirect(reverse("desk_case", args=[self.found.case.pk]))

    def overtaken(self, form: forms.Form) -> HttpResponse:
        """What was typed, with the number of the last entry there is by now."""
        typed = self.request.POST.copy()
        typed["seen"] = str(self.found.last)
        form.data = typed
        form.add_error(
            None,
            _(
                "Somebody wrote to the case after you opened this page. Read the case, then send "
                "again. What you typed is kept."
            ),
        )
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=self.form,
            title=self.act.label,
            why=self.act.why,
            submit_label=self.act.button_for(self.own),
            cancel_url=reverse("desk_case", args=[self.found.case.pk]),
            **kwargs,
        )
