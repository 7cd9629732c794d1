"""What runs on a schedule in this app."""

from celery import shared_task
from celery.schedules import crontab

from charters.services import reminders
from meetings.meeting_deadlines import MINUTES, PAPERS, QUARTERS
from meetings.services import consents
from records import clock
from records.schedule import SCHEDULE, Scheduled


@shared_task
def settle_consents() -> None:
    """Put consents in effect whose last signature has taken effect, every hour: a seat begins with its
    day, at another hour in each zone."""
    consents.settle_waiting(at=clock.now())


@shared_task
def send_quarterly_meeting_reminders() -> None:
    """Owe the reminders about meetings that have come: a quarter without one, papers, minutes."""
    reminders.remind(QUARTERS, PAPERS, MINUTES, at=clock.now())


SCHEDULE.add_all(
    Scheduled("meetings.settle_consents", settle_consents, crontab(minute=10)),
    Scheduled("meetings.remind", send_quarterly_meeting_reminders, crontab(hour=9, minute=10)),
)
