"""The notices this app owes: reminders. A mail says that something falls due, and where it waits."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.models import Committee
from committees.permissions import events_open_to
from committees.reminders import Reminder, Reminders, run_of
from committees.standing import Docket
from records import clock, notices
from records.dates import long_day, written_for
from records.facts import label
from records.models import Company, Notice


def _compose(owed: Sequence[Notice], reader: Any) -> dict[int, notices.Line]:
    """Of each clock the last reminder that was owed, from one reading of the record.

    Left out is what was done since, what is somebody else's by now, and what a later reminder of
    the same clock has come after: a mail server that was down is no reason to say it twice.
    """
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return {}
    today = clock.today(company)
    with written_for(company):
        reminders = Reminders(Docket(committee, today, company)).owed()
        running = {row.clock.run: row for row in reminders if row.person == reader}
        last = _last_of_each_clock(reader, {notice.kind for notice in owed})
        return {
            notice.pk: notices.Line(_sentence(running[run], today), running[run].clock.url)
            for notice in owed
            if (run := run_of(notice.key)) in running and last[run] == notice.key
        }


def _last_of_each_clock(reader: Any, kinds: Iterable[str]) -> dict[str, str]:
    """By clock, the key of the last reminder that this person was owed of it."""
    found = Notice.objects.filter(recipient=reader, kind__in=kinds).order_by("owed_at", "pk")
    return {run_of(key): key for key in found.values_list("key", flat=True)}


def _sentence(reminder: Reminder, today: date) -> str:
    day = {"day": long_day(reminder.due_on)}
    if reminder.due_on < today:
        return _("Something was due on %(day)s, and no record of it was found.") % day
    return _("Something falls due on %(day)s.") % day


def _of_open_cards(reader: Any) -> Q:
    """That somebody is reminded of a card tells of the card: it is closed to the same people."""
    cards = events_open_to(reader)
    return Q(subject__in=[label(card) for card in cards.only("pk")])


REMINDER = notices.register("reminder", lazy("Something falls due"), compose_all=_compose)
EVENT_REMINDER = notices.register(
    "event_reminder",
    lazy("The clock of an event runs"),
    compose_all=_compose,
    urgent=True,
    visible=_of_open_cards,
)
