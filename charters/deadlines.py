"""What falls due in this app: the duties of the charter, the practices that the committee has
chosen, conditions about to lapse, the deadlines of events, and open actions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Standing
from charters.models import Action, Event, EventDeadline
from charters.notices import (
    ACTION_REMINDER,
    EVENT_REMINDER,
    LAPSE_REMINDER,
    PRACTICE_REMINDER,
    REMINDER,
)
from charters.permissions import possible_followers
from charters.registry import DEADLINES, OPEN_ITEMS, DeadlineSource
from charters.reminders import ACTIONS, DUTIES, EVENTS, LAPSES
from charters.reports.arithmetic import count_of, in_words
from charters.reports.charter import cadence_words
from charters.rules.reminders import DAILY, Pace
from charters.standing import GAP, Docket
from charters.values import DutyRecord, DutyStanding
from records.clock import day_of
from records.facts import label

# A practice is only announced: once its date has passed, the next one is announced instead.
ANNOUNCED = Pace((45, 14, 0))


def duties(as_of: AsOf) -> Iterable[Deadline]:
    """The next date of every duty in force, and the past dates that have no record yet.

    What fell due before the records begin, and what does not apply, never reminds.
    """
    docket = Docket.of(as_of)
    rows = {
        row.duty.pk: row
        for row in docket.reading().duties
        if row.standing != Standing.NOT_APPLICABLE
    }
    for row in rows.values():
        if row.due_on and docket.settings.records_begin <= row.due_on < date.max:
            yield _deadline(row, row.due_on)
    yield from _past_periods(docket, rows)


def _past_periods(docket: Docket, rows: dict[int, DutyStanding]) -> Iterator[Deadline]:
    """Past periods without record or closing; none of what was completed late since."""
    for item in docket.open_items_of(OPEN_ITEMS.get(GAP)):
        row = rows.get(item.duty.pk) if item.duty else None
        if row and item.is_open and item.on != row.due_on:
            url = reverse("open_item", args=[item.key])
            because = item.said(()) if item.said else item.because
            yield replace(_deadline(row, item.on, because, url), late=item.late)


def _deadline(row: DutyStanding, due_on: date, found: str = "", url: str = "") -> Deadline:
    return Deadline(
        key=f"charters.duty:{row.duty.pk}",
        due_on=due_on,
        what=row.duty.title,
        because=f"{_asked_by(row.duty, row.clause.reference)} {found}".strip(),
        url=url or row.duty.get_absolute_url(),
        owner=row.duty.owner_id,
        subject=row.duty.label,
    )


def _asked_by(duty: DutyRecord, reference: str) -> str:
    """The clause and how often it asks; of good practice, that it is only that."""
    return _("%(clause)s (%(layer)s): %(cadence)s.") % {
        "clause": reference,
        "layer": str(duty.layer.label).lower(),
        "cadence": cadence_words(duty),
    }


def practices(as_of: AsOf) -> Iterator[Deadline]:
    """The next date of every practice that the committee has chosen. It only reminds."""
    for row in Docket.of(as_of).reading().practices:
        if row.next_on:
            yield Deadline(
                key=f"charters.practice:{row.duty.pk}",
                due_on=row.next_on,
                what=row.duty.title,
                because=_asked_by(row.duty, row.clause.reference),
                url=row.duty.get_absolute_url(),
                owner=row.duty.owner_id,
                pace=ANNOUNCED,
                subject=row.duty.label,
            )


def lapses(as_of: AsOf) -> Iterator[Deadline]:
    """Conditions that hold today and, from what is recorded, will not on a future date."""
    docket = Docket.of(as_of)
    for duty, lapse in docket.lapses():
        yield Deadline(
            key=f"charters.lapse:{duty.pk}",
            due_on=lapse.on,
            what=_("%(duty)s: about to lapse") % {"duty": duty.title},
            because=lapse.sentence,
            url=lapse.url,
            owner=duty.owner_id,
            restriction=lapse.restriction,
            subject=lapse.subject or duty.label,
        )


def events(as_of: AsOf) -> Iterator[Deadline]:
    """The deadlines of the events that are not closed by the date; one that counts from what is not
    determined yet is none."""
    readers = set(possible_followers(as_of.day).values_list("pk", flat=True))
    for event in as_of.committee.events.running(as_of.day).with_entries():
        person = event.entry.responsible_id
        follower = person if person in readers else None
        for deadline in event.open_deadlines(as_of.day):
            yield from _event_deadline(as_of, event, deadline, follower)


def _event_deadline(
    as_of: AsOf, event: Event, deadline: EventDeadline, follower: int | None
) -> Iterator[Deadline]:
    known_on = day_of(event.known_at(deadline), as_of.company)
    counted = count_of(event.entry, deadline, as_of.settings.calendar)
    if counted is not None and known_on <= as_of.day:
        yield Deadline(
            key=f"charters.event:{event.pk}:{deadline.pk}",
            due_on=counted.due_on,
            what=deadline.what,
            because=f"{event.entry.title}. {in_words(counted, deadline)}",
            url=event.get_absolute_url(),
            owner=follower,
            pace=DAILY,
            known_on=known_on,
            restriction=event.restriction,
            subject=label(event),
        )


def actions(as_of: AsOf) -> Iterator[Deadline]:
    """What people agreed to do and is open on the day."""
    for action in as_of.committee.actions.open(as_of.day):
        yield Deadline(
            key=f"charters.action:{action.pk}",
            due_on=action.due_on,
            what=action.what,
            because=_agreed(action),
            url=action.get_absolute_url(),
            owner=action.owner_id,
            subject=label(action),
        )


def _agreed(action: Action) -> str:
    """Where it was agreed, and who owes it where that is nobody with an account."""
    words = [
        _("Action: %(source)s.") % {"source": action.source} if action.source else _("Action.")
    ]
    if action.owner_name:
        words.append(_("Owner: %(name)s.") % {"name": action.owner_name})
    return " ".join(words)


DEADLINES.add_all(
    DeadlineSource(DUTIES, duties, "charters.view_standing", REMINDER.name),
    DeadlineSource(LAPSES, lapses, "charters.view_standing", LAPSE_REMINDER.name),
    DeadlineSource(EVENTS, events, "charters.view_event", EVENT_REMINDER.name),
    DeadlineSource(ACTIONS, actions, "charters.view_standing", ACTION_REMINDER.name),
    DeadlineSource(
        "charters.practices", practices, "charters.view_standing", PRACTICE_REMINDER.name
    ),
)
