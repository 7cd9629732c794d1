"""The live charter: where every duty stands on a date, what contradicts the record, what falls due.

Loads each sort of record once and asks the rules. What comes of it is the same for everyone and is
kept until the next act (`charters.snapshots`); what a reader may see of it, and the sentences, are
made for each reader. Nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from charters import shown, snapshots
from charters.answers import Deadline, Lapse, OpenItem
from charters.docket import AsOf, everything
from charters.models import Clause, Closing, Committee, Duty
from charters.registry import (
    CONDITIONS,
    OPEN_ITEMS,
    DeadlineSource,
    OpenItemSource,
)
from charters.rules import practices
from charters.rules import standing as law
from charters.rules.terms import Evidence, Gap, Holding, Occurrence, Question
from charters.values import (
    ClauseRecord,
    ClauseStanding,
    DutyRecord,
    DutyStanding,
    Judged,
    Practice,
    Reading,
    Standings,
    VersionRecord,
)

if TYPE_CHECKING:
    from charters.snapshots import Snapshot
    from records.models import Company

# The name of this app's own source of open items.
GAP = "charters.gap"
STANDINGS = "standings"
T = TypeVar("T")
Dated = TypeVar("Dated", Evidence, Occurrence)


class Docket(AsOf):
    """Everything that standings on a date depend on, each sort of record read once.

    `only`: the duties it is about; all, where it names none.
    """

    only: frozenset[int] | None = None

    @classmethod
    def of(cls, as_of: AsOf) -> Docket:
        """The same committee and date, with standings."""
        if isinstance(as_of, Docket):
            return as_of
        return as_of.once(_with_standings)

    def part(self, name: str, compute: Callable[[Docket], T]) -> T:
        """What a function answers in plain values, the same for every reader and until the next act.
        It is asked with a docket to which everything is open."""
        if name not in self._parts:
            if snapshots.may_be_used():
                found = self._snapshot.part(self._called(name), lambda: compute(self._anew))
            else:
                found = compute(self._open_to_all)
            self._parts[name] = found
        return self._parts[name]  # type: ignore[no-any-return]

    def _has(self, name: str) -> bool:
        """Whether a part is there, so that asking for it computes nothing."""
        return name in self._parts or (
            snapshots.may_be_used() and self._snapshot.has(self._called(name))
        )

    def _called(self, name: str) -> str:
        return name if self.only is None else f"{name} of {sorted(self.only)}"

    def listed(self, compute: Callable[[Docket], Iterable[T]]) -> tuple[T, ...]:
        """The plain values that a function of an app answers, the same for every reader."""
        return self.part(
            f"{compute.__module__}.{compute.__qualname__}", lambda docket: tuple(compute(docket))
        )

    @cached_property
    def _parts(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _snapshot(self) -> Snapshot:
        return snapshots.of(self.committee, self.day)

    @cached_property
    def _anew(self) -> Docket:
        """The same, of which everything is read after the ledger's head, the company as well."""
        snapshot = self._snapshot
        committee = Committee.objects.get(pk=self.committee.pk)
        made = Docket(committee, self.day)
        vars(made).update(_snapshot=snapshot, _anew=made, only=self.only)
        return made

    @cached_property
    def _open_to_all(self) -> Docket:
        """The same with all that was read, for nobody in particular."""
        if self.sees is everything:
            return self
        made = Docket(self.committee, self.day, self.company)
        vars(made).update(_computed=self._computed, _parts=self._parts)
        made.only = self.only
        return made

    def of_duties(self, keys: Callable[[], Iterable[int]]) -> Docket:
        """The same for a few duties, by their primary keys, unless all are read already."""
        if self._has(STANDINGS):
            return self
        made = Docket(self.committee, self.day, self.company, self.sees)
        if snapshots.may_be_used():
            made._snapshot = self._snapshot
        made.only = frozenset(keys())
        return made

    @property
    def duties(self) -> list[Duty]:
        found = super().duties
        return found if self.only is None else [duty for duty in found if duty.pk in self.only]

    @property
    def standings(self) -> Standings:
        return self.part(STANDINGS, _judge)

    @property
    def evidence(self) -> Mapping[int, list[Evidence]]:
        """What happened by the date, by duty; one query for each registered source."""
        return self.once(shown.evidence)

    @property
    def occurrences(self) -> Mapping[int, list[Occurrence]]:
        """What arose, by duty; a duty with a registered source has a list, if an empty one."""
        return self.once(shown.occurrences)

    @property
    def holdings(self) -> dict[str, Holding]:
        """By catalogue key of the duty, what the registered conditions say."""
        return self.once(shown.holdings)

    def lapses(self) -> Iterable[tuple[DutyRecord, Lapse]]:
        """Of each condition in force that holds today, the first date on which it would not."""
        return self.part("lapses", _lapses)

    def is_in_force(self, duty: Duty | DutyRecord) -> bool:
        return duty.in_force_until is None or self.day <= duty.in_force_until

    def closed_periods(self, duty: Duty | DutyRecord) -> frozenset[str]:
        """The keys of the periods whose gap was closed by the date."""
        prefix = f"{GAP}:{subject_of(duty)}:"
        found = (key for key in self.closings if key.startswith(prefix))
        return frozenset(key.removeprefix(prefix) for key in found)

    def judged(self, duty: Duty | DutyRecord) -> Judged:
        """A duty with all it is judged on."""
        return self.standings.duties.get(duty.pk) or _judged(self, DutyRecord.of(duty))

    def question(self, duty: Duty | DutyRecord) -> Question:
        return self._question(self.judged(duty))

    def _question(self, judged: Judged) -> Question:
        return Question(
            terms=judged.duty.terms,
            day=self.day,
            settings=self.settings,
            evidence=judged.evidence,
            closed=judged.closed,
            holding=judged.holding,
            occurrences=judged.occurrences,
        )

    def stand(self, duty: Duty | DutyRecord, clause: Clause | ClauseRecord) -> DutyStanding:
        """Where one duty stands."""
        return self._stand(self.judged(duty), ClauseRecord.of(clause))

    def _stand(self, judged: Judged, clause: ClauseRecord) -> DutyStanding:
        ruling = judged.ruling or law.judge(self._question(judged))
        if self.sees.all_of(judged.restrictions):
            return DutyStanding(judged.duty, clause, ruling)
        seen = self._seen(ruling.evidence)
        if len(seen) < len(ruling.evidence) or len(self._seen(judged.evidence)) < len(
            judged.evidence
        ):
            # The standing is the same for everyone; its reason names only records that are open to the reader.
            return DutyStanding(judged.duty, clause, replace(ruling, evidence=seen), is_bare=True)
        return DutyStanding(judged.duty, clause, ruling)

    def shown(self, duty: Duty | DutyRecord) -> list[Evidence]:
        """What happened by the date for one duty, as far as the reader may see it."""
        return list(self._evidence_of(self.judged(duty)))

    def waiting(self, duty: Duty | DutyRecord) -> list[Occurrence]:
        """What arose for one duty and is open, as far as the reader may see it, what is due first."""
        arose = [each for each in self.judged(duty).occurrences or () if each.on <= self.day]
        found = self._seen(each for each in arose if each.is_open(self.day))
        return sorted(found, key=lambda each: (each.due_on or date.max, each.on, each.label))

    def _evidence_of(self, judged: Judged) -> tuple[Evidence, ...]:
        if self.sees.all_of(judged.restrictions):
            return judged.evidence
        return self._seen(judged.evidence)

    def _seen(self, pieces: Iterable[Dated]) -> tuple[Dated, ...]:
        return tuple(
            piece for piece in pieces if piece.restriction is None or self.sees(piece.restriction)
        )

    def practice(self, duty: Duty | DutyRecord, clause: Clause | ClauseRecord) -> Practice:
        judged = self.judged(duty)
        question = replace(self._question(judged), evidence=self._evidence_of(judged))
        last, next_on = practices.last(question), judged.next_on
        return Practice(judged.duty, ClauseRecord.of(clause), last, next_on)

    def reading(self) -> Reading:
        """The whole charter as of the date, judged once."""
        return self._reading

    @cached_property
    def _reading(self) -> Reading:
        return self.shared("reading", Docket._read)

    def shared(self, name: str, compose: Callable[[Docket], T]) -> T:
        """What is composed for a reader in plain values: one for all to whom every record is open,
        and one of their own for everybody else."""
        if self.sees.all_of(self.standings.restrictions):
            return self.part(name, compose)
        return compose(self)

    def _read(self) -> Reading:
        duties: dict[int, list[DutyStanding]] = defaultdict(list)
        chosen: dict[int, list[Practice]] = defaultdict(list)
        found = self.standings
        for judged in found.duties.values():
            clause = judged.clause
            if clause is None or not self.is_in_force(judged.duty):
                continue
            if judged.duty.is_practice:
                chosen[clause.pk].append(self.practice(judged.duty, clause))
            else:
                duties[clause.pk].append(self._stand(judged, clause))
        clauses = tuple(
            ClauseStanding(clause, tuple(duties[clause.pk]), tuple(chosen[clause.pk]))
            for clause in found.clauses
        )
        return Reading(self.day, found.version, clauses)

    def gaps(self, duty: Duty | DutyRecord) -> Iterable[Gap]:
        """The closed periods without evidence in time; what served one since, as far as the reader
        may see it."""
        judged = self.judged(duty)
        if judged.duty.is_practice:
            return ()
        found = law.gaps(self._question(judged))
        return (replace(gap, late=self._seen(gap.late)) for gap in found)

    def open_items(self) -> list[OpenItem]:
        """What every registered source finds as of the date and the reader may see, oldest first."""
        found = [item for source in OPEN_ITEMS for item in self.open_items_of(source)]
        return sorted(found, key=lambda item: (item.on, item.key))

    def open_items_of(self, source: OpenItemSource) -> list[OpenItem]:
        return [self._as_seen(each) for each in self._all_of(source) if self.sees(each.restriction)]

    def _all_of(self, source: OpenItemSource) -> tuple[OpenItem, ...]:
        return self.part(_named(source), lambda docket: tuple(source.open_items(docket)))

    def _as_seen(self, item: OpenItem) -> OpenItem:
        late = self._seen(item.late)
        if item.said is None or len(late) == len(item.late):
            return replace(item, late=late) if len(late) < len(item.late) else item
        return replace(item, late=late, because=item.said(late))

    def open_item(self, key: str) -> OpenItem | None:
        """The open item of a key alone, without asking for the others."""
        found = (item for item in self._found(key) if self.sees(item.restriction))
        return next(map(self._as_seen, found), None)

    def withholds(self, key: str) -> bool:
        """Whether the record shows an open item of this key, to others only."""
        return any(not self.sees(item.restriction) for item in self._found(key))

    def _found(self, key: str) -> Iterable[OpenItem]:
        rule, __, rest = key.partition(":")
        subject, __, period = rest.partition(":")
        source = OPEN_ITEMS.find(rule)
        if source is None:
            return ()
        if self._has(_named(source)):
            return [item for item in self._all_of(source) if item.key == key]
        return source.open_items(self._open_to_all, (subject, period))

    def closed(self, rule: str, subject: str, period: str) -> Closing | None:
        return self.closings.get(f"{rule}:{subject}:{period}")

    def deadlines_of(self, source: DeadlineSource) -> list[Deadline]:
        """What falls due, whoever is restricted from it; nothing that a reader sees was served."""
        return [each for each in self.all_deadlines_of(source) if self.falls_due(each)]

    def falls_due(self, deadline: Deadline) -> bool:
        """Whether nothing that the reader sees has served it since."""
        return not self._seen(deadline.late)

    def all_deadlines_of(self, source: DeadlineSource) -> tuple[Deadline, ...]:
        """The same with what some readers see was served."""
        name = f"deadlines: {source.name}"
        return self.part(name, lambda docket: tuple(source.deadlines(docket)))


def _named(source: OpenItemSource) -> str:
    return f"open items: {source.name}"


def _judge(docket: Docket) -> Standings:
    version = docket.version
    clauses = {clause.pk: ClauseRecord.of(clause) for clause in docket.clauses}
    stands = {duty: clauses[clause.pk] for duty, clause in docket.clause_of.items()}
    found = {}
    for duty in docket.duties:
        judged = _judged(docket, DutyRecord.of(duty), stands.get(duty.pk))
        if judged.clause and docket.is_in_force(duty) and not duty.is_practice:
            judged = replace(judged, ruling=law.judge(docket._question(judged)))
        found[duty.pk] = judged
    return Standings(VersionRecord.of(version) if version else None, tuple(clauses.values()), found)


def _judged(docket: Docket, duty: DutyRecord, clause: ClauseRecord | None = None) -> Judged:
    occurrences = docket.occurrences.get(duty.pk)
    judged = Judged(
        duty=duty,
        clause=clause,
        evidence=tuple(docket.evidence.get(duty.pk, ())),
        closed=docket.closed_periods(duty),
        holding=docket.holdings.get(duty.catalogue_key),
        occurrences=None if occurrences is None else tuple(occurrences),
        ruling=None,
    )
    if duty.is_practice:
        return replace(judged, next_on=practices.next_on(docket._question(judged)))
    return judged


def _lapses(docket: Docket) -> tuple[tuple[DutyRecord, Lapse], ...]:
    in_force = {
        each.duty.catalogue_key: each
        for each in docket.standings.duties.values()
        if docket.is_in_force(each.duty)
    }
    found = []
    for source in CONDITIONS:
        each = in_force.get(source.key)
        if each is None or each.clause is None or each.holding is None or not each.holding.holds:
            continue
        if any(span.covers(docket.day) for span in each.duty.terms.inapplicable):
            continue
        if lapse := source.ahead(docket):
            found.append((each.duty, lapse))
    return tuple(found)


def _with_standings(as_of: AsOf) -> Docket:
    return Docket(as_of.committee, as_of.day, as_of.company, as_of.sees)


def subject_of(duty: Duty | DutyRecord | None) -> str:
    """The subject part of the keys of a duty's open items; of none, how each begins."""
    return f"duty-{duty.pk if duty else ''}"


def read(committee: Committee, on: date, company: Company | None = None) -> Reading:
    """The charter of a committee as of a date."""
    return Docket(committee, on, company).reading()
