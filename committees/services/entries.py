"""How an entry is put on record, corrected and withdrawn, the same for every kind of entry."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from charters.enums import CommitteeKind
from charters.models import Decision
from committees.models.entries import Decided, Entry, EntryQuerySet
from records import ledger
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, Digest, Fact, recorded
from records.ledger_words import Action

E = TypeVar("E", bound=Entry)
D = TypeVar("D", bound=Decided)

SET_HERE = ("recorded_by", "corrects")


def put(entry: E, action: Action, *, by: Actor, at: datetime, **facts: Fact) -> E:
    """Put an entry on record. Its date has come, and what it says is possible."""
    refuse_ahead(entry.day_field, entry.happened_on(), at)
    for field in entry.not_ahead:
        refuse_ahead(field, getattr(entry, field), at)
    for name, value in recorded(by, at).items():
        setattr(entry, name, value)
    entry.full_clean(exclude=SET_HERE)
    entry.save()
    ledger.record(action, subject=entry, by=by, at=at, content=content_of(entry), **facts)
    return entry


def refuse_twice(entry: Entry) -> None:
    """Refuse what is on record already, word for word, with whatever document."""
    said = entry.said(without={"document"})
    if _rows(entry).standing().filter(**said).exists():
        raise ValidationError(_("This is on record already, in the same words."))


def correctable(entry: E) -> E:
    """The entry under a lock; refused where a later one corrected or withdrew it."""
    earlier = _rows(entry).select_for_update().get(pk=entry.pk)
    if not earlier.stands:
        raise ValidationError(
            _("A later entry corrected or withdrew this one. Correct that one instead.")
        )
    return earlier


def corrected(entry: E, later: E, action: Action, *, by: Actor, at: datetime, **facts: Fact) -> E:
    """Put `later` in the place of an entry, which stays on record."""
    earlier = correctable(entry)
    if type(later) is not type(earlier) or _owner(later) != _owner(earlier):
        raise ValueError("A correction is about the same record's same subject.")
    if later.said() == earlier.said():
        raise ValidationError(_("Nothing is different from what is on record."))
    later.corrects = earlier
    return put(later, action, by=by, at=at, corrects=earlier, **facts)


def withdrawn(entry: E, action: Action, *, reason: str, by: Actor, at: datetime) -> E:
    """Withdraw an entry that was made in error; it stays on record and no longer counts."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this entry is withdrawn.")})
    earlier = correctable(entry)
    later = type(earlier)(
        **earlier.said(), corrects=earlier, is_withdrawn=True, reason=reason.strip()
    )
    return put(later, action, by=by, at=at, corrects=earlier)


def _rows(entry: E) -> EntryQuerySet[E]:
    return cast("EntryQuerySet[E]", type(entry)._default_manager.all())


def _owner(entry: Entry) -> Any:
    return getattr(entry, f"{entry.belongs_to}_id")


def content_of(entry: Entry) -> Digest:
    """A digest of what the entry says permanently, under its own salt: nothing it may still gain."""
    said = entry.said(without=entry.may_gain) | {"reason": entry.reason}
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    return ledger.digest(text, entry.salt)


def refuse_ahead(field: str, day: date | None, at: datetime) -> None:
    if day is not None and day > day_of(at):
        raise ValidationError({field: _("This date has not come yet.")})


def refuse_other_decision(decision: Decision | None, kind: CommitteeKind | str, day: date) -> None:
    """An act of a body rests on that body's own decision of the day, open to every reader."""
    if decision is None:
        return
    body = decision.body
    if body is None or body.kind != kind or decision.decided_on != day:
        refusal = _("Choose a decision that the committee made on %(day)s.")
        if kind == CommitteeKind.BOARD:
            refusal = _("Choose a decision that the Board made on %(day)s.")
        raise ValidationError({"decision": refusal % {"day": long_day(day)}})
    if decision.restricted_roles or decision.restricted_people:
        raise ValidationError(
            {"decision": _("This decision is restricted. Choose one that every reader may see.")}
        )


def add_decision(entry: D, decision: Decision, action: Action, *, by: Actor, at: datetime) -> D:
    """Add the decision to an entry that was recorded before it was known. This is done once."""
    entry = correctable(entry)
    if entry.decision_id is not None:
        raise ValidationError(_("The decision is on record already."))
    entry.decision = decision
    entry.save(update_fields=["decision"])
    ledger.record(action, subject=entry, by=by, at=at, decision=decision)
    return entry


def text_digests(record: Any, *names: str) -> dict[str, Fact]:
    """Digests of a record's texts under its one salt; the field's name goes into each."""
    texts = {name: getattr(record, name) for name in names}
    return {
        name: ledger.digest(f"{name}:{text}", record.salt) if text else None
        for name, text in texts.items()
    }
