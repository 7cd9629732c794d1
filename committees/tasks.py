"""What the clock does for the committee."""

from celery import shared_task

from committees.services import reminders
from records import clock


@shared_task
def remind() -> None:
    """Owe every reminder that has come, every day."""
    reminders.remind(at=clock.now())
