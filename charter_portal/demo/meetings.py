"""The meetings of the story: planned, held, decided, minuted, and reported to the Board.

What a meeting takes up is what the timetable says the Committee does on that day, so that minutes
and completions tell the same story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from charter_portal.demo import people
from charter_portal.demo.charters import is_old
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.completions import is_left_out
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charters.models import Committee
from charters.rules.sessions import Group
from meetings import services
from meetings.enums import HowReported, ItemKind, ItemOutcome, ItemSource, MeetingKind
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.presence import members_on
from meetings.services.attendance import Attendance, GuestThere, MemberThere, Movement
from meetings.services.board_reports import report_to_board
from meetings.services.holding import Held, TakenUp
from meetings.services.minutes import approved_at
from meetings.services.sessions import Session
from records.facts import Actor

NINE, TEN, NOON = time(9), time(10), time(11, 55)
PLACE = "Boardroom, Larkmere, and by video"


@dataclass(frozen=True)
class Matter:
    """What an agenda takes up on an occasion, and the duties of the catalogue that it serves."""

    title: str
    keys: tuple[str, ...]
    kind: ItemKind = ItemKind.DISCUSS
    recommendation: str = ""
    presenter: str = ""
    in_consent_group: bool = False


COMPLIANCE = Matter(
    "Compliance report and concerns",
    ("compliance-report", "concerns-reported"),
    ItemKind.NOTE,
    presenter="Eleanor Whitcombe",
)
QUARTER = Matter(
    "Quarterly report on Form 10-Q and earnings release",
    ("quarterly-statements", "officer-disclosures", "earnings-releases"),
    presenter="Grace Nakamura",
)
RELATED_PARTY = "Lease of the Duluth warehouse"
OCCASIONS: Mapping[str, tuple[Matter, ...]] = {
    "release_call": (
        Matter("Release of the year's results", ("earnings-releases",), presenter="Grace Nakamura"),
    ),
    "march": (
        Matter(
            "Annual financial statements",
            ("annual-statements", "accounting-policies", "recommend-statements"),
            ItemKind.DECIDE,
            "Recommend to the Board that the audited financial statements be included in the annual "
            "report on Form 10-K.",
            "Grace Nakamura",
        ),
        Matter(
            "The auditor's communications and independence",
            ("required-communications", "independence-dialogue", "resolve-disagreements"),
            presenter="Samuel Brightwater",
        ),
        Matter(
            "Internal control over financial reporting",
            ("control-conclusion", "officer-disclosures", "audit-findings"),
            presenter="Luís Ferreira Braga",
        ),
        COMPLIANCE,
    ),
    "may": (
        Matter(
            "Appointment of the auditor",
            ("evaluate-auditor", "auditor-compensation", "engagement-letter"),
            ItemKind.DECIDE,
            "Appoint Calloway Finch LLP as auditor for the fiscal year, and approve its fee and its "
            "engagement letter.",
        ),
        Matter(
            "Pre-approval of audit and permitted services",
            ("pre-approve-audit", "pre-approve-non-audit", "pre-approval-policy"),
            ItemKind.DECIDE,
            "Approve the pre-approval policy for the fiscal year as presented.",
            "Grace Nakamura",
        ),
        QUARTER,
        COMPLIANCE,
    ),
    "august": (
        Matter("Audit plan", ("audit-plan", "oversee-audit-work"), presenter="Samuel Brightwater"),
        QUARTER,
        Matter("Open control findings", ("findings-follow-up",), presenter="Luís Ferreira Braga"),
        COMPLIANCE,
    ),
    "november": (
        QUARTER,
        Matter(
            "The firm's quality report and partner rotation",
            (
                "quality-control-report",
                "partner-rotation",
                "act-on-independence",
                "change-of-auditor",
                "former-auditor-hiring",
            ),
            presenter="Samuel Brightwater",
        ),
        Matter(
            RELATED_PARTY,
            ("related-party-review",),
            ItemKind.DECIDE,
            "Approve the renewal of the lease on the terms presented.",
            "Grace Nakamura",
        ),
        Matter(
            "Complaint procedures",
            ("complaint-procedures", "employee-channel"),
            ItemKind.DECIDE,
            "Approve the complaint procedures without change.",
            in_consent_group=True,
        ),
        COMPLIANCE,
    ),
    "december": (
        Matter(
            "Evaluation of the Committee and review of its charter",
            ("committee-evaluation", "charter-review"),
        ),
        Matter(
            "Budget for advisers",
            ("funding",),
            ItemKind.DECIDE,
            "Find the funding for the auditor and advisers in the coming year sufficient.",
        ),
    ),
}
REGULAR = ("march", "may", "august", "november")
SESSIONS: Mapping[str, tuple[Group, ...]] = {
    "march": (Group.EXTERNAL_AUDITOR, Group.MANAGEMENT),
    "may": (Group.EXTERNAL_AUDITOR,),
    "august": (Group.EXTERNAL_AUDITOR, Group.MANAGEMENT),
    "november": (Group.EXTERNAL_AUDITOR,),
}
# The line of the agenda's template with which each is planned.
LINES_OF: Mapping[Group, str] = {
    Group.EXTERNAL_AUDITOR: "session-auditor",
    Group.MANAGEMENT: "session-management",
}
# What becomes of an item that no one asked about; None: it is put to a vote.
USUAL: Mapping[ItemKind, ItemOutcome | None] = {
    ItemKind.DECIDE: None,
    ItemKind.DISCUSS: ItemOutcome.DISCUSSED,
    ItemKind.NOTE: ItemOutcome.NOTED,
    ItemKind.EXECUTIVE_SESSION: ItemOutcome.HELD,
}
LENGTHS: Mapping[ItemKind, int] = {
    ItemKind.DECIDE: 10,
    ItemKind.DISCUSS: 20,
    ItemKind.NOTE: 10,
    ItemKind.EXECUTIVE_SESSION: 10,
}
HEADINGS = {Group.EXTERNAL_AUDITOR: "Quality of the close", Group.MANAGEMENT: "Staffing"}
INVITED: tuple[tuple[Character, str, Group | None], ...] = (
    (people.FINANCE, "chief financial officer", Group.MANAGEMENT),
    (people.AUDITOR, "audit partner, Calloway Finch LLP", Group.EXTERNAL_AUDITOR),
    (people.SECRETARY, "corporate secretary", None),
)


def planned_years(stage: Stage) -> Iterator[tuple[Year, date]]:
    """Every fiscal year whose meetings are planned, with the date on which they are."""
    for year in [*stage.years_from(stage.first_day), stage.this_year.next]:
        yield year, max(stage.first_day, year.after(year.before.november, 3))


def scenes(stage: Stage) -> Iterator[Scene]:
    for year, planned_on in planned_years(stage):
        yield Scene(at(planned_on, 12), partial(plan, year, planned_on))
        for name in OCCASIONS:
            day: date = getattr(year, name)
            if day > planned_on:
                yield Scene(at(stage.after(day, 2), 15), partial(enter, year, name))
                yield Scene(at(stage.after(day, 6), 15), partial(circulate, day))
        for name in REGULAR:
            board_day: date = getattr(year, f"board_in_{name}")
            if board_day > planned_on:
                yield Scene(at(stage.after(board_day, 2), 16), partial(enter_board, board_day))


def plan(year: Year, planned_on: date, story: Story, when: datetime) -> None:
    """The year in one go: the Committee's meetings, and the Board's on the day after."""
    by = story.people[people.SECRETARY]
    for name in OCCASIONS:
        kind = MeetingKind.RELEASE_CALL if name == "release_call" else MeetingKind.REGULAR
        _plan(story.committee, getattr(year, name), NINE, kind, planned_on, by, when)
    for name in REGULAR:
        day = getattr(year, f"board_in_{name}")
        _plan(story.board, day, TEN, MeetingKind.REGULAR, planned_on, by, when)


def _plan(
    body: Committee,
    day: date,
    start: time,
    kind: MeetingKind,
    planned_on: date,
    by: Actor,
    when: datetime,
) -> None:
    if day > planned_on:
        services.plan_meeting(
            body,
            on=day,
            time=start,
            kind=kind,
            place=PLACE,
            by=by,
            at=when,
        )


def enter(year: Year, name: str, story: Story, when: datetime) -> None:
    """Two days afterwards the secretary enters what happened, and concludes the meeting."""
    by = story.people[people.SECRETARY]
    meeting = Meeting.objects.get(body=story.committee, on=getattr(year, name))
    agenda = {item.title: item for item in meeting.items.standing()}
    items = [(agenda.pop(matter.title), matter) for matter in OCCASIONS[name]]
    taken = [_taken(story, item, matter, year) for item, matter in items]
    taken += [TakenUp(item, _usual(item, name)) for item in agenda.values()]
    services.enter_meeting(
        meeting,
        held=Held(_attendance(story, meeting, items), NOON, story.directors[people.CHAIR]),
        items=taken,
        sessions=[
            Session(group, frozenset({group}), HEADINGS[group]) for group in SESSIONS.get(name, ())
        ],
        by=by,
        at=when,
    )
    services.conclude_meeting(meeting, by=by, at=when)
    if story.with_pdfs and year == story.stage.last_year and name == "november":
        for minutes in approved_at(meeting):
            services.file_approved_minutes(minutes, by=by, at=when)


def _usual(item: AgendaItem, name: str) -> ItemOutcome | None:
    """What becomes of it as a rule; a session that the season does not have is not taken up."""
    if item.kind == ItemKind.EXECUTIVE_SESSION:
        held = {f"template:{LINES_OF[group]}" for group in SESSIONS.get(name, ())}
        if item.source_key not in held:
            return ItemOutcome.NOT_TAKEN_UP
    return USUAL[ItemKind(item.kind)]


def waiting(story: Story) -> list[Minutes]:
    found = Minutes.objects.filter(meeting__body=story.committee, state="circulated")
    return list(found.order_by("meeting__on"))


def approving(story: Story, meeting: Meeting, minutes: Minutes, when: datetime) -> AgendaItem:
    return services.add_item(
        meeting,
        title=str(minutes),
        kind=ItemKind.DECIDE,
        source=ItemSource.MINUTES,
        source_key=f"minutes:{minutes.meeting_id}",
        recommendation=f"Approve the {str(minutes)[0].lower()}{str(minutes)[1:]}.",
        because="These minutes are not approved yet.",
        in_consent_group=True,
        by=story.people[people.SECRETARY],
        at=when,
    )


def item_of(
    story: Story, meeting: Meeting, matter: Matter, year: Year, when: datetime
) -> AgendaItem:
    duties = [story.duties[key] for key in matter.keys if is_served(story, key, year, meeting.on)]
    return services.add_item(
        meeting,
        title=matter.title,
        kind=matter.kind,
        recommendation=matter.recommendation,
        presenter=matter.presenter,
        minutes=LENGTHS[matter.kind],
        in_consent_group=matter.in_consent_group,
        source=ItemSource.DUTY if duties else ItemSource.ADDED,
        duties=duties,
        by=story.people[people.SECRETARY],
        at=when,
    )


def is_served(story: Story, key: str, year: Year, day: date) -> bool:
    """Whether the timetable has it done: in force by the day, and not left for another scene."""
    stage = story.stage
    since = stage.first_day if is_old(key) else stage.effective_on
    return key in story.duties and day >= since and not is_left_out(stage, key, year)


def _taken(story: Story, item: AgendaItem, matter: Matter, year: Year) -> TakenUp:
    if matter.kind is ItemKind.DECIDE:
        is_recused = matter.title == RELATED_PARTY and year == story.stage.last_year
        member = story.directors[people.MEMBER]
        return TakenUp(item, recused={member: False} if is_recused else {})
    outcome = ItemOutcome.NOTED if matter.kind is ItemKind.NOTE else ItemOutcome.DISCUSSED
    return TakenUp(item, outcome)


def _attendance(
    story: Story, meeting: Meeting, items: list[tuple[AgendaItem, Matter]]
) -> Attendance:
    """All members; in August one of them comes for the second item."""
    late = story.directors[people.MEMBER] if meeting.on.month == 8 else None
    moves = Movement(arrives=items[1][0]) if late else Movement()
    members = [
        MemberThere(member, True, moves if member == late else Movement())
        for member in members_on(meeting)
    ]
    guests = [GuestThere(who.name, capacity, group) for who, capacity, group in INVITED]
    return Attendance(members, guests)


def circulate(day: date, story: Story, when: datetime) -> None:
    minutes = Minutes.objects.get(meeting__body=story.committee, meeting__on=day)
    services.circulate_minutes(minutes, by=story.people[people.SECRETARY], at=when)


def board_item(story: Story, meeting: Meeting, when: datetime) -> AgendaItem:
    return services.add_item(
        meeting,
        title="Report of the Audit Committee",
        kind=ItemKind.NOTE,
        presenter=people.CHAIR.name,
        minutes=LENGTHS[ItemKind.NOTE],
        by=story.people[people.SECRETARY],
        at=when,
    )


def enter_board(day: date, story: Story, when: datetime) -> None:
    """The Board hears the Committee's chair on every meeting since its last one."""
    by = story.people[people.SECRETARY]
    meeting = Meeting.objects.get(body=story.board, on=day)
    item = meeting.items.get()
    there = [MemberThere(member) for member in members_on(meeting)]
    services.enter_meeting(
        meeting,
        held=Held(Attendance(there), NOON),
        items=[TakenUp(item, ItemOutcome.NOTED)],
        by=by,
        at=when,
    )
    services.conclude_meeting(meeting, drafts=False, by=by, at=when)
    told = Meeting.objects.of(story.committee).held(day).filter(board_reports=None)
    report_to_board(list(told), board_meeting=meeting, how=HowReported.ORALLY, by=by, at=when)
