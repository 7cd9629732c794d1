"""A process that holds a snapshot of its own, and writes or reads a page as it is told on a line of
its input. Started by test_processes."""

import json
import re
import sys
from datetime import date

import django
from django.conf import settings

plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
django.setup()

from django.db import close_old_connections  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.enums import Role  # noqa: E402
from accounts.models import User  # noqa: E402
from accounts.tests.personas import make_person  # noqa: E402
from charters import services, snapshots  # noqa: E402
from charters.enums import ClosedAs  # noqa: E402
from charters.models import Committee, Completion, Duty  # noqa: E402
from charters.tests.charters import SIGNED, set_the_stage  # noqa: E402
from records import kept  # noqa: E402
from records.acts import rehearse  # noqa: E402
from records.models import Company  # noqa: E402
from records.services.company import add_fiscal_year_end  # noqa: E402

DATED = "?as_of=2026-11-20"
PAGES = (
    "/",
    "/ledger/",
    *(f"/{name}/{DATED}" for name in ("charter", "year", "open-items", "deadlines")),
)
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def begin() -> None:
    stage = set_the_stage()
    make_person("Dana Whitfield", Role.SECRETARY)
    stage.duty(title="Review the audit plan")
    stage.duty(title="Review the budget")


def complete(on: date) -> None:
    services.record_completion(
        Duty.objects.order_by("pk")[0], performed_on=on, serves=date(on.year, 12, 31), **SIGNED
    )


def withdraw() -> None:
    services.withdraw_completion(Completion.objects.latest("pk"), reason="A mistake.", **SIGNED)


def close() -> None:
    duty = Duty.objects.order_by("pk")[1]
    services.close_open_item(
        Committee.objects.get(),
        rule="charters.gap",
        subject=f"duty-{duty.pk}",
        period="FY2025",
        kind=ClosedAs.UNDER_REVIEW,
        reason="Counsel looks into it.",
        **SIGNED,
    )


STEPS = {
    "begin": begin,
    "complete": lambda: complete(date(2026, 5, 5)),
    "complete late": lambda: complete(date(2025, 11, 4)),
    "withdraw": withdraw,
    "close": close,
    "change the calendar": lambda: add_fiscal_year_end(
        Company.objects.get(), effective_from=date(2024, 1, 1), month=6, day=30, **SIGNED
    ),
    "roll back": lambda: rehearse(lambda: complete(date(2026, 8, 4))),
}


def read() -> dict[str, str]:
    client = Client()
    client.force_login(User.objects.get(), backend="accounts.backends.RoleBackend")
    found = {}
    for page in PAGES:
        response = client.get(page)
        assert response.status_code == 200, f"{page}: {response.status_code}"
        found[page] = CHANGING.sub("", response.content.decode())
    return found


def forget() -> None:
    snapshots.forget()
    kept.forget()


def answer(word: str) -> object:
    close_old_connections()
    match word:
        case "read":
            return read()
        case "read afresh":
            forget()
            return read()
        case _:
            STEPS[word]()
            return None


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)  # noqa: T201
