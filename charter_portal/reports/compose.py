"""Composes a report to the Board from the records, after the outline in use among committees.

Two things are left out by rule. An open item is in a report only with its closing. And what
somebody wrote freely beside a completion is for the independent directors: the full Board,
which includes the chief executive, reads that a duty was performed, when and for which period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charter_portal.enums import Audience
from charter_portal.permissions import restricted_roles
from charter_portal.release import release_on
from charter_portal.reports.asks import asks_of
from charter_portal.reports.report import (
    Ahead,
    BoardReportData,
    Count,
    MatrixPart,
    MatrixRow,
    Matter,
    Named,
    PastCompletion,
    Source,
    Work,
    WorkPart,
)
from charter_portal.reports.scope import Scope
from charter_portal.reports.seats import Seats
from charters.answers import OpenItem, ReportSection
from charters.docket import as_seen_without
from charters.enums import ClosedAs, DutyKind, Reason, Standing
from charters.models import Closing, Committee
from charters.registry import REPORT_PARTS, ReportScope
from charters.reminders import EVENTS, LAPSES, Reminders
from charters.rules.catalogue import ENTRIES
from charters.rules.periods import period_of
from charters.rules.terms import Evidence
from charters.sentences import period_name
from charters.standing import Docket
from charters.values import (
    COMPLETION,
    ClauseRecord,
    ClauseStanding,
    DutyRecord,
    DutyStanding,
    Reading,
)
from records import ledger
from records.calendar import DAY
from records.dates import long_day, written_for
from records.models import Company

AHEAD = timedelta(days=90)

# In a chart the eye looks for what is kept first.
READ_IN_ORDER = (
    Standing.ON_FILE,
    Standing.DUE,
    Standing.NOT_ON_FILE,
    Standing.OPEN,
    Standing.NOT_APPLICABLE,
    Standing.BEFORE_RECORDS_BEGIN,
)


@dataclass(frozen=True)
class Issue:
    """What issuing adds to a report."""

    number: int
    on: date
    at: datetime

    def of(self, report: BoardReportData) -> BoardReportData:
        """The same report, issued."""
        return replace(report, number=self.number, issued_on=self.on, issued_at=self.at)


def compose(
    committee: Committee,
    scope: Scope,
    *,
    company: Company,
    on: date,
    replaces: int | None = None,
) -> BoardReportData:
    """The report as the records stand on the day `on`. Raises ValidationError where there is no
    charter to report on, or the days are none to report on."""
    with written_for(company):
        scope.refuse_what_is_false(on)
        return _Composition(committee, scope, company, on).report(replaces)


def open_items(committee: Committee, scope: Scope, *, company: Company, on: date) -> list[OpenItem]:
    """The open items without closing: they are left out of the report's text."""
    with written_for(company):
        return _Composition(committee, scope, company, on).open_items


class _Composition:
    """One report in the making. The standings are read as of the scope's day, closings as of
    the day of composing: what is closed before the report goes out is in it."""

    def __init__(self, committee: Committee, scope: Scope, company: Company, on: date) -> None:
        self.committee, self.scope, self.company, self.on = committee, scope, company, on
        sees = as_seen_without(restricted_roles(scope.audience))
        self.docket = Docket(committee, scope.as_of, company, sees)
        if self.docket.version is None:
            raise ValidationError(
                _("No charter of the %(committee)s is in effect on %(day)s. Adopt one first.")
                % {"committee": committee, "day": long_day(scope.as_of)}
            )
        self.version = self.docket.version

    @cached_property
    def reading(self) -> Reading:
        return self.docket.reading()

    def report(self, replaces: int | None) -> BoardReportData:
        scope, head, seats = self.scope, ledger.head(), Seats(self.committee, self.scope)
        asks = asks_of(self.docket, self.on) if scope.asks is None else scope.asks
        return BoardReportData(
            company=self.company.name,
            committee=self.committee.name,
            audience=scope.audience.value,
            chair=seats.chair,
            period_from=scope.period_from,
            period_to=scope.period_to,
            as_of=scope.as_of,
            locale=self.company.locale,
            paper=self.company.paper_size,
            head_sequence=head.sequence,
            head_hash=head.hash,
            source=self.source(),
            asks=asks,
            members=tuple(seats.members()),
            sections=tuple(self.parts()),
            changes=tuple(sorted(seats.changes(), key=lambda change: change.on)),
            work=tuple(self.work()),
            glance=tuple(self.glance()),
            clauses=len(self.reading.clauses),
            named=tuple(self.named()),
            left_out=len(self.open_items),
            matters=tuple(self.matters()),
            ahead=tuple(sorted(self.ahead(), key=lambda line: (line.on, line.what))),
            matrix=tuple(self.matrix()),
            replaces=replaces,
            release=release_on(self.committee, self.on).said,
        )

    def parts(self) -> Iterator[ReportSection]:
        """What the apps add, each at its place in the outline."""
        asked = ReportScope(self.docket, self.scope.period_from, self.scope.period_to)
        for part in sorted(REPORT_PARTS, key=lambda part: part.place):
            yield from part.compose(asked)

    # What was done

    @cached_property
    def evidence(self) -> dict[int, list[Evidence]]:
        """What was done in the period, by duty, oldest first."""
        found = {}
        for duty in (judged.duty for judged in self.docket.standings.duties.values()):
            mine = [p for p in self.docket.shown(duty) if self.scope.reports_on(p.on)]
            if mine:
                found[duty.pk] = sorted(mine, key=lambda piece: (piece.on, piece.label))
        return found

    def work(self) -> Iterator[WorkPart]:
        """By the charter's sections and in its order; under earlier clauses last."""
        by_part: dict[str, list[tuple[int, Work]]] = defaultdict(list)
        for judged in self.docket.standings.duties.values():
            duty, clause = judged.duty, judged.clause
            if duty.pk in self.evidence and not duty.is_practice:
                order = clause.order if clause else 0
                by_part[self._part_of(clause)].extend(
                    (order, work) for work in self._works(duty, clause)
                )
        for part in self._parts():
            if part in by_part:
                in_order = sorted(by_part[part], key=lambda pair: pair[0])
                yield WorkPart(part, tuple(work for __, work in in_order))

    def _works(self, duty: DutyRecord, clause: ClauseRecord | None) -> Iterator[Work]:
        """What was done on a duty, and apart from it what was only considered."""
        by_weight: dict[bool, list[Evidence]] = defaultdict(list)
        for piece in self.evidence[duty.pk]:
            by_weight[_is_considered(duty, piece)].append(piece)
        for considered, pieces in sorted(by_weight.items()):
            yield Work(
                reference=clause.reference if clause else "",
                duty=duty.title,
                layer=duty.layer_word.value,
                deeds=tuple(self._deed(duty, piece) for piece in pieces),
                clause=clause.heading if clause else "",
                words=_within_a_sentence(duty),
                past=_past(duty),
                considered=considered,
                is_entered=all(piece.source == COMPLETION for piece in pieces),
            )

    def _deed(self, duty: DutyRecord, piece: Evidence) -> PastCompletion:
        """Free text stands beside a completion only; other sources say what they show."""
        is_told = piece.source != COMPLETION or self.scope.audience == Audience.INDEPENDENT
        served = period_of(duty.terms, self.docket.settings.calendar, piece.serves)
        period = "" if piece.on in served else period_name(served)
        return PastCompletion(piece.on, period, piece.label if is_told else "")

    def _parts(self) -> list[str]:
        sections = [self._part_of(row.clause) for row in self.reading.clauses]
        return list(dict.fromkeys([*sections, self._part_of(None)]))

    def _part_of(self, clause: ClauseRecord | None) -> str:
        if clause is None:
            return _("Clauses of an earlier charter")
        return clause.section or self.version.title

    # Where it stands

    def glance(self) -> Iterator[Count]:
        for standing in READ_IN_ORDER:
            if clauses := self.reading.summary[standing]:
                yield Count(standing.value, clauses)

    def named(self) -> Iterator[Named]:
        """The clauses that are not kept, by standing, in the charter's order."""
        for standing in READ_IN_ORDER:
            for row in self.reading.clauses:
                if row.standing == standing != Standing.ON_FILE:
                    yield Named(row.clause.reference, row.clause.heading, standing.value)

    def matrix(self) -> Iterator[MatrixPart]:
        by_part: dict[str, list[MatrixRow]] = defaultdict(list)
        for clause in self.reading.clauses:
            by_part[self._part_of(clause.clause)].extend(self._rows(clause))
        for part, rows in by_part.items():
            yield MatrixPart(part, tuple(rows))

    def _rows(self, clause: ClauseStanding) -> Iterator[MatrixRow]:
        reference = clause.clause.reference
        for row in clause.duties:
            yield MatrixRow(
                reference=reference,
                duty=row.duty.title,
                layer=row.duty.layer_word.value,
                citation=row.duty.citation,
                standing=row.standing.value,
                because=self._reason(row),
                evidence=tuple(dict.fromkeys(p.on for p in self.evidence.get(row.duty.pk, ()))),
            )
        if not clause.duties:
            heading = clause.clause.heading or _("No responsibilities in this clause.")
            yield MatrixRow(reference, heading, "", "", "", "")

    def _reason(self, row: DutyStanding) -> str:
        """The reason in its words, unless no record was found and nothing is closed about it, or
        what is on record is only that it was considered whether anything arose."""
        is_closed = (
            row.ruling.reason == Reason.PERIOD_WITHOUT_RECORD
            and row.duty.pk not in self._open_duties
        )
        if row.standing == Standing.ON_FILE and _is_all_considered(row):
            day = long_day(max(piece.on for piece in row.evidence))
            considered = _("Considered on %(day)s whether anything arose.")
            return considered % {"day": day}
        if row.standing != Standing.NOT_ON_FILE or is_closed:
            return row.because
        if row.due_on is None:
            return ""
        sentence = _("Due by %(due)s.") if row.due_on >= self.on else _("Was due %(due)s.")
        return sentence % {"due": long_day(row.due_on)}

    # What was closed

    @cached_property
    def items(self) -> list[tuple[OpenItem, Closing | None]]:
        """As of the day of the standings, each with what was closed by the day of composing."""
        return [(piece, self._closings.get(piece.key)) for piece in self.docket.open_items()]

    @cached_property
    def _closings(self) -> dict[str, Closing]:
        closings = self.committee.closings.filter(decided_on__lte=self.on)
        return {closing.key: closing for closing in closings}

    @cached_property
    def open_items(self) -> list[OpenItem]:
        return [piece for piece, closing in self.items if closing is None]

    @cached_property
    def _open_duties(self) -> set[int]:
        return {piece.duty.pk for piece in self.open_items if piece.duty}

    def matters(self) -> Iterator[Matter]:
        """Those that arose in the period, and those closed since it began."""
        for piece, closing in self.items:
            if closing is None:
                continue
            is_news = closing.decided_on >= self.scope.period_from
            if is_news or self.scope.reports_on(piece.on):
                yield _matter(piece, closing)

    # What comes

    def ahead(self) -> Iterator[Ahead]:
        first, last = self.scope.as_of + DAY, self.scope.as_of + AHEAD
        for row in self.reading.duties:
            if row.due_on and first <= row.due_on <= last:
                layer = row.duty.layer_word.value
                yield Ahead(row.due_on, row.duty.title, row.clause.reference, layer)
        for __, each in Reminders(self.docket, EVENTS, LAPSES).deadlines:
            if first <= each.due_on <= last and self.docket.sees(each.restriction):
                yield Ahead(each.due_on, each.what, "", "")
        for meeting in self.company.annual_meetings.filter(on__range=(first, last)):
            yield Ahead(meeting.on, _("Annual meeting of stockholders"), "", "")

    # What it rests on

    def source(self) -> Source:
        pieces = [piece for mine in self.evidence.values() for piece in mine]
        return Source(
            charter=self.version.title,
            adopted_on=self.version.adopted_on,
            effective_on=self.version.effective_on,
            decision=str(self.version.decision or ""),
            evidence=len(pieces),
            last_recorded_on=max((p.recorded_on for p in pieces if p.recorded_on), default=None),
            records_begin=self.company.records_begin,
        )


def _is_considered(duty: DutyRecord, piece: Evidence) -> bool:
    """A completion on a duty that arises with an event does not say that the event came."""
    return duty.kind == DutyKind.EVENT and piece.source == COMPLETION


def _is_all_considered(row: DutyStanding) -> bool:
    return bool(row.evidence) and all(_is_considered(row.duty, piece) for piece in row.evidence)


def _within_a_sentence(duty: DutyRecord) -> str:
    """Titles of the catalogue begin with a verb; those of the secretary's own with anything."""
    title = duty.title.rstrip(".")
    return title[:1].lower() + title[1:] if duty.catalogue_key else title


def _past(duty: DutyRecord) -> str:
    """The catalogue's sentence of what was done; none of a duty that the secretary added."""
    entry = ENTRIES.get(duty.catalogue_key)
    return entry.past if entry else ""


def _matter(piece: OpenItem, closing: Closing) -> Matter:
    """What counsel advised is not repeated: only that it is with counsel."""
    kind = ClosedAs(closing.kind)
    return Matter(
        reference=piece.clause.reference if piece.clause else "",
        title=piece.title,
        layer=piece.layer.value,
        because=piece.because,
        on=piece.on,
        closing=str(kind.label),
        reason="" if kind == ClosedAs.UNDER_REVIEW else closing.reason,
        closed_on=closing.decided_on,
    )
