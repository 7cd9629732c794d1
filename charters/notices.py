"""The notices this app owes: reminders. A mail says that something falls due, and where it waits."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.docket import AsOf
from charters.models import Committee
from charters.reminders import Reminder, Reminders, run_of
from records import clock
from records.dates import long_day, written_for
from records.models import Company, Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind


def _compose(owed: Sequence[Notice], reader: Any) -> dict[int, EmailLine]:
    """Of each deadline the last reminder that was owed, from one reading of the record.

    Left out is what was done since, what is somebody else's by now, and what a later reminder of
    the same deadline has come after: a mail server that was down is no reason to say it twice.
    """
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return {}
    today = clock.today(company)
    with written_for(company):
        reminders = Reminders(AsOf(committee, today, company)).owed()
        running = {row.deadline.run: row for row in reminders if row.is_for(reader)}
        last = _last_of_each_deadline(reader, {notice.kind for notice in owed})
        return {
            notice.pk: EmailLine(_sentence(running[run], today), running[run].deadline.url)
            for notice in owed
            if (run := run_of(notice.key)) in running and last[run] == notice.key
        }


def _last_of_each_deadline(reader: Any, kinds: Iterable[str]) -> dict[str, str]:
    """By deadline, the key of the last reminder that this person was owed of it."""
    found = Notice.objects.filter(recipient=reader, kind__in=kinds).order_by("owed_at", "pk")
    return {run_of(key): key for key in found.values_list("key", flat=True)}


def _sentence(reminder: Reminder, today: date) -> str:
    day = {"day": long_day(reminder.due_on)}
    if reminder.due_on < today:
        return _("Something was due on %(day)s, and no record was found.") % day
    return _("Something is due on %(day)s.") % day


def reminder_kind(
    name: str, label: str | Promise, *, urgent: bool = False, visible: Any = None
) -> NoticeKind:
    """A kind of notice for the reminders of one sort of deadline, to be named by its source.

    Whoever may read the page of notices sees those about records that they may see.
    """
    return NOTICE_KINDS.add(
        NoticeKind(name, label, compose_all=_compose, is_urgent=urgent, visible=visible)
    )


REMINDER = reminder_kind("charters.reminder", lazy("Something is due"))
PRACTICE_REMINDER = reminder_kind("charters.practice_reminder", lazy("A practice is due"))
LAPSE_REMINDER = reminder_kind("charters.lapse_reminder", lazy("A condition is about to lapse"))
ACTION_REMINDER = reminder_kind("charters.action_reminder", lazy("An action is due"))
EVENT_REMINDER = reminder_kind(
    "charters.event_reminder", lazy("An event has a deadline"), urgent=True
)
