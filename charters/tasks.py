"""What runs on a schedule in this app."""

from celery import shared_task
from celery.schedules import crontab

from charters.services import reminders
from records import clock
from records.schedule import SCHEDULE, Scheduled


@shared_task
def remind() -> None:
    """Owe every reminder that has come, every day."""
    reminders.remind(at=clock.now())


SCHEDULE.add(Scheduled("charters.remind", remind, crontab(hour=9, minute=20)))
