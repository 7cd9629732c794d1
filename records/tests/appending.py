"""A process that acts many times, from several threads. Started by test_concurrency."""

import sys
import threading
from datetime import date

import django

django.setup()

from django.db import connections  # noqa: E402

from records import clock, ledger  # noqa: E402
from records.acts import act  # noqa: E402
from records.enums import SystemActor  # noqa: E402
from records.models import Holiday  # noqa: E402

THREADS = 2


@act
def rename(on: date, name: str) -> None:
    """Lock another row first, as services do."""
    holiday = Holiday.objects.select_for_update().get(on=on)
    holiday.name = name
    holiday.save(update_fields=["name"])
    ledger.record(
        "holiday.renamed", subject=holiday, by=SystemActor.SCHEDULER, at=clock.now(), on=on
    )


def work(days: list[date], times: int) -> None:
    try:
        for turn in range(times):
            rename(days[turn % len(days)], f"turn {turn}")
    finally:
        connections.close_all()


def main(times: int) -> None:
    days = list(Holiday.objects.values_list("on", flat=True))
    threads = [
        threading.Thread(target=work, args=(days[n:] + days[:n], times)) for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
