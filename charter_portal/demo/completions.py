"""What was completed, what was put right, and what was closed about past years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from charter_portal.demo import papers, people
from charter_portal.demo.charters import SWITCHED_OFF, TESTER_HEARD, is_old
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charter_portal.demo.timetable import PRACTICE, PRACTICES, Practice
from charters import services
from charters.enums import ClosedAs
from charters.standing import GAP, subject_of
from records.calendar import plus_months
from records.dates import long_day

# Not found for last year, nor done this year so far; nothing closed about them.
OPEN = ("other-auditor-reports",)
LATE = "committee-evaluation"
FOUND = "partner-rotation"
CLOSED = {
    LATE: (
        ClosedAs.COMPLETED_LATE,
        "Held in January after the year's end, because the December meeting ran out of time.",
    ),
    FOUND: (
        ClosedAs.NOW_ON_FILE,
        "The committee reviewed the rotation table in November; the table had been filed with the "
        "auditor's letters.",
    ),
    "change-of-auditor": (
        ClosedAs.NOT_APPLICABLE,
        "No change of auditor was proposed in the fiscal year.",
    ),
    "resolve-disagreements": (
        ClosedAs.UNDER_REVIEW,
        "Company counsel is reviewing at which meeting management and the auditor stated it.",
    ),
}
MISDATED = "engagement-letter"
MISTAKEN = "look-litigation"


@dataclass(frozen=True)
class PastCompletion:
    """One completion to be made: what was done on a day, and the day on which it is recorded."""

    key: str
    performed_on: date
    serves: date
    note: str
    hand: Character = people.SECRETARY
    paper: str = ""

    @property
    def name(self) -> str:
        return f"{self.key} {self.performed_on}"

    def complete(self, story: Story, when: datetime) -> None:
        story.completions[self.name] = services.record_completion(
            story.duties[self.key],
            performed_on=self.performed_on,
            serves=self.serves,
            note=self.note,
            upload=self._upload(story),
            by=story.people[self.hand],
            at=when,
        )

    def _upload(self, story: Story) -> services.Upload | None:
        if not self.paper:
            return None
        title, content, file_name = papers.write(
            self.paper, self.serves.year, self.performed_on, as_pdf=story.with_pdfs
        )
        return services.Upload(content, file_name, title)


def scenes(stage: Stage) -> Iterator[Scene]:
    for place, (deed, recorded_on) in enumerate(routine(stage)):
        yield Scene(at(recorded_on, 10) + timedelta(minutes=place % 300), deed.complete)
    yield from misdated(stage)
    yield from mistaken(stage)
    yield from tester_heard(stage)
    for key in CLOSED:
        yield Scene(at(stage.closed_on, 11), partial(close, key))


def routine(stage: Stage) -> Iterator[tuple[PastCompletion, date]]:
    """Everything in its time; what was done before its duty was on record is entered afterwards."""
    for practice in PRACTICES:
        since = stage.first_day if is_old(practice.key) else stage.effective_on
        for year in stage.years_from(since):
            if is_left_out(stage, practice.key, year):
                continue
            for performed_on, serves in practice.performances(year):
                recorded_on = stage.after(max(performed_on, since), 2)
                yield deed(practice, performed_on, serves), recorded_on


def is_left_out(stage: Stage, key: str, year: Year) -> bool:
    """What another scene tells, and what is not on record."""
    if key == MISDATED and year == stage.last_year:
        return True
    if year == stage.this_year:
        return key in (*OPEN, SWITCHED_OFF)
    if year == stage.last_year and key in OPEN:
        return True
    return year == stage.closed_year and key in CLOSED


def deed(practice: Practice, performed_on: date, serves: date) -> PastCompletion:
    note = practice.note.format(day=month_and_day(performed_on), year=serves.year)
    return PastCompletion(practice.key, performed_on, serves, note, practice.hand, practice.paper)


def month_and_day(day: date) -> str:
    return long_day(day).rpartition(",")[0]


def misdated(stage: Stage) -> Iterator[Scene]:
    """Recorded for the day of the Board's meeting; a week later put on the Committee's."""
    year = stage.last_year
    right = deed(PRACTICE[MISDATED], year.may, year.last)
    wrong = replace(right, performed_on=year.board_in_may)

    def put_right(story: Story, when: datetime) -> None:
        first = story.completions[wrong.name]
        services.correct_completion(
            first,
            performed_on=right.performed_on,
            serves=right.serves,
            note=right.note,
            document=first.document,
            by=story.people[people.ASSISTANT],
            at=when,
        )

    yield Scene(at(year.after(year.may, 2), 16), wrong.complete)
    yield Scene(at(year.after(year.may, 7), 9, 30), put_right)


def mistaken(stage: Stage) -> Iterator[Scene]:
    """Recorded for the wrong duty, and withdrawn."""
    year = stage.last_year
    wrong = PastCompletion(
        MISTAKEN,
        year.august,
        year.last,
        f"Looked at in the meeting of {month_and_day(year.august)} with company counsel.",
        people.ASSISTANT,
    )

    def take_back(story: Story, when: datetime) -> None:
        services.withdraw_completion(
            story.completions[wrong.name],
            reason=(
                "Entered for the wrong responsibility. The meeting reviewed the compliance report."
            ),
            by=story.people[people.ASSISTANT],
            at=when,
        )

    yield Scene(at(year.after(year.august, 2), 16), wrong.complete)
    yield Scene(at(year.after(year.august, 5), 9, 30), take_back)


def tester_heard(stage: Stage) -> Iterator[Scene]:
    """Every five months, counted back from today."""
    for months in range(5, 24, 5):
        day = stage.calendar.business_day_on_or_before(plus_months(stage.today, -months))
        if day > stage.effective_on:
            note = f"Heard in person on the call of {month_and_day(day)}; members asked questions."
            heard = PastCompletion(
                TESTER_HEARD, day, stage.year_of(day).last, note, people.ASSISTANT
            )
            yield Scene(at(stage.after(day, 2), 9, 45), heard.complete)


def close(key: str, story: Story, when: datetime) -> None:
    kind, reason = CLOSED[key]
    year = story.stage.closed_year
    record = None
    if kind == ClosedAs.NOW_ON_FILE:
        title, content, file_name = papers.write(
            "rotation", year.number, year.november, as_pdf=story.with_pdfs
        )
        record = services.Found(
            upload=services.Upload(content, file_name, title), performed_on=year.november
        )
    services.close_open_item(
        story.committee,
        rule=GAP,
        subject=subject_of(story.duties[key]),
        period=year.period.key,
        kind=kind,
        reason=reason,
        record=record,
        by=story.people[people.SECRETARY],
        at=when,
    )
