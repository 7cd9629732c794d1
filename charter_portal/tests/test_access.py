"""The walk: every address, every method, every persona, against the lists of routes."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from accounts.tests.personas import PERSONAS
from accounts.tests.walk import EVERYBODY, Cast, Route
from charter_portal.tests.exporting import EXPORTS, is_table
from charter_portal.tests.noting import EVERY, noted
from charter_portal.tests.walking import (
    SIGN_IN,
    Address,
    ToTheEnd,
    address_of,
    addresses,
    collected,
    families,
    give_passwords,
    header_faults,
    house,
    listed,
    undone,
    written,
)
from records.stale import VERSION

pytestmark = pytest.mark.django_db

# Django answers HEAD as it answers GET, with the same view: three stand for all.
ASKING_HEADS = frozenset({"anonymous", "outsider", "secretary"})
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
TEMPTED = frozenset({"anonymous", "secretary"})
ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example")
FORGED = ("0", "999999999", "99999999999999999999")
# How many records of each sort are tried as another's.
EACH = 4
# Everybody tries the key of every record; else those who are turned away share them out.
IN_FULL = os.environ.get("FAULTS") == "1"


def test_every_address_has_a_door() -> None:
    doors = collected()
    missing = [
        f"{name}: say who may open it in {app}/tests/routes.py, "
        f'for example "{name}": Route(get=SECRETARIES)'
        for name, app in ((address.name, address.app) for address in addresses())
        if name not in doors
    ]
    assert not missing, "\n".join(missing)


def test_every_door_leads_somewhere() -> None:
    names = {address.name for address in addresses()}
    lost = [name for name in listed() if name not in names]
    assert not lost, f"Routes without an address; remove them from their lists: {', '.join(lost)}"


def test_every_door_stands_on_one_list() -> None:
    twice = [name for name, times in Counter(listed()).items() if times > 1]
    assert not twice, f"Say once who may open: {', '.join(twice)}"


def test_no_name_is_used_twice() -> None:
    twice = [n for n, times in Counter(a.name for a in addresses()).items() if times > 1]
    assert not twice, f"Two addresses, two names: {', '.join(twice)}"


def test_walk_would_notice_an_address_without_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    from charter_portal.tests import test_access

    monkeypatch.setattr(test_access, "addresses", lambda: [Address("vault", "records")])
    with pytest.raises(AssertionError, match=r"vault: say who may open it in records/tests/routes"):
        test_every_address_has_a_door()


@dataclass(frozen=True)
class Visitor:
    """One persona at one route. Each visit is undone, so all find the same portal."""

    persona: str
    path: str
    door: Route
    cast: Cast
    kwargs: Mapping[str, object]
    client: Client
    cookies: SimpleCookie
    keys: frozenset[object] = frozenset()
    # What the portal has looked for in what this visitor sent.
    looked_for: set[str] = field(default_factory=set)

    @contextmanager
    def visit(self) -> Iterator[Client]:
        self.client.cookies = deepcopy(self.cookies)
        with undone():
            yield self.client

    @contextmanager
    def watched(self) -> Iterator[Client]:
        """A visit of which is noted what the portal looks for, where somebody will ask for that."""
        if self.persona not in TEMPTED:
            with self.visit() as client:
                yield client
            return
        with self.visit() as client, noted() as names:
            yield client
        self.looked_for.update(names)

    def posted(self) -> dict[str, object]:
        """What is sent. Who is turned away is so whatever version of the record it carries."""
        turned_away = {} if self.door.opens_to(self.persona, "POST") else {VERSION: "0-0"}
        return {**turned_away, **self.door.data(self.cast)}

    def faults_of(self, method: str, response: HttpResponse) -> list[str]:
        """What is wrong with an answer, given who asked."""
        if response.status_code >= 500:
            return [f"{method} failed with {response.status_code}"]
        faults = [f"{method} {fault}" for fault in header_faults(response)]
        if is_table(response) and resolve(self.path).url_name not in EXPORTS:
            faults.append(f"{method} hands out a table that test_exports does not know")
        if self.persona != "anonymous" and "no-store" not in response.headers["Cache-Control"]:
            faults.append(f"{method} may be kept by a cache")
        if is_off_site(response):
            faults.append(f"{method} was sent off the site: {said(response)}")
        asked = "POST" if method == "POST" else "GET"
        if not self.is_as_expected(asked, response):
            opens = self.door.opens_to(self.persona, asked)
            hope = "should get in" if opens else "should be turned away"
            faults.append(f"{method} {hope}, got {said(response)}")
        return faults

    def is_as_expected(self, method: str, response: HttpResponse) -> bool:
        if self.door.opens_to(self.persona, method):
            return response.status_code in (200, 302, 303, 400, 410) and not to_sign_in(response)
        if to_sign_in(response):
            return self.persona == "anonymous"
        refusals = (403, 404) if self.door.has(method) else (403, 404, 405)
        return response.status_code in refusals


Visit = Callable[[Visitor], list[str]]


def to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN)


def is_off_site(response: HttpResponse) -> bool:
    return bool(urlsplit(response.headers.get("Location", "").replace("\\", "/")).netloc)


def said(response: HttpResponse) -> str:
    return f"{response.status_code} {response.headers.get('Location', '')}".strip()


def reading_lets_in_who_is_expected_and_writes_nothing(visitor: Visitor) -> list[str]:
    faults = []
    with visitor.watched() as client:
        for method in ("GET", "HEAD") if visitor.persona in ASKING_HEADS else ("GET",):
            with written() as tables:
                response = client.generic(method, visitor.path)
            faults += visitor.faults_of(method, response)
            if tables:
                faults.append(f"{method} wrote to {', '.join(sorted(tables))}")
            if method == "GET" and visitor.door.get and (forged := forged_path(visitor)):
                faults += answers_alike(visitor, response, client.get(forged))
    return faults


def posting_lets_in_who_is_expected(visitor: Visitor) -> list[str]:
    with visitor.watched() as client:
        response = client.post(visitor.path, visitor.posted())
        return visitor.faults_of("POST", response)


def no_other_method_reaches_a_page(visitor: Visitor) -> list[str]:
    with visitor.visit() as client:
        answers = {method: client.generic(method, visitor.path) for method in UNUSED}
    return [f"{m} got {said(a)}" for m, a in answers.items() if a.status_code != 405]


def nothing_is_posted_without_the_forms_token(visitor: Visitor) -> list[str]:
    if visitor.door.has_no_cookie:
        return []
    with visitor.visit() as client:
        client.handler.enforce_csrf_checks = True
        response = client.post(visitor.path, visitor.posted())
        client.handler.enforce_csrf_checks = False
    return [] if response.status_code == 403 else [f"POST without token got {said(response)}"]


def no_door_leads_off_the_site(visitor: Visitor) -> list[str]:
    if not visitor.looked_for & {"next", EVERY}:
        return []
    found, bare = [], visitor.path.partition("?")[0]
    for elsewhere in ELSEWHERE:
        with visitor.visit() as client:
            read = client.get(bare, {"next": elsewhere})
            posted = client.post(f"{bare}?next={elsewhere}", visitor.posted() | {"next": elsewhere})
        found += [f"was tempted to {said(a)}" for a in (read, posted) if is_off_site(a)]
    return found


def forged_keys_are_not_found(visitor: Visitor) -> list[str]:
    """For whoever may read at the route, a key that names nothing is not found."""
    if not visitor.door.opens_to(visitor.persona, "GET"):
        return []
    with visitor.visit() as client:
        answers = {path: client.get(path) for path in forged_paths(visitor)}
    return [f"{path} got {said(a)}" for path, a in answers.items() if a.status_code != 404]


def addresses_tell_nothing(visitor: Visitor) -> list[str]:
    """Where an address is only sent to, as `answers_alike` says of those that are read."""
    if visitor.door.get or not (forged := forged_path(visitor)):
        return []
    with visitor.visit() as client:
        return answers_alike(visitor, client.post(visitor.path), client.post(forged))


def forged_path(visitor: Visitor) -> str:
    """For who is turned away, one key that names nothing; between them they try all."""
    forged = forged_paths(visitor)
    if visitor.persona in visitor.door.get | visitor.door.post | {"anonymous"} or not forged:
        return ""
    return forged[PERSONAS.index(visitor.persona) % len(forged)]


def answers_alike(visitor: Visitor, here: HttpResponse, nothing: HttpResponse) -> list[str]:
    """Who is turned away gets the same answer for what is there and for what is not, unless the
    object is open to them on another page: then it is refused, and the other is not there."""
    known, other = here.status_code, nothing.status_code
    if visitor.persona in visitor.door.sees:
        return [] if (known, other) == (403, 404) else [f"sees it, got {known} and {other}"]
    return [] if known == other else [f"told apart: {known} here, {other} for nothing"]


def keys_of_other_records_open_nothing(visitor: Visitor) -> list[str]:
    """Who is turned away is turned away by the key of every record there is, of whatever sort. Between
    them they try all; `make faults` has each of them try all."""
    if visitor.persona in visitor.door.get | visitor.door.sees or not visitor.door.get:
        return []
    with visitor.visit() as client:
        answers = {path: client.get(path) for path in paths_by_other_keys(visitor)}
    return [f"{path} got {said(a)}" for path, a in answers.items() if not is_refusal(a)]


def is_refusal(response: HttpResponse) -> bool:
    return response.status_code in (403, 404) or to_sign_in(response)


def paths_by_other_keys(visitor: Visitor) -> list[str]:
    """The address with the keys of whatever is stored, as far as they are of its sort."""
    paths = {
        visitor.path.replace(f"/{known}/", f"/{key}/")
        for known in visitor.kwargs.values()
        for key in visitor.keys
        if type(key) is type(known)
    }
    turned_away = [one for one in PERSONAS if one not in visitor.door.get | visitor.door.sees]
    among = 1 if IN_FULL else len(turned_away)
    return sorted(paths)[turned_away.index(visitor.persona) % among :: among]


def keys_there_are() -> frozenset[object]:
    models = [model for model in apps.get_models() if model._meta.app_label in house()]
    return frozenset(
        key for m in models for key in m._base_manager.values_list("pk", flat=True)[:EACH]
    )


def forged_paths(visitor: Visitor) -> list[str]:
    """The address with keys that name nothing."""
    if visitor.path.startswith(("/password/new/", "/invitation/")):
        return []  # the same answer for every key; what it opens is told on the next page
    return [
        visitor.path.replace(f"/{known}/", f"/{key}/")
        for known in visitor.kwargs.values()
        for key in (FORGED if isinstance(known, int) else forged_like(known))
    ]


def forged_like(known: object) -> tuple[str, ...]:
    return (str(uuid4()),) if isinstance(known, UUID) else ("nothing", "a%00b")


VISITS: dict[Visit, Collection[str]] = {
    reading_lets_in_who_is_expected_and_writes_nothing: PERSONAS,
    posting_lets_in_who_is_expected: PERSONAS,
    no_other_method_reaches_a_page: ("anonymous", "secretary"),
    nothing_is_posted_without_the_forms_token: ("anonymous", "secretary", "administrator"),
    no_door_leads_off_the_site: TEMPTED,
    forged_keys_are_not_found: ("secretary", "administrator"),
    addresses_tell_nothing: PERSONAS,
    keys_of_other_records_open_nothing: PERSONAS,
}
if IN_FULL:
    VISITS = {keys_of_other_records_open_nothing: PERSONAS}
# No database can answer these in a way of its own: they are asked with SQLite alone.
ON_ANY_DATABASE = {
    no_other_method_reaches_a_page,
    nothing_is_posted_without_the_forms_token,
    no_door_leads_off_the_site,
    keys_of_other_records_open_nothing,
}


def asking(door: Route) -> Collection[str]:
    """With SQLite everybody asks everything. Rights are no database's business: with another one,
    three who get in, one who sees it elsewhere and two who are turned away ask for all."""
    if connection.vendor == "sqlite":
        return PERSONAS
    opens = door.get | door.post
    sorts = (opens, 3), (door.sees - opens, 1), (EVERYBODY - opens - door.sees, 2)
    return {one for sort, some in sorts for one in sorted(sort)[:some]}


def visits_of(persona: str) -> list[Visit]:
    is_sqlite = connection.vendor == "sqlite"
    return [
        visit
        for visit, personas in VISITS.items()
        if persona in personas and (is_sqlite or visit not in ON_ANY_DATABASE)
    ]


@pytest.mark.parametrize("family", families())
def test_doors_open_to_whom_they_should(
    family: str, cast: Cast, client_of: Callable[..., Client]
) -> None:
    give_passwords(cast)
    cookies = {persona: client_of(person).cookies for persona, person in cast.items()}
    clients = {persona: ToTheEnd(raise_request_exception=False) for persona in cast}
    faults = [
        fault for name in families()[family] for fault in faults_at(name, cast, clients, cookies)
    ]
    assert not faults, "\n".join(faults)


def faults_at(
    name: str, cast: Cast, clients: Mapping[str, Client], cookies: Mapping[str, SimpleCookie]
) -> list[str]:
    door, faults = collected()[name], []
    with undone():
        kwargs = door.kwargs(cast)
        path = address_of(name, door, kwargs)
        keys = keys_there_are()
        for persona in filter(asking(door).__contains__, PERSONAS):
            visitor = Visitor(
                persona, path, door, cast, kwargs, clients[persona], cookies[persona], keys
            )
            faults += [
                f"{name}, {persona}: {fault}   ({visit.__name__})"
                for visit in visits_of(persona)
                for fault in visit(visitor)
            ]
    return faults
