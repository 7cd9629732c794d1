"""A later message: who reads it, named before it is sent where the reporter takes readers out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from whistleblower.crypto import roster as rosters
from whistleblower.forms.public import MessageForm
from whistleblower.rules import naming
from whistleblower.rules.conflicts import Remaining
from whistleblower.services import remaining, writing
from whistleblower.services.visits import Visit
from whistleblower.views.base import ChannelView
from whistleblower.views.channel import marked


@dataclass(frozen=True)
class Then:
    """Who would read the message. `mark` stands in the form that named them."""

    left: Remaining
    mark: str
    readers: tuple[dict[str, Any], ...]
    leads: str

    @property
    def uids(self) -> frozenset[str]:
        return frozenset(each.uid for each in self.left.readers)

    @property
    def is_short(self) -> bool:
        """Other ways to report are named with it."""
        return len(self.uids) < 2


class MessageView(ChannelView):
    """What a return visit says of its readers."""

    @property
    def once(self) -> str:
        """What a form sends, by which it is known when it is sent again. Other words in the same form
        are another message."""
        given = self.request.POST
        said = [given.get(name, "") for name in ("once", "step", "text", "name", "urgent")]
        return json.dumps([*said, *sorted(self.ticked)]) if given.get("once") else ""

    @property
    def ticked(self) -> list[str]:
        return self.request.POST.getlist("out")

    def holders(self, visit: Visit) -> list[rosters.Entry]:
        """Those who hold the case and are on the list, in its order."""
        roster, held = self.opening.roster, visit.opened.state.holders
        return [each for each in (roster.entries if roster else ()) if each.uid in held]

    def readers(self, visit: Visit) -> list[dict[str, Any]]:
        return self.shown_as(self.holders(visit), visit.opened.state.lead)

    def shown_as(self, entries: list[rosters.Entry], lead: str) -> list[dict[str, Any]]:
        roles = self.texts["roles"]
        return [
            {"name": each.name, "role": roles[each.role], "leads": each.uid == lead}
            for each in entries
        ]

    def then(self, visit: Visit) -> Then | None:
        """Who would read what is sent now; None where no list tells."""
        roster = self.opening.roster
        if roster is None:
            return None
        left = remaining.after(visit.opened, roster, frozenset(self.ticked), self.today)
        uids = [each.uid for each in left.readers]
        lead = visit.opened.state.lead
        lead = lead if lead in uids else writing.next_lead(roster, uids)
        entries = [each for each in roster.entries if each.uid in uids]
        return Then(left, marked(uids, lead), tuple(self.shown_as(entries, lead)), lead)

    def message_form(self, visit: Visit, data: Any = None) -> MessageForm:
        """With a box for each reader, and for who would come in."""
        roles, then = self.texts["roles"], self.then(visit) if data is not None else None
        roster = self.opening.roster
        shown = {each.uid for each in self.holders(visit)} | set(self.ticked)
        shown |= {each.uid for each in then.left.join} if then else set()
        readers = [
            (each.uid, f"{each.name}, {roles[each.role]}")
            for each in (roster.entries if roster else ())
            if each.uid in shown
        ]
        return MessageForm(self.texts, data, readers=readers)

    def notes(self, visit: Visit, then: Then) -> list[str]:
        """Said before it is sent: who would come in, who would be left alone, who would lead."""
        said, roster = self.texts["visit"], self.opening.roster
        joined = {each.uid for each in then.left.join}
        joins = [each.name for each in (roster.entries if roster else ()) if each.uid in joined]
        names = ", ".join(each["name"] for each in then.readers)
        notes = []
        if joins:
            notes.append(said["out_joins"].format(name=", ".join(joins)))
        if then.left.is_one:
            notes.append(said["out_one"].format(name=names))
        lead = next((each["name"] for each in then.readers if each["leads"]), "")
        if lead and then.leads != visit.opened.state.lead and remaining.names_given(visit.opened):
            notes.append(said["out_leads"].format(name=lead))
        return notes

    def is_named_first(self, then: Then | None) -> bool:
        """Whether the readers are named again before it is sent."""
        if then is None:
            return False
        is_said = self.request.POST.get("then") == then.mark
        return bool(not then.uids or ((self.ticked or then.left.join) and not is_said))

    def named(self, visit: Visit, form: MessageForm) -> list[naming.Named]:
        """Readers of the message whom it names: one question, once."""
        if self.request.POST.get("asked") == "1":
            return []
        then = self.then(visit)
        uids = then.uids if then else frozenset()
        roster = self.opening.roster
        readers = [
            naming.Named(each.uid, each.name, each.role)
            for each in (roster.entries if roster else ())
            if each.uid in uids
        ]
        return naming.named(form.cleaned_data["text"], readers)

    def was_sent(self, visit: Visit) -> bool:
        """Whether this very form was received before: no error, whoever reads by now."""
        return writing.was_written(visit.case, self.once)


def readers_changed(form: MessageForm, texts: Any) -> None:
    form.add_error("out" if "out" in form.fields else None, texts["visit"]["readers_changed"])
