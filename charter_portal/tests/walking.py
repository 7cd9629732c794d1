"""Every door of the portal, collected from the apps, and how to try one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.tests.walk import Cast, Door

SIGN_IN = "/sign-in/?next="


@dataclass(frozen=True)
class Address:
    """A named address of the portal, and the app whose list of doors it belongs on."""

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


def lists() -> Iterator[dict[str, Door]]:
    """Each app's list of doors."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.tests") and find_spec(f"{app.name}.tests.doors"):
            yield import_module(f"{app.name}.tests.doors").DOORS


def listed() -> list[str]:
    """The names on all lists, one after the other."""
    return [name for doors in lists() for name in doors]


def collected() -> dict[str, Door]:
    """The doors that can be tried: listed, and with an address."""
    present = {address.name for address in addresses()}
    return {name: door for doors in lists() for name, door in doors.items() if name in present}


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens within stays: each try of a door finds the same portal."""
    block = transaction.atomic()
    block._from_testcase = True  # acts insist on being outermost, but for a test's own block
    with block:
        yield
        transaction.set_rollback(True)


def give_passwords(cast: Cast) -> None:
    for person in cast.values():
        if person.is_authenticated:
            person.password = make_password("quiet river of stones")
            person.save(update_fields=["password"])


def address_of(name: str, door: Door, cast: Cast) -> str:
    path = reverse(name, kwargs=dict(door.kwargs(cast)))
    return f"{path}?{door.query}" if door.query else path


def knock(client: Client, method: str, path: str, door: Door, cast: Cast):
    """Ask for an address the way a browser does."""
    data = dict(door.data(cast)) if method == "POST" else None
    if method == "POST":
        return client.post(path, data)
    return client.generic(method, path)
