"""What was attested, what was put right, and what was settled about past years."""

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
from committees import services
from committees.enums import DispositionKind
from committees.standing import GAP, subject_of
from records.calendar import plus_months
from records.dates import long_day

# Not found for last year, nor done this year so far; nothing settled about them.
OPEN = ("other-auditor-reports", "channel-tested")
# Its day passes this year without a record.
PASSED = "charter-publication"
LATE = "committee-evaluation"
FOUND = "partner-rotation"
SETTLED = {
    LATE: (
        DispositionKind.DONE_LATE,
        "Held in January, after the year's end; the December meeting had no time left for it.",
    ),
    FOUND: (
        DispositionKind.RECORD_FOUND,
        "The rotation table came with the auditor's year-end letter and was read in January.",
    ),
    "tax-and-control-services": (
        DispositionKind.NOT_APPLICABLE,
        "No such service was proposed in the fiscal year.",
    ),
    "delegated-approvals": (
        DispositionKind.WITH_COUNSEL,
        "At which meeting the chair's approvals were noted is with company counsel.",
    ),
}
MISDATED = "engagement-letter"
MISTAKEN = "look-litigation"


@dataclass(frozen=True)
class Deed:
    """One attestation to be made: what was done on a day, and the day on which it is recorded."""

    key: str
    performed_on: date
    serves: date
    note: str
    hand: Character = people.SECRETARY
    paper: str = ""

    @property
    def name(self) -> str:
        return f"{self.key} {self.performed_on}"

    def attest(self, story: Story, when: datetime) -> None:
        story.attestations[self.name] = services.attest(
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
        yield Scene(at(recorded_on, 10) + timedelta(minutes=place % 300), deed.attest)
    yield from misdated(stage)
    yield from mistaken(stage)
    yield from late(stage)
    yield from tester_heard(stage)
    for key in SETTLED:
        yield Scene(at(stage.settled_on, 11), partial(settle, key))


def routine(stage: Stage) -> Iterator[tuple[Deed, date]]:
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
        return key in (*OPEN, PASSED, SWITCHED_OFF)
    if year == stage.last_year and key in OPEN:
        return True
    return year == stage.settled_year and key in SETTLED


def deed(practice: Practice, performed_on: date, serves: date) -> Deed:
    note = practice.note.format(day=month_and_day(performed_on), year=serves.year)
    return Deed(practice.key, performed_on, serves, note, practice.hand, practice.paper)


def month_and_day(day: date) -> str:
    return long_day(day).rpartition(",")[0]


def misdated(stage: Stage) -> Iterator[Scene]:
    """Recorded for the day of the Board's meeting; a week later put on the Committee's."""
    year = stage.last_year
    right = deed(PRACTICE[MISDATED], year.may, year.last)
    wrong = replace(right, performed_on=year.board_in_may)

    def put_right(story: Story, when: datetime) -> None:
        first = story.attestations[wrong.name]
        services.correct(
            first,
            performed_on=right.performed_on,
            serves=right.serves,
            note=right.note,
            document=first.document,
            by=story.people[people.ASSISTANT],
            at=when,
        )

    yield Scene(at(year.after(year.may, 2), 16), wrong.attest)
    yield Scene(at(year.after(year.may, 7), 9, 30), put_right)


def mistaken(stage: Stage) -> Iterator[Scene]:
    """Attested for the wrong duty, and withdrawn."""
    year = stage.last_year
    wrong = Deed(
        MISTAKEN,
        year.august,
        year.last,
        f"Looked at in the meeting of {month_and_day(year.august)} with company counsel.",
        people.ASSISTANT,
    )

    def take_back(story: Story, when: datetime) -> None:
        services.withdraw(
            story.attestations[wrong.name],
            reason="Entered for the wrong duty: the item of that meeting was the compliance report.",
            by=story.people[people.ASSISTANT],
            at=when,
        )

    yield Scene(at(year.after(year.august, 2), 16), wrong.attest)
    yield Scene(at(year.after(year.august, 5), 9, 30), take_back)


def late(stage: Stage) -> Iterator[Scene]:
    """What was done for a year in the January after it."""
    year = stage.settled_year
    held_on = year.next.on(1, 21)
    for minute, key in enumerate((LATE, FOUND)):
        done = deed(PRACTICE[key], held_on, year.last)
        yield Scene(at(year.after(held_on, 2), 16, minute), done.attest)


def tester_heard(stage: Stage) -> Iterator[Scene]:
    """Every five months, counted back from today."""
    for months in range(5, 24, 5):
        day = stage.calendar.business_day_on_or_before(plus_months(stage.today, -months))
        if day > stage.effective_on:
            note = f"Heard in person on the call of {month_and_day(day)}; members asked questions."
            heard = Deed(TESTER_HEARD, day, stage.year_of(day).last, note, people.ASSISTANT)
            yield Scene(at(stage.after(day, 2), 9, 45), heard.attest)


def settle(key: str, story: Story, when: datetime) -> None:
    kind, reason = SETTLED[key]
    services.dispose(
        story.committee,
        rule=GAP,
        subject=subject_of(story.duties[key]),
        period=story.stage.settled_year.period.key,
        kind=kind,
        reason=reason,
        by=story.people[people.SECRETARY],
        at=when,
    )
