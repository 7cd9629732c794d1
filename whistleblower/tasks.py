"""What runs on a schedule."""

from celery import shared_task
from celery.schedules import crontab

from records import clock
from records.schedule import SCHEDULE, Scheduled
from whistleblower.services import deletions, disk, nights, reminders


@shared_task
def run_the_night() -> None:
    """Delete, write again, anchor: every night, with or without cases."""
    if nights.run(at=clock.now()):
        deletions.settle()
        disk.clean_last_night()


@shared_task
def clean_the_disk() -> None:
    """Where somebody was reading the database when the night ended, or the night was killed after what
    it deleted was committed: again, every hour."""
    deletions.settle()
    disk.clean_last_night()


@shared_task
def remind_readers() -> None:
    """The digest on its two days, and the heartbeat."""
    reminders.remind(at=clock.now())


SCHEDULE.add_all(
    Scheduled("whistleblower.night", run_the_night, crontab(hour=9, minute=5)),
    Scheduled("whistleblower.clean", clean_the_disk, crontab(minute=50)),
    Scheduled("whistleblower.remind", remind_readers, crontab(hour=14, minute=30)),
)
