"""The auditor: a ruling on the records in memory, and with the reading of its records."""

from collections.abc import Iterator
from datetime import date

from auditors.models import ServiceRequest
from auditors.rules.preapproval import rule
from auditors.rulings import loaded
from auditors.services.requests import draft_of, rule_on
from bench.timing import Measurement, Query, Timing, alone, behind, timed

RULING_GOAL = 0.005
TIMES = 60


def ruling(today: date) -> Iterator[Measurement]:
    """The ruling on the last request as it stands today: judged, then read and judged."""
    request = ServiceRequest.objects.order_by("-asked_at").first()
    if request is None:
        return
    asked, records = loaded(draft_of(request, list(request.recipients.all())), on=today)

    def judge() -> object:
        return rule(asked, records, on=today)

    def read() -> object:
        return rule_on(request, on=today)

    judged = timed(judge, TIMES)
    yield measured("ruling", judged, behind(judge), judged)
    made = behind(read)
    yield measured("ruling with its records", timed(read, TIMES), made, timed(alone(made), TIMES))


def measured(name: str, timing: Timing, made: list[Query], floor: Timing) -> Measurement:
    return Measurement(name, timing, made, floor, "5 ms", timing.p50 <= RULING_GOAL)
