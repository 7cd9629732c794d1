"""An event card, as a page and as the one sheet that works when mail and sign-in are down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import RoleTerm
from committees.models import EventCard, EventClock, EventEntry
from committees.reports.arithmetic import count_of, in_words
from committees.reports.charter import DatedEntry
from committees.reports.event_history import history
from records.calendar import Calendar
from records.clock import day_of
from records.dates import long_day
from records.models import Company


@dataclass(frozen=True)
class Passage:
    """A heading of the card with its day and its words, in paragraphs."""

    term: str
    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ClockLine:
    """A clock with its arithmetic. `state` is a word; `left` says how far off its day is."""

    pk: int
    what: str
    rule: str
    arithmetic: str
    due_on: date | None
    state: str
    left: str
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
    passages: tuple[Passage, ...]
    clocks: tuple[ClockLine, ...]
    callees: tuple[Callee, ...]
    calls: tuple[str, ...]
    history: tuple[DatedEntry, ...]
    is_closed_to_management: bool
    recorded_on: date


@dataclass(frozen=True)
class EventRow:
    """A card as a line of the list."""

    title: str
    url: str
    learned_on: date
    next_what: str
    next_on: date | None
    state: str


def event_row(card: EventCard, company: Company, day: date) -> EventRow:
    due = [
        (counted.due_on, clock.what)
        for clock in card.clocks_running(day)
        if (counted := count_of(card.entry, clock, company.calendar))
    ]
    next_on, next_what = min(due, default=(None, ""))
    entry = card.entry
    return EventRow(
        title=entry.title,
        url=card.get_absolute_url(),
        learned_on=entry.learned_on,
        next_what=next_what,
        next_on=next_on,
        state=state_of(card),
    )


def event_page(card: EventCard, company: Company, day: date) -> EventPage:
    """What the card says, whatever was said before, and how its clocks count."""
    entry = card.entry
    standing = card.clocks_standing()
    clocks = [_clock_line(card, entry, clock, company.calendar, day) for clock in standing]
    return EventPage(
        title=entry.title,
        state=state_of(card),
        passages=tuple(_passages(entry)),
        clocks=tuple(sorted(clocks, key=_in_order)),
        callees=tuple(_callees(card, day)),
        calls=_lines(entry.calls),
        history=tuple(history(card, company)),
        is_closed_to_management=bool(card.closed_to),
        recorded_on=day_of(entry.recorded_at, company),
    )


def state_of(card: EventCard) -> str:
    if card.is_running:
        return _("open")
    return _("closed on %(day)s") % {"day": long_day(card.ending.closed_on)}


def _passages(entry: EventEntry) -> Iterator[Passage]:
    learned, determined = long_day(entry.learned_on), _("not yet")
    if entry.determined_on:
        determined = long_day(entry.determined_on)
    yield Passage(_("Learned"), learned, _lines(entry.learned))
    yield Passage(_("Determined"), determined, _lines(entry.determined))
    for term, text in ((_("Who decides"), entry.decides), (_("What the law asks"), entry.asks)):
        if text:
            yield Passage(term, "", _lines(text))
    if entry.responsible:
        yield Passage(_("Who follows it up"), "", (str(entry.responsible),))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _clock_line(
    card: EventCard, entry: EventEntry, clock: EventClock, calendar: Calendar, day: date
) -> ClockLine:
    counted = count_of(entry, clock, calendar)
    is_running = clock.done_on is None and card.is_running and counted is not None
    return ClockLine(
        pk=clock.pk,
        what=clock.what,
        rule=clock.rule,
        arithmetic=in_words(counted, clock) if counted else _waits(clock),
        due_on=counted.due_on if counted else None,
        state=_clock_state(card, clock),
        left=_left(counted.due_on, day) if counted and is_running else "",
        is_running=is_running,
    )


def _in_order(line: ClockLine) -> tuple[bool, date]:
    """What still runs first, and the first day first."""
    return (bool(line.state), line.due_on or date.max)


def _waits(clock: EventClock) -> str:
    return _("It does not run yet: it counts from %(day)s.") % {"day": clock.get_starts_display()}


def _clock_state(card: EventCard, clock: EventClock) -> str:
    if clock.done_on:
        return _("done on %(day)s") % {"day": long_day(clock.done_on)}
    return "" if card.is_running else _("not done when the card was closed")


def _left(due_on: date, day: date) -> str:
    days = (due_on - day).days
    if days == 0:
        return _("today")
    words = (
        ngettext("in %(days)s day", "in %(days)s days", days)
        if days > 0
        else ngettext("%(days)s day past", "%(days)s days past", -days)
    )
    return words % {"days": abs(days)}


def _callees(card: EventCard, day: date) -> Iterator[Callee]:
    """The committee, the chair first, then the secretary and counsel: those it is not closed to."""
    seats = card.committee.memberships.in_office(day).select_related("director__user")
    chairs: list[str] = []
    members: list[str] = []
    for seat in seats.prefetch_related("chair_terms", "director__user__roleterm_set"):
        user = seat.director.user
        if user is None or not card.is_closed_to(user, on=day):
            is_chair = any(term.covers(day) for term in seat.chair_terms.all())
            (chairs if is_chair else members).append(seat.director.name)
    yield from _named(_("Chair"), chairs)
    yield from _named(_("Members"), members)
    roles = (Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL)
    terms = RoleTerm.objects.held(day).filter(role__in=roles, user__is_active=True)
    held = list(terms.select_related("user").prefetch_related("user__roleterm_set"))
    for role in roles:
        mine = [term.user for term in held if term.role == role]
        names = [str(user) for user in mine if not card.is_closed_to(user, on=day)]
        yield from _named(str(role.label), names)


def _named(part: str, names: list[str]) -> Iterator[Callee]:
    if names:
        yield Callee(part, ", ".join(sorted(names)))
