"""What runs in this app: the duties of the charter, and the clocks of events."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from committees.duties import gaps
from committees.enums import Pace, Standing
from committees.models import EventCard, EventClock
from committees.models.events import CLOSURES
from committees.permissions import possible_followers
from committees.registry import registry
from committees.reminders import DUTIES, EVENTS, Clock
from committees.reports.arithmetic import count_of, in_words
from committees.reports.charter import cadence_words
from committees.standing import Docket, DutyStanding
from records.clock import day_of


@registry.clock(DUTIES, permission="committees.view_standing")
def duties(docket: Docket) -> Iterable[Clock]:
    """The next day of every duty in force, and the past days that still wait for a record.

    What fell due before the records begin, and what does not apply, never reminds.
    """
    rows = {
        row.duty.pk: row
        for row in docket.reading().duties
        if row.standing != Standing.NOT_APPLICABLE
    }
    for row in rows.values():
        if row.due_on and docket.settings.records_begin <= row.due_on < date.max:
            yield _clock(row, row.due_on)
    yield from _past_periods(docket, rows)


def _past_periods(docket: Docket, rows: dict[int, DutyStanding]) -> Iterable[Clock]:
    """Past periods without record or disposition. What was done late since waits no more."""
    for piece in gaps(docket):
        row = rows.get(piece.duty.pk) if piece.duty else None
        if row and piece.is_open and not piece.late and piece.on != row.due_on:
            url = reverse("exception", args=[piece.key])
            yield _clock(row, piece.on, piece.because, url)


def _clock(row: DutyStanding, due_on: date, found: str = "", url: str = "") -> Clock:
    return Clock(
        key=f"committees.duty:{row.duty.pk}",
        due_on=due_on,
        what=row.duty.title,
        because=f"{_asked_by(row)} {found}".strip(),
        url=url or row.duty.get_absolute_url(),
        owner=row.duty.owner,
        subject=row.duty,
    )


def _asked_by(row: DutyStanding) -> str:
    """The clause and how often it asks; of good practice, that it is no more than that."""
    return _("%(clause)s (%(layer)s): %(cadence)s.") % {
        "clause": row.clause.reference,
        "layer": str(row.duty.layer_word.label).lower(),
        "cadence": cadence_words(row.duty),
    }


@registry.clock(EVENTS, permission="committees.view_event")
def events(docket: Docket) -> Iterable[Clock]:
    """The clocks of the cards that are not closed by the day; one that counts from what is not
    determined yet does not run."""
    readers = set(possible_followers(docket.day).values_list("pk", flat=True))
    for card in docket.committee.event_cards.running(docket.day).with_entries():
        person = card.entry.responsible
        follower = person if person and person.pk in readers else None
        for clock in card.clocks_running(docket.day):
            yield from _event_clock(docket, card, clock, follower)


def _event_clock(
    docket: Docket, card: EventCard, clock: EventClock, follower: User | None
) -> Iterable[Clock]:
    known_on = day_of(card.known_at(clock), docket.company)
    counted = count_of(card.entry, clock, docket.settings.calendar)
    if counted is not None and known_on <= docket.day:
        yield Clock(
            key=f"committees.event:{card.pk}:{clock.pk}",
            due_on=counted.due_on,
            what=clock.what,
            because=f"{card.entry.title}. {in_words(counted, clock)}",
            url=card.get_absolute_url(),
            owner=follower,
            pace=Pace.EVENT,
            known_on=known_on,
            closed_to=CLOSURES[card.closed_to],
            closed_on=day_of(card.entered_at, docket.company),
            subject=card,
        )
