"""Agenda items added, changed, moved and removed.

The activity log holds kinds, numbers, dates and digests, no word of an item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from accounts.withheld import record_of
from charters.models import Duty
from meetings.enums import ItemKind, ItemSource, MeetingState, Removal
from meetings.meeting_notices import TO_DISCUSS
from meetings.models import AgendaItem, Meeting
from records import ledger, notices, texts
from records.acts import act
from records.clock import day_of
from records.facts import Actor, Fact

ITEM_ADDED = ledger.action("agenda_item.added", lazy("added the agenda item %(record)s"))
ITEM_CHANGED = ledger.action("agenda_item.changed", lazy("changed the agenda item %(record)s"))
ITEM_REMOVED = ledger.action(
    "agenda_item.removed", lazy("removed the item %(record)s from an agenda")
)
ITEM_TO_DISCUSS = ledger.action(
    "agenda_item.to_discuss", lazy("asked to discuss the item %(record)s")
)
AGENDA_ORDERED = ledger.action(
    "agenda.ordered", lazy("changed the order of items of the %(record)s")
)

TEXTS = ("title", "ask", "recommendation", "presenter", "because")
TERMS = (*TEXTS, "kind", "preparer", "minutes", "can_wait_until", "in_consent_group", "serves_year")


@act
def add_item(
    meeting: Meeting,
    *,
    title: str,
    by: Actor,
    at: datetime,
    kind: ItemKind = ItemKind.DISCUSS,
    source: ItemSource = ItemSource.ADDED,
    source_key: str = "",
    source_records: Collection[str] = (),
    duties: Iterable[Duty] = (),
    restricted_roles: Collection[Role] = (),
    restricted_people: Collection[int] = (),
    restricted_since: date | None = None,
    carried_from: AgendaItem | None = None,
    **terms: Any,
) -> AgendaItem:
    """Put an item on the agenda, after the last one.

    Once the agenda was sent it takes the next free number, wherever it is moved.
    """
    meeting = editable(meeting)
    last = meeting.items.aggregate(place=Max("place"), number=Max("number"))
    item = AgendaItem(
        meeting=meeting,
        place=(last["place"] or 0) + 1,
        number=(last["number"] or 0) + 1 if meeting.agenda_sent_at else None,
        title=title.strip(),
        kind=kind,
        source=source,
        source_key=source_key,
        source_records=frozenset(source_records),
        carried_from=carried_from,
        restricted_roles=frozenset(restricted_roles),
        restricted_people=frozenset(restricted_people),
        restricted_since=restricted_since or day_of(at),
        **_trimmed(terms),
    )
    _check(item)
    item.save()
    item.duties.set(duties)
    ledger.record(
        ITEM_ADDED,
        subject=item,
        by=by,
        at=at,
        meeting=meeting,
        source=source,
        records=[record_of(each) for each in sorted(item.source_records)],
        number=item.number,
        duties=[*item.duties.order_by("pk")],
        **_facts(item),
        **item.restriction_facts,
    )
    return item


@act
def change_item(
    item: AgendaItem,
    *,
    by: Actor,
    at: datetime,
    duties: Iterable[Duty] | None = None,
    **terms: Any,
) -> AgendaItem:
    """Change what the agenda says of an item; its number stays."""
    item = on_agenda(item)
    for name, value in _trimmed(terms).items():
        setattr(item, name, value)
    _check(item)
    item.save()
    if duties is not None:
        item.duties.set(duties)
    ledger.record(
        ITEM_CHANGED,
        subject=item,
        by=by,
        at=at,
        duties=[*item.duties.order_by("pk")],
        **_facts(item),
    )
    return item


@act
def move_item(item: AgendaItem, *, place: int, by: Actor, at: datetime) -> AgendaItem:
    """Take an item up at another place, the first being 1. Numbers that were sent stay."""
    item = on_agenda(item)
    _refuse_once_attended(item.meeting)
    others = [*item.meeting.items.exclude(pk=item.pk).order_by("place", "pk")]
    if not 1 <= place <= len(others) + 1:
        raise ValidationError({"place": _("The agenda has no such place.")})
    others.insert(place - 1, item)
    for number, each in enumerate(others, start=1):
        AgendaItem.objects.filter(pk=each.pk).exclude(place=number).update(place=number)
    item.meeting.move_on()
    item.refresh_from_db(fields=["place"])
    order: list[Fact] = [each.pk for each in others]
    ledger.record(AGENDA_ORDERED, subject=item.meeting, by=by, at=at, order=order)
    return item


@act
def remove_item(
    item: AgendaItem,
    *,
    removal: Removal,
    reason: str,
    by: Actor,
    at: datetime,
) -> AgendaItem:
    """Withdraw an item or defer it to a later meeting. Its number is never given again."""
    item = on_agenda(item)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the item leaves the agenda.")})
    item.removal, item.removal_reason = removal, reason.strip()
    item.save(update_fields=["removal", "removal_reason"])
    ledger.record(
        ITEM_REMOVED,
        subject=item,
        by=by,
        at=at,
        removal=removal,
        removal_reason=texts.digest_of(item, "removal_reason"),
    )
    return item


@act
def discuss_item(item: AgendaItem, *, by: Actor, at: datetime) -> AgendaItem:
    """Take an item out of the consent group: one member's request is enough, and needs no reason."""
    item = on_agenda(item)
    if not item.in_consent_group:
        raise ValidationError(_("This item is not in the consent group: it is discussed anyway."))
    if item.outcome:
        raise ValidationError(_("The outcome of this item is on record already."))
    item.in_consent_group = False
    item.save(update_fields=["in_consent_group"])
    ledger.record(ITEM_TO_DISCUSS, subject=item, by=by, at=at, number=item.number)
    for person in notices.holders("meetings.change_meeting", day_of(at)):
        if person != by and not item.restriction.bars(person, on=day_of(at)):
            key = f"discuss:{item.pk}:{item.revision}:{person.pk}"
            notices.owe(TO_DISCUSS, to=person, key=key, at=at, subject=item)
    return item


def editable(meeting: Meeting) -> Meeting:
    """The meeting under a lock, refused where its agenda is closed."""
    meeting = meeting.locked()
    if meeting.state == MeetingState.CANCELED:
        raise ValidationError(_("This meeting is canceled. Its agenda is not changed any more."))
    if meeting.concluded_at:
        raise ValidationError(_("This meeting is concluded. Its agenda is not changed any more."))
    return meeting


def on_agenda(item: AgendaItem) -> AgendaItem:
    """The item under a lock, its meeting before it, refused where it left the agenda."""
    meeting = editable(item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    item.meeting = meeting
    if not item.is_standing:
        raise ValidationError(_("This item is no longer on the agenda."))
    if item.outcome:
        raise ValidationError(
            _("The outcome of this item is on record. It is not changed any more.")
        )
    return item


def _refuse_once_attended(meeting: Meeting) -> None:
    """Who was in the room for which item is on record by the order of the agenda."""
    if meeting.attendees.exists():
        raise ValidationError(
            _("Who was there is on record in this order. The order is not changed any more.")
        )


def _trimmed(terms: dict[str, Any]) -> dict[str, Any]:
    unknown = terms.keys() - set(TERMS)
    if unknown:
        raise TypeError(f"An agenda item has no {', '.join(sorted(unknown))}.")
    return {
        name: value.strip() if name in TEXTS and isinstance(value, str) else value
        for name, value in terms.items()
    }


def _check(item: AgendaItem) -> None:
    if item.in_consent_group and item.kind == ItemKind.EXECUTIVE_SESSION:
        raise ValidationError(
            {"in_consent_group": _("An executive session is not taken up for consent.")}
        )
    _refuse_blind_preparer(item.preparer, item)
    item.clean_fields(exclude=["meeting", "preparer", "carried_from", "decision", "salt"])
    same = item.meeting.items.standing().filter(source_key=item.source_key).exclude(pk=item.pk)
    if item.source_key and same.exists():
        raise ValidationError(_("This is on the agenda already."))


def _refuse_blind_preparer(person: User | None, item: AgendaItem) -> None:
    if person and item.restriction.bars(person, on=item.restricted_since):
        raise ValidationError(
            {"preparer": _("The item is restricted from this person. Choose somebody else.")}
        )


def _facts(item: AgendaItem) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "kind": ItemKind(item.kind),
        "preparer": item.preparer,
        "minutes": item.minutes,
        "can_wait_until": item.can_wait_until,
        "in_consent_group": item.in_consent_group,
        "serves_year": item.serves_year,
    }
    for name in TEXTS:
        text = getattr(item, name)
        facts[name] = ledger.digest(f"{name}:{text}", item.salt) if text else None
    return facts
