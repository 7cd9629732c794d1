"""Who attended which meetings of a fiscal year: the Board and every committee (RULE-48).

What is counted is what was recorded at each meeting. Written consents are no meetings.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from charters.rules.attendance import Sitting, attendance
from committees.models import Director
from meetings.enums import MeetingState
from meetings.models import Attendee, Meeting
from meetings.reports.words import short_title
from records.calendar import Period
from records.rule_data import TABLE
from records.spreadsheets import guarded


@dataclass(frozen=True)
class MeetingLine:
    """A meeting that was held, with who was present and who was absent of those who served."""

    on: date
    title: str
    url: str
    present: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def is_recorded(self) -> bool:
        return bool(self.present or self.absent)


@dataclass(frozen=True)
class DirectorLine:
    """Of the meetings held while a director served, how many they attended."""

    name: str
    url: str
    attended: int
    held: int
    is_named: bool
    citation: str


@dataclass(frozen=True)
class Grid:
    """Attendance of a fiscal year, up to a date."""

    meetings: tuple[MeetingLine, ...]
    directors: tuple[DirectorLine, ...]

    @property
    def unrecorded(self) -> tuple[MeetingLine, ...]:
        """Meetings without a record of who was there: nobody's attendance counts them."""
        return tuple(line for line in self.meetings if not line.is_recorded)


def grid(year: Period, today: date) -> Grid:
    held = list(
        Meeting.objects.filter(state=MeetingState.HELD)
        .within(year.first, min(year.last, today))
        .select_related("body")
        .prefetch_related("attendees__director")
        .order_by("on", "time", "pk")
    )
    return Grid(tuple(map(_meeting, held)), tuple(_directors(held, year)))


def _members(meeting: Meeting) -> list[Attendee]:
    return [row for row in meeting.attendees.all() if row.served]


def _meeting(meeting: Meeting) -> MeetingLine:
    members = _members(meeting)
    return MeetingLine(
        on=meeting.on,
        title=short_title(meeting),
        url=meeting.get_absolute_url(),
        present=tuple(str(row) for row in members if row.was_present),
        absent=tuple(str(row) for row in members if not row.was_present),
    )


def _directors(held: list[Meeting], year: Period) -> Iterator[DirectorLine]:
    sittings: dict[int, list[Sitting]] = {}
    people: dict[int, Director] = {}
    for meeting in held:
        for row in _members(meeting):
            if row.director is not None:
                people[row.director.pk] = row.director
                sittings.setdefault(row.director.pk, []).append(
                    Sitting(meeting.on, row.was_present)
                )
    for key, director in sorted(people.items(), key=lambda pair: pair[1].sort_name or str(pair[1])):
        found = attendance(sittings[key], year, TABLE)
        yield DirectorLine(
            name=str(director),
            url=director.get_absolute_url(),
            attended=found.attended,
            held=found.held,
            is_named=found.is_named,
            citation=found.citation,
        )


def as_csv(found: Grid) -> str:
    """The grid for a spreadsheet: a row for each meeting and member."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_("Date"), _("Meeting"), _("Member"), _("Attendance")])
    for line in found.meetings:
        for names, word in ((line.present, _("present")), (line.absent, _("absent"))):
            for name in names:
                writer.writerow([line.on.isoformat(), guarded(line.title), guarded(name), word])
    return file.getvalue()
