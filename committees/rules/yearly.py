"""What is done once a year: charter review, evaluation, determinations (RULE-14, RULE-44).

"Annually" is once in each fiscal year; a company may also ask for twelve months at most between two
(C8). One review covers one fiscal year, so one that is held late leaves the next one due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from records.calendar import Calendar, Period, plus_months

REMINDS_BEFORE = timedelta(days=60)
PROXY_YEARS = 3


@dataclass(frozen=True)
class Held:
    """Something done on a day, for the fiscal year whose last day is `serves`."""

    on: date
    serves: date


class Progress(Enum):
    """Where a year's review is."""

    DONE = "done"
    DONE_LATE = "done late"
    AHEAD = "ahead"
    DUE = "due"
    NOT_ON_FILE = "not on file"


@dataclass(frozen=True)
class Yearly:
    """One fiscal year's review as of a day. `due_on` is the last day on which it is in time."""

    year: Period
    due_on: date
    remind_from: date
    progress: Progress
    held_on: date | None = None


def yearly(held: Sequence[Held], year: Period, day: date, *, twelve_months: bool = False) -> Yearly:
    """RULE-44: whether the year's review is done, due or late, as of `day`."""
    known = [one for one in held if one.on <= day]
    done = min((one.on for one in known if one.serves in year), default=None)
    due_on = _due_on(known, year, twelve_months=twelve_months)
    remind_from = due_on - REMINDS_BEFORE
    if done is not None:
        progress = Progress.DONE if done <= due_on else Progress.DONE_LATE
    elif day > due_on:
        progress = Progress.NOT_ON_FILE
    else:
        progress = Progress.DUE if day >= remind_from else Progress.AHEAD
    return Yearly(year, due_on, remind_from, progress, done)


def _due_on(known: Sequence[Held], year: Period, *, twelve_months: bool) -> date:
    """The year's last day, or twelve months after the review before where that is sooner.

    A review before that was held so late that twelve months lead past the year moves nothing.
    """
    before = [one.on for one in known if one.serves < year.first]
    if not twelve_months or not before:
        return year.last
    return min(year.last, max(plus_months(max(before), 12), year.first))


def years_due(
    held: Sequence[Held],
    first: date,
    day: date,
    calendar: Calendar,
    *,
    twelve_months: bool = False,
) -> tuple[Yearly, ...]:
    """RULE-44: every fiscal year from the one of `first` to the one of `day`, oldest first."""
    return tuple(
        yearly(held, year, day, twelve_months=twelve_months) for year in calendar.years(first, day)
    )


def is_older_than_a_year(on: date, day: date) -> bool:
    """RULE-14: a questionnaire or a determination is renewed every twelve months."""
    return on < plus_months(day, -12)


class Posting(Enum):
    """How the charter is published (Item 407, Instruction 2)."""

    WEBSITE = "website"
    APPEND_NOW = "append now"
    APPEND_BY = "append by"


@dataclass(frozen=True)
class Publication:
    """What the next proxy statement does about the charter; `year` is the last fiscal year whose
    proxy statement can append it in time."""

    how: Posting
    year: Period | None = None


def publication(
    *,
    is_on_website: bool,
    appended_on: date | None,
    amended_on: date | None,
    day: date,
    calendar: Calendar,
) -> Publication:
    """RULE-44: an address, or an appendix every three fiscal years and after a material change."""
    if is_on_website:
        return Publication(Posting.WEBSITE)
    last_year_begins = calendar.full_year_before(calendar.year_of(day)).first
    is_amended = amended_on is not None and last_year_begins <= amended_on <= day
    if appended_on is None or (is_amended and amended_on and appended_on < amended_on):
        return Publication(Posting.APPEND_NOW)
    due = calendar.year_of(appended_on)
    for _year in range(PROXY_YEARS):
        due = calendar.year_after(due)
    if day > due.last:
        return Publication(Posting.APPEND_NOW, due)
    return Publication(Posting.APPEND_BY, due)
