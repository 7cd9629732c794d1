"""When in the year the Committee serves which duty, and how it is noted: read from timetable.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from charter_portal.demo import people
from charter_portal.demo.company import Year
from charter_portal.demo.people import Character


@dataclass(frozen=True)
class Practice:
    """How one duty of the catalogue is served. Occasions are days of a `Year`, by their names."""

    key: str
    on: tuple[str, ...]
    note: str
    hand: Character = people.SECRETARY
    paper: str = ""
    is_quarterly: bool = False

    def performances(self, year: Year) -> Iterator[tuple[date, date]]:
        """The days of a fiscal year on which it is done, each with the day it serves."""
        for occasion in self.on:
            day: date = getattr(year, occasion)
            yield day, year.quarter_of(day).last if self.is_quarterly else year.last


def _practice(table: dict[str, Any]) -> Practice:
    hand = people.BY_KEY[table.pop("hand", people.SECRETARY.key)]
    return Practice(on=tuple(table.pop("on")), hand=hand, **table)


_TEXT = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
PRACTICES = tuple(_practice(table) for table in tomllib.loads(_TEXT)["practice"])
PRACTICE = {practice.key: practice for practice in PRACTICES}
