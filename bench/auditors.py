"""The auditor: a page of two fiscal years, and a ruling in process."""

from collections.abc import Iterator
from datetime import date

from auditors.models import ServiceRequest
from auditors.services.requests import rule_on
from bench.timing import Measurement, alone, behind, timed

RULING_GOAL = 0.005
TIMES = 60


def ruling(today: date) -> Iterator[Measurement]:
    """The ruling on a request, as it stands today: in process, with its queries."""
    request = ServiceRequest.objects.order_by("-asked_at").first()
    if request is None:
        return

    def read() -> object:
        return rule_on(request, on=today)

    made = behind(read)
    timing = timed(read, TIMES)
    is_met = timing.p50 <= RULING_GOAL
    yield Measurement("ruling", timing, made, timed(alone(made), TIMES), "5 ms", is_met)
