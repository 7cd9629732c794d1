"""The test of a closed item, for every kind of item there is or will be.

    def test_a_closed_report_opens_to_nobody_in_management(...):
        item = Closed(
            to=frozenset({Role.MANAGEMENT}),
            since=date(2026, 10, 5),
            own=(report.get_absolute_url(), document.get_absolute_url()),
            lists=("/reports/", "/ledger/"),
            marks=("Report no. 1",),
        )
        assert faults(item, on=date(2026, 11, 2)) == []

It walks people with every single role and every two roles, held today, held on the day of issue
and no longer, or held only between. Whoever holds a closed role today, or held it on that day,
finds none of the item's own addresses (404), on no list a word of it, and is handed nothing that
holds it among everything else (403), whatever else they hold.
An item that grows is closed to whoever held a closed role between as well.
Everybody else gets in wherever one of their roles alone opens it: a closed role that was held only
before bars nobody. And somebody's roles must open each place, or the test would prove nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from itertools import combinations

from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import LONG_AGO

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Closed:
    """An item, and every place where it could be met.

    to      the roles it is closed to
    since   the day it was issued; a role held then closes it permanently
    own     its own addresses, those of its documents and of what can be done with it
    lists   pages that may name it
    marks   words or addresses by which it would be recognised there
    grows   more is entered after its issue: a role held on any day since closes it permanently
    hauls   addresses that hand out everything at once, by POST: refused to the barred (403)
    """

    to: frozenset[Role]
    since: date
    own: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    hauls: tuple[str, ...] = ()
    grows: bool = False


@dataclass(frozen=True)
class Holder:
    """Somebody with one role or two, each held for a while."""

    roles: tuple[Role, ...]
    when: str
    terms: tuple[tuple[Role, date, date | None], ...]

    def is_barred(self, item: Closed, on: date) -> bool:
        if item.grows:
            return any(
                role in item.to and (end is None or item.since < end)
                for role, __, end in self.terms
            )
        return any(
            role in item.to
            and any(start <= day and (end is None or day < end) for day in (on, item.since))
            for role, start, end in self.terms
        )

    def held(self, on: date) -> frozenset[Role]:
        return frozenset(
            role for role, start, end in self.terms if start <= on and (end is None or on < end)
        )

    def __str__(self) -> str:
        return f"{' and '.join(self.roles)}, closed ones {self.when}"


def faults(item: Closed, *, on: date) -> list[str]:
    """What is wrong, a line each; `on` is the day the test lives in."""
    found, places = [], [*item.own, *item.hauls, *item.lists]
    met: dict[Holder, set[str]] = {}
    for number, holder in enumerate(holders(item, on)):
        client = client_of(holder, number)
        answers = {path: answer(client.get(path)) for path in item.own}
        hauled = {path: answer(client.post(path)) for path in item.hauls}
        pages = {path: words(client, path) for path in item.lists}
        named = {path for path, page in pages.items() if any(mark in page for mark in item.marks)}
        if holder.is_barred(item, on):
            found += [f"{holder}: {path} got {it}" for path, it in answers.items() if it != 404]
            found += [f"{holder}: named on {path}" for path in named]
            found += [f"{holder}: {path} got {it}" for path, it in hauled.items() if it != 403]
        else:
            met[holder] = named | {p for p, it in (answers | hauled).items() if it == 200}
    for path in places:
        found += turned_away(path, met, on)
    return found


def turned_away(path: str, met: Mapping[Holder, set[str]], on: date) -> list[str]:
    """Who is not barred, and does not meet the item where one of their roles alone meets it."""
    opening = {
        role for holder, seen in met.items() if path in seen and len(holder.held(on)) == 1
        for role in holder.held(on)
    }  # fmt: skip
    if not any(path in seen for seen in met.values()):
        return [f"nobody at all meets it at {path}"]
    return [
        f"{holder}: not barred, and turned away at {path}"
        for holder, seen in met.items()
        if path not in seen and holder.held(on) & opening
    ]


def holders(item: Closed, on: date) -> Iterator[Holder]:
    pairs = [(role,) for role in Role] + list(combinations(Role, 2))
    for roles in pairs:
        for when, (start, end) in spans(item, on).items():
            if when == "today" or item.to & set(roles):
                terms = tuple(
                    (role, start, end) if role in item.to else (role, LONG_AGO, None)
                    for role in roles
                )
                yield Holder(roles, when, terms)


def spans(item: Closed, on: date) -> dict[str, tuple[date, date | None]]:
    """When a closed role was held: the day of issue and today bar; the time between, if it grows."""
    return {
        "today": (on, None),
        "on the day of issue": (LONG_AGO, item.since + DAY),
        "only between": (item.since + DAY, on),
        "only before": (LONG_AGO, item.since),
    }


def client_of(holder: Holder, number: int) -> Client:
    user = User.objects.create_user(f"holder-{number}@example.com", f"Holder {number}")
    RoleTerm.objects.bulk_create(
        RoleTerm(user=user, role=role, starts_on=start, ends_on=end)
        for role, start, end in holder.terms
    )
    client = Client()
    client.force_login(user)
    return client


def answer(response: HttpResponse) -> int:
    """A file that is handed out is read, and closed by that."""
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


def words(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode(errors="replace"))
