"""The notices this app owes: reminders. A mail says that something falls due, and where it waits."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.models import Committee
from committees.permissions import events_open_to
from committees.reminders import Reminder, Reminders
from committees.standing import Docket
from records import clock, notices
from records.dates import long_day, written_for
from records.facts import label
from records.models import Company, Notice


def _compose(notice: Notice, reader: Any) -> notices.Line | None:
    """None once the record shows that it was done, or it is somebody else's by now."""
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        return None
    with written_for(company):
        for row in Reminders(Docket(committee, clock.today(company), company)).owed():
            if row.person == reader and notice.key.startswith(f"{row.clock.run}:"):
                return notices.Line(_sentence(row), row.clock.url)
    return None


def _sentence(reminder: Reminder) -> str:
    day = long_day(reminder.due_on)
    if reminder.step.is_past:
        return _("Something was due on %(day)s, and no record of it was found.") % {"day": day}
    return _("Something falls due on %(day)s.") % {"day": day}


def _of_open_cards(reader: Any) -> Q:
    """That somebody is reminded of a card tells of the card: it is closed to the same people."""
    cards = events_open_to(reader)
    return Q(subject__in=[label(card) for card in cards.only("pk")])


REMINDER = notices.register("reminder", lazy("Something falls due"), _compose)
EVENT_REMINDER = notices.register(
    "event_reminder",
    lazy("The clock of an event runs"),
    _compose,
    urgent=True,
    visible=_of_open_cards,
)
