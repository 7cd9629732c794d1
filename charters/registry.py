"""What apps tell the engine: the extension points of the charter.

The engine never learns what a meeting, a director or an auditor is. Each app says in the module
named with the point what it can show; CONTRIBUTING has the table with an example of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, TypeVar

from django.db.models import Model

from accounts.models import User
from accounts.restriction import UNRESTRICTED
from charters.answers import (
    Ask,
    Deadline,
    Lapse,
    Link,
    Member,
    NextDate,
    OpenItem,
    ReportSection,
)
from charters.docket import AsOf
from charters.models import Committee, Duty, Event
from charters.news import News
from charters.rules.event_templates import EventTemplate
from charters.rules.terms import Evidence, Holding, Occurrence
from charters.values import ClauseRecord, ClosingRecord
from records.registry import ExtensionPoint

Dated = TypeVar("Dated", Evidence, Occurrence)
# By primary key of the duty, in one query: what happened by the date.
Shown: TypeAlias = Iterable[tuple[int, Evidence]]
Arose: TypeAlias = Iterable[tuple[int, Occurrence]]
# One open item alone, by its subject and period; None: all there are.
Asked: TypeAlias = tuple[str, str] | None


def _placed(piece: Dated, source: str) -> Dated:
    """A piece with its source's name, restricted with the record that it leads to as well."""
    restriction = (piece.restriction or UNRESTRICTED).at(piece.url)
    return replace(piece, source=source, restriction=restriction)


@dataclass(frozen=True)
class EvidenceSource:
    """Evidence of one sort. `keys` are the catalogue's duties it shows; None: any duty."""

    name: str
    load: Callable[[AsOf, Sequence[Duty]], Shown]
    keys: frozenset[str] | None = None

    def shows(self, duty: Duty) -> bool:
        return self.keys is None or duty.catalogue_key in self.keys

    def evidence(self, as_of: AsOf) -> Shown:
        """The evidence by the date, with this source's name on each piece."""
        duties = [duty for duty in as_of.duties if self.shows(duty)]
        for duty, piece in self.load(as_of, duties) if duties else ():
            yield duty, _placed(piece, self.name)


@dataclass(frozen=True)
class OccurrenceSource:
    """What arose, and whether it is dealt with: the duties with these keys are judged by it."""

    name: str
    load: Callable[[AsOf, Sequence[Duty]], Arose]
    keys: frozenset[str]

    def occurrences(self, as_of: AsOf) -> Mapping[int, list[Occurrence]]:
        """By duty; each duty with one of the keys has a list, if an empty one."""
        duties = [duty for duty in as_of.duties if duty.catalogue_key in self.keys]
        found: dict[int, list[Occurrence]] = {duty.pk: [] for duty in duties}
        for duty, piece in self.load(as_of, duties) if duties else ():
            found[duty].append(_placed(piece, self.name))
        return found


@dataclass(frozen=True)
class ConditionSource:
    """Whether a condition or a procedure holds, and the first future date on which it would not.

    `key` is the catalogue's duty. `judge` answers None while nothing that it judges by is on
    record: the duty is then judged by its completions. `ahead` answers from what is already
    recorded; None: it holds for as far as can be seen.
    """

    name: str
    key: str
    judge: Callable[[AsOf], Holding | None]
    ahead: Callable[[AsOf], Lapse | None]

    def holding(self, as_of: AsOf) -> Holding | None:
        found = self.judge(as_of)
        if found is None:
            return None
        evidence = tuple(_placed(piece, self.name) for piece in found.evidence)
        return replace(found, evidence=evidence)


@dataclass(frozen=True)
class OpenItemSource:
    """Contradictions in the record of one sort: all as of the date, or one that is asked for."""

    name: str
    find: Callable[[AsOf, Asked], Iterable[OpenItem]]

    def open_items(self, as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
        """Each with its rule, its clause, how it was closed and the record that it is about."""
        for item in self.find(as_of, asked):
            if asked is None or (item.subject, item.period) == asked:
                item = replace(item, rule=self.name)
                clause = as_of.clause_of.get(item.duty.pk) if item.duty else None
                closing = as_of.closings.get(item.key)
                yield replace(
                    item,
                    restriction=item.restriction.at(item.url),
                    clause=ClauseRecord.of(clause) if clause else None,
                    closing=ClosingRecord.of(closing) if closing else None,
                )


@dataclass(frozen=True)
class DeadlineSource:
    """Everything of one sort that falls due. Who holds `permission` sees all of it, others what
    they are reminded of themselves. `notice` is the kind of notice its reminders are, its own."""

    name: str
    load: Callable[[AsOf], Iterable[Deadline]]
    permission: str
    notice: str

    def deadlines(self, as_of: AsOf) -> Iterator[Deadline]:
        """Each with the record that it is about in its restriction."""
        for each in self.load(as_of):
            yield replace(each, restriction=each.restriction.at(each.url))


@dataclass(frozen=True)
class AgendaProposal:
    """What the next agenda should hold, and until when it can wait.

    records  what it came from, each with a page of its own: whoever is recused from the item does
             not see them anywhere. None, where nothing but the item itself tells of the matter
    """

    title: str
    because: str
    until: date | None
    duties: tuple[Duty, ...] = ()
    url: str = ""
    records: tuple[Model, ...] = ()


@dataclass(frozen=True)
class AgendaSource:
    name: str
    propose: Callable[[AsOf], Iterable[AgendaProposal]]


@dataclass(frozen=True)
class HomePart:
    """What an app brings to a person's home page.

    asks       what needs this person, the most urgent first
    dates      the next dates of the committee that this person may know; home sorts them by urgency
    activity   sorts of records, as far as this person may read them; home lists the newest
    order      among the parts, the first first
    """

    name: str
    asks: Callable[[AsOf, User], Iterable[Ask]] | None = None
    activity: Callable[[AsOf, User], Iterable[News]] | None = None
    dates: Callable[[AsOf, User], Iterable[NextDate]] | None = None
    order: int = 50


@dataclass(frozen=True)
class ReportScope:
    """What a report covers: the period, and the committee as of the report's date. A report says
    only what its readers may see: ask `as_of.sees` of each restriction."""

    as_of: AsOf
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether what happened on a date is told: in the period, and no later than the report."""
        return self.first <= day <= min(self.last, self.as_of.day)


@dataclass(frozen=True)
class ReportPart:
    """What an app adds to a report to the Board. `place`: among the parts, the lowest first."""

    name: str
    place: int
    compose: Callable[[ReportScope], Iterable[ReportSection]]


@dataclass(frozen=True)
class MemberSource:
    """Who sits on a body on a date, the chair first."""

    name: str
    load: Callable[[Committee, date], Iterable[Member]]


@dataclass(frozen=True)
class EventOffer:
    """What an app can do about an event, for this person; None: not for them, or not now."""

    name: str
    offer: Callable[[Event, User], Link | None]


EVIDENCE: ExtensionPoint[EvidenceSource] = ExtensionPoint("evidence", module="duties")
OCCURRENCES: ExtensionPoint[OccurrenceSource] = ExtensionPoint("occurrences", module="duties")
CONDITIONS: ExtensionPoint[ConditionSource] = ExtensionPoint("conditions", module="duties")
OPEN_ITEMS: ExtensionPoint[OpenItemSource] = ExtensionPoint("open items", module="duties")
DEADLINES: ExtensionPoint[DeadlineSource] = ExtensionPoint("deadlines", module="deadlines")
AGENDA: ExtensionPoint[AgendaSource] = ExtensionPoint("agenda proposals", module="agenda")
HOME: ExtensionPoint[HomePart] = ExtensionPoint("home", module="home")
REPORT_PARTS: ExtensionPoint[ReportPart] = ExtensionPoint("report parts", module="report_parts")
MEMBERS: ExtensionPoint[MemberSource] = ExtensionPoint("members", module="members")
EVENT_TEMPLATES: ExtensionPoint[EventTemplate] = ExtensionPoint(
    "event templates", module="event_templates"
)
EVENT_OFFERS: ExtensionPoint[EventOffer] = ExtensionPoint("event offers", module="event_templates")


def members_of(body: Committee, on: date) -> list[Member]:
    """Who sits on a body on a date, the chair first."""
    return [member for source in MEMBERS for member in source.load(body, on)]


def sits_on(body: Committee, user: User, on: date) -> bool:
    return any(member.user == user for member in members_of(body, on))
