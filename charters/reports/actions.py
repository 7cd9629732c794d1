"""Actions, as rows of the list and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from charters.answers import DatedEntry
from charters.enums import ActionChange
from charters.models import Action, ActionStep
from charters.reports.duty import Definition
from records.clock import day_of
from records.dates import long_day
from records.models import Company


@dataclass(frozen=True)
class ActionRow:
    """An action as a line of the list."""

    what: str
    url: str
    owed_by: str
    due_on: date
    source: str
    state: str


def action_row(action: Action, on: date) -> ActionRow:
    return ActionRow(
        what=action.what,
        url=action.get_absolute_url(),
        owed_by=action.owed_words(on),
        due_on=action.due_on,
        source=action.source,
        state=state_words(action),
    )


def state_words(action: Action) -> str:
    """Open; done on or canceled on a date."""
    last = action.last_step
    if last is None or last.change == ActionChange.REOPENED:
        return _("Open")
    words = {
        ActionChange.DONE: _("Done on %(day)s"),
        ActionChange.CANCELED: _("Canceled on %(day)s"),
    }
    return words[ActionChange(last.change)] % {"day": long_day(last.on)}


def facts(action: Action, on: date) -> list[Definition]:
    """What the page of one action says of it."""
    found = [
        Definition(_("Owner"), action.owed_words(on)),
        Definition(
            _("Due date") if action.due_on >= on else _("Was due on"), long_day(action.due_on)
        ),
        Definition(_("Status"), state_words(action)),
        Definition(_("Agreed on"), long_day(action.agreed_on)),
    ]
    if action.source or action.source_url:
        source = action.source or action.source_url
        found.append(Definition(_("Where it came from"), source, action.source_url))
    return found


def history(action: Action, company: Company | None) -> list[DatedEntry]:
    """Everything that was recorded of it, the newest first."""
    steps = sorted(action.steps.all(), key=lambda step: step.pk, reverse=True)
    return [*(_step(step, company) for step in steps), *_added(action, company)]


def _step(step: ActionStep, company: Company | None) -> DatedEntry:
    words = {
        ActionChange.DONE: _("Recorded as done by %(person)s."),
        ActionChange.CANCELED: _("Canceled by %(person)s."),
        ActionChange.REOPENED: _("Reopened by %(person)s."),
    }
    text = words[ActionChange(step.change)] % {"person": _person(step)}
    recorded_on = day_of(step.recorded_at, company)
    return DatedEntry(step.on, text, detail=step.text, recorded_on=recorded_on)


def _added(action: Action, company: Company | None) -> Iterator[DatedEntry]:
    text = _("Added by %(person)s.") % {"person": _person(action)}
    yield DatedEntry(action.agreed_on, text, recorded_on=day_of(action.recorded_at, company))


def _person(record: Action | ActionStep) -> str:
    return str(record.recorded_by) if record.recorded_by else _("a command")
