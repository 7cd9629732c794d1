"""When the bodies of a company usually meet in a fiscal year, proposed from its filing due dates.

Four regular meetings before the four filings, a release call before each release, and the Board on
the business day after each regular meeting. Defaults of good practice; every date can be changed.
Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from meetings.enums import MeetingKind
from meetings.rules.schedule import business_days_before
from records.calendar import DAY, Calendar, Period

TUESDAY = 1
# Calendar days before a filing is due: the latest date of the meeting, and the usual release.
MEETING_BEFORE = 10
RELEASE_BEFORE_ANNUAL = 21
RELEASE_BEFORE_INTERIM = 5
CALL_BEFORE_RELEASE = 2
# Where no filer status says when the filings are due.
ANNUAL_DAYS, INTERIM_DAYS = 90, 45

MORNING, CALL, BOARD = time(9), time(11), time(10)
LENGTHS = {MeetingKind.REGULAR: 120, MeetingKind.RELEASE_CALL: 30, MeetingKind.SPECIAL: 60}


@dataclass(frozen=True)
class Proposed:
    """A meeting that could be planned. `filing` counts from 0: the annual report comes first."""

    filing: int
    kind: MeetingKind
    of_board: bool
    on: date
    time: time

    @property
    def key(self) -> str:
        """Stable within a fiscal year: committee-regular-0."""
        return f"{'board' if self.of_board else 'committee'}-{self.kind.value}-{self.filing}"

    @property
    def duration(self) -> int:
        return LENGTHS[self.kind]


def usual_due_dates(year: Period, calendar: Calendar) -> tuple[date, ...]:
    """The filings of a non-accelerated filer: the annual report on the year before, then 10-Qs."""
    ends = [year.first - DAY, *(quarter.last for quarter in calendar.quarters_of(year)[:3])]
    days = (ANNUAL_DAYS, INTERIM_DAYS, INTERIM_DAYS, INTERIM_DAYS)
    return tuple(
        calendar.business_day_on_or_after(end + timedelta(days=count))
        for end, count in zip(ends, days, strict=False)
    )


def propose(due: Sequence[date], calendar: Calendar) -> tuple[Proposed, ...]:
    """The meetings before filings that are due on these dates, in the order of their dates."""
    return tuple(sorted(_proposed(due, calendar), key=lambda each: (each.on, each.time)))


def _proposed(due: Sequence[date], calendar: Calendar) -> Iterator[Proposed]:
    for filing, day in enumerate(due):
        meeting = calendar.business_day_on_or_before(_tuesday(day - timedelta(days=MEETING_BEFORE)))
        yield Proposed(filing, MeetingKind.REGULAR, False, meeting, MORNING)
        board = calendar.business_days_after(meeting, 1)
        yield Proposed(filing, MeetingKind.REGULAR, True, board, BOARD)
        before = RELEASE_BEFORE_INTERIM if filing else RELEASE_BEFORE_ANNUAL
        release = calendar.business_day_on_or_before(day - timedelta(days=before))
        call = business_days_before(release, CALL_BEFORE_RELEASE, calendar)
        yield Proposed(filing, MeetingKind.RELEASE_CALL, False, call, CALL)


def _tuesday(day: date) -> date:
    """The Tuesday on or before a date."""
    return day - timedelta(days=(day.weekday() - TUESDAY) % 7)
