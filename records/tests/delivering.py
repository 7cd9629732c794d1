"""A process that owes, sweeps or reports, as it is told. Started by test_delivery_processes."""

import json
import sys
from datetime import datetime

import django

django.setup()

from accounts.models import User  # noqa: E402
from accounts.tests.personas import make_person  # noqa: E402
from records.models import Delivery, Notice  # noqa: E402
from records.rules.notices import FOR_A_PERSON  # noqa: E402
from records.services import notices as services  # noqa: E402
from records.tests.owing import a_kind, owe, sweep  # noqa: E402


def owe_to(count: str, at: datetime) -> None:
    for number in range(int(count)):
        owe(make_person(f"Person {number}"), at=at)


def send_again(at: datetime) -> None:
    for delivery in Delivery.objects.filter(state__in=FOR_A_PERSON):
        services.send_again(delivery, by=User.objects.all()[0], at=at)


def report() -> None:
    rows = Notice.objects.order_by("recipient__email").values_list(
        "recipient__email", "delivery__state"
    )
    print(json.dumps(list(rows)))  # noqa: T201


if __name__ == "__main__":
    with a_kind(is_urgent=True):
        match sys.argv[1:]:
            case ["owe", count, at]:
                owe_to(count, datetime.fromisoformat(at))
            case ["sweep", at]:
                sweep(datetime.fromisoformat(at))
            case ["again", at]:
                send_again(datetime.fromisoformat(at))
            case ["report"]:
                report()
