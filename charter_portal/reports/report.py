"""What a report to the Board says, as plain values: strings, days and numbers, nothing else.

Sentences are written when the report is composed; days and standings are put into words when it
is set, in the company's way (`locale`), so that the same values always give the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from charters.answers import ReportSection
from charters.enums import Layer


class Layered:
    """Says where a duty comes from in a word."""

    layer: str

    @property
    def layer_word(self) -> str:
        return str(Layer(self.layer).label) if self.layer else ""


@dataclass(frozen=True)
class Ask:
    """What the Board is asked for, with the resolution to be put to the vote."""

    heading: str
    resolution: str = ""


@dataclass(frozen=True)
class Member:
    name: str
    since: date
    is_chair: bool = False


@dataclass(frozen=True)
class Change:
    """A change of seats or chair, on a day of the period."""

    on: date
    sentence: str


@dataclass(frozen=True)
class PastCompletion:
    """A duty performed on a day; `serves` names the period it counts for where the day lies outside,
    `note` stands only where the audience may read it."""

    on: date
    serves: str = ""
    note: str = ""


@dataclass(frozen=True)
class Work(Layered):
    """What was done on one duty in the period, oldest first. `clause` is the clause's short name,
    `words` are the duty's within a sentence, `past` a sentence that a date completes. Of a duty
    that arises with an event a completion says only that it was `considered` whether anything
    arose: that is no deed. What rests on the secretary's entries alone `is_entered`; of the rest
    the apps' own sections tell."""

    reference: str
    duty: str
    layer: str
    deeds: tuple[PastCompletion, ...]
    clause: str = ""
    words: str = ""
    considered: bool = False
    is_entered: bool = True
    past: str = ""


@dataclass(frozen=True)
class WorkPart:
    """What was done under one section of the charter."""

    heading: str
    work: tuple[Work, ...]


@dataclass(frozen=True)
class Count:
    """How many clauses stand so."""

    standing: str
    clauses: int


@dataclass(frozen=True)
class Named:
    """A clause that is not kept, by its reference and short name."""

    reference: str
    name: str
    standing: str


@dataclass(frozen=True)
class Matter(Layered):
    """An open item with its closing. Without one it is not in a report."""

    reference: str
    title: str
    layer: str
    because: str
    on: date
    closing: str
    reason: str
    closed_on: date


@dataclass(frozen=True)
class Ahead(Layered):
    """What falls due on a day after the report's."""

    on: date
    what: str
    reference: str
    layer: str


@dataclass(frozen=True)
class MatrixRow(Layered):
    """One duty of a clause: where it stands, why, and on which days of the period it was done."""

    reference: str
    duty: str
    layer: str
    citation: str
    standing: str
    because: str
    evidence: tuple[date, ...] = ()


@dataclass(frozen=True)
class MatrixPart:
    heading: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Source:
    """The charter that the report goes through, and how many records it rests on."""

    charter: str
    adopted_on: date | None
    effective_on: date | None
    decision: str
    evidence: int
    last_recorded_on: date | None
    records_begin: date


@dataclass(frozen=True)
class BoardReportData:
    """One report to the Board. Without a number it is a draft."""

    company: str
    committee: str
    audience: str
    chair: str
    period_from: date
    period_to: date
    as_of: date
    locale: str
    paper: str
    head_sequence: int
    head_hash: str
    source: Source
    asks: tuple[Ask, ...] = ()
    members: tuple[Member, ...] = ()
    # What the apps have added, in the order of the outline.
    sections: tuple[ReportSection, ...] = ()
    changes: tuple[Change, ...] = ()
    work: tuple[WorkPart, ...] = ()
    glance: tuple[Count, ...] = ()
    clauses: int = 0
    named: tuple[Named, ...] = ()
    # How many open items had no closing: they are counted, never told.
    left_out: int = 0
    matters: tuple[Matter, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    matrix: tuple[MatrixPart, ...] = ()
    number: int | None = None
    issued_on: date | None = None
    issued_at: datetime | None = None
    replaces: int | None = None
    # Why the secretary issues it; empty where the chair does.
    release: str = ""
    # Never part of what was issued: the mark on a later copy. 0: by one closed to its reader.
    replaced_by: int | None = None

    @property
    def is_draft(self) -> bool:
        return self.number is None

    def unissued(self) -> BoardReportData:
        """The same report without what issuing adds: what a reader of the preview has seen."""
        return replace(
            self, number=None, issued_on=None, issued_at=None, head_sequence=0, head_hash=""
        )
