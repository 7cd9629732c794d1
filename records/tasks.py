"""What runs on a schedule in this layer."""

from celery import shared_task
from celery.schedules import crontab

from records import clock
from records.enums import SystemActor
from records.schedule import SCHEDULE, Scheduled
from records.services import deletions, deliveries, ledger, notices


@shared_task
def check_ledger() -> None:
    """Verify the whole ledger, every night."""
    ledger.check(by=SystemActor.SCHEDULER, at=clock.now())


@shared_task
def anchor_ledger() -> None:
    """Note the ledger's head down outside the database, every night after it was checked."""
    ledger.anchor(at=clock.now())


@shared_task
def delete_documents() -> None:
    """Delete what is over, if the company lets the scheduler do it, and tidy up, every night."""
    deletions.by_night(at=clock.now())


@shared_task
def deliver_notices() -> None:
    """Deliver what is owed, every minute and after each act that owes a notice."""
    deliveries.sweep(clock.now)


@shared_task
def delete_notices() -> None:
    """Let go of what was delivered a year ago, if the company lets the scheduler delete."""
    notices.delete_by_night(at=clock.now())


SCHEDULE.add_all(
    Scheduled("records.check_ledger", check_ledger, crontab(hour=3, minute=10)),
    Scheduled("records.anchor_ledger", anchor_ledger, crontab(hour=3, minute=30)),
    Scheduled("records.delete_documents", delete_documents, crontab(hour=3, minute=40)),
    Scheduled("records.delete_notices", delete_notices, crontab(hour=3, minute=50)),
    # A worker that was away needs one of them, not all that were missed.
    Scheduled("records.deliver_notices", deliver_notices, crontab(), expires=60),
)
