"""The calendar of a fiscal year on one page: every meeting by month, with the filings beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.formats import date_format

from meetings.models import Meeting
from meetings.reports.words import short_title
from meetings.rules import clocks
from records import pdf
from records.calendar import Period
from records.dates import written_for
from records.filing_sentences import form_words
from records.models import Company


@dataclass(frozen=True)
class CalendarLine:
    """A meeting, or a filing (without a time), on its date."""

    on: date
    text: str
    time: str = ""
    is_filing: bool = False


@dataclass(frozen=True)
class CalendarMonth:
    name: str
    lines: tuple[CalendarLine, ...]


def months(meetings: Sequence[Meeting], company: Company, year: Period) -> list[CalendarMonth]:
    """The months of a fiscal year that have something in them."""
    lines = sorted(
        [*_meetings(meetings), *_filings(company, year)],
        key=lambda line: (line.on, line.is_filing),
    )
    found: dict[str, list[CalendarLine]] = {}
    for line in lines:
        found.setdefault(date_format(line.on, "F Y"), []).append(line)
    return [CalendarMonth(name, tuple(rows)) for name, rows in found.items()]


def _meetings(meetings: Sequence[Meeting]) -> Iterator[CalendarLine]:
    for meeting in meetings:
        time = clocks.spoken(meeting.time) if meeting.time else ""
        yield CalendarLine(meeting.on, short_title(meeting), time)


def _filings(company: Company, year: Period) -> Iterator[CalendarLine]:
    for reported in (company.calendar.year_before(year), year):
        try:
            due_dates = company.due_dates(reported)
        except ValueError:  # no filer status is on record by then
            continue
        for due in due_dates:
            if due.due_on in year:
                yield CalendarLine(due.due_on, form_words(due), is_filing=True)


def calendar_pdf(meetings: Sequence[Meeting], company: Company, year: Period) -> bytes:
    with written_for(company):
        context = {
            "months": months(meetings, company, year),
            "company": company,
            "year": year,
        }
        return pdf.render(render_to_string("reports/meeting_calendar.html", context))
