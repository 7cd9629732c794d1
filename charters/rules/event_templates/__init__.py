"""Templates of events, as TOML to be read and corrected by a lawyer.

A template says what the law asks, who decides, and which deadlines run from which day. An app reads
its own with `read` and adds it in its module `event_templates.py`. What it fills in can be changed
on the event: a template proposes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charters.enums import Counting, StartsFrom


@dataclass(frozen=True)
class DeadlineTemplate:
    """What must be done within so many days, and which rule says so."""

    what: str
    days: int
    rule: str = ""
    starts: StartsFrom = StartsFrom.LEARNED
    counting: Counting = Counting.BUSINESS


@dataclass(frozen=True)
class EventTemplate:
    """What a new event of this sort begins with. `name` is `<app>.<name>`, as it is registered;
    `order`: where it stands among the others."""

    name: str
    label: str
    hint: str = ""
    title: str = ""
    decides: str = ""
    asks: str = ""
    order: int = 0
    deadlines: tuple[DeadlineTemplate, ...] = ()


def read(text: str) -> EventTemplate:
    """A template from its TOML. Raises ValueError or TypeError for what is none."""
    table = tomllib.loads(text)
    deadlines = tuple(_deadline(each) for each in table.pop("deadline", ()))
    return EventTemplate(
        deadlines=deadlines, **{name: _plain(value) for name, value in table.items()}
    )


def _deadline(table: Mapping[str, Any]) -> DeadlineTemplate:
    words = {"starts": StartsFrom, "counting": Counting}
    return DeadlineTemplate(
        **{name: words.get(name, _plain)(value) for name, value in table.items()}
    )


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
