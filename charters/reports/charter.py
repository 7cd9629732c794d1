"""What the charter's pages show: frozen plain values built from a reading. No records in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.answers import DatedEntry, Lapse, Link
from charters.enums import Cadence, DutyKind, PassageRole, Standing
from charters.models import Clause, Duty, Passage
from charters.rules.terms import Evidence, Occurrence
from charters.standing import Docket
from charters.values import (
    ClauseStanding,
    DutyRecord,
    DutyStanding,
    Practice,
    Reading,
    VersionRecord,
)
from records.dates import long_day

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class SummaryLine:
    """So many clauses stand so; a link that shows only them."""

    standing: str
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class PassageLine:
    """A passage of the charter as it reads, annotated where it is a clause."""

    text: str
    reference: str = ""
    is_heading: bool = False
    depth: int = 0
    url: str = ""
    row: ClauseStanding | None = None
    note: bool = False
    is_dimmed: bool = False
    lapse: Lapse | None = None


@dataclass
class Part:
    title: str
    passages: list[PassageLine] = field(default_factory=list)


@dataclass(frozen=True)
class CharterPage:
    """The charter as of a day, part by part. `hidden` is what another day's form keeps."""

    as_of: date
    today: bool
    today_url: str
    version: VersionRecord | None
    summary: tuple[SummaryLine, ...]
    parts: tuple[Part, ...]
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DutyLine:
    """A duty or a practice in words: why it stands so, how often it is done, and when its condition
    would no longer hold."""

    row: DutyStanding | Practice
    because: str
    cadence: str
    actions: tuple[Link, ...] = ()
    lapse: Lapse | None = None


def summary(reading: Reading, url: str, chosen: str, **keep: str) -> tuple[SummaryLine, ...]:
    """How many clauses stand where, each line a filter; the first shows all."""
    counts = reading.summary
    lines = [("", str(_("all clauses")), len(reading.clauses))]
    lines += [(s.value, str(s.label), counts[s]) for s in READ_IN_ORDER if counts[s]]
    return tuple(
        SummaryLine(value, label, count, address(url, **keep, standing=value), value == chosen)
        for value, label, count in lines
    )


READ_IN_ORDER = (
    Standing.ON_FILE,
    Standing.DUE,
    Standing.NOT_ON_FILE,
    Standing.OPEN,
    Standing.NOT_APPLICABLE,
    Standing.BEFORE_RECORDS_BEGIN,
)


def charter_page(
    reading: Reading,
    passages: Sequence[Passage],
    noted: set[int],
    *,
    today: date,
    chosen: str,
    lapses: Mapping[int, Lapse],
) -> CharterPage:
    """The charter as it reads. `noted` are the clauses that have a note *as applied today*;
    `lapses`, by duty, the conditions about to lapse."""
    url = reverse("charter")
    keep = {} if reading.as_of == today else {"as_of": reading.as_of.isoformat()}
    lines: list[tuple[int, PassageLine | str]] = [
        (p.order, _passage_line(p, chosen)) for p in passages
    ]
    lines += [
        (row.clause.order, clause_line(row, noted=noted, chosen=chosen, lapses=lapses, **keep))
        for row in reading.clauses
    ]
    parts = _parts(lines)
    return CharterPage(
        as_of=reading.as_of,
        today=reading.as_of == today,
        today_url=address(url, standing=chosen),
        version=reading.version,
        summary=summary(reading, url, chosen, **keep),
        parts=parts,
        hidden=(("standing", chosen),) if chosen else (),
    )


def text_parts(passages: Sequence[Passage], clauses: Sequence[Clause]) -> tuple[Part, ...]:
    """The text of a version alone, part by part."""
    lines: list[tuple[int, PassageLine | str]] = [(p.order, _passage_line(p)) for p in passages]
    lines += [
        (c.order, PassageLine(text=c.text, reference=c.reference, depth=_depth(c))) for c in clauses
    ]
    return _parts(lines)


def _passage_line(passage: Passage, chosen: str = "") -> PassageLine | str:
    """A section's heading is a word alone; what stands between clauses is a line."""
    if passage.role == PassageRole.SECTION:
        return passage.text
    is_heading = passage.role == PassageRole.LEAD_IN
    return PassageLine(passage.text, passage.reference, is_heading, is_dimmed=bool(chosen))


def _parts(lines: list[tuple[int, PassageLine | str]]) -> tuple[Part, ...]:
    """Lines in their order, gathered under the section that they stand in."""
    parts: list[Part] = []
    for __, line in sorted(lines, key=lambda pair: pair[0]):
        if isinstance(line, str):
            parts.append(Part(line))
            continue
        if not parts:
            parts.append(Part(""))
        parts[-1].passages.append(line)
    return tuple(parts)


def _depth(clause: Clause) -> int:
    return 1 if clause.parent_id or clause.lead_in_id else 0


def clause_line(
    row: ClauseStanding,
    *,
    noted: set[int],
    chosen: str,
    lapses: Mapping[int, Lapse],
    **keep: str,
) -> PassageLine:
    ahead = [lapses[duty.duty.pk] for duty in row.duties if duty.duty.pk in lapses]
    return PassageLine(
        text=row.clause.text,
        reference=row.clause.reference,
        depth=1 if row.clause.is_below else 0,
        url=address(row.clause.get_absolute_url(), **keep),
        row=row,
        note=row.clause.pk in noted,
        is_dimmed=bool(chosen) and row.standing != chosen,
        lapse=min(ahead, key=lambda lapse: lapse.on, default=None),
    )


def duty_line(
    row: DutyStanding | Practice, actions: Iterable[Link] = (), lapse: Lapse | None = None
) -> DutyLine:
    because = practice_words(row) if isinstance(row, Practice) else row.because
    return DutyLine(row, because, cadence_words(row.duty), tuple(actions), lapse)


def lapses_open_to(reader: User, docket: Docket, today: date) -> dict[int, Lapse]:
    """By duty: the condition about to lapse, where the record that says so is open to the reader."""
    return {
        duty.pk: lapse
        for duty, lapse in docket.lapses()
        if not lapse.restriction.bars(reader, on=today)
    }


def practice_words(row: Practice) -> str:
    """When it was last recorded, and its next date: a good practice is only a reminder."""
    last = (
        _("Last recorded on %(day)s.") % {"day": long_day(row.last.on)}
        if row.last
        else _("No record yet.")
    )
    if row.next_on is None:
        return last
    return f"{last} {_('Next date: %(day)s.') % {'day': long_day(row.next_on)}}"


def cadence_words(duty: Duty | DutyRecord) -> str:
    """How often, in words: four times in each fiscal year."""
    if duty.kind == DutyKind.CONDITION:
        return _("at all times")
    if duty.kind == DutyKind.AUTHORITY:
        return _("when the committee chooses")
    if duty.kind == DutyKind.EVENT:
        return _("when it arises")
    if duty.cadence == Cadence.QUARTERLY:
        return _("once each quarter")
    if duty.cadence == Cadence.MONTHS:
        return _("within %(months)s months of the last time") % {"months": duty.months}
    return ngettext(
        "once in each fiscal year", "%(times)s times in each fiscal year", duty.times
    ) % {"times": duty.times}


def not_waiting(pieces: Iterable[Evidence], waiting: Iterable[Occurrence]) -> list[Evidence]:
    """Records without what is open: that is told by itself."""
    told = {(each.label, each.url) for each in waiting}
    return [piece for piece in pieces if (piece.label, piece.url) not in told]


def evidence_entries(pieces: Iterable[Evidence], titles: str = "") -> list[DatedEntry]:
    """Evidence as a dated line, newest first."""
    return [
        DatedEntry(piece.on, piece.label, piece.url, titles, piece.recorded_on)
        for piece in sorted(pieces, key=lambda e: (e.on, e.label), reverse=True)
    ]


def open_entries(occurrences: Iterable[Occurrence], titles: str = "") -> list[DatedEntry]:
    """What arose and is open, each on its date, as a dated line."""
    return [
        DatedEntry(each.on, each.label, each.url, _when_due(each, titles)) for each in occurrences
    ]


def _when_due(occurrence: Occurrence, titles: str) -> str:
    due = _("Due %(day)s.") % {"day": long_day(occurrence.due_on)} if occurrence.due_on else ""
    return " ".join(filter(None, (f"{titles}." if titles else "", due)))


def taken_up_at(waiting: Sequence[Occurrence], duty: Duty | DutyRecord) -> Link | None:
    """Where what is open for a duty is taken up: its record, or the duty's page where there are
    several. None where nothing is open, so that a completion is what shows the duty."""
    if not waiting:
        return None
    if len(waiting) == 1 and waiting[0].url:
        return Link(_("Open record"), waiting[0].url)
    return Link(_("See what is open"), f"{duty.get_absolute_url()}#open-title")


def upcoming(row: ClauseStanding) -> list[DatedEntry]:
    """The next date of each duty and practice, soonest first; what has passed is not ahead."""
    entries = [
        DatedEntry(duty.due_on, duty.duty.title, duty.duty.get_absolute_url())
        for duty in row.duties
        if duty.due_on and not duty.is_overdue
    ]
    entries += [
        DatedEntry(each.next_on, each.duty.title, each.duty.get_absolute_url())
        for each in row.practices
        if each.next_on
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.text))


def address(url: str, **query: str) -> str:
    """A page with its query; what is empty is left out."""
    query = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(query)}" if query else url
