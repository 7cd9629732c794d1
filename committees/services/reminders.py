"""Reminders are owed as notices; when they go out, and whether they still do, is the sweep's."""

from collections.abc import Callable
from datetime import datetime

from committees.enums import Pace
from committees.models import Committee
from committees.notices import EVENT_REMINDER, REMINDER
from committees.reminders import Clock, Reminders
from committees.standing import Docket
from records import notices
from records.acts import act
from records.clock import day_of
from records.models import Company


@act
def remind(*, at: datetime, only: Callable[[Clock], bool] = lambda clock: True) -> None:
    """Owe the latest reminder of every clock. Run twice, or after days that were missed, it owes
    each of them once: what is owed already has its key."""
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return
    for reminder in Reminders(Docket(committee, day_of(at, company), company)).owed():
        if only(reminder.clock):
            is_event = reminder.clock.pace == Pace.EVENT
            notices.owe(
                EVENT_REMINDER if is_event else REMINDER,
                to=reminder.person,
                key=reminder.key,
                at=at,
                subject=reminder.clock.subject,
                on=reminder.on,
                due_on=reminder.due_on,
            )
