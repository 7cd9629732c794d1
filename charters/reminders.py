"""What falls due, and who will be reminded of it, when and why: the one truth of it.

The page, the command and the task that owes the notices all ask here. Apps register what falls due
(`charters.registry.DEADLINES`); when it reminds is the rule's (`charters.rules.reminders`). Nothing
is stored: a deadline is open until the record shows that it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.person import Person
from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Counting
from charters.permissions import roles_of_owners
from charters.registry import DEADLINES, DeadlineSource
from charters.rules import reminders as law
from charters.rules.reminders import Pace, Step
from charters.standing import Docket

# The sorts of this app's own deadlines.
DUTIES, EVENTS, ACTIONS = "charters.duties", "charters.events", "charters.actions"
LAPSES = "charters.lapses"
WEEK = 7
# A deadline with its steps ahead, and whom each reminds.
Ahead: TypeAlias = tuple[Deadline, tuple[tuple[Step, Person | None], ...]]


@dataclass(frozen=True)
class Reminder:
    """One person is reminded of one deadline on one day. Nobody is, where nobody is there to be."""

    deadline: Deadline
    step: Step
    person: Person | None
    source: DeadlineSource

    @property
    def on(self) -> date:
        return self.step.on

    def is_for(self, user: User) -> bool:
        return self.person is not None and self.person.pk == user.pk

    @property
    def due_on(self) -> date:
        return self.deadline.due_on

    @property
    def key(self) -> str:
        """The same reminder has the same key on every run, so that it is owed once."""
        person = self.person.pk if self.person else ""
        return f"{self.deadline.run}:{-self.step.days:+d}:{person}"

    @property
    def because(self) -> str:
        return f"{self.deadline.because} {step_words(self)}".strip()


def run_of(key: str) -> str:
    """Of which deadline, up to which due day, the reminder with this key was."""
    return key.rsplit(":", 2)[0]


class Reminders:
    """The deadlines that run on the docket's day, and whom they remind; of some sorts, or of all."""

    def __init__(self, as_of: AsOf, *sorts: str) -> None:
        self.as_of, self.day = as_of, as_of.day
        self.sources = [source for source in DEADLINES if not sorts or source.name in sorts]

    def ahead(self) -> list[Reminder]:
        """Every reminder from the day on, up to its due day; past that, the next one."""
        return self._ahead(lambda deadline: True)

    def _ahead(self, is_shown: Callable[[Deadline], bool]) -> list[Reminder]:
        docket = Docket.of(self.as_of)
        found = [
            Reminder(deadline, step, person, source)
            for source in self.sources
            for deadline, steps in docket.part(*_of_source(source))
            if docket.falls_due(deadline) and is_shown(deadline)
            for step, person in steps
        ]
        return sorted(found, key=_in_order)

    def ahead_of(self, deadline: Deadline) -> Iterator[tuple[Step, Person | None]]:
        """The reminders of one deadline: each step with each person."""
        for step in law.upcoming(_steps(self.as_of, deadline), self.day):
            for person in self._people(deadline, step):
                yield step, person

    def owed(self) -> list[Reminder]:
        """The latest reminder of every deadline that has come by the day, for each person."""
        found = []
        for source, deadline in self.deadlines:
            if step := law.latest(_steps(self.as_of, deadline), self.day):
                people = self._people(deadline, step)
                found += [Reminder(deadline, step, who, source) for who in people if who]
        return sorted(found, key=_in_order)

    def visible_to(self, user: User) -> list[Reminder]:
        """Those ahead that a person may see: of what they may read, and their own."""
        read = {source.name for source in self.sources if user.has_perm(source.permission)}
        ahead = self._ahead(lambda deadline: not self._is_closed(deadline, user))
        return [row for row in ahead if row.source.name in read or row.is_for(user)]

    def open_to(self, user: User) -> list[tuple[DeadlineSource, Deadline]]:
        """The deadlines themselves, without their reminders: those this person may see or owns."""
        read = {source.name for source in self.sources if user.has_perm(source.permission)}
        return [
            (source, each)
            for source, each in self.deadlines
            if not self._is_closed(each, user) and (each.owner == user.pk or source.name in read)
        ]

    @cached_property
    def deadlines(self) -> list[tuple[DeadlineSource, Deadline]]:
        """Each with its source; one load for each registered sort."""
        docket = Docket.of(self.as_of)
        return [(source, each) for source in self.sources for each in docket.deadlines_of(source)]

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return Docket.of(self.as_of).listed(_with_a_role)

    @cached_property
    def secretaries(self) -> list[Person]:
        return [person for person in self.people if Role.SECRETARY in person.roles(self.day)]

    @cached_property
    def owners(self) -> dict[int, Person]:
        """Who may own something today: an account that is open, with a role for it."""
        roles = roles_of_owners()
        return {person.pk: person for person in self.people if person.roles(self.day) & roles}

    def _people(self, deadline: Deadline, step: Step) -> list[Person | None]:
        """The owner, or else every secretary; of both, those to whom it is not closed."""
        is_owners = law.reminds_owner(deadline.pace, step)
        for people in (self._owner(deadline) if is_owners else [], self.secretaries):
            if found := [who for who in people if not self._is_closed(deadline, who)]:
                return [*found]
        return [None]

    def _owner(self, deadline: Deadline) -> list[Person]:
        return [self.owners[deadline.owner]] if deadline.owner in self.owners else []

    def _is_closed(self, deadline: Deadline, user: User | Person) -> bool:
        """Also of a docket of long ago: whoever came into the role since then reads it today."""
        restriction = deadline.restriction
        if restriction.names_anybody and restriction.since is None:
            restriction = replace(restriction, since=self.day, grows=True)
        return restriction.bars(user, on=self.day)


def _with_a_role(as_of: AsOf) -> Iterator[Person]:
    """Everybody with an account that is open and a role that day, with all their roles."""
    held = RoleTerm.objects.held(as_of.day).values("user")
    found = User.objects.active().filter(pk__in=held)
    return map(Person.of, found.with_roles().order_by("name", "email"))


def _steps(as_of: AsOf, deadline: Deadline) -> Iterator[Step]:
    calendar = as_of.settings.calendar
    return law.steps(deadline.pace, deadline.due_on, calendar, deadline.known_on, as_of.day)


def _of_source(source: DeadlineSource) -> tuple[str, Callable[[Docket], tuple[Ahead, ...]]]:
    """Each deadline of a source with the reminders ahead of it, and how that part of a snapshot is
    called."""

    def ahead(docket: Docket) -> tuple[Ahead, ...]:
        of_source = Reminders(docket, source.name)
        return tuple(
            (deadline, tuple(of_source.ahead_of(deadline)))
            for deadline in docket.all_deadlines_of(source)
        )

    return f"reminders: {source.name}", ahead


def _in_order(row: Reminder) -> tuple[date, date, str, str]:
    return (row.on, row.due_on, str(row.person or ""), row.deadline.what)


def step_words(row: Reminder) -> str:
    """Why this person, on this day."""
    pace = row.deadline.pace
    if pace.from_known:
        if row.on > row.due_on:
            return _("The date has passed. Every business day until it is done.")
        return _("Every business day until it is done.")
    if row.step.is_past:
        return _("The date has passed. Reminder %(whom)s %(often)s until it is done.") % {
            "whom": _whom(row) if pace.owner_after else _("to the secretary"),
            "often": _often(pace),
        }
    days = row.step.days
    when = (
        ngettext("%(days)s day before", "%(days)s days before", days) % {"days": days}
        if days
        else _("On the due date")
    )
    return f"{when}, {_whom(row)}."


def _often(pace: Pace) -> str:
    if pace.counted_in is Counting.BUSINESS:
        return ngettext("every business day", "every %(days)s business days", pace.every) % {
            "days": pace.every
        }
    if pace.every == WEEK:
        return _("every week")
    return ngettext("every day", "every %(days)s days", pace.every) % {"days": pace.every}


def _whom(row: Reminder) -> str:
    owner = row.deadline.owner
    if owner is None:
        return _("to the secretary, because it has no owner")
    if row.person and owner == row.person.pk:
        return _("to its owner")
    return _("to the secretary, because its owner has left")
