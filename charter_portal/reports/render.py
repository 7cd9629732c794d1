"""Sets a report: HTML and PDF, from its dataclass and nothing else.

No database, no clock, no request: the same report gives the same bytes, in any process and on any
day. What is stored of an issued report therefore suffices to set it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter_portal.enums import Audience
from charter_portal.reports.report import BoardReportData, Deed, Layered, MatrixRow, Work
from committees.enums import Standing
from records import pdf
from records.dates import long_day, short_day
from records.templatetags.marks import mark

# More days than this in one cell are counted.
DAYS_IN_A_CELL = 3


@dataclass(frozen=True)
class Bar:
    label: SafeString
    value: int
    figure: int


@dataclass(frozen=True)
class WorkLine(Layered):
    """What was done on one duty, as a sentence; a note beside it is a line of its own."""

    reference: str
    duty: str
    layer: str
    sentence: str
    notes: tuple[str, ...]


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


def context_of(report: BoardReportData) -> dict[str, Any]:
    """What the document and the pages of the portal show of a report."""
    return {
        "report": report,
        "title": title_of(report),
        "state": state_of(report),
        "in_short": in_short(report),
        "members": members_of(report),
        "work": [(part.heading, [_work(work) for work in part.work]) for part in report.work],
        "bars": [
            Bar(mark(count.standing), count.clauses, count.clauses) for count in report.glance
        ],
        "matrix": [(part.heading, [_matrix(row) for row in part.rows]) for part in report.matrix],
        "has_good_practice": any(row.is_good_practice for p in report.matrix for row in p.rows),
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
    if report.replaced_by:
        states.append(_("Replaced by no. %(number)s") % {"number": report.replaced_by})
    if report.audience == Audience.INDEPENDENT:
        states.append(_("Independent directors only"))
    return " · ".join(states)


def in_short(report: BoardReportData) -> str:
    """The first sentence a chair says: where the charter stands."""
    standings = [f"{count.clauses} {Standing(count.standing).label}" for count in report.glance]
    if bare := report.clauses - sum(count.clauses for count in report.glance):
        standings.append(_("%(bare)s without a duty") % {"bare": bare})
    sentence = ngettext(
        "On %(day)s, of the charter’s %(clauses)s clause: %(standings)s.",
        "On %(day)s, of the charter’s %(clauses)s clauses: %(standings)s.",
        report.clauses,
    )
    return sentence % {
        "day": long_day(report.as_of),
        "clauses": report.clauses,
        "standings": ", ".join(standings),
    }


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


def _work(work: Work) -> WorkLine:
    notes = tuple(
        _("%(day)s: %(note)s") % {"day": short_day(deed.on), "note": deed.note}
        for deed in work.deeds
        if deed.note
    )
    return WorkLine(work.reference, work.duty, work.layer, _performed(work.deeds), notes)


def _performed(deeds: Sequence[Deed]) -> str:
    """Performed on March 3 and May 5, 2026. A period is named where the day lies outside it."""
    by_period: dict[str, list[date]] = defaultdict(list)
    for deed in deeds:
        by_period[deed.serves].append(deed.on)
    spans = [
        _("on %(days)s for %(period)s") % {"days": _days(on), "period": period}
        if period
        else _("on %(days)s") % {"days": _days(on)}
        for period, on in by_period.items()
    ]
    return _("Performed %(spans)s.") % {"spans": get_text_list(spans, _("and"))}


def _days(days: Iterable[date]) -> str:
    """March 3 and May 5, 2026: the year once where it is one."""
    days = sorted(set(days))
    if len({day.year for day in days}) > 1:
        return get_text_list([long_day(day) for day in days], _("and"))
    words = [date_format(day, "MONTH_DAY_FORMAT") for day in days[:-1]]
    return get_text_list([*words, long_day(days[-1])], _("and"))


def _matrix(row: MatrixRow) -> MatrixLine:
    days = [short_day(day) for day in row.evidence]
    if len(days) > DAYS_IN_A_CELL:
        more = len(days) - DAYS_IN_A_CELL + 1
        days = [_("%(more)s earlier") % {"more": more}, *days[more:]]
    return MatrixLine(row, row.layer, tuple(days))
