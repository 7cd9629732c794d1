"""What the record holds of a charter, as plain frozen values: what a snapshot keeps and pages read.

None of them leads back to the database. They bear the names of the fields that they are made of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from accounts.restriction import UNRESTRICTED, Restriction, Together
from charters import sentences
from charters.enums import Cadence, ClosedAs, Counterparty, DutyKind, Layer, Reason, Standing
from charters.rules.terms import Evidence, Holding, Occurrence, Ruling, Terms
from records.facts import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from charters.models import CharterVersion, Clause, Closing, Duty


@dataclass(frozen=True)
class VersionRecord:
    """A version of the charter. Its text is read where it is shown."""

    pk: int
    title: str
    adopted_on: date | None
    effective_on: date | None
    decision_id: int | None

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, version: CharterVersion) -> VersionRecord:
        return cls(
            pk=version.pk,
            title=version.title,
            adopted_on=version.adopted_on,
            effective_on=version.effective_on,
            decision_id=version.decision_id,
        )


@dataclass(frozen=True)
class ClauseRecord:
    """A clause in its exact words. `section`: the heading of the part it stands in."""

    pk: int
    reference: str
    heading: str
    text: str
    order: int
    section: str
    is_below: bool
    url: str

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return self.url

    @classmethod
    def of(cls, clause: Clause | ClauseRecord) -> ClauseRecord:
        if isinstance(clause, ClauseRecord):
            return clause
        return cls(
            pk=clause.pk,
            reference=clause.reference,
            heading=clause.heading,
            text=clause.text,
            order=clause.order,
            section=clause.section.text if clause.section else "",
            is_below=bool(clause.parent_id or clause.lead_in_id),
            url=clause.get_absolute_url(),
        )


@dataclass(frozen=True)
class DutyRecord:
    """What a clause, the law or good practice asks. `owner` is the owner's name, `label` how the
    ledger names the record."""

    pk: int
    label: str
    title: str
    catalogue_key: str
    layer: Layer
    citation: str
    counterparty: str
    owner_id: int | None
    owner: str
    terms: Terms
    url: str

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def kind(self) -> DutyKind:
        return self.terms.kind

    @property
    def cadence(self) -> Cadence:
        return self.terms.cadence

    @property
    def in_force_from(self) -> date:
        return self.terms.first

    @property
    def in_force_until(self) -> date | None:
        return self.terms.until

    @property
    def kind_word(self) -> DutyKind:
        return self.terms.kind

    @property
    def layer_word(self) -> Layer:
        return self.layer

    @property
    def times(self) -> int:
        return self.terms.times

    @property
    def months(self) -> int:
        return self.terms.months

    def get_counterparty_display(self) -> str:
        return str(Counterparty(self.counterparty).label)

    @property
    def is_practice(self) -> bool:
        """Good practice has no standing: it is only a reminder."""
        return self.layer == Layer.GOOD_PRACTICE

    @classmethod
    def of(cls, duty: Duty | DutyRecord) -> DutyRecord:
        if isinstance(duty, DutyRecord):
            return duty
        return cls(
            pk=duty.pk,
            label=label(duty),
            title=duty.title,
            catalogue_key=duty.catalogue_key,
            layer=duty.layer_word,
            citation=duty.citation,
            counterparty=duty.counterparty,
            owner_id=duty.owner_id,
            owner=str(duty.owner) if duty.owner else "",
            terms=duty.terms,
            url=duty.get_absolute_url(),
        )


@dataclass(frozen=True)
class ClosingRecord:
    """How an open item was closed. `restriction` is that of its reason."""

    key: str
    kind: ClosedAs
    reason: str
    decided_on: date
    restriction: Restriction = UNRESTRICTED

    @classmethod
    def of(cls, closing: Closing) -> ClosingRecord:
        return cls(
            key=closing.key,
            kind=ClosedAs(closing.kind),
            reason=closing.reason,
            decided_on=closing.decided_on,
            restriction=closing.restriction,
        )


@dataclass(frozen=True)
class Judged:
    """A duty with everything it was judged on, and the ruling; none of a practice, which has no
    standing, nor of a duty that ended or stands under no clause. `next_on`: the next date of a
    practice."""

    duty: DutyRecord
    clause: ClauseRecord | None
    evidence: tuple[Evidence, ...]
    closed: frozenset[str]
    holding: Holding | None
    occurrences: tuple[Occurrence, ...] | None
    ruling: Ruling | None
    next_on: date | None = None

    @cached_property
    def restrictions(self) -> Together:
        """Those of all that it was judged on."""
        pieces: tuple[Evidence | Occurrence, ...] = (*self.evidence, *(self.occurrences or ()))
        return Together.of(each.restriction for each in pieces if each.restriction is not None)


@dataclass(frozen=True)
class Standings:
    """The charter as of a date: its version, its clauses in their order, and its duties, judged."""

    version: VersionRecord | None
    clauses: tuple[ClauseRecord, ...]
    duties: Mapping[int, Judged] = field(default_factory=dict)

    @cached_property
    def restrictions(self) -> Together:
        return Together.all_of(judged.restrictions for judged in self.duties.values())


# What the secretary enters as completed.
COMPLETION = "charters.completion"
PASSED = {Reason.DAY_PASSED, Reason.MONTHS_PASSED, Reason.OPEN_PAST_DAY}


@dataclass(frozen=True)
class DutyStanding:
    """One duty in force, where it stands, and the sentence that says why. `is_bare`: the standing
    is told alone, for a record that it rests on is not open to the reader."""

    duty: DutyRecord
    clause: ClauseRecord
    ruling: Ruling
    is_bare: bool = False

    @cached_property
    def because(self) -> str:
        if self.is_bare:
            return sentences.bare(self.ruling)
        return sentences.because(self.ruling, by_completion(self.ruling))

    @property
    def standing(self) -> Standing:
        return self.ruling.standing

    @property
    def due_on(self) -> date | None:
        return self.ruling.due_on

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.ruling.evidence

    @property
    def is_overdue(self) -> bool:
        """Its date has passed; a past period without a record alone does not make it so."""
        return self.ruling.reason in PASSED


@dataclass(frozen=True)
class Practice:
    """A good practice that the committee has chosen: its last record and its next date. It has no
    standing, for a standard of one's own must not become evidence against the committee."""

    duty: DutyRecord
    clause: ClauseRecord
    last: Evidence | None
    next_on: date | None


WEIGHT = {standing: place for place, standing in enumerate(Standing)}


def _weight(row: DutyStanding) -> tuple[int, date]:
    return (WEIGHT[row.standing], row.due_on or date.max)


@dataclass(frozen=True)
class ClauseStanding:
    """A clause with its duties, which give it its standing, and its practices, which do not."""

    clause: ClauseRecord
    duties: tuple[DutyStanding, ...]
    practices: tuple[Practice, ...] = ()

    @cached_property
    def leading(self) -> DutyStanding | None:
        """The duty that gives the clause its mark: the one that asks most of the reader."""
        return min(self.duties, key=_weight, default=None)

    @property
    def by_weight(self) -> list[DutyStanding]:
        """Its duties, what asks most of the reader first."""
        return sorted(self.duties, key=_weight)

    @property
    def standing(self) -> Standing | None:
        return self.leading.standing if self.leading else None

    @property
    def due_on(self) -> date | None:
        """The date that has passed, of the duty that gives the mark; else the earliest of its
        duties. Practices only remind."""
        if self.leading and self.is_overdue:
            return self.leading.due_on
        return min((row.due_on for row in self.duties if row.due_on), default=None)

    @property
    def is_overdue(self) -> bool:
        return self.leading is not None and self.leading.is_overdue

    @cached_property
    def because(self) -> str:
        """Why the clause has its mark; of several duties, which one it is."""
        leading = self.leading
        if leading is None:
            return ""
        return (
            f"{leading.duty.title}. {leading.because}" if len(self.duties) > 1 else leading.because
        )


@dataclass(frozen=True)
class Reading:
    """The charter as of a date: its version and, clause by clause, where its duties stand."""

    as_of: date
    version: VersionRecord | None
    clauses: tuple[ClauseStanding, ...]

    @property
    def duties(self) -> list[DutyStanding]:
        return [row for clause in self.clauses for row in clause.duties]

    @property
    def practices(self) -> list[Practice]:
        return [row for clause in self.clauses for row in clause.practices]

    @cached_property
    def summary(self) -> Counter[Standing]:
        """How many clauses stand where."""
        return Counter(clause.standing for clause in self.clauses if clause.standing)


def by_completion(ruling: Ruling) -> bool:
    """Whether the standing rests on the secretary's entries alone: on what was used, whatever
    else could have shown it."""
    if ruling.reason == Reason.AUTHORITY:
        return False
    return bool(ruling.evidence) and all(piece.source == COMPLETION for piece in ruling.evidence)
