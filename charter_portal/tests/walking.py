"""Every route of the portal, collected from the apps, and what each answer must carry."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as limits
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.tests.walk import Cast, Route
from records.tests.browser import Browser

SIGN_IN = "/sign-in/?next="
WRITE = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
# A visit may keep its own session and count towards a limit; nothing else is written by reading.
A_VISITS_OWN = {"django_session", "records_cache"}


@dataclass(frozen=True)
class Address:
    """A named address of the portal, and the app whose list of routes it belongs on."""

    name: str
    app: str


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[Address]:
    """Every address that the resolver knows, however deep it is included."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield Address(pattern.name or str(pattern.pattern), app_of(pattern))


def app_of(pattern: URLPattern) -> str:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    top = view.__module__.partition(".")[0]
    return top if apps.is_installed(top) and find_spec(f"{top}.urls") else "accounts"


@cache
def house() -> list[str]:
    """The apps that have routes."""
    names = [app.name for app in apps.get_app_configs() if find_spec(f"{app.name}.tests")]
    return [name for name in names if find_spec(f"{name}.tests.routes")]


def lists() -> Iterator[dict[str, Route]]:
    """Each app's list of routes."""
    return (import_module(f"{name}.tests.routes").ROUTES for name in house())


def listed() -> list[str]:
    """The names on all lists, one after the other."""
    return [name for doors in lists() for name in doors]


@cache
def collected() -> dict[str, Route]:
    """The routes that can be tried: listed, and with an address."""
    present = {address.name for address in addresses()}
    return {name: door for doors in lists() for name, door in doors.items() if name in present}


@cache
def families() -> dict[str, list[str]]:
    """The routes by the first word of their names: those of one word are walked by one test."""
    found: dict[str, list[str]] = {}
    for name in sorted(collected()):
        found.setdefault(name.partition("_")[0], []).append(name)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens within stays: each try of a route finds the same portal."""
    block = transaction.atomic()
    block._from_testcase = True  # acts insist on being outermost, but for a test's own block
    with block:
        yield
        transaction.set_rollback(True)
    # Redis rolls nothing back: nobody inherits another's tries to sign in.
    limits.clear()


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that were written to, once the block has ended."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if match := WRITE.match(sql):
            tables.add(match.group(2))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables
    tables -= A_VISITS_OWN


def give_passwords(cast: Cast) -> None:
    """So that pages which ask for a password have one to ask for."""
    people = [person for person in cast.values() if person.is_authenticated]
    password = make_password("quiet river of stones")
    for person in people:
        person.password = password
    User.objects.bulk_update(people, ["password"])


def address_of(name: str, door: Route, kwargs: Mapping[str, object]) -> str:
    path = reverse(name, kwargs=dict(kwargs))
    return f"{path}?{door.query}" if door.query else path


def policy(response: HttpResponse) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = response.headers.get("Content-Security-Policy", "").split(";")
    return {part.split()[0]: part.partition(" ")[2] for part in map(str.strip, parts) if part}


def header_faults(response: HttpResponse) -> list[str]:
    """What is missing from an answer's headers. A file may say less, for a viewer to start in."""
    rules, headers = policy(response), response.headers
    written = headers.get("Content-Security-Policy", "")
    is_file = "Content-Disposition" in headers
    is_page = headers.get("Content-Type", "").startswith("text/html")
    expected = {
        "default-src": rules.get("default-src") == "'none'" or not is_page,
        "script-src": rules.get("script-src", "'self'") == "'self'",
        "style-src": rules.get("style-src", "'self'") == "'self'",
        "base-uri": rules.get("base-uri") == "'none'" or not is_page,
        "frame-ancestors": rules.get("frame-ancestors") in ("'none'", "'self'"),
        "no unsafe source": "unsafe" not in written and "http" not in written,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") in ("same-origin", "no-referrer"),
        "frames": headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN"),
        "caches": headers.get("Cache-Control") == "private, no-store" or not is_file,
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "features": "camera=()" in headers.get("Permissions-Policy", ""),
    }
    return [f"lacks the header for {name}" for name, holds in expected.items() if not holds]


class ToTheEnd(Browser):
    """A browser that reads whatever it is handed."""

    def request(self, **environ: Any) -> HttpResponse:
        return to_the_end(super().request(**environ))


def to_the_end(response: HttpResponse) -> HttpResponse:
    """A file that is handed out is read, and closed by that. Its own `close` would end the test's
    connection to the database as well."""
    if response.streaming:
        list(response.streaming_content)
    return response
