"""Reminders are owed as notices; when they go out, and whether they still do, is the sweep's."""

from datetime import datetime

from django.db.models import Model

from committees.enums import Pace
from committees.models import Committee
from committees.notices import EVENT_REMINDER, REMINDER
from committees.reminders import Reminders
from committees.standing import Docket
from records import notices
from records.acts import act
from records.clock import day_of
from records.models import Company


@act
def remind(*sorts: str, at: datetime, subject: Model | None = None) -> None:
    """Owe the latest reminder of every clock, of some sorts or of all, on one record or on all.

    Run twice, or after days that were missed, it owes each once: what is owed has its key already.
    """
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return
    for reminder in Reminders(Docket(committee, day_of(at, company), company), *sorts).owed():
        if subject is None or reminder.clock.subject == subject:
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
