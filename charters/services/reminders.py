"""Reminders are owed as notices; when they go out, and whether they still do, is the sweep's."""

from datetime import datetime

from django.db.models import Model

from charters.docket import AsOf
from charters.models import Committee
from charters.reminders import Reminders
from records import notices
from records.acts import act
from records.clock import day_of
from records.facts import label
from records.models import Company


@act
def remind(*sorts: str, at: datetime, subject: Model | None = None) -> None:
    """Owe the latest reminder of every deadline, of some sorts or of all, on one record or on all.

    Run twice, or after days that were missed, it owes each once: what is owed has its key already.
    """
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return
    for reminder in Reminders(AsOf(committee, day_of(at, company), company), *sorts).owed():
        if subject is None or reminder.deadline.subject == label(subject):
            notices.owe(
                reminder.source.notice,
                to=reminder.person,
                key=reminder.key,
                at=at,
                subject=reminder.deadline.subject,
                on=reminder.on,
                due_on=reminder.due_on,
            )
