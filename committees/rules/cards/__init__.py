"""Templates of event cards, as TOML to be read and corrected by a lawyer.

A template says what the law asks, who decides, and which clocks run from which day. An app reads
its own with `read` and offers it in its module `cards.py`. What it fills in can be changed on the
card: a template proposes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from committees.enums import Counting, StartsFrom


@dataclass(frozen=True)
class ClockTemplate:
    """What must be done within so many days, and which rule says so."""

    what: str
    days: int
    rule: str = ""
    starts: StartsFrom = StartsFrom.LEARNED
    counting: Counting = Counting.BUSINESS


@dataclass(frozen=True)
class CardTemplate:
    """What a new card of this sort begins with. `order`: where it stands among the others."""

    key: str
    name: str
    hint: str = ""
    title: str = ""
    decides: str = ""
    asks: str = ""
    order: int = 0
    clocks: tuple[ClockTemplate, ...] = ()


def read(text: str) -> CardTemplate:
    """A template from its TOML. Raises ValueError or TypeError for what is none."""
    table = tomllib.loads(text)
    clocks = tuple(_clock(each) for each in table.pop("clock", ()))
    return CardTemplate(clocks=clocks, **{name: _plain(value) for name, value in table.items()})


def _clock(table: Mapping[str, Any]) -> ClockTemplate:
    words = {"starts": StartsFrom, "counting": Counting}
    return ClockTemplate(**{name: words.get(name, _plain)(value) for name, value in table.items()})


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
