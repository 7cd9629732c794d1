"""Events: every change is an entry beside the one before, and the ledger holds no word of it.

An event is a fact and is entered whenever it is learned; a day that has not come is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from charters.enums import Counting, StartsFrom
from charters.models import Committee, Event, EventDeadline, EventEnding, EventEntry
from charters.permissions import possible_followers
from charters.registry import EVENT_TEMPLATES
from charters.reminders import EVENTS
from charters.rules.event_templates import DeadlineTemplate
from charters.services.reminders import remind
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, Fact, recorded

EVENT_ENTERED = ledger.action("event.entered", lazy("added the event %(record)s"))
EVENT_DESCRIBED = ledger.action("event.described", lazy("updated the event %(record)s"))
EVENT_RESTRICTED = ledger.action("event.restricted", lazy("restricted the event %(record)s"))
EVENT_CLOSED = ledger.action("event.closed", lazy("closed the event %(record)s"))
EVENT_DEADLINE_ENTERED = ledger.action(
    "event_deadline.entered", lazy("added a deadline to the event %(record)s")
)
EVENT_DEADLINE_CHANGED = ledger.action(
    "event_deadline.changed", lazy("changed a deadline of the event %(record)s")
)
EVENT_DEADLINE_STOPPED = ledger.action(
    "event_deadline.stopped", lazy("marked a deadline of the event %(record)s as done")
)
EVENT_DEADLINE_WITHDRAWN = ledger.action(
    "event_deadline.withdrawn", lazy("withdrew a deadline of the event %(record)s")
)

TEXTS = ("title", "learned", "determined", "decides", "asks", "calls")
DAYS = ("learned_on", "determined_on")
KNOWN = (*TEXTS, *DAYS, "responsible")


@act
def enter_event(
    committee: Committee,
    *,
    template: str,
    by: Actor,
    at: datetime,
    restricted_roles: Collection[Role] = (),
    restricted_people: Collection[int] = (),
    **known: Any,
) -> Event:
    """Put on record that something happened, with the deadlines of its template, and remind at once."""
    made_from = EVENT_TEMPLATES.get(template)
    _refuse_who_cannot_follow(known.get("responsible"), at)
    event = Event(
        committee=committee,
        template=made_from.name,
        restricted_roles=frozenset(restricted_roles),
        restricted_people=frozenset(restricted_people),
        restricted_since=day_of(at),
        entered_by=ledger.person(by),
        entered_at=at,
    )
    _refuse_locking_oneself_out(event, by, at)
    event.save()
    entry = _entry(event, known, by, at)
    _record(EVENT_ENTERED, event, by, at, **event.restriction_facts)
    _record_entry(entry, by, at)
    for deadline in made_from.deadlines:
        _record_deadline(EVENT_DEADLINE_ENTERED, _new_deadline(event, deadline, by, at), by, at)
    _remind_at_once(event, at)
    return event


@act
def change_event(
    event: Event,
    *,
    by: Actor,
    at: datetime,
    restricted_roles: Collection[Role] = (),
    restricted_people: Collection[int] = (),
    **known: Any,
) -> EventEntry:
    """Enter what is known of it now. The earlier entry stays on record and readable.

    An event may be restricted further at any time; a restriction is never lifted.
    """
    _refuse_who_cannot_follow(known.get("responsible"), at)
    event = _locked(event)
    before = {name: getattr(event.entry, name) for name in KNOWN}
    roles = event.restricted_roles.union(restricted_roles)
    people = event.restricted_people.union(restricted_people)
    is_restricted_further = (roles, people) != (event.restricted_roles, event.restricted_people)
    if not is_restricted_further and before | known == before:
        raise ValidationError(_("Nothing was changed. Change a field before you save."))
    if is_restricted_further:
        event.restricted_roles, event.restricted_people = roles, people
        _refuse_locking_oneself_out(event, by, at)
        event.save(update_fields=["restricted_roles", "restricted_people"])
        _record(EVENT_RESTRICTED, event, by, at, **event.restriction_facts)
    entry = _entry(event, before | known, by, at)
    event.move_on()
    _record_entry(entry, by, at)
    _remind_at_once(event, at)
    return entry


@act
def enter_deadline(event: Event, *, by: Actor, at: datetime, **terms: Any) -> EventDeadline:
    """Set a deadline running on the event, and remind at once."""
    event = _locked(event)
    deadline = _new_deadline(event, DeadlineTemplate(**terms), by, at)
    _record_deadline(EVENT_DEADLINE_ENTERED, deadline, by, at)
    _remind_at_once(event, at)
    return deadline


@act
def change_deadline(
    deadline: EventDeadline, *, by: Actor, at: datetime, **terms: Any
) -> EventDeadline:
    """Put a deadline in the place of another: its terms were entered wrongly, or have changed."""
    earlier = _standing(deadline)
    later = _new_deadline(earlier.event, DeadlineTemplate(**terms), by, at, changes=earlier)
    _record_deadline(EVENT_DEADLINE_CHANGED, later, by, at)
    _remind_at_once(earlier.event, at)
    return later


@act
def record_done(
    deadline: EventDeadline, *, done_on: date, by: Actor, at: datetime
) -> EventDeadline:
    """Record that what the deadline asks for was done: it no longer reminds."""
    earlier = _standing(deadline)
    _refuse_ahead("done_on", done_on, at)
    later = _new_deadline(earlier.event, _terms(earlier), by, at, changes=earlier, done_on=done_on)
    _record_deadline(EVENT_DEADLINE_STOPPED, later, by, at)
    return later


@act
def withdraw_deadline(
    deadline: EventDeadline, *, reason: str, by: Actor, at: datetime
) -> EventDeadline:
    """Record that a deadline does not run after all, and why; it stays on record."""
    earlier = _standing(deadline)
    if not reason.strip():
        raise ValidationError({"reason": _("Enter why this deadline does not apply.")})
    later = _new_deadline(
        earlier.event,
        _terms(earlier),
        by,
        at,
        changes=earlier,
        is_withdrawn=True,
        reason=reason.strip(),
    )
    _record_deadline(EVENT_DEADLINE_WITHDRAWN, later, by, at)
    return later


@act
def close_event(
    event: Event, *, closed_on: date, reason: str, by: Actor, at: datetime
) -> EventEnding:
    """Close the event on a day, with a reason: its deadlines no longer remind."""
    event = _locked(event)
    _refuse_ahead("closed_on", closed_on, at)
    if not reason.strip():
        raise ValidationError({"reason": _("Enter a reason for closing the event.")})
    ending = EventEnding.objects.create(
        event=event,
        closed_on=closed_on,
        reason=reason.strip(),
        **recorded(by, at),
    )
    event.move_on()
    digest = ledger.digest(ending.reason, ending.salt)
    _record(EVENT_CLOSED, event, by, at, closed_on=closed_on, reason=digest)
    return ending


def _entry(event: Event, known: Mapping[str, Any], by: Actor, at: datetime) -> EventEntry:
    texts = {name: str(known.get(name, "")).strip() for name in TEXTS}
    days: dict[str, date | None] = {name: known.get(name) for name in DAYS}
    for name, day in days.items():
        _refuse_ahead(name, day, at)
    if texts["determined"] and not days["determined_on"]:
        raise ValidationError({"determined_on": _("Enter the date determined.")})
    responsible = known.get("responsible")
    _refuse_closed(event, responsible, at)
    entry = EventEntry(
        event=event,
        responsible=responsible,
        **recorded(by, at),
        **texts,
        **days,
    )
    entry.full_clean(exclude=["event", "recorded_by"])
    entry.save()
    return entry


def _new_deadline(
    event: Event, terms: DeadlineTemplate, by: Actor, at: datetime, **more: Any
) -> EventDeadline:
    deadline = EventDeadline(
        event=event,
        what=terms.what.strip(),
        rule=terms.rule.strip(),
        starts=terms.starts,
        days=terms.days,
        counting=terms.counting,
        **recorded(by, at),
        **more,
    )
    deadline.full_clean(exclude=["event", "changes", "recorded_by"])
    deadline.save()
    return deadline


def _terms(deadline: EventDeadline) -> DeadlineTemplate:
    starts, counting = StartsFrom(deadline.starts), Counting(deadline.counting)
    return DeadlineTemplate(deadline.what, deadline.days, deadline.rule, starts, counting)


def _locked(event: Event) -> Event:
    """The event under a lock; a closed one accepts no entry."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not event.is_running:
        raise ValidationError(_("This event is closed. Add a new event for what happened later."))
    return event


def _standing(deadline: EventDeadline) -> EventDeadline:
    """The deadline, its event under a lock, refused where it was stopped, withdrawn or changed."""
    _locked(deadline.event)
    found = EventDeadline.objects.standing().filter(pk=deadline.pk, done_on=None).first()
    if found is None:
        raise ValidationError(
            _("This deadline was changed or marked as done in the meantime. See the event.")
        )
    return found


def _refuse_ahead(field: str, day: date | None, at: datetime) -> None:
    if day is not None and day > day_of(at):
        raise ValidationError({field: _("This date is in the future.")})


def _refuse_locking_oneself_out(event: Event, by: Actor, at: datetime) -> None:
    """Nobody closes an event to themselves: they could not follow what they have begun."""
    if isinstance(by, User) and event.restriction.bars(by, on=day_of(at)):
        raise ValidationError(
            {
                "restricted_roles": _(
                    "You have a management role, or had one since the event was added. The "
                    "restriction would apply to you. Ask another secretary or counsel to add "
                    "it."
                )
            }
        )


def _refuse_closed(event: Event, person: User | None, at: datetime) -> None:
    if person and event.restriction.bars(person, on=day_of(at)):
        raise ValidationError(
            {
                "responsible": _(
                    "The event is restricted from management. This person has a management "
                    "role, or had one since the event was added. Choose another person."
                )
            }
        )


def _refuse_who_cannot_follow(person: User | None, at: datetime) -> None:
    """Whoever is reminded of an event can read it."""
    if person and not possible_followers(day_of(at)).filter(pk=person.pk).exists():
        raise ValidationError(
            {
                "responsible": _(
                    "This person has no access to events. Choose another person, or the "
                    "corporate secretary."
                )
            }
        )


def _remind_at_once(event: Event, at: datetime) -> None:
    remind(EVENTS, at=at, subject=event)


def _record(action: ledger.Action, event: Event, by: Actor, at: datetime, **facts: Any) -> None:
    """The event is the subject of every line, so that who may see the event may see the line."""
    ledger.record(action, subject=event, by=by, at=at, **facts)


def _record_entry(entry: EventEntry, by: Actor, at: datetime) -> None:
    days = {name: getattr(entry, name) for name in DAYS}
    facts = _digests(entry, *TEXTS) | days | {"responsible": entry.responsible, "entry": entry}
    _record(EVENT_DESCRIBED, entry.event, by, at, **facts)


def _record_deadline(
    action: ledger.Action, deadline: EventDeadline, by: Actor, at: datetime
) -> None:
    _record(
        action,
        deadline.event,
        by,
        at,
        deadline=deadline,
        changes=deadline.changes,
        starts=StartsFrom(deadline.starts),
        days=deadline.days,
        counting=Counting(deadline.counting),
        done_on=deadline.done_on,
        **_digests(deadline, "what", "rule", "reason"),
    )


def _digests(record: EventEntry | EventDeadline, *names: str) -> dict[str, Fact]:
    """Of the texts under a record's one salt. The name of its field goes into each, and an empty one
    has none, so that nobody sees which of them are equal or empty like another."""
    texts = {name: getattr(record, name) for name in names}
    return {
        name: ledger.digest(f"{name}:{text}", record.salt) if text else None
        for name, text in texts.items()
    }
