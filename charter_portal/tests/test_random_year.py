"""A random year: the acts of all apps, in any order that the services let pass.

Afterwards the ledger verifies, the standings are those of a slow reference that asks no database,
and no page answers with an error.
"""

from __future__ import annotations

import html
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from charter_portal.demo import company
from charter_portal.tests.year import slow
from charter_portal.tests.year.acts import ACTS, EACH_A_FEW_TIMES, live
from charter_portal.tests.year.world import ANNUAL_MEETING, FIRST, World
from records import filed, ledger, texts

pytestmark = pytest.mark.django_db

YEARS, PAGES = (8, 120) if os.environ.get("FAULTS") else (2, 25)
YEARLY = (
    "accounting-policies",
    "audit-plan",
    "charter-review",
    "committee-evaluation",
    "complaint-procedures",
    "control-conclusion",
    "employee-channel",
    "four-meetings",
    "independence-dialogue",
    "quality-control-report",
)


LINK = re.compile(r'href="(/[^"#]*)')
# What takes seconds to draw has tests of its own.
LEFT_OUT = re.compile(r"/static/|pdf|/pack|sign-out|\.zip|language")


@pytest.fixture
def world() -> World:
    return World(Path(company.CHARTER))


@pytest.fixture
def people(world: World) -> list[User]:
    secretary = make_person("Sara Secretary", Role.SECRETARY)
    return [secretary, world.user("chair"), make_person("Mona Manager", Role.MANAGEMENT)]


def told(world: World, day: date, keys: Collection[str]) -> dict[str, str]:
    """What the portal says of these responsibilities."""
    rows = world.docket(day).reading().duties
    found = {row.duty.catalogue_key: row.standing.value for row in rows}
    return {key: found[key] for key in keys}


def expected_of(world: World, day: date) -> dict[str, str]:
    """What the reference says of those that it judges."""
    log, meetings = world.log, [ANNUAL_MEETING]
    found = {
        "minimum-size": slow.size(log, day, meetings),
        "independent-members": slow.independence(log, day, meetings),
        "financial-literacy": slow.literacy(log, day),
        "financial-sophistication": slow.sophistication(log, day),
        "related-party-review": slow.transactions(log, day),
    }
    for key in YEARLY:
        times = 4 if key == "four-meetings" else 1
        found[key] = slow.yearly(log, key, day, due_of(world, key), times)
    due = due_of(world, "pre-approval-policy")
    found["pre-approval-policy"] = slow.policy(log, day, due)
    return found


def due_of(world: World, key: str) -> tuple[int, int]:
    duty = world.duty(key)
    assert duty is not None, key
    return duty.due_month, duty.due_day or 31


def days_to_ask(today: date) -> list[date]:
    """The middle of each month, the turn of the year, and today."""
    middles = [date(FIRST.year + month // 13, (month - 1) % 12 + 1, 15) for month in range(7, 19)]
    turn = [date(FIRST.year, 12, 31), date(FIRST.year + 1, 1, 1)]
    return [day for day in (*middles, *turn, today) if day <= today]


def walk_the_pages(people: list[User], on: date, client_of: Callable[..., Client]) -> int:
    """Follow the links from home, each address once, and answer how many pages there were.

    Pages of a sort that was not seen yet come first, so that a few dozen are of every sort.
    """
    walked = 0
    with time_machine.travel(datetime(on.year, on.month, on.day, 17, tzinfo=UTC), tick=False):
        for client in map(client_of, people):
            waiting, led_from, sorts = {"/"}, {"/": ""}, Counter[str]()
            while waiting and sum(sorts.values()) < PAGES:
                address = min(waiting, key=lambda each: (sorts[sort_of(each)], each))
                waiting.remove(address)
                sorts[sort_of(address)] += 1
                response = client.get(address)
                is_answered = response.status_code in (200, 302)
                assert is_answered, (response.status_code, address, led_from[address])
                if response.headers.get("Content-Type", "").startswith("text/html"):
                    found = {
                        html.unescape(each) for each in LINK.findall(response.content.decode())
                    }
                    new = {each for each in found if not LEFT_OUT.search(each)} - led_from.keys()
                    led_from |= dict.fromkeys(new, address)
                    waiting |= new
            walked += sum(sorts.values())
    return walked


def sort_of(address: str) -> str:
    """The address without its numbers and its question."""
    return re.sub(r"[0-9]+", "#", address.partition("?")[0])


@pytest.mark.parametrize("seed", range(YEARS))
def test_any_year_is_told_as_the_slow_reference_tells_it(
    world: World, people: list[User], client_of: Callable[..., Client], seed: int
) -> None:
    assert len(live(world, a_year(seed))) > len(ACTS) // 2
    for day in days_to_ask(world.today):
        expected = expected_of(world, day)
        assert told(world, day, expected) == expected, day
    assert ledger.verify().sound
    assert filed.contradictions() == []
    assert texts.changed() == []
    assert walk_the_pages(people, world.today, client_of) > PAGES


def a_year(seed: int) -> list[tuple[str, int, int]]:
    """Acts in an order that chance chose, three to four days apart."""
    chance = random.Random(seed)
    names = sorted(ACTS)
    return [
        (chance.choice(names), chance.randint(0, 7), chance.randrange(10_000))
        for _act in range(105)
    ]


def test_every_act_is_possible(world: World) -> None:
    """Otherwise chance would only try what is never let pass."""
    done = live(world, EACH_A_FEW_TIMES)
    assert {name for name in ACTS if not done[name]} == set()
    assert filed.contradictions() == []
    assert texts.changed() == []
