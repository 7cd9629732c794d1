"""Event cards: every change is an entry beside the one before, and the ledger holds no word of it.

An event is a fact and is entered whenever it is learned; a day that has not come is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from committees.enums import Counting, StartsFrom
from committees.models import Committee, EventCard, EventClock, EventEnding, EventEntry
from committees.permissions import possible_followers
from committees.registry import registry
from committees.reminders import EVENTS
from committees.rules.cards import ClockTemplate
from committees.services.reminders import remind
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Fact
from records.ledger import Actor

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
    closed_to: str = "",
    **known: Any,
) -> EventCard:
    """Put on record that something happened, with the clocks of its template, and remind at once."""
    made_from = registry.cards[template]
    _refuse_who_cannot_follow(known.get("responsible"), at)
    card = EventCard(
        committee=committee,
        template=made_from.key,
        closed_to=closed_to,
        entered_by=ledger.person(by),
        entered_at=at,
    )
    _refuse_locking_oneself_out(card, by, at)
    card.save()
    entry = _entry(card, known, by, at)
    _record("event_card.entered", card, by, at, closed_to=Role(closed_to) if closed_to else None)
    _record_entry(entry, by, at)
    for clock in made_from.clocks:
        _record_clock("event_clock.entered", _new_clock(card, clock, by, at), by, at)
    _remind_at_once(card, at)
    return card


@act
def change_event(
    card: EventCard, *, by: Actor, at: datetime, closed_to: str | None = None, **known: Any
) -> EventEntry:
    """Enter what is known of it now. The earlier entry stays on record and readable.

    A card may be closed to management at any time; it is never opened again.
    """
    _refuse_who_cannot_follow(known.get("responsible"), at)
    card = _locked(card)
    before = {name: getattr(card.entry, name) for name in KNOWN}
    is_closing = bool(closed_to) and closed_to != card.closed_to
    if not is_closing and before | known == before:
        raise ValidationError(_("Nothing is different from what the card says already."))
    if is_closing and closed_to:
        card.closed_to = closed_to
        _refuse_locking_oneself_out(card, by, at)
        card.save(update_fields=["closed_to"])
        _record("event_card.restricted", card, by, at, closed_to=Role(closed_to))
    entry = _entry(card, before | known, by, at)
    _record_entry(entry, by, at)
    _remind_at_once(card, at)
    return entry


@act
def enter_clock(card: EventCard, *, by: Actor, at: datetime, **terms: Any) -> EventClock:
    """Set a clock running on the card, and remind at once."""
    card = _locked(card)
    clock = _new_clock(card, ClockTemplate(**terms), by, at)
    _record_clock("event_clock.entered", clock, by, at)
    _remind_at_once(card, at)
    return clock


@act
def change_clock(clock: EventClock, *, by: Actor, at: datetime, **terms: Any) -> EventClock:
    """Put a clock in the place of another: its terms were entered wrongly, or have changed."""
    earlier = _standing(clock)
    later = _new_clock(earlier.card, ClockTemplate(**terms), by, at, changes=earlier)
    _record_clock("event_clock.changed", later, by, at)
    _remind_at_once(earlier.card, at)
    return later


@act
def stop_clock(clock: EventClock, *, done_on: date, by: Actor, at: datetime) -> EventClock:
    """Record that what the clock asks for was done: it reminds no more."""
    earlier = _standing(clock)
    _refuse_ahead("done_on", done_on, at)
    later = _new_clock(earlier.card, _terms(earlier), by, at, changes=earlier, done_on=done_on)
    _record_clock("event_clock.stopped", later, by, at)
    return later


@act
def withdraw_clock(clock: EventClock, *, reason: str, by: Actor, at: datetime) -> EventClock:
    """Record that a clock does not run after all, and why; it stays on record."""
    earlier = _standing(clock)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this clock does not run.")})
    later = _new_clock(
        earlier.card,
        _terms(earlier),
        by,
        at,
        changes=earlier,
        is_withdrawn=True,
        reason=reason.strip(),
    )
    _record_clock("event_clock.withdrawn", later, by, at)
    return later


@act
def close_event(
    card: EventCard, *, closed_on: date, reason: str, by: Actor, at: datetime
) -> EventEnding:
    """Close the card on a day, with a reason: its clocks remind no more."""
    card = _locked(card)
    _refuse_ahead("closed_on", closed_on, at)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the card is closed.")})
    salt = ledger.new_salt()
    ending = EventEnding.objects.create(
        card=card,
        closed_on=closed_on,
        reason=reason.strip(),
        salt=salt,
        recorded_by=ledger.person(by),
        recorded_at=at,
    )
    digest = ledger.digest(ending.reason, salt)
    _record("event_card.closed", card, by, at, closed_on=closed_on, reason=digest)
    return ending


def _entry(card: EventCard, known: Mapping[str, Any], by: Actor, at: datetime) -> EventEntry:
    texts = {name: str(known.get(name, "")).strip() for name in TEXTS}
    days: dict[str, date | None] = {name: known.get(name) for name in DAYS}
    for name, day in days.items():
        _refuse_ahead(name, day, at)
    if texts["determined"] and not days["determined_on"]:
        raise ValidationError({"determined_on": _("Say on which day this was determined.")})
    responsible = known.get("responsible")
    _refuse_closed(card, responsible, at)
    entry = EventEntry(
        card=card,
        responsible=responsible,
        salt=ledger.new_salt(),
        recorded_by=ledger.person(by),
        recorded_at=at,
        **texts,
        **days,
    )
    entry.full_clean(exclude=["card", "recorded_by", "salt"])
    entry.save()
    return entry


def _new_clock(
    card: EventCard, terms: ClockTemplate, by: Actor, at: datetime, **more: Any
) -> EventClock:
    clock = EventClock(
        card=card,
        what=terms.what.strip(),
        rule=terms.rule.strip(),
        starts=terms.starts,
        days=terms.days,
        counting=terms.counting,
        salt=ledger.new_salt(),
        recorded_by=ledger.person(by),
        recorded_at=at,
        **more,
    )
    clock.full_clean(exclude=["card", "changes", "recorded_by", "salt"])
    clock.save()
    return clock


def _terms(clock: EventClock) -> ClockTemplate:
    starts, counting = StartsFrom(clock.starts), Counting(clock.counting)
    return ClockTemplate(clock.what, clock.days, clock.rule, starts, counting)


def _locked(card: EventCard) -> EventCard:
    """The card under a lock; a closed one takes no more entries."""
    card = EventCard.objects.select_for_update().get(pk=card.pk)
    if not card.is_running:
        raise ValidationError(
            _("This card is closed. Enter what came after it on a card of its own.")
        )
    return card


def _standing(clock: EventClock) -> EventClock:
    """The clock, its card under a lock, refused where it was stopped, withdrawn or changed."""
    _locked(clock.card)
    found = EventClock.objects.standing().filter(pk=clock.pk, done_on=None).first()
    if found is None:
        raise ValidationError(_("This clock was changed or stopped meanwhile. Look at the card."))
    return found


def _refuse_ahead(field: str, day: date | None, at: datetime) -> None:
    if day is not None and day > day_of(at):
        raise ValidationError({field: _("This day has not come yet.")})


def _refuse_locking_oneself_out(card: EventCard, by: Actor, at: datetime) -> None:
    """Nobody closes a card to themselves: they could not follow what they have begun."""
    if isinstance(by, User) and card.is_closed_to(by, on=day_of(at)):
        raise ValidationError(
            {
                "closed_to": _(
                    "You hold a role in management yourself, or held one since the card was "
                    "entered, so the card would be closed to you. "
                    "Another secretary, or counsel, enters it."
                )
            }
        )


def _refuse_closed(card: EventCard, person: User | None, at: datetime) -> None:
    if person and card.is_closed_to(person, on=day_of(at)):
        raise ValidationError(
            {
                "responsible": _(
                    "The card is closed to management, and this person is management, or was since "
                    "the card was entered."
                )
            }
        )


def _refuse_who_cannot_follow(person: User | None, at: datetime) -> None:
    """Whoever is reminded of a card can read it."""
    if person and not possible_followers(day_of(at)).filter(pk=person.pk).exists():
        raise ValidationError(
            {
                "responsible": _(
                    "This person does not read event cards. Name somebody who does, or leave it to "
                    "the corporate secretary."
                )
            }
        )


def _remind_at_once(card: EventCard, at: datetime) -> None:
    remind(EVENTS, at=at, subject=card)


def _record(action: str, card: EventCard, by: Actor, at: datetime, **facts: Any) -> None:
    """The card is the subject of every line, so that who may see the card may see the line."""
    ledger.record(action, subject=card, by=by, at=at, **facts)


def _record_entry(entry: EventEntry, by: Actor, at: datetime) -> None:
    days = {name: getattr(entry, name) for name in DAYS}
    facts = _digests(entry, *TEXTS) | days | {"responsible": entry.responsible, "entry": entry}
    _record("event_card.described", entry.card, by, at, **facts)


def _record_clock(action: str, clock: EventClock, by: Actor, at: datetime) -> None:
    _record(
        action,
        clock.card,
        by,
        at,
        clock=clock,
        changes=clock.changes,
        starts=StartsFrom(clock.starts),
        days=clock.days,
        counting=Counting(clock.counting),
        done_on=clock.done_on,
        **_digests(clock, "what", "rule", "reason"),
    )


def _digests(record: EventEntry | EventClock, *names: str) -> dict[str, Fact]:
    """Of the texts under a record's one salt. The name of its field goes into each, and an empty one
    has none, so that nobody sees which of them are equal or empty like another."""
    texts = {name: getattr(record, name) for name in names}
    return {
        name: ledger.digest(f"{name}:{text}", record.salt) if text else None
        for name, text in texts.items()
    }
