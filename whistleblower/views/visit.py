"""The return visit: one sealed cookie, no session."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from records import clock
from whistleblower import opening, tickets
from whistleblower.casefile import Entry
from whistleblower.crypto import codes
from whistleblower.enums import EntryKind, Status
from whistleblower.forms.public import MessageForm, OpenForm, PartsForm
from whistleblower.rules import deadlines, restores
from whistleblower.services import visits
from whistleblower.services.remaining import NobodyLeftError, ReadersChangedError
from whistleblower.services.visits import Visit
from whistleblower.views.channel import cookie, listed, parts_of
from whistleblower.views.message import MessageView, Then, readers_changed

VISIT = "visit"


class TokenCheck(CsrfViewMiddleware):
    """The check against forgery, whose refusal this page says itself."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


@method_decorator(csrf_exempt, name="dispatch")
class ReturnView(MessageView):
    """One address: the code is asked for, or the report is shown. Who has a code comes back also
    where the channel takes nothing new."""

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """With the token against forgery: a return visit rides on a cookie."""
        context |= {"csrf_token": get_token(self.request), "lost": self.lost()}
        return super().page(template, status=status, **context)

    def lost(self) -> str:
        """For 90 days after a restore, the dates on which something sent may be lost."""
        channel = self.opening.channel
        if channel is None or channel.lost_from is None or channel.restored_on is None:
            return ""
        if not restores.is_told(channel.restored_on, self.today):
            return ""
        first, last = self.day(channel.lost_from), self.day(channel.restored_on)
        return str(self.texts["return"]["lost"].format(first=first, last=last))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.opening.channel is None:
            return self.closed()
        visit = visits.find(self.code) if self.code else None
        if visit is None:
            return self.ask()
        return self.going_on(self.show(visit), self.code)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_forged():
            return self.expired(status=403)
        if self.opening.channel is None:
            return self.closed()
        step = request.POST.get("step", "")
        if step in ("", "open"):
            return self.open()
        visit = visits.find(self.code) if self.code else None
        if visit is None:
            return self.again(new, said="replaced") if (new := self.replaced) else self.expired()
        if request.POST.get("of", of := mark_of(visit)) != of:
            return self.expired("other")
        steps = {
            "message": self.write,
            "name": self.write,
            "new": self.new_code,
            "replace": self.replace,
            "hide": self.hide,
            "show": self.hide,
        }
        return steps.get(step, self.again)()

    def is_forged(self) -> bool:
        """Whether the form lacks its token: from elsewhere, or from a browser that lost its cookie.
        Nothing is done with it; what was typed is kept."""
        check = TokenCheck(lambda request: HttpResponse())
        return check.process_view(self.request, self.post, (), {}) is not None

    @cached_property
    def held(self) -> dict[str, Any]:
        """What the visit's cookie says."""
        text = self.request.COOKIES.get(VISIT, "")
        return tickets.read(VISIT, text, clock.now(), tickets.VISIT_LASTS) or {}

    @cached_property
    def code(self) -> str:
        """The code of this visit."""
        return str(self.held.get("code", ""))

    @property
    def replaced(self) -> str:
        """The new code, where this form was received before and its answer never arrived."""
        new = self.request.POST.get("new", "")
        is_sent = self.request.POST.get("step") == "replace" and codes.is_code(new)
        return new if is_sent and visits.find(new) else ""

    def again(self, code: str = "", used: str | None = None, said: str = "") -> HttpResponse:
        """The page as it is now, with the visit going on. `said`: what is confirmed there, once."""
        response = HttpResponseRedirect(reverse("concerns_return", args=[self.language]))
        return self.going_on(response, code or self.code, used, said)

    def going_on(
        self, response: HttpResponse, code: str, used: str | None = None, said: str = ""
    ) -> HttpResponse:
        before = self.held.get("used", "") if used is None else used
        value = tickets.issue(VISIT, clock.now(), code=code, used=before, said=said)
        response.set_cookie(VISIT, value, path="/concerns/", **cookie())
        return response

    def expired(self, why: str = "expired", status: int = 200) -> HttpResponse:
        """The code is asked for, and what was typed is kept. `why`: how it came to that."""
        return self.ask(notice=self.texts["return"][why], status=status)

    def ask(self, *, unknown: bool = False, notice: str = "", status: int = 200) -> HttpResponse:
        """The page that asks for the code: the same bytes for every code that opens nothing."""
        form = OpenForm(self.texts, self.request.POST if unknown else None)
        if unknown:
            form.is_valid()
            form.errors.clear()
            form.add_error("code", self.texts["return"]["unknown"])
        kept: dict[str, Any] = {
            name: self.request.POST.get(name, "") for name in ("text", "name", "once", "urgent")
        }
        kept["out"] = self.ticked
        carried = {"step": "open", **(kept if notice else {})}
        return self.page(
            "concerns/return.html",
            status=status,
            form=form,
            carried=listed(carried),
            notice=notice,
        )

    def open(self) -> HttpResponse:
        code = self.request.POST.get("code", "")
        visit = visits.find(code) if is_readable(code) else None
        if visit is None:
            return self.ask(unknown=True)
        visits.note_use(visit, code, on=self.today)
        used = visit.last_used.isoformat() if visit.last_used else ""
        if self.request.POST.get("text") or self.request.POST.get("name"):
            self.held = {"used": used}
            return self.going_on(self.show(visit, is_kept=True), code, used)
        return self.again(code, used)

    def show(
        self,
        visit: Visit,
        *,
        is_kept: bool = False,
        message: Any = None,
        name: Any = None,
        asked: bool = False,
        then: Then | None = None,
    ) -> HttpResponse:
        said = self.texts["visit"]
        message = message or self.message_form(visit)
        name = name or MessageForm(self.texts, name="name")
        once = secrets.token_hex(16)
        if is_kept:
            message.initial = {
                "text": self.request.POST.get("text", ""),
                "out": self.ticked,
                "urgent": self.request.POST.get("urgent", ""),
            }
            name.initial = {"name": self.request.POST.get("name", "")}
            once = self.request.POST.get("once") or once
        return self.page(
            "concerns/visit.html",
            used=self.used(visit),
            stands=self.status(visit),
            lines=[line for each in visit.shown if (line := self.line(each, said))],
            is_hidden=visit.hidden > 0,
            message=message,
            name=name,
            once=once,
            of=mark_of(visit),
            asked=asked,
            then=then,
            notes=self.notes(visit, then) if then else [],
            readers=self.readers(visit),
            done=said.get(self.held.get("said", ""), ""),
        )

    def used(self, visit: Visit) -> str:
        """The date of the visit before this one."""
        if not (before := self.held.get("used")):
            return str(self.texts["visit"]["used_never"])
        said = self.texts["visit"]["used"]
        return str(said.format(date=self.day(date.fromisoformat(before))))

    def status(self, visit: Visit) -> str:
        state, said = visit.opened.state, self.texts["visit"]
        due = deadlines.service(state.received_on, state.acknowledged)
        match state.status:
            case Status.RECEIVED:
                return self.by("received", due.acknowledge_by)
            case Status.ACKNOWLEDGED:
                return self.by("acknowledged", due.feedback_by)
            case _:
                return str(said["closed"])

    def by(self, status: str, on: date) -> str:
        """A status with its date, which is not promised once it has passed."""
        said = self.texts["visit"]
        promised = [said[f"{status}_by"].format(date=self.day(on))] if on >= self.today else []
        return " ".join([said[status], *promised])

    def line(self, entry: Entry, said: Any) -> dict[str, str] | None:
        """An entry in words; None for one that is nothing to read."""
        words = self.words(entry, said)
        if words is None:
            return None
        who = said["you"] if entry.by == "reporter" else said["readers"]
        return {"day": self.day(entry.on), "who": who, "text": words}

    def words(self, entry: Entry, said: Any) -> str | None:
        data = entry.data
        match entry.kind:
            case EntryKind.REPORT:
                asked = self.texts["text"]
                told = [f"{asked[name]}\n{text}" for name, text in data["texts"].items() if text]
                recorded = [said["recorded_entry"]] if data.get("arrival") else []
                return "\n\n".join([*recorded, *told])
            case EntryKind.MESSAGE | EntryKind.REPLY:
                return str(data["text"])
            case EntryKind.NAME if entry.number > FIRST_NAME:
                return str(said["named_entry"])
            case EntryKind.ACKNOWLEDGED:
                return str(said["acknowledged_entry"])
            case EntryKind.OUTCOME:
                outcome = self.texts["outcomes"][data["outcome"]]
                told = said["outcome_entry"].format(outcome=outcome)
                return f"{told}\n\n{data['text']}".strip()
            case EntryKind.CLOSED:
                return str(said["closed_entry"])
            case EntryKind.REOPENED:
                return str(said["reopened_entry"])
            case _:
                return None

    def write(self) -> HttpResponse:
        """A message, or a name."""
        visit = visits.find(self.code)
        assert visit is not None  # noqa: S101 - asked before
        if self.request.POST["step"] == "message":
            return self.write_message(visit)
        form = MessageForm(self.texts, self.request.POST, name="name")
        if self.is_written(form, "name", visits.add_name):
            return self.again(said="name_sent")
        return self.show(visit, name=form)

    def write_message(self, visit: Visit) -> HttpResponse:
        if self.was_sent(visit):
            return self.again(said="sent")
        form = self.message_form(visit, self.request.POST)
        if form.is_valid() and (found := self.named(visit, form)):
            names = ", ".join(each.name for each in found)
            form.add_error("text", self.texts["visit"]["out_named"].format(name=names))
            return self.show(visit, message=form, asked=True)
        asked, then = self.request.POST.get("asked") == "1", self.then(visit)
        if form.is_valid() and then and self.is_named_first(then):
            if not then.uids:
                form.add_error("out", self.texts["visit"]["out_nobody"])
            return self.show(visit, message=form, asked=asked, then=then)
        given: dict[str, Any] = {
            "out": frozenset(self.ticked),
            "named": then.uids if then else None,
        }
        given["urgent"] = bool(self.request.POST.get("urgent"))
        try:
            if self.is_written(form, "text", visits.add_message, **given):
                return self.again(said="sent")
        except (NobodyLeftError, ReadersChangedError):
            readers_changed(form, self.texts)
        return self.show(visit, message=form)

    def is_written(
        self, form: MessageForm, field: str, act: Callable[..., None], **more: Any
    ) -> bool:
        if form.is_valid():
            form.refuse_code(self.code, self.texts)
        once = self.once
        if form.errors or not once:
            return False
        if not opening.has_room():
            form.add_error(field, self.texts["text"]["not_received"])
            return False
        try:
            text = form.cleaned_data[field]
            act(self.code, text, once, self.opening.roster, **more, on=self.today)
        except DatabaseError as error:
            self.note(error)
            form.add_error(field, self.texts["text"]["not_received"])
            return False
        return True

    def hide(self) -> HttpResponse:
        """Somebody looks over the reporter's shoulder: earlier messages leave the page."""
        visit = visits.find(self.code)
        assert visit is not None  # noqa: S101 - asked before
        visits.hide(visit, self.code, is_hidden=self.request.POST["step"] == "hide")
        return self.again()

    def new_code(self, form: PartsForm | None = None, code: str = "") -> HttpResponse:
        code = code or codes.new_code(self.language)
        of = self.request.POST.get("of", "")
        return self.page(
            "concerns/new_code.html",
            form=form or PartsForm(self.texts, code),
            carried=listed({"step": "replace", "new": code, **({"of": of} if of else {})}),
            parts=parts_of(code, self.texts),
            code_language=codes.language_of(code),
        )

    def replace(self) -> HttpResponse:
        new = self.request.POST.get("new", "")
        if not codes.is_code(new):
            return self.new_code()
        form = PartsForm(self.texts, new, self.request.POST)
        if "saved" not in self.request.POST and not form.is_valid():
            return self.new_code(form, new)
        visits.replace_code(self.code, new)
        return self.again(new, said="replaced")


def mark_of(visit: Visit) -> str:
    """Which report a page shows, so that its forms write to no other one: one browser may have opened
    two."""
    return blake2b(visit.case.pk.encode(), digest_size=8, person=b"visit-page-1").hexdigest()


# The name given with the report is not told again; one that is given later is.
FIRST_NAME = 2


def is_readable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
