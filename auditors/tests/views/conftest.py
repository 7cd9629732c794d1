"""The day on which the pages are read: the records of these tests are of that year."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 15, tzinfo=UTC)):
        yield
