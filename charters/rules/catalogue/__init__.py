"""The catalogue: the duties of an audit committee under Nasdaq's rules, in our own words.

The TOML files beside this module hold it, to be read and corrected by a lawyer. What a charter's
clause states is CH, with the law beside it as citation; what the law asks and no clause need say
is LAW; yearly looks and targets are GP.

Due days: where charters say "annually" the fiscal year's last day, else the month in which the
calendar of the year has it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any

LONGEST_CLAUSE = 4_000
FILES = ("purpose", "membership", "auditor", "audit_cycle", "procedures")


class CatalogueKind(StrEnum):
    RECURRING = "recurring"
    CONDITION = "condition"
    EVENT = "event"
    PROCEDURE = "procedure"
    PURPOSE = "purpose"
    AUTHORITY = "authority"


class Cadence(StrEnum):
    TIMES = "times"
    QUARTERLY = "quarterly"
    MONTHS = "months"


class Layer(StrEnum):
    CHARTER = "CH"
    LAW = "LAW"
    GOOD_PRACTICE = "GP"


SIGNS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2019": "'"})


def lowered(text: str) -> str:
    """In lower case, with one kind of hyphen and apostrophe: a font's choice is no other word."""
    return text.lower().translate(SIGNS)


@dataclass(frozen=True)
class Terms:
    """What the words of a clause must hold, and must not, for a duty or a note to fit at all.

    Both are regular expressions over the clause's words in lower case; `needs` must all be found.
    """

    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def admit(self, text: str, context: str = "") -> bool:
        """Whether the words fit. What the clause stands under may supply what is needed, but not
        all of it."""
        lower, above = lowered(text[:LONGEST_CLAUSE]), lowered(context)
        missing = [need for need in self.needs if not re.search(need, lower)]
        if missing and len(missing) == len(self.needs):
            return False
        return all(re.search(need, above) for need in missing) and not any(
            re.search(each, lower) for each in self.unless
        )


@dataclass(frozen=True)
class CatalogueDuty:
    """A duty as the catalogue proposes it: `title` is the task, `past` what a report says once it
    was done, as a sentence without its date.

    `due_month` counts in the fiscal year, in the quarter for quarterly duties; `due_day` None is
    the month's last day. `purpose` is what it serves where no clause names it. `section` is where
    charters have it: P, M, R or MT. A duty that does not apply from the start is off until the
    secretary switches it on. `not_applicable_reason` is for a company without internal audit.

    `is_counted`: a clause that says how often decides it; else the filings do. `counted_title` is
    then the task, with the number of times. A target goes beyond what a clause says by itself.
    """

    key: str
    title: str
    past: str
    clause_title: str
    kind: CatalogueKind
    layer: Layer
    purpose: str
    section: str
    wordings: tuple[str, ...]
    terms: Terms
    cadence: Cadence = Cadence.TIMES
    times: int = 1
    months: int = 12
    due_month: int = 12
    due_day: int | None = None
    citation: str = ""
    counterparty: str = ""
    applies: bool = True
    is_counted: bool = True
    is_target: bool = False
    counted_title: str = ""
    not_applicable_reason: str = ""


@dataclass(frozen=True)
class Note:
    """How a clause is applied today, dated and sourced."""

    key: str
    text: str
    source: str
    dated: date
    terms: Terms


def _tables(name: str, heading: str) -> Iterator[dict[str, Any]]:
    text = (files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    yield from tomllib.loads(text)[heading]


def _terms(table: dict[str, Any]) -> Terms:
    return Terms(tuple(table.pop("needs", ())), tuple(table.pop("unless", ())))


def _entry(table: dict[str, Any]) -> CatalogueDuty:
    return CatalogueDuty(
        kind=CatalogueKind(table.pop("kind")),
        layer=Layer(table.pop("layer")),
        cadence=Cadence(table.pop("cadence", "times")),
        wordings=tuple(table.pop("wordings")),
        terms=_terms(table),
        **table,
    )


CATALOGUE = tuple(_entry(table) for name in FILES for table in _tables(name, "duty"))
NOTES = tuple(Note(terms=_terms(table), **table) for table in _tables("notes", "note"))
ENTRIES: Mapping[str, CatalogueDuty] = {entry.key: entry for entry in CATALOGUE}
