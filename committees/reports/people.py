"""What the pages of committees and directors show: frozen plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from charters import sentences
from charters.answers import DatedEntry, Link
from charters.enums import CommitteeKind, DutyKind
from charters.rules import standing as law
from charters.rules.terms import Question, Terms
from committees.duties import minimum_size
from committees.duties.determinations import HOLDINGS, REQUIREMENTS, ahead, assessments
from committees.sentences import of_requirement
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from charters.standing import Docket
    from committees.models import ChairTerm, Director, Membership

MINIMUM_SIZE = "minimum-size"


@dataclass(frozen=True)
class SizeLine:
    """The condition of size, as of a day: where it stands, and the sentence that says why."""

    standing: str
    because: str
    due_on: date | None
    clause: Link | None = None


@dataclass(frozen=True)
class RequirementLine:
    """A requirement on the committee's members: where it stands, and the sentence that says why.

    An expert is disclosed or its absence explained; that has no status.
    """

    standing: str
    because: str
    ahead: str = ""


@dataclass(frozen=True)
class SeatLine:
    """A seat on a committee as a line: who, since when, until when and why."""

    name: str
    url: str
    committee: str
    starts_on: date
    ends_on: date | None
    reason: str = ""
    chair_since: date | None = None
    notified_on: date | None = None
    actions: tuple[Link, ...] = ()
    independence_url: str = ""


@dataclass(frozen=True)
class Roster:
    """Who sits on a committee on a day, who has left by then, and who is to come."""

    sitting: tuple[SeatLine, ...]
    past: tuple[SeatLine, ...]
    coming: tuple[SeatLine, ...]


def size(docket: Docket) -> SizeLine:
    """M-0 as the charter's duty has it; without such a duty, as the rule has it."""
    for duty in docket.duties:
        clause = docket.clause_of.get(duty.pk)
        ended = duty.in_force_until is not None and duty.in_force_until < docket.day
        if clause and not ended and duty.catalogue_key == MINIMUM_SIZE:
            row = docket.stand(duty, clause)
            link = Link(clause.reference, clause.get_absolute_url())
            return SizeLine(row.standing, row.because, row.due_on, link)
    terms = Terms(kind=DutyKind.CONDITION)
    ruling = law.judge(Question(terms, docket.day, docket.settings, holding=minimum_size(docket)))
    because = sentences.because(ruling, by_completion=False)
    return SizeLine(ruling.standing, because, ruling.due_on)


def requirements(docket: Docket) -> list[RequirementLine]:
    """Independence, literacy, sophistication and the expert; none before a determination."""
    lines = []
    for requirement, found in docket.once(assessments).items():
        key = next((key for key, each in REQUIREMENTS.items() if each is requirement), "")
        sentence = of_requirement(found)
        if not key:
            lines.append(RequirementLine("", sentence))
            continue
        holding = docket.once(HOLDINGS[key])
        ruling = law.judge(
            Question(Terms(kind=DutyKind.CONDITION), docket.day, docket.settings, holding=holding)
        )
        lapse = ahead(key, docket) if found.holds else None
        lines.append(RequirementLine(ruling.standing, sentence, lapse.sentence if lapse else ""))
    return lines


def roster(memberships: Iterable[Membership], day: date, *, is_past: bool) -> Roster:
    """The chair first, then by name; those who left, latest first.

    A past day knows nothing of what came after it. Today, what is announced is said.
    """
    rows = [(seat_line(membership, day), membership) for membership in memberships]
    if is_past:
        rows = [(_as_known(line, day), membership) for line, membership in rows]
    sitting = [line for line, membership in rows if membership.covers(day)]
    past = [line for line, __ in rows if line.ends_on and line.ends_on <= day]
    coming = [line for line, __ in rows if line.starts_on > day and not is_past]
    return Roster(
        sitting=tuple(sorted(sitting, key=lambda line: line.chair_since is None)),
        past=tuple(sorted(past, key=lambda line: line.ends_on or day, reverse=True)),
        coming=tuple(coming),
    )


def _as_known(line: SeatLine, day: date) -> SeatLine:
    """Without an end or a notice that lies after the day."""
    if line.ends_on and line.ends_on > day:
        line = replace(line, ends_on=None, reason="")
    if line.notified_on and line.notified_on > day:
        line = replace(line, notified_on=None)
    return line


def seat_line(membership: Membership, day: date, actions: Sequence[Link] = ()) -> SeatLine:
    chairs = [term.starts_on for term in membership.chair_terms.all() if term.covers(day)]
    return SeatLine(
        name=str(membership.director),
        url=membership.director.get_absolute_url(),
        committee=str(membership.committee),
        starts_on=membership.starts_on,
        ends_on=membership.ends_on,
        reason=membership.get_end_reason_display() if membership.end_reason else "",
        chair_since=max(chairs, default=None),
        notified_on=membership.exchange_notified_on,
        actions=tuple(actions),
        independence_url=reverse("director_independence", args=[membership.director_id]),
    )


def seats_of(memberships: Iterable[Membership], day: date, *, may_change: bool) -> list[SeatLine]:
    """A director's seats, newest first, each with what can be done about it."""
    ordered = sorted(memberships, key=lambda m: m.starts_on, reverse=True)
    return [seat_line(m, day, actions_on(m, day) if may_change else ()) for m in ordered]


def actions_on(membership: Membership, day: date) -> list[Link]:
    """What can still be recorded of a seat."""
    key = [membership.pk]
    if membership.ends_on is not None:
        if membership.committee.kind != CommitteeKind.AUDIT:
            return []
        told = membership.exchange_notified_on is not None
        label = _("Correct the exchange notice") if told else _("Record the exchange notice")
        return [Link(label, reverse("membership_notice", args=key))]
    end = Link(_("End the membership"), reverse("membership_end", args=key))
    if any(term.ends_on is None for term in membership.chair_terms.all()):
        return [end]
    return [Link(_("Make chair"), reverse("chair_designate", args=key)), end]


def line_of(memberships: Iterable[Membership]) -> list[DatedEntry]:
    """A director's seats and terms as chair as one dated line, newest first."""
    entries = [entry for membership in memberships for entry in _entries(membership)]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _entries(membership: Membership) -> Iterator[DatedEntry]:
    committee = {"committee": membership.committee}
    yield DatedEntry(membership.starts_on, _("Start of the seat: %(committee)s.") % committee)
    for term in membership.chair_terms.all():
        yield from _chair_entries(term, membership)
    if membership.ends_on:
        words = {**committee, "reason": membership.get_end_reason_display()}
        yield DatedEntry(
            membership.ends_on,
            _("End of the seat: %(committee)s (%(reason)s).") % words,
            detail=_notice(membership),
        )


def _chair_entries(term: ChairTerm, membership: Membership) -> Iterator[DatedEntry]:
    committee = {"committee": membership.committee}
    yield DatedEntry(term.starts_on, _("Start of the term as chair: %(committee)s.") % committee)
    if term.ends_on and term.ends_on != membership.ends_on:
        yield DatedEntry(term.ends_on, _("End of the term as chair: %(committee)s.") % committee)


def _notice(membership: Membership) -> str:
    """Only where there is one: most seats that end ask for none."""
    if membership.exchange_notified_on is None:
        return ""
    told = {"day": long_day(membership.exchange_notified_on)}
    return _("The exchange was notified on %(day)s.") % told


def without_a_seat(directors: Iterable[Director], seated: set[int]) -> list[Link]:
    """Directors on record who hold no seat, so that nobody is out of reach."""
    return [Link(str(d), d.get_absolute_url()) for d in directors if d.pk not in seated]
