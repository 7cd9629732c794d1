"""What the clock does on the ground floor."""

from celery import shared_task

from records import clock
from records.enums import Office
from records.services import ledger


@shared_task
def check_ledger() -> None:
    """Verify the whole ledger, every night."""
    ledger.check(by=Office.CLOCK, at=clock.now())
