"""What falls due around meetings: a quarter without one, papers, and minutes."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Counting
from charters.notices import reminder_kind
from charters.registry import DeadlineSource
from charters.rules.reminders import Pace
from meetings.enums import MeetingKind, MeetingState, MinutesState
from meetings.models import Meeting, Minutes
from meetings.rules import schedule
from meetings.rules.schedule import Step
from records.calendar import Period
from records.clock import day_of
from records.dates import long_day
from records.facts import label

QUARTERS, PAPERS, MINUTES = "meetings.quarters", "meetings.papers", "meetings.minutes"
# 60 and 30 days before the quarter ends; then the open items say what was not held.
QUARTER_PACE = Pace((60, 30))
PAPERS_PACE = Pace((5, 0), Counting.BUSINESS)
MINUTES_PACE = Pace((2, 0), Counting.BUSINESS)

QUARTER_REMINDER = reminder_kind(
    "meetings.quarter_reminder", lazy("A quarter has no scheduled meeting")
)
PAPERS_REMINDER = reminder_kind("meetings.papers_reminder", lazy("Papers of a meeting are due"))
MINUTES_REMINDER = reminder_kind("meetings.minutes_reminder", lazy("Minutes are to be moved on"))


def quarters(as_of: AsOf) -> Iterator[Deadline]:
    """This quarter and the next, where the committee plans its meetings here and has none in them.
    One without a quorum is none."""
    every = Meeting.objects.of(as_of.committee)
    if not every.exists():
        return
    calendar = as_of.settings.calendar
    this = calendar.quarter_of(as_of.day)
    for quarter in (this, calendar.quarter_of(schedule.day_after(this.last))):
        within = every.not_canceled().within(quarter.first, quarter.last)
        if not within.exclude(state=MeetingState.WITHOUT_QUORUM).exists():
            yield _quarter(quarter)


def _quarter(quarter: Period) -> Deadline:
    span = {"first": long_day(quarter.first), "last": long_day(quarter.last)}
    return Deadline(
        key=f"meetings.quarter:{quarter.key}",
        due_on=quarter.last,
        what=_("Schedule a meeting by %(last)s") % span,
        because=_("No meeting is scheduled from %(first)s to %(last)s (MT-1).") % span,
        url=reverse("meetings"),
        pace=QUARTER_PACE,
    )


def papers(as_of: AsOf) -> Iterator[Deadline]:
    """Until the agenda is sent."""
    calendar = as_of.settings.calendar
    ahead = Meeting.objects.of(as_of.committee).upcoming(as_of.day)
    for meeting in ahead.filter(agenda_sent_at=None).select_related("body"):
        called_on = day_of(meeting.recorded_at)
        steps = schedule.steps(meeting.on, MeetingKind(meeting.kind), None, calendar, called_on)
        due_on = next(each.due_on for each in steps if each.step is Step.PAPERS)
        yield Deadline(
            key=f"meetings.papers:{meeting.pk}",
            due_on=due_on,
            what=_("Papers for the %(meeting)s") % {"meeting": meeting},
            because=_("Papers come before the agenda is sent."),
            url=meeting.get_absolute_url(),
            pace=PAPERS_PACE,
            subject=label(meeting),
        )


def minutes(as_of: AsOf) -> Iterator[Deadline]:
    """Drafts to circulate, and circulated minutes to approve at the next meeting."""
    waiting = (
        Minutes.objects.filter(meeting__body=as_of.committee, meeting__on__lte=as_of.day)
        .exclude(state=MinutesState.APPROVED)
        .select_related("meeting__body")
        .order_by("meeting__on")
    )
    upcoming = Meeting.objects.of(as_of.committee).upcoming(as_of.day)
    following = upcoming.filter(kind=MeetingKind.REGULAR).first()
    for each in waiting:
        if each.state == MinutesState.DRAFT:
            yield _to_circulate(each, as_of)
        elif following is not None:
            yield Deadline(
                key=f"meetings.approval:{each.pk}",
                due_on=following.on,
                what=_("Approve the minutes of %(day)s") % {"day": long_day(each.meeting.on)},
                because=_("They were circulated. The committee meets on %(day)s.")
                % {"day": long_day(following.on)},
                url=each.get_absolute_url(),
                pace=MINUTES_PACE,
                subject=label(each),
            )


def _to_circulate(each: Minutes, as_of: AsOf) -> Deadline:
    meeting = each.meeting
    steps = schedule.steps(meeting.on, MeetingKind(meeting.kind), None, as_of.settings.calendar)
    due_on = next(row.due_on for row in steps if row.step is Step.MINUTES_CIRCULATED)
    return Deadline(
        key=f"meetings.circulation:{each.pk}",
        due_on=due_on,
        what=_("Circulate the minutes of %(day)s") % {"day": long_day(meeting.on)},
        because=_("Ten business days after the meeting."),
        url=each.get_absolute_url(),
        pace=MINUTES_PACE,
        subject=label(each),
    )


SOURCES = (
    DeadlineSource(QUARTERS, quarters, "meetings.view_meeting", QUARTER_REMINDER.name),
    DeadlineSource(PAPERS, papers, "meetings.view_meeting", PAPERS_REMINDER.name),
    DeadlineSource(MINUTES, minutes, "meetings.change_minutes", MINUTES_REMINDER.name),
)
