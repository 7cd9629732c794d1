"""What was entered on an event and changed there, with the wording that was there before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.utils.translation import gettext as _

from charters.answers import DatedEntry
from charters.models import Event, EventDeadline, EventEntry
from records.clock import day_of
from records.dates import short_day
from records.models import Company

Dated: TypeAlias = "tuple[datetime, DatedEntry]"
TEXTS = ("title", "learned", "determined", "decides", "asks", "calls")
DAYS = ("learned_on", "determined_on")


def history(event: Event, company: Company) -> list[DatedEntry]:
    """The newest first."""
    found = [*_entries(event, company), *_deadlines(event, company), *_ending(event, company)]
    return [entry for __, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _entries(event: Event, company: Company) -> Iterator[Dated]:
    entries = sorted(event.entries.all(), key=lambda entry: entry.pk)
    for before, entry in zip([None, *entries], entries, strict=False):
        text = _("Changed by %(person)s.") if before else _("Entered by %(person)s.")
        person = str(entry.recorded_by) if entry.recorded_by else _("a command")
        detail = _before(before, entry) if before else ""
        on = day_of(entry.recorded_at, company)
        yield entry.recorded_at, DatedEntry(on, text % {"person": person}, detail=detail)


def _before(earlier: EventEntry, entry: EventEntry) -> str:
    """The earlier wording of what was changed."""
    said = [*_texts_before(earlier, entry), *_days_before(earlier, entry)]
    if earlier.responsible_id != entry.responsible_id:
        person = str(earlier.responsible) if earlier.responsible else _("nobody")
        said.append(_("owner: %(person)s") % {"person": person})
    return _("Before: %(words)s") % {"words": "; ".join(said)} if said else ""


def _texts_before(earlier: EventEntry, entry: EventEntry) -> Iterator[str]:
    for name in TEXTS:
        was: str = getattr(earlier, name)
        if was != getattr(entry, name):
            yield f"{_field(name)}: “{was}”" if was else f"{_field(name)}: {_('nothing')}"


def _days_before(earlier: EventEntry, entry: EventEntry) -> Iterator[str]:
    for name in DAYS:
        was = getattr(earlier, name)
        if was != getattr(entry, name):
            yield f"{_field(name)}: {short_day(was) if was else _('not yet')}"


def _field(name: str) -> str:
    return str(getattr(EventEntry._meta.get_field(name), "verbose_name", name))


def _deadlines(event: Event, company: Company) -> Iterator[Dated]:
    every = {deadline.pk: deadline for deadline in event.deadlines.all()}
    for deadline in every.values():
        before = every[deadline.changes_id] if deadline.changes_id else None
        text, detail = _said_of(deadline, before)
        on = day_of(deadline.recorded_at, company)
        yield deadline.recorded_at, DatedEntry(on, text % {"what": deadline.what}, detail=detail)


def _said_of(deadline: EventDeadline, before: EventDeadline | None) -> tuple[str, str]:
    if before is None:
        return _("Deadline entered: %(what)s."), ""
    if deadline.is_withdrawn:
        return _("Deadline withdrawn: %(what)s."), deadline.reason
    if deadline.done_on:
        return _("Recorded as done: %(what)s."), ""
    terms = _("Before: “%(what)s”, %(days)s %(counting)s from %(start)s.") % {
        "what": before.what,
        "days": before.days,
        "counting": before.get_counting_display(),
        "start": before.get_starts_display(),
    }
    return _("Deadline changed: %(what)s."), terms


def _ending(event: Event, company: Company) -> Iterator[Dated]:
    if not event.is_running:
        ending = event.ending
        on = day_of(ending.recorded_at, company)
        yield ending.recorded_at, DatedEntry(on, _("The event was closed."), detail=ending.reason)
