"""A committee, its company and a date, with what its charter says then.

What apps answer for a charter depends on this alone. `charters.standing.Docket` adds what the
registered sources show, and where every duty stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction, Together
from accounts.withheld import withheld_from_anybody
from charters.models import CharterVersion, Clause, Closing, Committee, Duty
from charters.rules.terms import Settings
from charters.values import DutyRecord
from records.enums import Annually
from records.models import Company

T = TypeVar("T")


@dataclass(frozen=True)
class Sees:
    """Whether a reader may see a record with a restriction. Most of what is asked of twenty years
    names nobody, and is then a question of its address alone.

    named     asked of a restriction that names somebody
    withheld  the addresses of the records that are withheld from the reader
    """

    named: Callable[[Restriction], bool]
    withheld: Callable[[], frozenset[str]]

    def __call__(self, restriction: Restriction) -> bool:
        if restriction.names_anybody and not self.named(restriction):
            return False
        return not restriction.url or restriction.url not in self.withheld()

    def all_of(self, found: Together) -> bool:
        """Whether the reader may see each of several records."""
        return found.urls.isdisjoint(self.withheld()) and all(map(self.named, found.named))

    def __and__(self, other: Sees) -> Sees:
        """What both readers see."""
        return Sees(
            lambda restriction: self.named(restriction) and other.named(restriction),
            lambda: self.withheld() | other.withheld(),
        )


everything = Sees(lambda restriction: True, frozenset)


def as_seen_by(user: User, on: date) -> Sees:
    """What a person sees on a date, whatever date they read about."""
    return Sees(
        cache(lambda restriction: not restriction.bars(user, on=on)),
        cache(lambda: user.withheld.urls),
    )


def as_seen_without(roles: frozenset[Role]) -> Sees:
    """What everybody may see who holds none of these roles: what a paper restricted from them says.
    Nothing that is withheld from anybody: the paper is one for all its readers."""
    return Sees(
        lambda restriction: restriction.roles <= roles and not restriction.people,
        cache(lambda: withheld_from_anybody().urls),
    )


class AsOf:
    """A committee on a date; each sort of record is read once. `sees` is the reader."""

    def __init__(
        self,
        committee: Committee,
        day: date,
        company: Company | None = None,
        sees: Sees = everything,
    ) -> None:
        found = company or Company.objects.current()
        if found is None:
            raise Company.DoesNotExist("No company is set up yet.")
        self.committee, self.day, self.company, self.sees = committee, day, found, sees
        self.settings = Settings(
            calendar=found.calendar,
            records_begin=found.records_begin,
            twelve_months=found.annually == Annually.TWELVE_MONTHS,
        )
        self._computed: dict[Callable[[AsOf], object], object] = {}

    @property
    def version(self) -> CharterVersion | None:
        return self.once(_version)

    @property
    def clauses(self) -> list[Clause]:
        return self.once(_clauses)

    @property
    def duties(self) -> list[Duty]:
        """Every duty that has come into force by the date, those that ended included."""
        return self.once(_duties)

    @property
    def clause_of(self) -> dict[int, Clause]:
        """By duty, its clause in the version in effect."""
        return self.once(_clause_of)

    @property
    def closings(self) -> dict[str, Closing]:
        """What was closed by the date: by key of the open item, its last closing."""
        return self.once(_closings)

    def duty_of(self, key: str) -> DutyRecord | None:
        """The first duty with a key of the catalogue."""
        found = (duty for duty in self.duties if duty.catalogue_key == key)
        return next(map(DutyRecord.of, found), None)

    def once(self, compute: Callable[[AsOf], T]) -> T:
        """What a function computes from this, whoever reads it, computed once."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return self._computed[compute]  # type: ignore[return-value]


def _version(as_of: AsOf) -> CharterVersion | None:
    return as_of.committee.charter_versions.in_effect(as_of.day)


def _clauses(as_of: AsOf) -> list[Clause]:
    version = as_of.version
    return list(version.clauses.select_related("section")) if version else []


def _duties(as_of: AsOf) -> list[Duty]:
    found = as_of.committee.duties.filter(in_force_from__lte=as_of.day)
    return list(found.select_related("owner").prefetch_related("inapplicabilities"))


def _clause_of(as_of: AsOf) -> dict[int, Clause]:
    clauses = {clause.pk: clause for clause in as_of.clauses}
    hangs = Duty.clauses.through.objects.filter(clause_id__in=clauses)
    return {duty: clauses[clause] for duty, clause in hangs.values_list("duty_id", "clause_id")}


def _closings(as_of: AsOf) -> dict[str, Closing]:
    closed = as_of.committee.closings.filter(decided_on__lte=as_of.day)
    return {closing.key: closing for closing in closed}
