"""What runs on a schedule in this app."""

from celery import shared_task
from celery.schedules import crontab

from charters.reminders import DUTIES
from charters.services import reminders
from committees.deadlines import DETERMINATIONS, LETTERS, QUESTIONNAIRES, RELIANCE
from committees.duties.notices import NOTICE
from records import clock
from records.schedule import SCHEDULE, Scheduled


@shared_task
def send_annual_review_reminders() -> None:
    """Owe what has come of the charter's review, the evaluation, determinations, questionnaires,
    letters, filings and notices to the exchange. Whatever is on record as done has no deadline, so
    nobody who is done is reminded."""
    reminders.remind(
        DUTIES, DETERMINATIONS, QUESTIONNAIRES, LETTERS, RELIANCE, NOTICE, at=clock.now()
    )


SCHEDULE.add(
    Scheduled(
        "committees.send_annual_review_reminders",
        send_annual_review_reminders,
        crontab(hour=9, minute=25),
    )
)
