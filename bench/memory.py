"""What a web process holds after many pages and reports: the snapshots it keeps are few."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from django.test import Client
from django.urls import reverse

from accounts.models import User
from records import clock

VIEWS, REPORTS, STEPS = 2_000, 20, 4
NAMES = ("home", "charter", "year", "open_items", "deadlines", "ledger", "notices")
# So much more after the last quarter than after the one before is no growth.
LEVEL = 1.05


def held() -> float:
    """Megabytes in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def after_views(reader: User) -> Iterator[tuple[str, float]]:
    """Today's pages and those of sixty other dates, in turns."""
    client = Client()
    client.force_login(reader)
    urls = [reverse(name) for name in NAMES]
    days = (clock.today() - timedelta(days=7 * number) for number in range(60))
    dated = cycle([f"{reverse('charter')}?as_of={day.isoformat()}" for day in days])
    addresses = cycle([*urls, None])
    yield "at the start", held()
    for step in range(1, STEPS + 1):
        for address in islice(addresses, VIEWS // STEPS):
            assert client.get(address or next(dated), secure=True).status_code == 200
        gc.collect()
        yield f"after {VIEWS // STEPS * step} pages", held()


def after_reports(render: Callable[[], object]) -> Iterator[tuple[str, float]]:
    for step in range(1, STEPS + 1):
        for _ in range(REPORTS // STEPS):
            render()
        gc.collect()
        yield f"after {REPORTS // STEPS * step} reports", held()
