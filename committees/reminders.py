"""What falls due, and who will be reminded of it, when and why: the one truth of it.

The page, the command and the task that owes the notices all ask here. Apps register what runs
(`registry.clock`); when it reminds is the rule's (`committees.rules.reminders`). Nothing is stored:
a clock runs until the record shows that it was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.closure import is_closed_to
from accounts.enums import Role
from accounts.models import User
from committees.enums import Pace
from committees.permissions import possible_owners
from committees.registry import registry
from committees.rules import reminders as law
from committees.rules.reminders import Step
from committees.standing import Docket

# The sorts of this app's own clocks.
DUTIES, EVENTS = "committees.duties", "committees.events"


@dataclass(frozen=True)
class Clock:
    """Something that falls due on a day. `key` names it for as long as it runs.

    what      what is to be done, in a few words
    because   which clause or rule asks for it
    owner     who is reminded first; without an owner, or where the owner has left, the secretary
    known_on  since when it runs, for the pace of an event
    closed_to roles that see nothing of it, whatever other role is held (law 9); who held one on any
              day since closed_on is barred as well, and without it, on any since the docket's
    subject   the record that a notice of it is about
    """

    key: str
    due_on: date
    what: str
    because: str
    url: str
    owner: User | None = None
    pace: Pace = Pace.USUAL
    known_on: date = date.min
    closed_to: frozenset[Role] = frozenset()
    closed_on: date | None = None
    subject: Model | None = None

    @property
    def run(self) -> str:
        """It up to this due day: another day makes it another clock to be reminded of."""
        return f"{self.key}:{self.due_on}"


@dataclass(frozen=True)
class Reminder:
    """One person is reminded of one clock on one day. Nobody is, where nobody is there to be."""

    clock: Clock
    step: Step
    person: User | None
    permission: str

    @property
    def on(self) -> date:
        return self.step.on

    @property
    def due_on(self) -> date:
        return self.clock.due_on

    @property
    def key(self) -> str:
        """The same reminder has the same key on every run, so that it is owed once."""
        person = self.person.pk if self.person else ""
        return f"{self.clock.run}:{-self.step.days:+d}:{person}"

    @property
    def because(self) -> str:
        return f"{self.clock.because} {step_words(self)}".strip()


def run_of(key: str) -> str:
    """Of which clock, up to which due day, the reminder with this key was."""
    return key.rsplit(":", 2)[0]


class Reminders:
    """The clocks that run on the docket's day, and whom they remind; of some sorts, or of all."""

    def __init__(self, docket: Docket, *sorts: str) -> None:
        self.docket, self.day = docket, docket.day
        self.sorts = sorts or tuple(registry.clocks)

    def ahead(self) -> list[Reminder]:
        """Every reminder from the day on, up to its due day; past that, the next one."""
        found = [
            Reminder(clock, step, person, permission)
            for permission, clock in self.clocks
            for step in law.upcoming(self._steps(clock), self.day)
            for person in self._people(clock, step)
        ]
        return sorted(found, key=_in_order)

    def owed(self) -> list[Reminder]:
        """The latest reminder of every clock that has come by the day, for each person."""
        found = []
        for permission, clock in self.clocks:
            if step := law.latest(self._steps(clock), self.day):
                people = self._people(clock, step)
                found += [Reminder(clock, step, who, permission) for who in people if who]
        return sorted(found, key=_in_order)

    def visible_to(self, user: User) -> list[Reminder]:
        """Those ahead that a person may see: of what they may read, and their own."""
        return [row for row in self.ahead() if self._is_visible(row, user)]

    @cached_property
    def clocks(self) -> list[tuple[str, Clock]]:
        """Each with the permission that shows it; one load for each registered sort."""
        return [
            (permission, clock)
            for permission, load in map(registry.clocks.__getitem__, self.sorts)
            for clock in load(self.docket)
        ]

    @cached_property
    def secretaries(self) -> list[User]:
        people = User.objects.active().holding(Role.SECRETARY, self.day)
        return list(people.with_roles().order_by("name", "email"))

    @cached_property
    def owners(self) -> frozenset[int]:
        """Who may own something today: an account that is open, with a role for it."""
        return frozenset(possible_owners(self.day).values_list("pk", flat=True))

    def _steps(self, clock: Clock) -> Iterator[Step]:
        calendar = self.docket.settings.calendar
        return law.steps(clock.pace, clock.due_on, calendar, clock.known_on)

    def _people(self, clock: Clock, step: Step) -> list[User | None]:
        """The owner, or else every secretary; of both, those to whom it is not closed."""
        is_owners = clock.pace == Pace.EVENT or not step.is_past
        for people in (self._owner(clock) if is_owners else [], self.secretaries):
            if found := [who for who in people if not self._is_closed(clock, who)]:
                return [*found]
        return [None]

    def _owner(self, clock: Clock) -> list[User]:
        return [clock.owner] if clock.owner and clock.owner.pk in self.owners else []

    def _is_closed(self, clock: Clock, user: User) -> bool:
        """Also of a docket of long ago: whoever came into the role since then reads it today."""
        roles, since = clock.closed_to, clock.closed_on or self.day
        return bool(roles) and is_closed_to(user, roles, on=self.day, grows_from=since)

    def _is_visible(self, row: Reminder, user: User) -> bool:
        if self._is_closed(row.clock, user):
            return False
        return row.person == user or user.has_perm(row.permission)


def _in_order(row: Reminder) -> tuple[date, date, str, str]:
    return (row.on, row.due_on, str(row.person or ""), row.clock.what)


def step_words(row: Reminder) -> str:
    """Why this person, on this day."""
    if row.clock.pace == Pace.EVENT:
        return _("Every business day until it is done.")
    if row.step.is_past:
        return _("Its day has passed: to the secretary every week until it is done.")
    days = row.step.days
    when = (
        ngettext("%(days)s day before", "%(days)s days before", days) % {"days": days}
        if days
        else _("On its day")
    )
    return f"{when}, {_whom(row)}."


def _whom(row: Reminder) -> str:
    owner = row.clock.owner
    if owner is None:
        return _("to the secretary, as it has no owner")
    if owner == row.person:
        return _("to its owner")
    return _("to the secretary, as its owner has left")
