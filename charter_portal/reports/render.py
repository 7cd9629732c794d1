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

# With two pages of matrix a report is longer than four, and says where what stands.
ROWS_ON_A_PAGE = 13
NO_BREAK = "\u00a0"
# More days than this in one cell are counted.
DAYS_IN_A_CELL = 3


@dataclass(frozen=True)
class Bar:
    label: SafeString
    value: int
    figure: int


@dataclass(frozen=True)
class WorkLine(Layered):
    """What was done on one duty, and when."""

    reference: str
    duty: str
    layer: str
    when: str


@dataclass(frozen=True)
class NoteLine:
    """What was written beside an attestation: in the appendix, and not for every audience."""

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


def context_of(report: BoardReportData) -> dict[str, Any]:
    """What the document and the pages of the portal show of a report."""
    return {
        "report": report,
        "title": title_of(report),
        "state": state_of(report),
        "in_short": in_short(report),
        "members": members_of(report),
        "to": to_whom(report),
        "work": [
            (part.heading, [_work(work, in_one_year=_is_in_one_year(report)) for work in part.work])
            for part in report.work
        ],
        "bars": [
            Bar(mark(count.standing), count.clauses, count.clauses) for count in report.glance
        ],
        "matrix": [(part.heading, [_matrix(row) for row in part.rows]) for part in report.matrix],
        "is_long": sum(len(part.rows) for part in report.matrix) > ROWS_ON_A_PAGE * 2,
        "notes": notes_of(report),
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


def _is_in_one_year(report: BoardReportData) -> bool:
    return report.period_from.year == report.period_to.year


def _work(work: Work, *, in_one_year: bool) -> WorkLine:
    when = _when(work.deeds, in_one_year=in_one_year)
    return WorkLine(work.reference, work.duty, work.layer, when)


def _when(deeds: Sequence[Deed], *, in_one_year: bool) -> str:
    """On March 3 and May 5. A fiscal period is named where the day lies outside it."""
    by_period: dict[str, list[date]] = defaultdict(list)
    for deed in deeds:
        by_period[deed.serves].append(deed.on)
    spans = []
    for period, on in by_period.items():
        words = {"days": _days(on, in_one_year=in_one_year), "period": period}
        sentence = _("on %(days)s for %(period)s") if period else _("on %(days)s")
        spans.append(sentence % words)
    return get_text_list(spans, _("and"))


def _days(days: Iterable[date], *, in_one_year: bool) -> str:
    """The year is written where the period of the report is in more than one."""
    days = sorted(set(days))
    words = [date_format(day, "MONTH_DAY_FORMAT") if in_one_year else long_day(day) for day in days]
    return get_text_list([word.replace(" ", NO_BREAK) for word in words], _("and"))


def _matrix(row: MatrixRow) -> MatrixLine:
    days = [short_day(day) for day in row.evidence]
    if len(days) > DAYS_IN_A_CELL:
        more = len(days) - DAYS_IN_A_CELL + 1
        days = [_("%(more)s earlier") % {"more": more}, *days[more:]]
    return MatrixLine(row, row.layer, tuple(days))
