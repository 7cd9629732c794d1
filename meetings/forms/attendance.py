"""Who was at a meeting: members and guests, with arrivals and departures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from charters.rules.sessions import Group
from committees.models import Director
from meetings.forms.meetings import Clock
from meetings.models import AgendaItem, Attendee
from meetings.models.attendance import GROUPS
from meetings.services.attendance import (
    Attendance,
    Course,
    GuestThere,
    MemberThere,
    Movement,
    named,
)
from records.stale import VERSION

if TYPE_CHECKING:
    from django.forms import BoundField


GUESTS, SHOWN_GUESTS = 5, 2
# Of a guest: the name, the capacity and the group.
ALWAYS_ASKED = 3


@dataclass(frozen=True)
class Sheet:
    """What the page is made for.

    members, chair   who serves on the date, and who presides as a rule
    items            the agenda in its order, as (item, what this reader reads of it)
    open_items       those of them that the reader may see and that have no outcome yet
    is_first         nobody has recorded yet who was there
    served           the members as they are on record, with their stays
    presided         who is on record as having presided
    guests           who else is on record as having been there, each as it is asked for by number
    sessions         the groups, by key and name, whose executive session has no card yet
    on_agenda        those of them whose session is a line of the agenda
    """

    members: Sequence[Director]
    chair: Director | None
    items: Sequence[tuple[AgendaItem, str]]
    open_items: Sequence[AgendaItem]
    owners: Sequence[User] = ()
    is_first: bool = True
    sessions: Sequence[tuple[str, Any]] = ()
    on_agenda: Collection[str] = ()
    guests: Sequence[Attendee] = ()
    served: Sequence[Attendee] = ()
    presided: Director | None = None

    def label(self, item: AgendaItem) -> str:
        return next(label for each, label in self.items if each == item)

    def number(self, item: AgendaItem) -> int:
        """Its number, or its place before the agenda has any."""
        places = [each for each, __ in self.items]
        return item.number or places.index(item) + 1


@dataclass(frozen=True)
class Part:
    """Fields that stand together under a heading. `more`: those that are seldom needed.

    `is_vote`: whether a vote is the usual outcome.
    """

    heading: str
    fields: list[BoundField] = field(default_factory=list)
    more: list[BoundField] = field(default_factory=list)
    votes: list[BoundField] = field(default_factory=list)
    is_vote: bool = True

    @property
    def is_more_open(self) -> bool:
        return are_used(self.more)

    @property
    def are_votes_open(self) -> bool:
        return are_used(self.votes)


def are_used(fields: Iterable[BoundField]) -> bool:
    """Whether something was entered in fields that are closed as a rule, or is wrong with them."""
    return any(each.errors or each.value() for each in fields)


class AttendanceForm(forms.Form):
    """Who was there: the members, and others."""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        if sheet.is_first:
            self._ask_who_was_there()

    @cached_property
    def guest_numbers(self) -> range:
        """Enough for those on record, and for some more."""
        return range(1, max(GUESTS, len(self.sheet.guests) + SHOWN_GUESTS) + 1)

    @cached_property
    def directors(self) -> dict[str, Director]:
        """Directors who were there as guests, by name: a guest of that name is still that person."""
        return {str(row): row.director for row in self.sheet.guests if row.director}

    def _ask_who_was_there(self) -> None:
        for member in self.sheet.members:
            for name, asked in self._of_member(member).items():
                self.fields[named(name, member)] = asked
        for number in self.guest_numbers:
            for name, asked in self._of_guest(number).items():
                self.fields[f"{name}_{number}"] = asked

    def _of_member(self, member: Director) -> dict[str, forms.Field]:
        said = {"name": member.name}
        return {
            "present": forms.BooleanField(
                label=_("%(name)s was present") % said, required=False, initial=True
            ),
            "arrives": self._moment(_("%(name)s arrived") % said, _("At the start")),
            "arrived_at": Clock(label=_("%(name)s arrived at") % said, required=False),
            "leaves": self._moment(_("%(name)s left") % said, _("At the end")),
            "left_at": Clock(label=_("%(name)s left at") % said, required=False),
            "returns": self._moment(_("%(name)s returned") % said, _("Did not leave or return")),
        }

    def _of_guest(self, number: int) -> dict[str, forms.Field]:
        said = {"number": number}
        longest = Attendee._meta.get_field("name").max_length
        return {
            "guest": forms.CharField(
                label=_("Guest %(number)s: name") % said, required=False, max_length=longest
            ),
            "capacity": forms.CharField(
                label=_("Guest %(number)s: capacity") % said, required=False, max_length=longest
            ),
            "group": forms.ChoiceField(
                label=_("Guest %(number)s: group") % said, required=False, choices=GROUPS
            ),
            "guest_arrives": self._moment(_("Guest %(number)s arrived") % said, _("At the start")),
            "guest_leaves": self._moment(_("Guest %(number)s left") % said, _("At the end")),
        }

    @property
    def presiding(self) -> list[Director]:
        """Who may have presided: a member, or whoever is on record."""
        presided = self.sheet.presided
        others = [presided] if presided and presided not in self.sheet.members else []
        return [*self.sheet.members, *others]

    def ask_course(self) -> None:
        members = [(str(member.pk), member.name) for member in self.presiding]
        chair = str(self.sheet.chair.pk) if self.sheet.chair else ""
        self.fields["presided_by"] = forms.ChoiceField(
            label=_("Who presided"),
            required=False,
            choices=[("", _("Not recorded")), *members],
            initial=chair,
        )
        self.fields["adjourned_time"] = Clock(label=_("Adjourned at"), required=False)

    def how_it_went(self) -> list[BoundField]:
        return [self[name] for name in ("presided_by", "adjourned_time") if name in self.fields]

    def course(self, given: Mapping[str, Any]) -> Course:
        members = {str(member.pk): member for member in self.presiding}
        return Course(members.get(given["presided_by"]), given["adjourned_time"])

    def _moment(self, label: str, otherwise: str) -> forms.ChoiceField:
        """Before which item; without a choice, what is usual."""
        before = [
            (str(item.pk), _("Before %(item)s") % {"item": words})
            for item, words in self.sheet.items
        ]
        return forms.ChoiceField(label=label, required=False, choices=[("", otherwise), *before])

    def member_parts(self) -> Iterator[Part]:
        if not self.sheet.is_first:
            return
        for member in self.sheet.members:
            bound = {name: self[named(name, member)] for name in self._of_member(member)}
            yield Part(member.name, [bound.pop("present")], list(bound.values()))

    def guest_parts(self) -> Iterator[Part]:
        if not self.sheet.is_first:
            return
        for number in self.guest_numbers:
            bound = [self[f"{name}_{number}"] for name in self._of_guest(number)]
            heading = _("Guest %(number)s") % {"number": number}
            yield Part(heading, bound[:ALWAYS_ASKED], bound[ALWAYS_ASKED:])

    def first_guests(self) -> list[Part]:
        return list(self.guest_parts())[:SHOWN_GUESTS]

    def other_guests(self) -> list[Part]:
        return list(self.guest_parts())[SHOWN_GUESTS:]

    def are_more_guests(self) -> bool:
        return any(are_used([*part.fields, *part.more]) for part in self.other_guests())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in self.guest_numbers:
            others = [given.get(f"{name}_{number}") for name in ("capacity", "group")]
            if any(others) and not given.get(f"guest_{number}") and self.sheet.is_first:
                self.add_error(f"guest_{number}", _("Say who this was, or empty the row."))
        return given

    def attendance(self, given: Mapping[str, Any]) -> Attendance:
        return Attendance(
            [
                MemberThere(
                    member,
                    bool(given[named("present", member)]),
                    self._moves(
                        given[named("arrives", member)],
                        given[named("leaves", member)],
                        given[named("returns", member)],
                        given[named("arrived_at", member)],
                        given[named("left_at", member)],
                    ),
                )
                for member in self.sheet.members
            ],
            [
                self._guest(number, given)
                for number in self.guest_numbers
                if given[f"guest_{number}"]
            ],
        )

    def _guest(self, number: int, given: Mapping[str, Any]) -> GuestThere:
        name = given[f"guest_{number}"]
        return GuestThere(
            name=name,
            capacity=given[f"capacity_{number}"],
            group=Group(given[f"group_{number}"]) if given[f"group_{number}"] else None,
            director=self.directors.get(name),
            moves=self._moves(given[f"guest_arrives_{number}"], given[f"guest_leaves_{number}"]),
        )

    def _moves(
        self,
        arrives: str = "",
        leaves: str = "",
        returns: str = "",
        arrived_at: Any = None,
        left_at: Any = None,
    ) -> Movement:
        items = {str(item.pk): item for item, __ in self.sheet.items}
        return Movement(
            items.get(arrives), items.get(leaves), items.get(returns), arrived_at, left_at
        )


class CorrectedAttendanceForm(AttendanceForm):
    """The same questions, once they are on record. What the page does not ask of an arrival or a
    departure stays as it was recorded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_course()

    def attendance(self, given: Mapping[str, Any]) -> Attendance:
        found = super().attendance(given)
        rows = {row.director_id: row for row in self.sheet.served}
        members = [
            replace(each, moves=_with_return(each.moves, rows.get(each.director.pk)))
            for each in found.members
        ]
        return replace(found, members=members)

    def _guest(self, number: int, given: Mapping[str, Any]) -> GuestThere:
        guest = super()._guest(number, given)
        stored = self.sheet.guests[number - 1 : number]
        return replace(guest, moves=_with_times(guest.moves, stored[0])) if stored else guest

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        version = {VERSION: given[VERSION]} if VERSION in given else {}
        found = {"attendance": self.attendance(given), "course": self.course(given)}
        return found | version


def _with_return(moves: Movement, row: Attendee | None) -> Movement:
    """With the clock time of a return, which the page does not ask."""
    back = list(row.stays.all())[1:] if row else []
    if not back or moves.returns != back[0].since:
        return moves
    return replace(moves, returned_at=back[0].arrived_at)


def _with_times(moves: Movement, row: Attendee) -> Movement:
    """With the clock times and the return on record, where the items before which they were stay."""
    first, *more = row.stays.all()
    if (moves.arrives, moves.leaves) != (first.since, first.until):
        return moves
    back = more[0] if more else None
    return replace(
        moves,
        arrived_at=first.arrived_at,
        left_at=first.left_at,
        returns=back.since if back else None,
        returned_at=back.arrived_at if back else None,
    )
