"""What was recorded, as plain facts: no database, no model, nothing of the portal's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class Seat:
    """`until` is the first date out of office."""

    person: str
    first: date
    until: date | None = None
    notified_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Determined:
    person: str
    what: str
    on: date


@dataclass(frozen=True)
class Lost:
    """A member ceased to be independent."""

    person: str
    on: date
    is_within_control: bool
    notified_on: date | None


@dataclass(frozen=True)
class Paid:
    """The company paid a member's brother: a Family Member, and nobody that Rule 10A-3 names."""

    person: str
    on: date
    dollars: int


@dataclass(frozen=True)
class Served:
    """A yearly responsibility was performed, for the fiscal year that ends on `year_end`."""

    duty: str
    on: date
    year_end: date


@dataclass(frozen=True)
class Met:
    """The committee met, with this many of its members present."""

    on: date
    present: int
    serving: int


@dataclass
class Transaction:
    """A related-party transaction far above the threshold."""

    known_on: date
    signed_on: date
    reviewed_on: date | None = None
