"""What a duty asks for, the facts it is judged on, and the ruling that comes of it.

Plain frozen values: no database, no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from charters.enums import Cadence, DutyKind, Reason, Standing
from records.calendar import Calendar, Period


@dataclass(frozen=True)
class Evidence:
    """A dated fact that shows a duty. `serves` is a date of the period it counts for.

    `restriction` says from whom the record is restricted (accounts.restriction.Restriction). The law
    passes it on unread: a standing is the same for everyone.
    """

    on: date
    serves: date
    label: str = ""
    url: str = ""
    source: str = ""
    recorded_on: date | None = None
    restriction: Any = None


@dataclass(frozen=True)
class Occurrence:
    """Something that arose and has to be dealt with by a day."""

    on: date
    due_on: date | None
    dealt_on: date | None
    label: str = ""
    url: str = ""
    source: str = ""
    restriction: Any = None

    def is_open(self, day: date) -> bool:
        return self.dealt_on is None or self.dealt_on > day

    def as_evidence(self, day: date) -> Evidence:
        dealt = None if self.is_open(day) else self.dealt_on
        return Evidence(
            dealt or self.on,
            self.on,
            self.label,
            self.url,
            self.source,
            restriction=self.restriction,
        )


@dataclass(frozen=True)
class Holding:
    """What a registered condition found: does it hold, and if only by cure, until when."""

    holds: bool
    sentence: str
    deadline: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Inapplicable:
    """A span in which a duty does not apply: from a day, until (not including) another."""

    first: date
    until: date | None
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Terms:
    """What a duty asks for. `until` is the last day on which it is in force."""

    kind: DutyKind = DutyKind.RECURRING
    cadence: Cadence = Cadence.TIMES
    times: int = 1
    months: int = 12
    due_month: int = 12
    due_day: int | None = None
    first: date = date.min
    until: date | None = None
    inapplicable: tuple[Inapplicable, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What the company has chosen: its calendar, where its records begin, how to read a year."""

    calendar: Calendar
    records_begin: date = date.min
    twelve_months: bool = False


@dataclass(frozen=True)
class Question:
    """Everything that the standing of one duty on one day depends on.

    `evidence` may hold later facts and other periods; what happened after `day` is passed over.
    `closed` are the keys of periods whose gap has a closing. A registered condition has
    its `holding`, a registered event its `occurrences`; without them a duty of any kind but
    authority is judged as recurring on its completions.
    """

    terms: Terms
    day: date
    settings: Settings
    evidence: Sequence[Evidence] = ()
    closed: frozenset[str] = frozenset()
    holding: Holding | None = None
    occurrences: Sequence[Occurrence] | None = None

    @property
    def calendar(self) -> Calendar:
        return self.settings.calendar


@dataclass(frozen=True)
class Ruling:
    """A standing with its reason. `facts` are the dates and counts the sentence is made of."""

    standing: Standing
    reason: Reason
    due_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """A closed period on record that was not served in time; `late` is what served it since.

    `count` of `wanted` pieces of evidence were there in time.
    """

    key: str
    period: Period
    due_on: date
    late: tuple[Evidence, ...] = ()
    count: int = 0
    wanted: int = 1
