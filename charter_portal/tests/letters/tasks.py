"""What runs on a schedule."""

from celery import shared_task
from celery.schedules import crontab

from records.schedule import SCHEDULE, Scheduled


@shared_task
def look_for_letters() -> None:
    """Nothing to do in an example."""


SCHEDULE.add(Scheduled("letters.look", look_for_letters, crontab(hour=5)))
