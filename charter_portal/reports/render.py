"""Sets a report: HTML and PDF, from its dataclass and nothing else.

No database, no clock, no request: the same report gives the same bytes, in any process and on any
day. What is stored of an issued report therefore suffices to set it again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter_portal.enums import Audience
from charter_portal.reports.report import (
    Ahead,
    BoardReportData,
    Layered,
    MatrixRow,
    PastCompletion,
    Work,
)
from charters.enums import Standing
from charters.templatetags.marks import mark
from records import pdf
from records.dates import long_day, long_days, short_day

NO_BREAK = "\u00a0"
THE_COMMITTEE = re.compile(r"\b([Tt]he) c(ommittee\b)")
# More days than this in one cell are counted.
DAYS_IN_A_CELL = 3


@dataclass(frozen=True)
class Bar:
    label: SafeString
    value: int
    figure: int


@dataclass(frozen=True)
class MatterLine:
    """An open item that was closed: what it was about, its fact, and what became of it."""

    name: str
    because: str
    closing: str


@dataclass(frozen=True)
class Item(Layered):
    """One duty within a sentence."""

    words: str
    reference: str = ""
    layer: str = ""


@dataclass(frozen=True)
class Span:
    """What shares its days, said once: March 18 and May 5: this; that. Where `is_past`, each is a
    sentence that the days complete: The Committee did this on March 18 and May 5."""

    when: str
    items: tuple[Item, ...]
    is_past: bool = False


@dataclass(frozen=True)
class ClauseWork:
    """What was done under one clause; it is named where that was more than one thing."""

    reference: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class NamedLine:
    """The clauses that share a standing other than kept."""

    standing: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NoteLine:
    """What was written beside a completion: in the appendix, and not for every audience."""

    on: date
    reference: str
    text: str


@dataclass(frozen=True)
class MatrixLine(Layered):
    row: MatrixRow
    layer: str
    days: tuple[str, ...]


def render(report: BoardReportData) -> bytes:
    """The PDF: tagged, and byte for byte the same each time."""
    return pdf.render(render_html(report), created=report.issued_at)


def render_html(report: BoardReportData) -> str:
    """The document as HTML: what is printed where there is no PDF."""
    with translation.override(report.locale):
        return render_to_string("reports/board_report.html", context_of(report))


def render_paper(report: BoardReportData) -> bytes:
    """The working paper as a PDF: what the report rests on, clause by clause. It is not filed."""
    return pdf.render(render_paper_html(report), created=report.issued_at)


def render_paper_html(report: BoardReportData) -> str:
    with translation.override(report.locale):
        return render_to_string("reports/working_paper.html", context_of(report))


def context_of(report: BoardReportData) -> dict[str, Any]:
    """What the document and the pages of the portal show of a report."""
    return {
        "report": report,
        "title": title_of(report),
        "state": state_of(report),
        "in_short": in_short(report),
        "named": [
            NamedLine(standing, tuple((one.reference, one.name) for one in clauses))
            for standing, clauses in groupby(report.named, key=lambda one: one.standing)
        ],
        "untold": untold(report),
        "members": members_of(report),
        "to": to_whom(report),
        "work": list(work_of(report)),
        "entered": entered_of(report),
        "is_bare": not (report.sections or entered_of(report)),
        "considered": _spans([work for work in _all_work(report) if work.considered], report),
        "matters": list(matters_of(report)),
        "ahead": [
            (day, tuple(map(_coming, lines)))
            for day, lines in groupby(report.ahead, key=lambda line: line.on)
        ],
        "bars": [
            Bar(mark(count.standing), count.clauses, count.clauses) for count in report.glance
        ],
        "matrix": [(part.heading, [_matrix(row) for row in part.rows]) for part in report.matrix],
        "notes": notes_of(report),
        "anchor": f"{report.head_sequence}:{report.head_hash}",
    }


def title_of(report: BoardReportData) -> str:
    if report.audience == Audience.INDEPENDENT:
        return _("Report to the independent directors")
    return _("Report to the Board of Directors")


def state_of(report: BoardReportData) -> str:
    """What must stand on every page."""
    states = []
    if report.is_draft:
        states.append(_("Draft"))
    if report.replaced_by is not None:
        by = {"number": report.replaced_by}
        states.append(_("Replaced by no. %(number)s") % by if report.replaced_by else _("Replaced"))
    if report.audience == Audience.INDEPENDENT:
        states.append(_("Independent directors only"))
    return " · ".join(states)


def in_short(report: BoardReportData) -> str:
    """The first sentence a chair says: where the charter stands."""
    standings = [f"{count.clauses} {Standing(count.standing).label}" for count in report.glance]
    if bare := report.clauses - sum(count.clauses for count in report.glance):
        standings.append(_("%(bare)s without a responsibility") % {"bare": bare})
    sentence = ngettext(
        "Status of the charter’s %(clauses)s clause on %(day)s: %(standings)s.",
        "Status of the charter’s %(clauses)s clauses on %(day)s: %(standings)s.",
        report.clauses,
    )
    return sentence % {
        "day": long_day(report.as_of),
        "clauses": report.clauses,
        "standings": ", ".join(standings),
    }


def untold(report: BoardReportData) -> str:
    """That there is something the report does not tell, and how much of it."""
    if not report.left_out:
        return ""
    sentence = ngettext(
        "%(number)s open item is not closed and is not in the report.",
        "%(number)s open items are not closed and are not in the report.",
        report.left_out,
    )
    return sentence % {"number": report.left_out}


def members_of(report: BoardReportData) -> str:
    """Who sat on the day, the chair first, as one sentence."""
    day = long_day(report.as_of)
    if not report.members:
        return _("No member is on record on %(day)s.") % {"day": day}
    names = [
        _("%(name)s (chair)") % {"name": member.name} if member.is_chair else member.name
        for member in report.members
    ]
    return _("Members on %(day)s: %(names)s.") % {
        "day": day,
        "names": get_text_list(names, _("and")),
    }


def to_whom(report: BoardReportData) -> str:
    if report.audience == Audience.INDEPENDENT:
        return _("the independent directors only")
    return _("the full Board of Directors")


def notes_of(report: BoardReportData) -> list[NoteLine]:
    return [
        NoteLine(deed.on, work.reference, deed.note)
        for part in report.work
        for work in part.work
        for deed in work.deeds
        if deed.note
    ]


def _all_work(report: BoardReportData) -> Iterator[Work]:
    for part in report.work:
        yield from part.work


def entered_of(report: BoardReportData) -> tuple[Span, ...]:
    """What rests on the secretary's entries, by day: no app's own part tells it."""
    found = [work for work in _all_work(report) if work.is_entered and not work.considered]
    return _spans(found, report, with_clause=False)


def work_of(report: BoardReportData) -> Iterator[tuple[str, list[ClauseWork]]]:
    """What was done, by section and clause."""
    for part in report.work:
        binding = [work for work in part.work if not work.considered]
        by_clause: dict[tuple[str, str], list[Work]] = defaultdict(list)
        for work in binding:
            by_clause[work.reference, work.clause].append(work)
        if by_clause:
            yield (
                part.heading,
                [
                    ClauseWork(
                        reference,
                        name if len(works) > 1 else "",
                        _spans(works, report, with_clause=False),
                    )
                    for (reference, name), works in by_clause.items()
                ],
            )


def _spans(
    works: Sequence[Work], report: BoardReportData, *, with_clause: bool = True
) -> tuple[Span, ...]:
    """Duties done on the same days in one breath, by the first of their days."""
    by_days: dict[tuple[str, bool], list[Work]] = defaultdict(list)
    for work in sorted(works, key=lambda work: min(deed.on for deed in work.deeds)):
        when = _when(work.deeds)
        by_days[when, _is_past(work)].append(work)
    return tuple(
        Span(when, tuple(_item(work, with_clause=with_clause) for work in same), is_past)
        for (when, is_past), same in by_days.items()
    )


def _is_past(work: Work) -> bool:
    return bool(work.past) and not work.considered


def _item(work: Work, *, with_clause: bool) -> Item:
    words = in_document(work.past if _is_past(work) else work.words or work.duty)
    if not with_clause:
        return Item(words)
    return Item(words, work.reference, work.layer if work.considered else "")


def _coming(line: Ahead) -> Item:
    return Item(in_document(line.what), line.reference, line.layer)


def _when(deeds: Sequence[PastCompletion]) -> str:
    """March 3 and May 5, 2026. A fiscal period is named where the day lies outside it."""
    by_period: dict[str, list[date]] = defaultdict(list)
    for deed in deeds:
        by_period[deed.serves].append(deed.on)
    spans = []
    for period, on in by_period.items():
        words = {"days": long_days(on).replace(" ", NO_BREAK), "period": period}
        spans.append(_("%(days)s for %(period)s") % words if period else words["days"])
    return get_text_list(spans, _("and"))


def matters_of(report: BoardReportData) -> Iterator[MatterLine]:
    for matter in report.matters:
        words = {
            "day": long_day(matter.closed_on),
            "closing": matter.closing[:1].lower() + matter.closing[1:],
            "reason": matter.reason,
        }
        said = _("It was closed on %(day)s as %(closing)s: %(reason)s")
        if not matter.reason:
            said = _("It has been %(closing)s since %(day)s.")
        yield MatterLine(in_document(matter.title), in_document(matter.because), said % words)


def in_document(words: str) -> str:
    """The committee is capitalized in a document, as on no page."""
    return THE_COMMITTEE.sub(_capitalized, words)


def _capitalized(found: re.Match[str]) -> str:
    return f"{found[1]} C{found[2]}"


def _matrix(row: MatrixRow) -> MatrixLine:
    days = [short_day(day) for day in row.evidence]
    if len(days) > DAYS_IN_A_CELL:
        more = len(days) - DAYS_IN_A_CELL + 1
        days = [_("%(more)s earlier") % {"more": more}, *days[more:]]
    return MatrixLine(row, row.layer, tuple(days))
