"""The routes outside the demo, for who has signed in: with and without a second factor shown,
minutes ago and longer ago. A persona of the demonstration proves nothing and would pass them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from accounts.middleware import WITHOUT
from accounts.tests.coming_in import NOW, both_shown, password_shown, with_password
from accounts.tests.walk import Cast
from charter_portal.tests.test_access import Visitor, written
from charter_portal.tests.walking import address_of, collected, to_the_end, undone

pytestmark = pytest.mark.django_db

PERSONAS = ("outsider", "member", "secretary", "administrator")
AGAIN = "/sign-in/again/"
# Says that there is no committee yet, and would issue nothing.
EMPTY = {"report_issue"}
# Asked for when there is something to sign in to again, and by no one else.
ASKING = {"account_reauthenticate", "mfa_reauthenticate_webauthn"}


@pytest.fixture(autouse=True)
def outside_the_demo(settings):
    settings.DEMO = False


def leads_to(response: HttpResponse, path: str) -> bool:
    return response.headers.get("Location", "").startswith(path)


@dataclass(frozen=True)
class Walk:
    cast: Cast
    sign_in: Callable[..., Client]

    def faults(self, fault_of: Callable[[Visitor, str, HttpResponse], str]) -> list[str]:
        """Every page as each persona reads it, each try undone."""
        clients = {name: self.sign_in(with_password(self.cast[name])) for name in PERSONAS}
        found: list[str] = []
        for name, door in sorted(collected().items()):
            if not door.get or name in ASKING:
                continue
            with undone():
                kwargs = door.kwargs(self.cast)
                path = address_of(name, door, kwargs)
                if path.startswith("/demo/"):
                    continue
                connection.queries_log.clear()  # it keeps 9,000 and warns
                for persona, client in clients.items():
                    keys = frozenset[str]()
                    visitor = Visitor(persona, path, door, self.cast, kwargs, Client, keys)
                    with undone(), CaptureQueriesContext(connection) as queries:
                        response = to_the_end(client.get(path))
                    tables = written(queries)
                    fault = fault_of(visitor, name, response) or (tables and f"wrote to {tables}")
                    if fault:
                        found.append(f"{persona}: {path} got {response.status_code}: {fault}")
        return found


def test_without_a_second_factor_only_the_way_to_one_is_open(cast: Cast) -> None:
    def fault_of(visitor: Visitor, name: str, response: HttpResponse) -> str:
        if name in WITHOUT or response.status_code == 404:
            return ""
        return "" if leads_to(response, "/my/sign-in/") else "opened without a second factor"

    assert Walk(cast, password_shown).faults(fault_of) == []


def test_fresh_sign_in_opens_what_the_list_says(cast: Cast) -> None:
    def fault_of(visitor: Visitor, name: str, response: HttpResponse) -> str:
        if leads_to(response, AGAIN):
            return "asked again"
        return "" if visitor.is_as_expected("GET", response) else "not as the list of doors says"

    assert Walk(cast, both_shown).faults(fault_of) == []


def test_stale_sign_in_asks_again_only_whom_the_door_opens_to(cast: Cast, settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    def fault_of(visitor: Visitor, name: str, response: HttpResponse) -> str:
        asks = leads_to(response, AGAIN)
        # One's own factors are asked for after the sign-in, and found by nobody else then.
        if not visitor.is_as_expected("GET", response) and not (asks and "/my/" in visitor.path):
            return "not as the list of doors says"
        view = getattr(resolve(visitor.path.partition("?")[0]).func, "view_class", None)
        binds = getattr(view, "needs_fresh_sign_in", False)
        opens = visitor.door.opens_to(visitor.persona, "GET")
        return "not asked again" if binds and opens and not asks and name not in EMPTY else ""

    assert Walk(cast, both_shown).faults(fault_of) == []


def test_reading_on_a_new_day_notes_the_day_and_nothing_else(cast: Cast) -> None:
    with time_machine.travel(NOW + timedelta(hours=11), tick=False) as clock:
        client = both_shown(with_password(cast["secretary"]))
        clock.shift(timedelta(hours=4))
        with CaptureQueriesContext(connection) as first:
            assert client.get("/people/").status_code == 200
        with CaptureQueriesContext(connection) as second:
            client.get("/people/")
    assert (written(first), written(second)) == ({"usersessions_usersession"}, set())
