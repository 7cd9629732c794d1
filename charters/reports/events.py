"""An event, as a page and as the one sheet that works when mail and sign-in are down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import RoleTerm
from charters.answers import DatedEntry
from charters.models import Event, EventDeadline, EventEntry
from charters.registry import members_of
from charters.reports.arithmetic import count_of, in_words
from charters.reports.event_history import history
from records.calendar import Calendar
from records.clock import day_of
from records.dates import long_day
from records.models import Company


@dataclass(frozen=True)
class EventText:
    """A heading of the event with its day and its words, in paragraphs."""

    term: str
    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline with its arithmetic. `state` is a word; `left` says how far off its day is."""

    pk: int
    what: str
    rule: str
    arithmetic: str
    due_on: date | None
    state: str
    left: str
    is_past: bool
    is_running: bool


@dataclass(frozen=True)
class Callee:
    """Whom to call, by name. A number stands here only where somebody entered one."""

    part: str
    names: str


@dataclass(frozen=True)
class EventPage:
    title: str
    state: str
    passages: tuple[EventText, ...]
    deadlines: tuple[DeadlineLine, ...]
    callees: tuple[Callee, ...]
    calls: tuple[str, ...]
    history: tuple[DatedEntry, ...]
    is_restricted_from_management: bool
    recorded_on: date


@dataclass(frozen=True)
class EventRow:
    """An event as a line of the list."""

    title: str
    url: str
    learned_on: date
    next_what: str
    next_on: date | None
    is_past: bool
    state: str


def event_row(event: Event, company: Company, day: date) -> EventRow:
    due = [
        (counted.due_on, deadline.what)
        for deadline in event.open_deadlines(day)
        if (counted := count_of(event.entry, deadline, company.calendar))
    ]
    next_on, next_what = min(due, default=(None, ""))
    entry = event.entry
    return EventRow(
        title=entry.title,
        url=event.get_absolute_url(),
        learned_on=entry.learned_on,
        next_what=next_what,
        next_on=next_on,
        is_past=next_on is not None and next_on < day,
        state=state_of(event),
    )


def event_page(event: Event, company: Company, day: date) -> EventPage:
    """What the event says, whatever was said before, and how its deadlines count."""
    entry = event.entry
    standing = event.current_deadlines()
    deadlines = [
        _clock_line(event, entry, deadline, company.calendar, day) for deadline in standing
    ]
    return EventPage(
        title=entry.title,
        state=state_of(event),
        passages=tuple(_passages(entry)),
        deadlines=tuple(sorted(deadlines, key=_in_order)),
        callees=tuple(_callees(event, day)),
        calls=_lines(entry.calls),
        history=tuple(history(event, company)),
        is_restricted_from_management=Role.MANAGEMENT in event.restricted_roles,
        recorded_on=day_of(entry.recorded_at, company),
    )


def state_of(event: Event) -> str:
    if event.is_running:
        return _("open")
    return _("closed on %(day)s") % {"day": long_day(event.ending.closed_on)}


def _passages(entry: EventEntry) -> Iterator[EventText]:
    learned, determined = long_day(entry.learned_on), _("not yet")
    if entry.determined_on:
        determined = long_day(entry.determined_on)
    yield EventText(_("Learned"), learned, _lines(entry.learned))
    yield EventText(_("Determined"), determined, _lines(entry.determined))
    for term, text in ((_("Who decides"), entry.decides), (_("What the law asks"), entry.asks)):
        if text:
            yield EventText(term, "", _lines(text))
    if entry.responsible:
        yield EventText(_("Owner"), "", (str(entry.responsible),))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _clock_line(
    event: Event, entry: EventEntry, deadline: EventDeadline, calendar: Calendar, day: date
) -> DeadlineLine:
    counted = count_of(entry, deadline, calendar)
    is_running = deadline.done_on is None and event.is_running and counted is not None
    return DeadlineLine(
        pk=deadline.pk,
        what=deadline.what,
        rule=deadline.rule,
        arithmetic=in_words(counted, deadline) if counted else _waits(deadline),
        due_on=counted.due_on if counted else None,
        state=_clock_state(event, deadline),
        left=_left(counted.due_on, day) if counted and is_running else "",
        is_past=bool(counted and is_running and counted.due_on < day),
        is_running=is_running,
    )


def _in_order(line: DeadlineLine) -> tuple[bool, date]:
    """What still runs first, and the first day first."""
    return (bool(line.state), line.due_on or date.max)


def _waits(deadline: EventDeadline) -> str:
    return _("Not started. The days are counted from %(day)s.") % {
        "day": deadline.get_starts_display()
    }


def _clock_state(event: Event, deadline: EventDeadline) -> str:
    if deadline.done_on:
        return _("done on %(day)s") % {"day": long_day(deadline.done_on)}
    return "" if event.is_running else _("not done when the event was closed")


def _left(due_on: date, day: date) -> str:
    days = (due_on - day).days
    if days == 0:
        return _("today")
    words = (
        ngettext("in %(days)s day", "in %(days)s days", days)
        if days > 0
        else ngettext("%(days)s day ago", "%(days)s days ago", -days)
    )
    return words % {"days": abs(days)}


def _callees(event: Event, day: date) -> Iterator[Callee]:
    """The committee, the chair first, then the secretary and counsel: those it is not closed to."""
    restriction = event.restriction
    seen = [
        member
        for member in members_of(event.committee, day)
        if member.user is None or not restriction.bars(member.user, on=day)
    ]
    chairs = [member.name for member in seen if member.is_chair]
    members = [member.name for member in seen if not member.is_chair]
    yield from _named(_("Chair"), chairs)
    yield from _named(_("Members"), members)
    roles = (Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL)
    terms = RoleTerm.objects.held(day).filter(role__in=roles, user__is_active=True)
    held = list(terms.select_related("user").prefetch_related("user__roleterm_set"))
    for role in roles:
        mine = [term.user for term in held if term.role == role]
        names = [str(user) for user in mine if not restriction.bars(user, on=day)]
        yield from _named(str(role.label), names)


def _named(part: str, names: list[str]) -> Iterator[Callee]:
    if names:
        yield Callee(part, ", ".join(sorted(names)))
