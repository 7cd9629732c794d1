"""How acts are told by their names, and a year of them lived.

Each act is tried on a date that chance chose; what is not possible then is refused by the service
with a ValidationError. `pick` is what chance drew for the act: it chooses among the people and rows
that there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError

from charter_portal.tests.year.world import LAST, World

T = TypeVar("T")
ACTS: dict[str, Callable[[World, int], None]] = {}
# Yearly responsibilities that an item of an agenda, or an entry of the secretary, may serve.
BY_ITEM = ("accounting-policies", "control-conclusion", "audit-plan", "charter-review")
BY_SECRETARY = ("accounting-policies", "control-conclusion", "quality-control-report")


def act(do: Callable[[World, int], None]) -> Callable[[World, int], None]:
    ACTS[do.__name__] = do
    return do


def one(rows: Sequence[T], pick: int) -> T | None:
    return rows[pick % len(rows)] if rows else None


def year_served(world: World, pick: int) -> date:
    """This fiscal year, or the one before for what comes late."""
    this = world.year_end(world.today)
    return date(this.year - 1, 12, 31) if pick % 4 == 0 else this


def live(world: World, year: Iterable[tuple[str, int, int]]) -> Counter[str]:
    """Try each act on its date; count those that were possible."""
    done: Counter[str] = Counter()
    for name, days, pick in year:
        world.today = min(world.today + timedelta(days=days), LAST)
        try:
            ACTS[name](world, pick)
        except ValidationError:
            continue
        done[name] += 1
    return done
