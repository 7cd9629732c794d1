"""The routes outside the demo, for who has signed in: with and without a second factor shown,
minutes ago and longer ago. A persona of the demonstration proves nothing and would pass them all."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import resolve

from accounts.middleware import WITHOUT
from accounts.models import User
from accounts.tests.coming_in import NOW, both_shown, password_shown, with_password
from accounts.tests.walk import Cast
from charter_portal.tests.test_access import Visitor
from charter_portal.tests.walking import address_of, house, to_the_end, undone, written

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

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
class SignIn:
    """One way in which everybody has signed in, and what is wrong with a page's answer to them."""

    shown: Callable[[User], Client]
    is_stale: bool
    fault_of: Callable[[Visitor, str, HttpResponse], str]

    def lies_back(self) -> AbstractContextManager[None]:
        """Meanwhile, where it is stale, a sign-in of this moment counts as one of long ago."""
        if not self.is_stale:
            return nullcontext()
        return override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=0)


def without_a_second_factor(visitor: Visitor, name: str, response: HttpResponse) -> str:
    """Only the way to one is open."""
    if name in WITHOUT or response.status_code == 404:
        return ""
    return "" if leads_to(response, "/my/sign-in/") else "opened without a second factor"


def minutes_ago(visitor: Visitor, name: str, response: HttpResponse) -> str:
    """All is open that the list of doors says."""
    if leads_to(response, AGAIN):
        return "asked again"
    return "" if visitor.is_as_expected("GET", response) else "not as the list of doors says"


def longer_ago(visitor: Visitor, name: str, response: HttpResponse) -> str:
    """Who may enter is asked again, and nobody else."""
    asks = leads_to(response, AGAIN)
    # One's own factors are asked for after the sign-in, and found by nobody else then.
    if not visitor.is_as_expected("GET", response) and not (asks and "/my/" in visitor.path):
        return "not as the list of doors says"
    view = getattr(resolve(visitor.path.partition("?")[0]).func, "view_class", None)
    binds = getattr(view, "needs_fresh_sign_in", False)
    opens = visitor.door.opens_to(visitor.persona, "GET")
    return "not asked again" if binds and opens and not asks and name not in EMPTY else ""


SIGN_INS = (
    SignIn(password_shown, is_stale=False, fault_of=without_a_second_factor),
    SignIn(both_shown, is_stale=False, fault_of=minutes_ago),
    SignIn(both_shown, is_stale=True, fault_of=longer_ago),
)


@pytest.mark.parametrize("app", house())
def test_every_sign_in_opens_what_it_proves(app: str, cast: Cast) -> None:
    people = {persona: with_password(cast[persona]) for persona in PERSONAS}
    clients = {
        (sign_in, persona): sign_in.shown(person)
        for sign_in in SIGN_INS
        for persona, person in people.items()
    }
    faults = []
    for name, door in import_module(f"{app}.tests.routes").ROUTES.items():
        if not door.get or name in ASKING:
            continue
        with undone():
            kwargs = door.kwargs(cast)
            path = address_of(name, door, kwargs)
            if path.startswith("/demo/"):
                continue
            for (sign_in, persona), client in clients.items():
                visitor = Visitor(persona, path, door, cast, kwargs, client, client.cookies)
                with sign_in.lies_back(), undone(), written() as tables:
                    response = to_the_end(client.get(path))
                fault = sign_in.fault_of(visitor, name, response)
                if fault := fault or (f"wrote to {tables}" if tables else ""):
                    got = f"{path} got {response.status_code}: {fault}"
                    faults.append(f"{persona}, {sign_in.fault_of.__name__}: {got}")
    assert not faults, "\n".join(faults)


def test_reading_on_a_new_day_notes_the_day_and_nothing_else(cast: Cast) -> None:
    with time_machine.travel(NOW + timedelta(hours=11), tick=False) as clock:
        client = both_shown(with_password(cast["secretary"]))
        clock.shift(timedelta(hours=4))
        with written() as first:
            assert client.get("/people/").status_code == 200
        with written() as second:
            client.get("/people/")
    assert (first, second) == ({"usersessions_usersession"}, set())
