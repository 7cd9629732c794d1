"""What is on record of directors, read once, as the rules ask for it on any date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q

from charters.models import Committee
from committees import figures
from committees.enums import DeterminationKind as Kind
from committees.models import (
    Association,
    AuditorTie,
    BusinessPayment,
    CompanyPayment,
    Determination,
    Director,
    Employment,
    Fact,
    Interlock,
    Listing,
    LossOfIndependence,
    Membership,
    Preparation,
    Shareholding,
)
from committees.rules import exceptional
from committees.rules.composition import Cure, Seat
from committees.rules.facts import Facts, fact_days
from committees.rules.findings import Finding, barring
from committees.rules.look_back import Span, joined
from committees.rules.members import independence
from committees.rules.phase_in import Offering, independence_dates
from committees.rules.requirements import (
    Assessment,
    LostIndependence,
    Member,
    Requirement,
    assess,
    cure_days,
    first_day_without,
)
from records.calendar import Calendar
from records.rule_data import TABLE, RuleData

F = TypeVar("F", bound=Fact)


class Dossier:
    """The directors who ever sat on a committee, or others that are named, with all their facts.

    Every date is answered from the same rows, read in as many queries for one director as for ten.
    """

    def __init__(
        self,
        committee: Committee,
        calendar: Calendar,
        *,
        directors: Iterable[Director] = (),
        table: RuleData = TABLE,
    ) -> None:
        self.committee, self.calendar, self.table = committee, calendar, table
        self.named = [director.pk for director in directors]

    @cached_property
    def memberships(self) -> list[Membership]:
        return list(Membership.objects.filter(committee=self.committee).select_related("director"))

    @cached_property
    def _keys(self) -> set[int]:
        return {membership.director_id for membership in self.memberships} | set(self.named)

    def _of_directors(self, model: type[F], *related: str) -> dict[int, list[Any]]:
        rows = model._default_manager.filter(
            Q(director__in=self._keys, correction=None, is_withdrawn=False)
        )
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows.select_related(*related) if related else rows:
            found[row.director_id].append(row.as_rule())
        return found

    @cached_property
    def _employments(self) -> dict[int, list[Any]]:
        return self._of_directors(Employment)

    @cached_property
    def _payments(self) -> dict[int, list[Any]]:
        return self._of_directors(CompanyPayment)

    @cached_property
    def _associations(self) -> dict[int, list[Any]]:
        return self._of_directors(Association, "organization")

    @cached_property
    def _auditor(self) -> dict[int, list[Any]]:
        return self._of_directors(AuditorTie)

    @cached_property
    def _holdings(self) -> dict[int, list[Any]]:
        return self._of_directors(Shareholding)

    @cached_property
    def _preparations(self) -> dict[int, list[Any]]:
        return self._of_directors(Preparation)

    @cached_property
    def _losses(self) -> dict[int, list[LostIndependence]]:
        return self._of_directors(LossOfIndependence)

    @cached_property
    def offering(self) -> Offering | None:
        """The initial public offering on record: a phase-in is counted from its dates."""
        return offering_of(self.committee)

    @cached_property
    def _business(self) -> tuple[Any, ...]:
        rows = BusinessPayment.objects.standing().select_related("organization")
        return tuple(row.as_rule() for row in rows)

    @cached_property
    def _interlocks(self) -> tuple[Any, ...]:
        rows = Interlock.objects.standing().select_related("organization")
        return tuple(row.as_rule() for row in rows)

    @cached_property
    def _determinations(self) -> dict[int, list[Determination]]:
        rows = Determination.objects.standing().filter(director__in=self._keys)
        rows = rows.select_related("director")
        found: dict[int, list[Determination]] = defaultdict(list)
        for row in rows.order_by("determined_on", "pk"):
            found[row.director_id].append(row)
        return found

    def has_determinations(self, day: date) -> bool:
        """Whether the Board had determined anything of these directors by `day`."""
        return any(
            row.determined_on <= day for rows in self._determinations.values() for row in rows
        )

    def latest(
        self, directors: Iterable[int], kinds: Collection[Kind], day: date
    ) -> list[Determination]:
        """The latest determination of each kind of each director, in the directors' order."""
        found = (
            self.determination(director, kind, day)
            for director in sorted(directors)
            for kind in Kind
            if kind in kinds
        )
        return [made for made in found if made]

    def determination(self, director: int, kind: Kind, day: date) -> Determination | None:
        """The latest of a kind on or before `day`."""
        made = [
            row
            for row in self._determinations[director]
            if row.kind == kind and row.determined_on <= day
        ]
        return made[-1] if made else None

    def is_found(self, director: int, kind: Kind, day: date) -> bool:
        found = self.determination(director, kind, day)
        return found is not None and found.is_met

    def exception_ends(self, director: int, day: date) -> date | None:
        """The last day under the exception of 5605(c)(2)(B), where it runs on `day`."""
        found = self.determination(director, Kind.EXCEPTION, day)
        ends_on = found.ends_on if found and found.is_met else None
        return ends_on if ends_on and day <= ends_on else None

    def exceptions(self, director: int, day: date) -> list[Span]:
        """When the exception of 5605(c)(2)(B) was granted for the service that runs on `day`."""
        since = self.serving_since(director, day) or day
        return [
            Span(row.determined_on, row.ends_on)
            for row in self._determinations[director]
            if row.kind == Kind.EXCEPTION
            and row.is_met
            and row.determined_on <= day
            and row.ends_on
            and row.ends_on >= since
        ]

    def serving_since(self, director: int, day: date) -> date | None:
        """The first day of the service on the committee that runs on `day`.

        Who was seated again on the day a seat ended has served without a break.
        """
        seats = (
            Span(seat.starts_on, seat.ends_on and seat.ends_on - timedelta(1))
            for seat in self.memberships
            if seat.director_id == director
        )
        return next((span.first for span in joined(seats) if span.covers(day)), None)

    def facts(self, director: int, day: date) -> Facts:
        """Everything that the tests of independence ask of a director on `day`."""
        found = self.determination(director, Kind.NOT_AFFILIATED, day)
        return Facts(
            employments=tuple(self._employments[director]),
            payments=tuple(self._payments[director]),
            associations=tuple(self._associations[director]),
            business=self._business,
            interlocks=self._interlocks,
            auditor=tuple(self._auditor[director]),
            holdings=tuple(self._holdings[director]),
            preparations=tuple(self._preparations[director]),
            serving_since=self.serving_since(director, day),
            not_affiliated_on=found.determined_on if found and found.is_met else None,
        )

    def lost(self, director: int, day: date) -> LostIndependence | None:
        """What took a director's independence by `day`, and no determination has restored since."""
        known = [one for one in self._losses[director] if one.on <= day]
        last = max(known, key=lambda one: one.on, default=None)
        made = self.determination(director, Kind.INDEPENDENT, day)
        return None if last and made and made.is_met and made.determined_on > last.on else last

    def findings(self, director: int, day: date) -> tuple[Finding, ...]:
        """Tests A, B and C, line by line."""
        limits = figures.independence_on(day, self.table)
        return independence(self.facts(director, day), day, self.calendar, limits)

    def members(self, day: date) -> list[Member]:
        """Who sits on `day`, with what the Board has determined by then."""
        return [self._member(seat, day) for seat in self.memberships if seat.covers(day)]

    def _member(self, membership: Membership, day: date) -> Member:
        director = membership.director_id
        findings = self.findings(director, day)
        bars = barring(findings)
        exception = self.exception_ends(director, day)
        is_excepted = exception is not None and exceptional.is_still_open(
            self.facts(director, day), findings, day
        )
        lost = self.lost(director, day)
        is_found = self.is_found(director, Kind.INDEPENDENT, day)
        is_independent = is_found and not bars and lost is None
        return Member(
            seat=as_seat(membership),
            is_eligible=is_independent or is_excepted,
            is_literate=self.is_found(director, Kind.LITERATE, day),
            is_sophisticated=self.is_found(director, Kind.SOPHISTICATED, day),
            is_expert=self.is_found(director, Kind.EXPERT, day),
            exception_ends=exception if is_excepted and not is_independent else None,
            lost=lost if lost and self._was_independent_member(director, lost.on) else None,
        )

    def _was_independent_member(self, director: int, day: date) -> bool:
        """Whether somebody who ceased to be independent on `day` was a member who had been."""
        was_found = self.is_found(director, Kind.INDEPENDENT, day - timedelta(1))
        return was_found and self.serving_since(director, day) is not None

    def assess(self, day: date, annual_meetings: Sequence[date] = ()) -> tuple[Assessment, ...]:
        """M-1, M-2 and M-3 on `day`."""
        members = self.members(day)
        is_after_phase_in = any(member.lost for member in members) and self._phase_in_has_ended(day)
        return assess(
            members,
            day,
            annual_meetings,
            cures=figures.cures_on(day, self.table),
            offering=self.offering,
            was_never_met=is_after_phase_in and self._never_all_independent,
        )

    def _phase_in_has_ended(self, day: date) -> bool:
        return self.offering is not None and day >= independence_dates(self.offering)[-1]

    @cached_property
    def _never_all_independent(self) -> bool:
        """RULE-11: on no day of the phase-in was every member independent.

        Where no determination of that time is on record, nothing is known of it.
        """
        if self.offering is None:
            return False
        first, __, end = independence_dates(self.offering)
        if first == end or not self.has_determinations(end):
            return False
        days = [first, *(on for on in sorted(self.changes(first)) if on <= end)]
        found = (self.members(on) for on in days)
        return not any(members and all(one.is_eligible for one in members) for members in found)

    @cached_property
    def seats(self) -> list[Seat]:
        """Every seat on the committee, past and future ones included."""
        return [self._seat(membership) for membership in self.memberships]

    def _seat(self, membership: Membership) -> Seat:
        """A seat that has ended says whether its member had lost independence in it."""
        seat = as_seat(membership)
        if membership.ends_on is None:
            return seat
        lost = self.lost(membership.director_id, membership.ends_on - timedelta(1))
        is_known = lost and self._was_independent_member(membership.director_id, lost.on)
        return replace(seat, failed_on=lost.on) if lost and is_known else seat

    def changes(self, day: date, annual_meetings: Sequence[date] = ()) -> set[date]:
        """The days after `day` on which what is on record changes an answer."""
        found: set[date | None] = set()
        if self.offering:
            found |= set(independence_dates(self.offering))
        for seat in self.memberships:
            found |= {seat.starts_on, seat.ends_on}
        for rows in self._determinations.values():
            for row in rows:
                found |= {row.determined_on, row.ends_on and row.ends_on + timedelta(1)}
        for key in self._keys:
            found |= set(fact_days(self.facts(key, day)))
            for lost in self._losses[key]:
                found |= set(cure_days(lost, annual_meetings, figures.cures_on(day, self.table)))
        return {on for on in found if on and on > day}

    def first_day_without(
        self, requirement: Requirement, day: date, annual_meetings: Sequence[date] = ()
    ) -> date | None:
        """The first day after `day` on which a requirement would no longer hold."""

        def holds(on: date) -> bool:
            found = self.assess(on, annual_meetings)
            return all(one.holds for one in found if one.requirement is requirement)

        return first_day_without(holds, self.changes(day, annual_meetings), day)

    def reliance(self, day: date, annual_meetings: Sequence[date] = ()) -> tuple[Span, ...]:
        """RULE-49: the times, begun by `day`, in which a member stayed on under the cure of
        5605(c)(4)(A), or not every member was independent under the phase-in."""
        begun = [one.on for key in self._keys for one in self._losses[key]]
        if self.offering and not self.offering.was_reporting:
            begun.append(self.offering.listed_on)
        first = min(begun, default=None)
        if first is None or first > day or not self.has_determinations(day):
            return ()
        days = [first, *(on for on in sorted(self.changes(first, annual_meetings)) if on <= day)]
        ends = [*(on - timedelta(1) for on in days[1:]), None]
        return tuple(
            joined(
                Span(begins, ended)
                for begins, ended in zip(days, ends, strict=True)
                if self._is_relied_on(begins, annual_meetings)
            )
        )

    def _is_relied_on(self, day: date, annual_meetings: Sequence[date]) -> bool:
        found = self.assess(day, annual_meetings)
        return any(
            one.requirement is Requirement.INDEPENDENCE
            and one.cure in (Cure.RUNNING, Cure.PHASE_IN)
            for one in found
        )

    def position(self, director: int, day: date) -> exceptional.Position:
        """How the committee looks to a director for whom the exception is asked."""
        others = [
            member.seat.director
            for member in self.members(day)
            if member.exception_ends and member.seat.director != director
        ]
        chairs = Membership.objects.filter(
            Q(chair_terms__ends_on=None) | Q(chair_terms__ends_on__gt=day),
            committee=self.committee,
            director=director,
            chair_terms__starts_on__lte=day,
        )
        return exceptional.Position(is_chair=chairs.exists(), other_uses_it=bool(others))


def offering_of(committee: Committee) -> Offering | None:
    listing = Listing.objects.standing().filter(committee=committee).last()
    return listing.as_rule() if listing else None


def as_seat(membership: Membership) -> Seat:
    return Seat(
        name=str(membership.director),
        first=membership.starts_on,
        until=membership.ends_on,
        exchange_notified_on=membership.exchange_notified_on,
        url=membership.director.get_absolute_url(),
        director=membership.director_id,
    )
