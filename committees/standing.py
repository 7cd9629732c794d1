"""The live charter: where every duty stands on a day, and which exceptions are open.

Loads each sort of record once, asks the rules, and puts the reason into words. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from committees import sentences
from committees.enums import DispositionKind, DutyKind, Layer, Reason, Standing
from committees.models import CharterVersion, Clause, Committee, Disposition, Duty
from committees.registry import registry
from committees.rules import standing as law
from committees.rules.terms import Evidence, Gap, Holding, Occurrence, Question, Ruling, Settings
from records.enums import Annually
from records.models import Company

GAP = "gap"
ATTESTATION = "committees.attestation"
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
        """Its day has passed; without a record of a past period alone it is not."""
        return self.ruling.reason in PASSED

    @property
    def is_good_practice(self) -> bool:
        return self.duty.layer == Layer.GOOD_PRACTICE


WEIGHT = {standing: place for place, standing in enumerate(Standing)}


def _weight(row: DutyStanding) -> tuple[int, date]:
    return (WEIGHT[row.standing], row.due_on or date.max)


@dataclass(frozen=True)
class ClauseStanding:
    """A clause with its duties. Good practice never colours a clause that has other duties."""

    clause: Clause
    duties: tuple[DutyStanding, ...]

    @cached_property
    def weighing(self) -> tuple[DutyStanding, ...]:
        binding = tuple(row for row in self.duties if not row.is_good_practice)
        return binding or self.duties

    @property
    def leading(self) -> DutyStanding | None:
        """The duty that gives the clause its mark: the one that asks most of the reader."""
        return min(self.weighing, key=_weight, default=None)

    @property
    def by_weight(self) -> list[DutyStanding]:
        """All its duties, what asks most of the reader first."""
        return sorted(self.duties, key=_weight)

    @property
    def standing(self) -> Standing | None:
        return self.leading.standing if self.leading else None

    @property
    def due_on(self) -> date | None:
        """The next date of the duty that gives the mark, or else the first of the others."""
        if self.leading and self.leading.due_on:
            return self.leading.due_on
        return min((row.due_on for row in self.weighing if row.due_on), default=None)

    @property
    def is_overdue(self) -> bool:
        return self.leading is not None and self.leading.is_overdue

    @property
    def is_good_practice(self) -> bool:
        return bool(self.duties) and all(row.is_good_practice for row in self.duties)


@dataclass(frozen=True)
class Reading:
    """The charter as of a day: its version and, clause by clause, where its duties stand."""

    committee: Committee
    company: Company
    as_of: date
    version: CharterVersion | None
    clauses: tuple[ClauseStanding, ...]

    @property
    def duties(self) -> list[DutyStanding]:
        return [row for clause in self.clauses for row in clause.duties]

    @cached_property
    def summary(self) -> Counter[Standing]:
        """How many clauses stand where."""
        return Counter(clause.standing for clause in self.clauses if clause.standing)


@dataclass(frozen=True)
class PortalException:
    """Something past that the record does not show in time, with what was settled about it.

    `key` is rule : subject : period and never changes; only the disposition is stored.
    """

    rule: str
    subject: str
    period: str
    title: str
    because: str
    layer: Layer
    on: date
    clause: Clause | None = None
    duty: Duty | None = None
    late: tuple[Evidence, ...] = ()
    disposition: Disposition | None = None

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.subject}:{self.period}"

    @property
    def is_open(self) -> bool:
        return self.disposition is None

    @property
    def offered(self) -> DispositionKind | None:
        """The disposition to offer first: done late where evidence served the period since."""
        return DispositionKind.DONE_LATE if self.late else None


class Docket:
    """Everything that standings on a day depend on, each sort of record read once."""

    def __init__(self, committee: Committee, day: date, company: Company | None = None) -> None:
        found = company or Company.objects.current()
        if found is None:
            raise Company.DoesNotExist("No company is set up yet.")
        self.committee, self.day, self.company = committee, day, found
        self.settings = Settings(
            calendar=found.calendar,
            records_begin=found.records_begin,
            twelve_months=found.annually == Annually.TWELVE_MONTHS,
        )

    @cached_property
    def version(self) -> CharterVersion | None:
        return self.committee.charter_versions.in_effect(self.day)

    @cached_property
    def clauses(self) -> list[Clause]:
        return list(self.version.clauses.select_related("section")) if self.version else []

    @cached_property
    def duties(self) -> list[Duty]:
        """Every duty that has come into force by the day, those that ended included."""
        return list(
            self.committee.duties.filter(in_force_from__lte=self.day)
            .select_related("owner")
            .prefetch_related("inapplicabilities")
        )

    @cached_property
    def clause_of(self) -> dict[int, Clause]:
        """The clause of the version in effect on which each duty hangs."""
        clauses = {clause.pk: clause for clause in self.clauses}
        hangs = Duty.clauses.through.objects.filter(clause_id__in=clauses)
        return {duty: clauses[clause] for duty, clause in hangs.values_list("duty_id", "clause_id")}

    @cached_property
    def evidence(self) -> Mapping[int, list[Evidence]]:
        """What happened by the day, by duty; one query for each registered source."""
        found: dict[int, list[Evidence]] = defaultdict(list)
        for source in registry.sources.values():
            duties = [duty for duty in self.duties if source.proves(duty)]
            for duty, piece in source.load(self, duties) if duties else ():
                found[duty].append(piece)
        return found

    @cached_property
    def occurrences(self) -> Mapping[int, list[Occurrence]]:
        """What arose, by duty; a duty with a registered event has a list, if an empty one."""
        found: dict[int, list[Occurrence]] = {}
        for keys, load in registry.events.values():
            duties = [duty for duty in self.duties if duty.catalogue_key in keys]
            found.update({duty.pk: found.get(duty.pk, []) for duty in duties})
            for duty, piece in load(self, duties) if duties else ():
                found[duty].append(piece)
        return found

    @cached_property
    def holdings(self) -> dict[str, Holding]:
        keys = {duty.catalogue_key for duty in self.duties}
        return {key: judge(self) for key, judge in registry.conditions.items() if key in keys}

    @cached_property
    def dispositions(self) -> dict[tuple[str, str], dict[str, Disposition]]:
        """What was settled by the day: (rule, subject) -> period -> the last disposition."""
        found: dict[tuple[str, str], dict[str, Disposition]] = defaultdict(dict)
        for disposition in self.committee.dispositions.filter(decided_on__lte=self.day):
            found[disposition.rule, disposition.subject][disposition.period] = disposition
        return found

    def settled_periods(self, duty: Duty) -> frozenset[str]:
        """The keys of the periods whose gap was settled by the day."""
        return frozenset(self.dispositions.get((GAP, subject_of(duty)), ()))

    def question(self, duty: Duty) -> Question:
        return Question(
            terms=duty.terms,
            day=self.day,
            settings=self.settings,
            evidence=self.evidence.get(duty.pk, ()),
            settled=self.settled_periods(duty),
            holding=self.holdings.get(duty.catalogue_key),
            occurrences=self.occurrences.get(duty.pk),
        )

    def stand(self, duty: Duty, clause: Clause) -> DutyStanding:
        """Where one duty stands."""
        ruling = law.judge(self.question(duty))
        because = sentences.because(ruling, by_attestation=self._is_by_attestation(duty, ruling))
        return DutyStanding(duty, clause, ruling, because)

    def reading(self) -> Reading:
        """The whole charter as of the day."""
        by_clause: dict[int, list[DutyStanding]] = defaultdict(list)
        for duty in self.duties:
            clause = self.clause_of.get(duty.pk)
            if clause and (duty.in_force_until is None or self.day <= duty.in_force_until):
                by_clause[clause.pk].append(self.stand(duty, clause))
        clauses = tuple(
            ClauseStanding(clause, tuple(by_clause[clause.pk])) for clause in self.clauses
        )
        return Reading(self.committee, self.company, self.day, self.version, clauses)

    def gaps(self, duty: Duty) -> Iterable[Gap]:
        return law.gaps(self.question(duty))

    def exceptions(self) -> list[PortalException]:
        """What every registered check finds as of the day, oldest first."""
        found = [piece for check in registry.checks.values() for piece in check(self)]
        return sorted(found, key=lambda piece: (piece.on, piece.key))

    def settled(self, rule: str, subject: str, period: str) -> Disposition | None:
        return self.dispositions.get((rule, subject), {}).get(period)

    def _is_by_attestation(self, duty: Duty, ruling: Ruling) -> bool:
        """Judged on attestations alone: no other source, condition or event is registered."""
        if duty.kind == DutyKind.AUTHORITY or duty.catalogue_key in self.holdings:
            return False
        if ruling.standing == Standing.NOT_APPLICABLE or duty.pk in self.occurrences:
            return False
        return not any(
            source.proves(duty) for name, source in registry.sources.items() if name != ATTESTATION
        )


def subject_of(duty: Duty) -> str:
    """The subject part of the keys of a duty's exceptions."""
    return f"duty-{duty.pk}"


def read(committee: Committee, on: date, company: Company | None = None) -> Reading:
    """The charter of a committee as of a day."""
    return Docket(committee, on, company).reading()
