"""What apps answer with when the engine asks: plain values, each with its link and restriction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from accounts.restriction import UNRESTRICTED, Restriction
from charters.enums import ClosedAs, Layer
from charters.rules.reminders import USUAL, Pace
from charters.rules.terms import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from charters.values import ClauseRecord, ClosingRecord, DutyRecord
    from records.calendar import Period


@dataclass(frozen=True)
class Member:
    """Who sits on a body on a date. `user` is the account, where the person has one."""

    name: str
    user: User | None
    is_chair: bool = False


@dataclass(frozen=True)
class OpenItem:
    """A contradiction in the record. Its key is rule : subject : period and never changes.

    because           the fact, in a sentence with its date
    layer             where the demand comes from: charter or law, never good practice
    on                the date it concerns
    url               where the record is seen that it is about; the item has a page of its own
    restriction       from whom the item is restricted
    late              evidence that served it since
    said              writes the sentence from the pieces of it that are open to a reader
    serves            the period without a record, where the item is about one
    rule, clause, closing   added by the registry: the source's name, and how it was closed
    """

    subject: str
    period: str
    title: str
    because: str
    layer: Layer
    on: date
    url: str = ""
    restriction: Restriction = UNRESTRICTED
    duty: DutyRecord | None = None
    late: tuple[Evidence, ...] = ()
    said: Callable[[tuple[Evidence, ...]], str] | None = field(default=None, compare=False)
    serves: Period | None = None
    rule: str = ""
    clause: ClauseRecord | None = None
    closing: ClosingRecord | None = None

    def __post_init__(self) -> None:
        if self.layer is Layer.GOOD_PRACTICE:
            raise ValueError(f"{self.subject}: good practice yields no open item.")

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.subject}:{self.period}"

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def offered(self) -> ClosedAs | None:
        """How to close it, offered first: completed late where evidence served it since."""
        return ClosedAs.COMPLETED_LATE if self.late else None


@dataclass(frozen=True)
class Deadline:
    """Something that falls due on a date. `key` names it for as long as it is open.

    what      what is to be done, in a few words
    because   which clause or rule asks for it
    owner     the primary key of who is reminded first; without an owner, or where the owner has
              left, the secretary
    pace      when it reminds, and whom
    known_on  since when it is known, where the pace reminds from then on
    restriction  from whom it is restricted; without a date since when, from the date asked for
    subject   the record that a reminder is about, as the ledger names it; needed where the deadline
              is restricted, for the reminder is shown to whoever may see the record
    late      what served it since: to whoever may see a piece of it nothing falls due any more
    """

    key: str
    due_on: date
    what: str
    because: str
    url: str
    owner: int | None = None
    pace: Pace = USUAL
    known_on: date = date.min
    restriction: Restriction = UNRESTRICTED
    subject: str = ""
    late: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.restriction.names_anybody and not self.subject:
            raise ValueError(f"{self.key} is restricted, and names no record it is about.")

    @property
    def run(self) -> str:
        """It up to this due date: another date makes it another deadline to be reminded of."""
        return f"{self.key}:{self.due_on}"


@dataclass(frozen=True)
class Lapse:
    """The first future date on which a condition would no longer hold, as recorded today.

    restriction, subject   as of a deadline; without a subject a reminder is about the duty
    """

    on: date
    sentence: str
    url: str
    restriction: Restriction = UNRESTRICTED
    subject: str = ""

    def __post_init__(self) -> None:
        if self.restriction.names_anybody and not self.subject:
            raise ValueError("A restricted lapse names the record it is about.")


@dataclass(frozen=True)
class Ask:
    """One thing that needs a person: a sentence, why, and one button. `on` is its date."""

    sentence: str
    url: str
    button: str
    because: str = ""
    on: date | None = None


class Urgency(IntEnum):
    """What leads on home: the lower first, and within one the earlier date."""

    EVENT = 1
    LAPSE = 2
    MEETING = 3
    DATE = 4


@dataclass(frozen=True)
class NextDate:
    """A date that matters to the committee: ahead, or passed and still open."""

    on: date
    what: str
    url: str
    because: str = ""
    urgency: Urgency = Urgency.DATE


@dataclass(frozen=True)
class DatedEntry:
    """What happened, or falls due, on a date. `files`: its documents, as components/file.html shows
    them. `withdraw_url`: where an entry made by mistake is withdrawn."""

    on: date
    text: str
    url: str = ""
    detail: str = ""
    recorded_on: date | None = None
    files: tuple[Any, ...] = ()
    withdraw_url: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a report, on the date it concerns."""

    on: date
    text: str


@dataclass(frozen=True)
class ReportSection:
    """What an app adds to a report: a heading, sentences in their order, and named values.

    `version` is that of the values, so that a later portal can read what was filed.
    """

    heading: str
    sentences: tuple[Sentence, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class Link:
    label: str
    url: str
