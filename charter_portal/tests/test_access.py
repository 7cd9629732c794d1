"""The walk: every address, every method, every persona, against the lists of doors."""

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.personas import PERSONAS
from accounts.tests.walk import Cast, Door
from charter_portal.tests.walking import (
    SIGN_IN,
    Address,
    address_of,
    addresses,
    collected,
    give_passwords,
    knock,
    listed,
    undone,
)
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
READING = ("GET", "HEAD")
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
WRITE = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
# A visit may keep its own session and count towards a limit; nothing else is written by reading.
A_VISITS_OWN = {"django_session", "records_cache"}


def test_every_address_has_a_door() -> None:
    doors = collected()
    missing = [
        f"{name}: say who may open it in {app}/tests/doors.py, "
        f'for example "{name}": Door(get=SECRETARIES)'
        for name, app in ((address.name, address.app) for address in addresses())
        if name not in doors
    ]
    assert not missing, "\n".join(missing)


def test_every_door_leads_somewhere() -> None:
    names = {address.name for address in addresses()}
    lost = [name for name in listed() if name not in names]
    assert not lost, f"Doors without an address, to be taken off their lists: {', '.join(lost)}"


def test_every_door_stands_on_one_list() -> None:
    twice = [name for name, times in Counter(listed()).items() if times > 1]
    assert not twice, f"Say once who may open: {', '.join(twice)}"


def test_no_name_is_used_twice() -> None:
    every = list(addresses())
    assert len(every) == len({address.name for address in every})


def answer_faults(door: Door, persona: str, method: str, response: HttpResponse) -> list[str]:
    """What is wrong with an answer, given who asked."""
    if response.status_code >= 500:
        return [f"failed with {response.status_code}"]
    if elsewhere := urlsplit(response.headers.get("Location", "")).netloc:
        return [f"was sent off the site to {elsewhere}"]
    if door.opens_to(persona, method):
        return [] if is_let_in(response) else [f"should get in, got {said(response)}"]
    if is_turned_away(response, persona, has_method=door.has(method)):
        return []
    return [f"should be turned away, got {said(response)}"]


def is_let_in(response: HttpResponse) -> bool:
    return response.status_code in (200, 302, 303, 400) and not is_sent_to_sign_in(response)


def is_turned_away(response: HttpResponse, persona: str, *, has_method: bool) -> bool:
    if is_sent_to_sign_in(response):
        return persona == "anonymous"
    return response.status_code in ((403, 404) if has_method else (403, 404, 405))


def is_sent_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN)


def said(response: HttpResponse) -> str:
    return f"{response.status_code} {response.headers.get('Location', '')}".strip()


def written(queries: CaptureQueriesContext) -> set[str]:
    """The tables that were written to."""
    found = (WRITE.match(query["sql"]) for query in queries.captured_queries)
    return {match.group(2) for match in found if match} - A_VISITS_OWN


def walk(persona: str, cast: Cast, client_of: ClientOf, visit: Callable[..., list[str]]) -> None:
    """Try every door as one persona, each from the same beginning."""
    give_passwords(cast)
    faults = []
    for name, door in collected().items():
        with undone():
            path = address_of(name, door, cast)
            client = client_of(cast[persona], raise_request_exception=False)
            faults += [f"{name}, {persona}: {fault}" for fault in visit(client, path, door)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("persona", PERSONAS)
def test_reading_lets_in_who_is_expected_and_writes_nothing(
    persona: str, cast: Cast, client_of: ClientOf
) -> None:
    def read(client: Client, path: str, door: Door) -> list[str]:
        faults, entries = [], LedgerEntry.objects.count()
        for method in READING:
            with CaptureQueriesContext(connection) as queries:
                response = knock(client, method, path, door, cast)
            faults += [f"{method} {f}" for f in answer_faults(door, persona, "GET", response)]
            if tables := written(queries):
                faults.append(f"{method} wrote to {', '.join(sorted(tables))}")
        if LedgerEntry.objects.count() != entries:
            faults.append("reading left a line in the ledger")
        return faults

    walk(persona, cast, client_of, read)


@pytest.mark.parametrize("persona", PERSONAS)
def test_posting_lets_in_who_is_expected(persona: str, cast: Cast, client_of: ClientOf) -> None:
    def post(client: Client, path: str, door: Door) -> list[str]:
        response = knock(client, "POST", path, door, cast)
        return [f"POST {fault}" for fault in answer_faults(door, persona, "POST", response)]

    walk(persona, cast, client_of, post)


@pytest.mark.parametrize("persona", ["anonymous", "secretary"])
def test_no_other_method_reaches_a_page(persona: str, cast: Cast, client_of: ClientOf) -> None:
    def try_others(client: Client, path: str, door: Door) -> list[str]:
        answers = {method: knock(client, method, path, door, cast) for method in UNUSED}
        return [f"{m} got {said(a)}" for m, a in answers.items() if a.status_code != 405]

    walk(persona, cast, client_of, try_others)


@pytest.mark.parametrize("persona", ["anonymous", "secretary", "administrator"])
def test_nothing_is_posted_from_another_site(persona: str, cast: Cast, client_of: ClientOf) -> None:
    """Without the token of the form, whatever the address."""

    def post_bare(client: Client, path: str, door: Door) -> list[str]:
        client.handler.enforce_csrf_checks = True
        response = knock(client, "POST", path, door, cast)
        return [] if response.status_code == 403 else [f"POST without token got {said(response)}"]

    walk(persona, cast, client_of, post_bare)


@pytest.mark.parametrize("persona", ["anonymous", "secretary"])
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_no_door_leads_off_the_site(
    persona: str, elsewhere: str, cast: Cast, client_of: ClientOf
) -> None:
    def be_tempted(client: Client, path: str, door: Door) -> list[str]:
        bare = path.partition("?")[0]
        found = []
        for method in ("GET", "POST"):
            data = {**door.data(cast), "next": elsewhere}
            response = getattr(client, method.lower())(f"{bare}?next={elsewhere}", data)
            location = response.headers.get("Location", "")
            if urlsplit(location.replace("\\", "/")).netloc:
                found.append(f"{method} was sent to {location}")
        return found

    walk(persona, cast, client_of, be_tempted)


def test_unknown_and_forged_keys_are_not_found(cast: Cast, client_of: ClientOf) -> None:
    """For who may open the door at all, a key that names nothing is simply not there."""

    def forge(client: Client, path: str, door: Door) -> list[str]:
        known = door.kwargs(cast).get("pk")
        if known is None:
            return []
        answers = {
            key: client.get(path.replace(f"/{known}/", f"/{key}/"))
            for key in ("999999999", "99999999999999999999", "0")
        }
        return [f"{key} got {said(a)}" for key, a in answers.items() if a.status_code != 404]

    walk("secretary", cast, client_of, forge)


def test_walk_would_notice_an_address_without_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    from charter_portal.tests import test_access

    monkeypatch.setattr(test_access, "addresses", lambda: [Address("vault", "records")])
    with pytest.raises(AssertionError, match=r"vault: say who may open it in records/tests/doors"):
        test_every_address_has_a_door()
