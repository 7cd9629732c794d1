"""What happened at a meeting, on one page: who was there, each item's outcome, sessions, actions.

The form is made for one meeting and one reader: of an item that is restricted from them it has no
field. Every default is the usual: all members present throughout, and in favor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Action, Duty
from charters.rules.sessions import Group
from charters.rules.voting import Choice
from meetings.enums import ItemKind, ItemOutcome, ItemSource
from meetings.models import AgendaItem, SessionCard
from meetings.models.attendance import GROUPS
from meetings.services.attendance import named
from meetings.services.holding import ActionAgreed, Held, TakenUp
from meetings.services.sessions import Session
from records.forms import Day
from records.stale import VERSION

if TYPE_CHECKING:
    from django.forms import BoundField

from meetings.forms.attendance import AttendanceForm, Part, Sheet

LONGEST_RESOLUTION = 4_000
VOTE, LATER = "vote", ""
RECUSED_LEFT, RECUSED_STAYED = "recused_left", "recused_stayed"
CONSENT = "consent"

# What an item can become, by its kind; the first is the usual.
OFFERED: Mapping[str, tuple[str, ...]] = {
    ItemKind.DECIDE: (VOTE, ItemOutcome.DISCUSSED),
    ItemKind.DISCUSS: (ItemOutcome.DISCUSSED, ItemOutcome.NOTED, VOTE),
    ItemKind.NOTE: (ItemOutcome.NOTED, ItemOutcome.DISCUSSED, VOTE),
    ItemKind.EXECUTIVE_SESSION: (ItemOutcome.HELD,),
}
OUTCOMES: Mapping[str, Any] = {
    VOTE: lazy("Put to a vote"),
    ItemOutcome.DISCUSSED: lazy("Discussed, no decision"),
    ItemOutcome.NOTED: lazy("Noted"),
    ItemOutcome.HELD: lazy("Session held"),
    ItemOutcome.NOT_TAKEN_UP: lazy("Not taken up"),
    LATER: lazy("Enter later"),
}
VOTES = [
    ("", lazy("In favor, if present")),
    (Choice.AGAINST.value, lazy("Against")),
    (Choice.ABSTAIN.value, lazy("Abstained")),
]
RECUSALS = [
    (RECUSED_LEFT, lazy("Recused, left the room")),
    (RECUSED_STAYED, lazy("Recused, stayed in the room")),
]


class EntryForm(AttendanceForm):
    """The whole page."""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, sheet=sheet, **kwargs)
        if sheet.is_first:
            self.ask_course()
        for item in sheet.open_items:
            for name, asked in self._of_item(item).items():
                self.fields[name] = asked
        if self.for_consent:
            for name, asked in self._votes(CONSENT, _("the items for consent"), VOTES).items():
                self.fields[name] = asked
        for group, words in sheet.sessions:
            for name, asked in self._of_session(group, words).items():
                self.fields[name] = asked

    @property
    def for_consent(self) -> list[AgendaItem]:
        return [item for item in self.sheet.open_items if item.in_consent_group]

    def _of_item(self, item: AgendaItem) -> dict[str, forms.Field]:
        said = {"number": self.sheet.number(item)}
        offered = (*OFFERED[item.kind], ItemOutcome.NOT_TAKEN_UP, LATER)
        fields: dict[str, forms.Field] = {
            named("outcome", item): forms.ChoiceField(
                label=_("Outcome of item %(number)s") % said,
                required=False,
                choices=[(each, OUTCOMES[each]) for each in offered],
                initial=offered[0],
            )
        }
        if VOTE in offered and not item.in_consent_group:
            words = _("item %(number)s") % said
            fields |= self._votes(f"{item.pk}", words, [*VOTES, *RECUSALS])
        if item.kind == ItemKind.DECIDE:
            fields[named("resolution", item)] = forms.CharField(
                label=_("Resolution on item %(number)s") % said,
                required=False,
                max_length=LONGEST_RESOLUTION,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=item.recommendation or item.ask or _usual(item),
                help_text=_("Numbered when it is adopted. Empty: the title of the item."),
            )
        if duties := list(item.duties.all()):
            fields[named("duties", item)] = forms.MultipleChoiceField(
                label=_("Responsibilities served by item %(number)s") % said,
                required=False,
                choices=[(str(duty.pk), duty.title) for duty in duties],
                initial=[str(duty.pk) for duty in duties],
                widget=forms.CheckboxSelectMultiple,
            )
        if not item.restricted_people and not item.restricted_roles:
            fields |= self._action(item, said)
        return fields

    def _action(self, item: AgendaItem, said: Mapping[str, Any]) -> dict[str, forms.Field]:
        owners = [(str(user.pk), str(user)) for user in self.sheet.owners]
        return {
            named("action", item): forms.CharField(
                label=_("Action from item %(number)s") % said,
                required=False,
                max_length=Action._meta.get_field("what").max_length,
            ),
            named("owner", item): forms.ChoiceField(
                label=_("Owner of the action from item %(number)s") % said,
                required=False,
                choices=[("", _("Somebody without an account")), *owners],
            ),
            named("owner_name", item): forms.CharField(
                label=_("Owner's name, without an account, item %(number)s") % said,
                required=False,
                max_length=Action._meta.get_field("owner_name").max_length,
            ),
            named("due_on", item): Day(
                label=_("Due date of the action from item %(number)s") % said, required=False
            ),
        }

    def _votes(
        self, key: str, words: str, choices: Sequence[tuple[str, Any]]
    ) -> dict[str, forms.Field]:
        return {
            f"vote_{key}_{member.pk}": forms.ChoiceField(
                label=_("%(name)s on %(item)s") % {"name": member.name, "item": words},
                required=False,
                choices=choices,
            )
            for member in self.sheet.members
        }

    def _of_session(self, group: str, words: Any) -> dict[str, forms.Field]:
        others = [(key, label) for key, label in GROUPS[1:] if key != group]
        said = {"group": words}
        return {
            f"session_{group}": forms.BooleanField(
                label=_("Executive session with: %(group)s") % said,
                required=False,
                initial=group in self.sheet.on_agenda,
            ),
            f"also_{group}": forms.MultipleChoiceField(
                label=_("Who else was present at the session with: %(group)s") % said,
                required=False,
                choices=others,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("A session counts only if nobody of another group was there."),
            ),
            f"heading_{group}": forms.CharField(
                label=_("Heading of the session with: %(group)s") % said,
                required=False,
                max_length=SessionCard._meta.get_field("heading").max_length,
                help_text=_("A heading, no content. It is not shown to management."),
            ),
        }

    def item_parts(self) -> Iterator[Part]:
        """The open items one by one, without those for consent."""
        for item in self.sheet.open_items:
            if not item.in_consent_group:
                yield self._part(item)

    def consent_parts(self) -> Iterator[Part]:
        for item in self.for_consent:
            yield self._part(item)

    def consent_votes(self) -> Part:
        return Part("", votes=self._bound(f"vote_{CONSENT}_"))

    def _part(self, item: AgendaItem) -> Part:
        first = [named(name, item) for name in ("outcome", "resolution", "duties")]
        more = [named(name, item) for name in ("action", "owner", "owner_name", "due_on")]
        return Part(
            self.sheet.label(item),
            [self[name] for name in first if name in self.fields],
            [self[name] for name in more if name in self.fields],
            self._bound(f"vote_{item.pk}_"),
            is_vote=item.kind == ItemKind.DECIDE,
        )

    def session_parts(self) -> Iterator[Part]:
        for group, words in self.sheet.sessions:
            more = [self[f"also_{group}"], self[f"heading_{group}"]]
            yield Part(str(words), [self[f"session_{group}"]], more)

    def _bound(self, start: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for item in self.sheet.open_items:
            what, due = (given.get(named(name, item)) for name in ("action", "due_on"))
            if what and not due:
                self.add_error(named("due_on", item), _("Say by when this is to be done."))
            if due and not what:
                self.add_error(named("action", item), _("Say what is to be done."))
        for group, __ in self.sheet.sessions:
            rest = given.get(f"also_{group}") or given.get(f"heading_{group}")
            if rest and not given.get(f"session_{group}"):
                self.add_error(f"session_{group}", _("Say whether this session was held."))
        if self.errors:
            return given
        found: dict[str, Any] = {
            "held": None,
            "items": self._items(given),
            "sessions": self._sessions(given),
        }
        if self.sheet.is_first:
            found["held"] = self._held(given)
        version = {VERSION: given[VERSION]} if VERSION in given else {}
        return found | version

    def _held(self, given: Mapping[str, Any]) -> Held:
        course = self.course(given)
        return Held(self.attendance(given), course.adjourned_time, course.presided_by)

    def _items(self, given: Mapping[str, Any]) -> list[TakenUp]:
        return [
            self._taken(item, given)
            for item in self.sheet.open_items
            if given[named("outcome", item)] != LATER
        ]

    def _taken(self, item: AgendaItem, given: Mapping[str, Any]) -> TakenUp:
        outcome = given[named("outcome", item)]
        key = CONSENT if item.in_consent_group else str(item.pk)
        votes = {member: given.get(f"vote_{key}_{member.pk}", "") for member in self.sheet.members}
        return TakenUp(
            item,
            None if outcome == VOTE else ItemOutcome(outcome),
            {
                member: Choice(vote)
                for member, vote in votes.items()
                if vote in (Choice.AGAINST, Choice.ABSTAIN) and outcome == VOTE
            },
            {
                member: vote == RECUSED_STAYED
                for member, vote in votes.items()
                if vote in (RECUSED_LEFT, RECUSED_STAYED)
            },
            self._resolution(item, given),
            self._duties(item, given),
            list(self._agreed(item, given)),
        )

    def _resolution(self, item: AgendaItem, given: Mapping[str, Any]) -> str:
        """What is typed. Emptied, it is the title and not what was filled in at first."""
        name = named("resolution", item)
        return given[name] or item.title if name in self.fields else ""

    def _duties(self, item: AgendaItem, given: Mapping[str, Any]) -> list[Duty] | None:
        name = named("duties", item)
        if name not in self.fields:
            return None
        return [duty for duty in item.duties.all() if str(duty.pk) in given[name]]

    def _agreed(self, item: AgendaItem, given: Mapping[str, Any]) -> Iterable[ActionAgreed]:
        if not given.get(named("action", item)):
            return
        owners = {str(user.pk): user for user in self.sheet.owners}
        yield ActionAgreed(
            given[named("action", item)],
            given[named("due_on", item)],
            owners.get(given[named("owner", item)]),
            given[named("owner_name", item)],
        )

    def _sessions(self, given: Mapping[str, Any]) -> list[Session]:
        return [
            Session(
                Group(group),
                frozenset({Group(group), *map(Group, given[f"also_{group}"])}),
                given[f"heading_{group}"],
            )
            for group, __ in self.sheet.sessions
            if given.get(f"session_{group}")
        ]


def _usual(item: AgendaItem) -> str:
    """The resolution on minutes; of other items the title is used."""
    if item.source != ItemSource.MINUTES:
        return ""
    return _("Approve the %(minutes)s.") % {"minutes": item.title[:1].lower() + item.title[1:]}
