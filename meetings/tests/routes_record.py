"""Who gets in where: what happened at a meeting, recusals, minutes."""

from datetime import UTC, date, datetime, time
from typing import Any

from accounts.tests.walk import DIRECTORS, SECRETARIES, Cast, Route
from charters.enums import HowDecided
from charters.models import Decision
from charters.services import record_decision
from charters.tests.routes import stage
from committees.models import Membership
from committees.tests.factories import a_board, a_director, a_seat
from meetings import services
from meetings.enums import ItemKind, ItemOutcome
from meetings.models import Meeting, Minutes
from meetings.presence import members_on
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import a_meeting, an_item
from meetings.tests.routes_meetings import READERS, an_items_key
from records.enums import SystemActor

PAST, NEXT = date(2025, 8, 5), date(2025, 11, 5)
BEFORE: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2025, 7, 1, 15, tzinfo=UTC)}
AFTER: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2025, 11, 6, 15, tzinfo=UTC)}


def past_meeting() -> Meeting:
    """It has come, with one item on its agenda; nobody has entered what happened."""
    found = Meeting.objects.filter(on=PAST).first()
    if found:
        return found
    committee = stage().committee
    a_board()
    if not Membership.objects.filter(committee=committee).exists():
        a_seat(a_director("Ann A"), committee)
    meeting = a_meeting(committee, on=PAST, time=time(9), **BEFORE)
    an_item(meeting, "Audit plan", kind=ItemKind.DISCUSS, **BEFORE)
    return meeting


def entered_meeting() -> Meeting:
    meeting = past_meeting()
    if not meeting.attendees.exists():
        there = [MemberThere(member) for member in members_on(meeting)]
        items = [TakenUp(item, ItemOutcome.DISCUSSED) for item in meeting.items.standing()]
        services.enter_meeting(meeting, held=Held(Attendance(there)), items=items, **AFTER)
    return Meeting.objects.get(pk=meeting.pk)


def drafted() -> Minutes:
    meeting = entered_meeting()
    if not Minutes.objects.filter(meeting=meeting).exists():
        services.conclude_meeting(meeting, **AFTER)
    return Minutes.objects.get(meeting=meeting)


def circulated() -> Minutes:
    minutes = drafted()
    the_decision(minutes)
    return services.circulate_minutes(minutes, **AFTER) if minutes.state == "draft" else minutes


def the_decision(minutes: Minutes) -> Decision:
    body = minutes.meeting.body
    found = Decision.objects.filter(body=body, decided_on=NEXT).first()
    return found or record_decision(
        body, decided_on=NEXT, how=HowDecided.MEETING, text="Approve the minutes.", **AFTER
    )


def approved() -> Minutes:
    minutes = circulated()
    if minutes.is_approved:
        return minutes
    return services.approve_minutes(minutes, decision=the_decision(minutes), **AFTER)


def to_be_entered(cast: Cast) -> dict[str, object]:
    return {"pk": past_meeting().pk}


def was_entered(cast: Cast) -> dict[str, object]:
    return {"pk": entered_meeting().pk}


def a_draft(cast: Cast) -> dict[str, object]:
    return {"pk": drafted().pk}


def in_circulation(cast: Cast) -> dict[str, object]:
    return {"pk": circulated().pk}


def once_approved(cast: Cast) -> dict[str, object]:
    return {"pk": approved().pk}


def a_paragraph(cast: Cast) -> dict[str, object]:
    paragraph = drafted().paragraphs.first()
    assert paragraph
    return {"pk": paragraph.pk}


def a_committee(cast: Cast) -> dict[str, object]:
    past_meeting()
    return {}


def act_on(kwargs: Any, sees: frozenset[str] = READERS) -> Route:
    return Route(get=SECRETARIES, post=SECRETARIES, kwargs=kwargs, sees=sees)


PREPARERS = (SECRETARIES | DIRECTORS) - {"secretary_in_management"}

ROUTES = {
    "meeting_past": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_committee),
    "meeting_enter": act_on(to_be_entered),
    "meeting_attendance": act_on(was_entered),
    "meeting_conclude": act_on(was_entered),
    "item_recuse": Route(get=PREPARERS, post=PREPARERS, kwargs=an_items_key, sees=READERS),
    "minutes": Route(get=READERS, kwargs=a_committee),
    "minutes_detail": Route(get=READERS, kwargs=in_circulation),
    "minutes_pdf": Route(get=READERS, kwargs=in_circulation),
    # A draft is seen by those who write it.
    "minutes_circulate": act_on(a_draft, sees=SECRETARIES),
    "paragraph_change": act_on(a_paragraph, sees=SECRETARIES),
    "minutes_approve": act_on(in_circulation),
    "minutes_correct": act_on(once_approved),
    "minutes_file": act_on(was_entered),
}
