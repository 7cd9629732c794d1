"""What the clock does on the ground floor."""

from celery import shared_task

from records import clock
from records.enums import Office
from records.services import deliveries, ledger, notices, purges


@shared_task
def check_ledger() -> None:
    """Verify the whole ledger, every night."""
    ledger.check(by=Office.CLOCK, at=clock.now())


@shared_task
def anchor_ledger() -> None:
    """Note the ledger's head down outside the database, every night after it was checked."""
    ledger.anchor(at=clock.now())


@shared_task
def purge_documents() -> None:
    """Purge what is over, if the company lets the clock do it, and tidy up, every night."""
    purges.by_night(at=clock.now())


@shared_task
def deliver_notices() -> None:
    """Deliver what is owed, every minute and whenever somebody rings."""
    deliveries.sweep(clock.now)


@shared_task
def purge_notices() -> None:
    """Let go of what was delivered a year ago, if the company lets the clock purge."""
    notices.purge_by_night(at=clock.now())
