"""What was recorded lately, as home lists it: the newest of every sort that a person may read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Max

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from charters.answers import DatedEntry
    from charters.standing import Docket


@dataclass(frozen=True)
class News:
    """Records of one sort.

    rows    those that the person may read; asked for only where one of the sort is new enough
    entry   a record as a dated line; None where it is not shown
    at      the field with the instant at which it was recorded
    same_for_all   whether everybody who is shown the sort may read all of it: its newest are then
            kept until the next act
    """

    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], DatedEntry | None]
    at: str = "recorded_at"
    same_for_all: bool = False

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.at}"

    def since(
        self, docket: Docket, instant: datetime, most: int
    ) -> list[tuple[datetime, DatedEntry]]:
        if self.same_for_all:
            newest = docket.part(
                f"{most} of news: {self.name}", lambda _docket: self._first(self.rows(), most)
            )
            return [(at, entry) for at, entry in newest if at > instant]
        return self._first(self.rows().filter(**{f"{self.at}__gt": instant}), most)

    def _first(self, rows: QuerySet[Any], most: int) -> list[tuple[datetime, DatedEntry]]:
        found = rows.order_by(f"-{self.at}")[:most]
        told = ((reduce(getattr, self.at.split("__"), row), self.entry(row)) for row in found)
        return [(at, entry) for at, entry in told if entry is not None]

    def newest(self, docket: Docket) -> datetime | None:
        """When the newest of the sort was recorded, whoever may read it."""

        def read(_docket: Docket) -> datetime | None:
            found: datetime | None
            found = self.model._default_manager.aggregate(found=Max(self.at))["found"]
            return found

        return docket.part(f"newest: {self.name}", read)


def newest(
    docket: Docket, news: Iterable[News], since: datetime, most: int
) -> list[tuple[datetime, DatedEntry]]:
    """The newest since an instant, each with its own. The sort with the newest record is asked
    first, and none whose newest is older than all that is shown then."""
    dated = [(at, each) for each in news if (at := each.newest(docket)) and at > since]
    found: list[tuple[datetime, DatedEntry]] = []
    for at, each in sorted(dated, key=itemgetter(0), reverse=True):
        if len(found) == most and found[-1][0] >= at:
            break
        found = sorted(found + each.since(docket, since, most), key=itemgetter(0), reverse=True)[
            :most
        ]
    return found
