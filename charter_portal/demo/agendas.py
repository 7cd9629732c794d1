"""The agendas of the story: built and sent with their papers before each meeting.

What a meeting takes up stands in `meetings.OCCASIONS`; what happened at it is told there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any

from charter_portal.demo import meetings, papers, people
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.story import Scene, Story
from charters.services import Upload
from meetings import services
from meetings.agenda_templates import CONCERNS, LINES, Template, TemplateLine
from meetings.enums import ItemKind, MeetingKind
from meetings.models import AgendaItem, Meeting
from meetings.rules.schedule import business_days_before

# Business days before a meeting.
BUILT, SENT = 12, 5
LENGTH = 15
# The papers of the matters that have one.
PAPERS = {
    "The auditor's communications and independence": "independence",
    "Appointment of the auditor": "engagement",
    "Audit plan": "plan",
    "The firm's quality report and partner rotation": "quality",
}
REPLY = "Draft reply to the comment letter"
ASK = "Does the Committee agree that the reply goes out as drafted?"
NO_OBJECTION = "Read the draft reply, and have no objection to it."
AFTERNOON = time(15)


def scenes(stage: Stage) -> Iterator[Scene]:
    yield Scene(at(stage.first_day, 11, 50), enter_the_bylaws)
    for year, planned_on in meetings.planned_years(stage):
        for name in meetings.OCCASIONS:
            day: date = getattr(year, name)
            if day > planned_on:
                yield from prepared(stage, day, planned_on, partial(build, year, name))
        for name in meetings.REGULAR:
            board_day: date = getattr(year, f"board_in_{name}")
            if board_day > planned_on:
                build_board = partial(build_for_the_board, board_day)
                yield from prepared(stage, board_day, planned_on, build_board)
    yield Scene(at(stage.after(stage.letter_received_on, 1), 11), convene)


def prepared(stage: Stage, day: date, planned_on: date, build: Any) -> Iterator[Scene]:
    """Built two and a half weeks before, and sent a week before; at the earliest once planned."""
    built_on = max(business_days_before(day, BUILT, stage.calendar), planned_on)
    sent_on = max(business_days_before(day, SENT, stage.calendar), planned_on)
    yield Scene(at(built_on, 17, 10), build)
    yield Scene(at(sent_on, 17, 40), partial(send, day))


def signed(story: Story, when: datetime) -> dict[str, Any]:
    return {"by": story.people[people.SECRETARY], "at": when}


def enter_the_bylaws(story: Story, when: datetime) -> None:
    said = {"notice_days": 2, "notice_citation": "Bylaws, s. 3.5", **signed(story, when)}
    said["effective_on"] = story.stage.records_begin
    services.set_body_rules(story.committee, **said)
    services.set_body_rules(story.board, seats=7, **said)


def build(year: Year, name: str, story: Story, when: datetime) -> None:
    """Minutes to approve, what the year asks for, the fixed item, and the sessions."""
    meeting = Meeting.objects.get(body=story.committee, on=getattr(year, name))
    if name in meetings.REGULAR:
        for minutes in meetings.waiting(story):
            meetings.approving(story, meeting, minutes, when)
    for matter in meetings.OCCASIONS[name]:
        item = meetings.item_of(story, meeting, matter, year, when)
        add_paper(story, item, year, when)
    for line in LINES[Template.REGULAR][-3:] if name in meetings.REGULAR else (CONCERNS,):
        add_line(story, meeting, line, when)


def add_line(story: Story, meeting: Meeting, line: TemplateLine, when: datetime) -> None:
    services.add_item(
        meeting,
        title=str(line.title),
        kind=line.kind,
        source=line.source,
        source_key=f"template:{line.key}",
        minutes=line.minutes,
        **signed(story, when),
    )


def add_paper(story: Story, item: AgendaItem, year: Year, when: datetime) -> None:
    paper = PAPERS.get(item.title)
    if paper is None or not story.with_pdfs:
        return
    title, content, file_name = papers.write(paper, year.number, item.meeting.on, as_pdf=True)
    services.add_paper(item, upload=Upload(content, file_name, title), **signed(story, when))


def build_for_the_board(day: date, story: Story, when: datetime) -> None:
    meeting = Meeting.objects.get(body=story.board, on=day)
    meetings.board_item(story, meeting, when)


def send(day: date, story: Story, when: datetime) -> None:
    for meeting in Meeting.objects.filter(on=day).exclude(kind=MeetingKind.SPECIAL):
        services.give_notice(meeting, noticed_on=when.date(), **signed(story, when))
        services.send_pack(meeting, **signed(story, when))


def convene(story: Story, when: datetime) -> None:
    """The reply to the staff's letter is read on the next working day; every member waives notice."""
    stage = story.stage
    meeting = services.plan_meeting(
        story.committee,
        kind=MeetingKind.SPECIAL,
        on=stage.after(stage.last_day, 2),
        time=AFTERNOON,
        duration=45,
        place=meetings.PLACE,
        **signed(story, when),
    )
    services.add_item(
        meeting,
        title=REPLY,
        kind=ItemKind.DECIDE,
        ask=ASK,
        recommendation=NO_OBJECTION,
        presenter=f"{people.FINANCE.name} and {people.COUNSEL.name}",
        minutes=30,
        **signed(story, when),
    )
    services.give_notice(meeting, is_waived=True, **signed(story, when))
    services.send_pack(meeting, **signed(story, when))
