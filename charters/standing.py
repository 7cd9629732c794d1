"""The live charter: where every duty stands on a date, and what contradicts the record.

Loads each sort of record once, asks the rules, and puts the reason into words. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from charters import sentences
from charters.answers import Lapse, OpenItem
from charters.docket import AsOf
from charters.enums import Reason, Standing
from charters.models import CharterVersion, Clause, Closing, Committee, Duty
from charters.registry import CONDITIONS, EVIDENCE, OCCURRENCES, OPEN_ITEMS
from charters.rules import practices
from charters.rules import standing as law
from charters.rules.terms import Evidence, Gap, Holding, Occurrence, Question, Ruling
from records.models import Company

# The names of this app's own sources.
COMPLETION, GAP = "charters.completion", "charters.gap"
PASSED = {Reason.DAY_PASSED, Reason.MONTHS_PASSED, Reason.OPEN_PAST_DAY}


@dataclass(frozen=True)
class DutyStanding:
    """One duty in force, where it stands, and the sentence that says why."""

    duty: Duty
    clause: Clause
    ruling: Ruling
    because: str

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

    duty: Duty
    clause: Clause
    last: Evidence | None
    next_on: date | None


WEIGHT = {standing: place for place, standing in enumerate(Standing)}


def _weight(row: DutyStanding) -> tuple[int, date]:
    return (WEIGHT[row.standing], row.due_on or date.max)


@dataclass(frozen=True)
class ClauseStanding:
    """A clause with its duties, which give it its standing, and its practices, which do not."""

    clause: Clause
    duties: tuple[DutyStanding, ...]
    practices: tuple[Practice, ...] = ()

    @property
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


@dataclass(frozen=True)
class Reading:
    """The charter as of a date: its version and, clause by clause, where its duties stand."""

    committee: Committee
    company: Company
    as_of: date
    version: CharterVersion | None
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


class Docket(AsOf):
    """Everything that standings on a date depend on, each sort of record read once."""

    @classmethod
    def of(cls, as_of: AsOf) -> Docket:
        """The same committee and date, with standings."""
        if isinstance(as_of, Docket):
            return as_of
        return as_of.once(_with_standings)

    @cached_property
    def evidence(self) -> Mapping[int, list[Evidence]]:
        """What happened by the date, by duty; one query for each registered source."""
        found: dict[int, list[Evidence]] = defaultdict(list)
        for source in EVIDENCE:
            for duty, piece in source.evidence(self):
                found[duty].append(piece)
        return found

    @cached_property
    def occurrences(self) -> Mapping[int, list[Occurrence]]:
        """What arose, by duty; a duty with a registered source has a list, if an empty one."""
        found: dict[int, list[Occurrence]] = {}
        for source in OCCURRENCES:
            for duty, pieces in source.occurrences(self).items():
                found.setdefault(duty, []).extend(pieces)
        return found

    @cached_property
    def holdings(self) -> dict[str, Holding]:
        """By catalogue key of the duty, what the registered conditions say."""
        keys = {duty.catalogue_key for duty in self.duties}
        found = {each.key: each.holding(self) for each in CONDITIONS if each.key in keys}
        return {key: holding for key, holding in found.items() if holding is not None}

    def lapses(self) -> Iterable[tuple[Duty, Lapse]]:
        """Of each condition in force that holds today, the first date on which it would not."""
        by_key = {duty.catalogue_key: duty for duty in self.duties if self.is_in_force(duty)}
        for source in CONDITIONS:
            duty = by_key.get(source.key)
            if duty is None or duty.pk not in self.clause_of or self._is_inapplicable(duty):
                continue
            holding = self.holdings.get(source.key)
            lapse = source.ahead(self) if holding and holding.holds else None
            if lapse:
                yield duty, lapse

    def is_in_force(self, duty: Duty) -> bool:
        return duty.in_force_until is None or self.day <= duty.in_force_until

    def _is_inapplicable(self, duty: Duty) -> bool:
        return any(span.covers(self.day) for span in duty.terms.inapplicable)

    def closed_periods(self, duty: Duty) -> frozenset[str]:
        """The keys of the periods whose gap was closed by the date."""
        prefix = f"{GAP}:{subject_of(duty)}:"
        return frozenset(
            key.removeprefix(prefix) for key in self.closings if key.startswith(prefix)
        )

    def closed(self, rule: str, subject: str, period: str) -> Closing | None:
        return self.closings.get(f"{rule}:{subject}:{period}")

    def question(self, duty: Duty) -> Question:
        return Question(
            terms=duty.terms,
            day=self.day,
            settings=self.settings,
            evidence=self.evidence.get(duty.pk, ()),
            closed=self.closed_periods(duty),
            holding=self.holdings.get(duty.catalogue_key),
            occurrences=self.occurrences.get(duty.pk),
        )

    def stand(self, duty: Duty, clause: Clause) -> DutyStanding:
        """Where one duty stands."""
        ruling = law.judge(self.question(duty))
        seen = self._seen(ruling.evidence)
        hidden = len(self.shown(duty)) < len(self.evidence.get(duty.pk, ()))
        if hidden or len(seen) < len(ruling.evidence):
            # The standing is the same for everyone; its reason names only records that are open to the reader.
            return DutyStanding(
                duty, clause, replace(ruling, evidence=seen), sentences.bare(ruling)
            )
        return DutyStanding(duty, clause, ruling, sentences.because(ruling, by_completion(ruling)))

    def shown(self, duty: Duty) -> list[Evidence]:
        """What happened by the date for one duty, as far as the reader may see it."""
        return list(self._seen(self.evidence.get(duty.pk, ())))

    def _seen(self, pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(
            piece for piece in pieces if piece.restriction is None or self.sees(piece.restriction)
        )

    def practice(self, duty: Duty, clause: Clause) -> Practice:
        question = self.question(duty)
        last = practices.last(replace(question, evidence=self.shown(duty)))
        return Practice(duty, clause, last, practices.next_on(question))

    def reading(self) -> Reading:
        """The whole charter as of the date, judged once."""
        return self._reading

    @cached_property
    def _reading(self) -> Reading:
        duties: dict[int, list[DutyStanding]] = defaultdict(list)
        chosen: dict[int, list[Practice]] = defaultdict(list)
        for duty in self.duties:
            clause = self.clause_of.get(duty.pk)
            if clause is None or not self.is_in_force(duty):
                continue
            if duty.is_practice:
                chosen[clause.pk].append(self.practice(duty, clause))
            else:
                duties[clause.pk].append(self.stand(duty, clause))
        clauses = tuple(
            ClauseStanding(clause, tuple(duties[clause.pk]), tuple(chosen[clause.pk]))
            for clause in self.clauses
        )
        return Reading(self.committee, self.company, self.day, self.version, clauses)

    def gaps(self, duty: Duty) -> Iterable[Gap]:
        """The closed periods without evidence in time; what served one since, as far as the reader
        may see it."""
        if duty.is_practice:
            return ()
        return (replace(gap, late=self._seen(gap.late)) for gap in law.gaps(self.question(duty)))

    def open_items(self) -> list[OpenItem]:
        """What every registered source finds as of the date and the reader may see, oldest first."""
        return list(self._open_items)

    @cached_property
    def _open_items(self) -> list[OpenItem]:
        found = [
            item
            for source in OPEN_ITEMS
            for item in source.open_items(self)
            if self.sees(item.restriction)
        ]
        return sorted(found, key=lambda item: (item.on, item.key))

    def open_item(self, key: str) -> OpenItem | None:
        """The open item of a key alone, without asking for the others."""
        return next((item for item in self._found(key) if self.sees(item.restriction)), None)

    def withholds(self, key: str) -> bool:
        """Whether the record shows an open item of this key, to others only."""
        return any(not self.sees(item.restriction) for item in self._found(key))

    def _found(self, key: str) -> Iterable[OpenItem]:
        rule, __, rest = key.partition(":")
        subject, __, period = rest.partition(":")
        source = OPEN_ITEMS.find(rule)
        return source.open_items(self, (subject, period)) if source else ()


def _with_standings(as_of: AsOf) -> Docket:
    return Docket(as_of.committee, as_of.day, as_of.company, as_of.sees)


def by_completion(ruling: Ruling) -> bool:
    """Whether the standing rests on the secretary's entries alone: on what was used, whatever
    else could have shown it."""
    if ruling.reason == Reason.AUTHORITY:
        return False
    return bool(ruling.evidence) and all(piece.source == COMPLETION for piece in ruling.evidence)


def subject_of(duty: Duty) -> str:
    """The subject part of the keys of a duty's open items."""
    return f"duty-{duty.pk}"


def read(committee: Committee, on: date, company: Company | None = None) -> Reading:
    """The charter of a committee as of a date."""
    return Docket(committee, on, company).reading()
