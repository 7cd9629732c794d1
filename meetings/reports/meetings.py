"""Meetings as rows of a year, and one meeting as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.reports.duty import Definition
from meetings.enums import MeetingKind, MeetingState
from meetings.models import BodyRules, Meeting
from meetings.reports.words import short_title, when_words
from meetings.rules import clocks, schedule
from meetings.rules.schedule import Step
from records.calendar import Calendar
from records.clock import day_of
from records.dates import long_day

STEPS = {
    Step.NOTICE: lazy("Give notice to every member"),
    Step.PAPERS: lazy("Papers in"),
    Step.PACK: lazy("Send agenda and papers"),
    Step.MINUTES_DRAFTED: lazy("Minutes drafted"),
    Step.MINUTES_CIRCULATED: lazy("Minutes circulated"),
}


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as a line of the year."""

    on: date
    time: str
    title: str
    url: str
    state: str
    is_next: bool = False


@dataclass(frozen=True)
class ChecklistRow:
    """A step with its date. `done`: when it was done, in words."""

    what: str
    due_on: date
    done: str = ""
    is_past: bool = False


def meeting_row(meeting: Meeting, *, is_next: bool = False) -> MeetingRow:
    return MeetingRow(
        on=meeting.on,
        time=clocks.spoken(meeting.time) if meeting.time else "",
        title=short_title(meeting),
        url=meeting.get_absolute_url(),
        state=str(MeetingState(meeting.state).label),
        is_next=is_next,
    )


def rows(meetings: list[Meeting], today: date) -> list[MeetingRow]:
    """A year's meetings, each body's next one marked."""
    seen: set[int] = set()
    found = []
    for meeting in meetings:
        is_next = meeting.is_open and meeting.on >= today and meeting.body_id not in seen
        if is_next:
            seen.add(meeting.body_id)
        found.append(meeting_row(meeting, is_next=is_next))
    return found


def facts(meeting: Meeting) -> list[Definition]:
    """What the page of one meeting says of it."""
    return list(_facts(meeting))


def _facts(meeting: Meeting) -> Iterator[Definition]:
    yield Definition(_("When"), when_words(meeting))
    if meeting.place:
        yield Definition(_("Where"), meeting.place)
    if meeting.is_open:
        yield Definition(_("Length"), _("%(count)s minutes planned") % {"count": meeting.duration})
    yield Definition(_("Status"), _status(meeting))
    if meeting.noticed_on:
        yield Definition(_("Notice"), _("Given on %(day)s") % {"day": long_day(meeting.noticed_on)})
    elif meeting.notice_waived:
        yield Definition(_("Notice"), _("Waived by every member"))
    if meeting.agenda_sent_at:
        sent = long_day(day_of(meeting.agenda_sent_at))
        yield Definition(_("Agenda"), _("First sent on %(day)s") % {"day": sent})
    if meeting.cancel_reason:
        yield Definition(_("Why it was canceled"), meeting.cancel_reason)


def _status(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELED and meeting.canceled_on:
        return _("Canceled on %(day)s") % {"day": long_day(meeting.canceled_on)}
    return str(MeetingState(meeting.state).label).capitalize()


def checklist(
    meeting: Meeting, rules: BodyRules, calendar: Calendar, today: date
) -> list[ChecklistRow]:
    """The steps before a meeting that is ahead, each with its date and whether it is done."""
    if not meeting.is_open:
        return []
    called_on = day_of(meeting.recorded_at)
    due = schedule.steps(
        meeting.on, MeetingKind(meeting.kind), rules.notice_days, calendar, called_on
    )
    return [
        ChecklistRow(str(STEPS[each.step]), each.due_on, done, each.due_on < today)
        for each in due
        if each.due_on <= meeting.on
        for done in [_done(meeting, each.step)]
    ]


def _done(meeting: Meeting, step: Step) -> str:
    if step is Step.NOTICE and meeting.state == MeetingState.NOTICED:
        if meeting.noticed_on:
            return _("Given on %(day)s") % {"day": long_day(meeting.noticed_on)}
        return _("Waived by every member")
    if step is Step.PACK and meeting.agenda_sent_at:
        return _("Sent on %(day)s") % {"day": long_day(day_of(meeting.agenda_sent_at))}
    return ""
