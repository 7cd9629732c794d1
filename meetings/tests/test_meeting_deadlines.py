"""A quarter without a meeting, papers and minutes: what falls due, and who is reminded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from accounts.models import User
from charters.docket import AsOf
from charters.reminders import Reminders
from charters.tests.charters import Stage, set_the_stage
from meetings import services
from meetings.meeting_deadlines import MINUTES, PAPERS, QUARTERS
from meetings.models import Meeting
from meetings.tasks import send_quarterly_meeting_reminders
from meetings.tests.factories import SIGNED, a_meeting, an_item
from records.models import Notice

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 15, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def due(stage: Stage, sort: str, day: date = TODAY) -> list[tuple[str, date]]:
    found = Reminders(AsOf(stage.committee, day, stage.company), sort).deadlines
    return [(each.what, each.due_on) for __, each in found]


def test_quarter_without_a_meeting_falls_due_at_its_end(stage: Stage) -> None:
    assert due(stage, QUARTERS) == []
    meeting = a_meeting(stage.committee, on=date(2027, 2, 23), by=SIGNED["by"], at=AT)
    assert due(stage, QUARTERS) == [("Schedule a meeting by December 31, 2026", date(2026, 12, 31))]
    services.cancel_meeting(meeting, reason="No business", by=SIGNED["by"], at=AT)
    assert [on for __, on in due(stage, QUARTERS)] == [date(2026, 12, 31), date(2027, 3, 31)]


def test_meeting_without_a_quorum_leaves_its_quarter_open(stage: Stage) -> None:
    meeting = a_meeting(stage.committee, on=TODAY, by=SIGNED["by"], at=AT)
    a_meeting(stage.committee, on=date(2027, 2, 23), by=SIGNED["by"], at=AT)
    assert due(stage, QUARTERS) == []
    services.record_no_quorum(meeting, by=SIGNED["by"], at=AT)
    assert [on for __, on in due(stage, QUARTERS)] == [date(2026, 12, 31)]


def test_secretary_is_reminded_60_and_30_days_before_the_quarter_ends(
    stage: Stage, secretary: User
) -> None:
    a_meeting(stage.committee, on=date(2027, 2, 23), by=SIGNED["by"], at=AT)
    send_quarterly_meeting_reminders()
    send_quarterly_meeting_reminders()
    (owed,) = Notice.objects.filter(kind="meetings.quarter_reminder")
    assert owed.recipient == secretary
    with time_machine.travel(datetime(2026, 12, 1, 15, tzinfo=UTC), tick=False):
        send_quarterly_meeting_reminders()
    assert Notice.objects.filter(kind="meetings.quarter_reminder").count() == 2


def test_papers_are_due_until_the_agenda_is_sent(stage: Stage) -> None:
    meeting = a_meeting(stage.committee, on=date(2026, 11, 18), by=SIGNED["by"], at=AT)
    an_item(meeting)
    assert due(stage, PAPERS) == [
        ("Papers for the Audit Committee meeting of November 18, 2026", date(2026, 11, 6))
    ]
    services.send_pack(meeting, by=SIGNED["by"], at=AT)
    assert due(stage, PAPERS) == []


def test_minutes_are_circulated_and_then_approved(stage: Stage) -> None:
    meeting = services.enter_past_meeting(
        stage.committee, on=date(2026, 10, 20), by=SIGNED["by"], at=AT
    )
    Meeting.objects.update(concluded_at=AT)
    meeting.refresh_from_db()
    minutes = services.draft_minutes(meeting, by=SIGNED["by"], at=AT)
    assert due(stage, MINUTES) == [("Circulate the minutes of October 20, 2026", date(2026, 11, 3))]
    services.circulate_minutes(minutes, by=SIGNED["by"], at=AT)
    assert due(stage, MINUTES) == []
    a_meeting(stage.committee, on=date(2026, 11, 18), by=SIGNED["by"], at=AT)
    assert due(stage, MINUTES) == [("Approve the minutes of October 20, 2026", date(2026, 11, 18))]
