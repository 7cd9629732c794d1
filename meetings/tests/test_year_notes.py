"""The committee's fiscal year in a few facts, on the page of its meetings (RULE-30, 45, 46)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from charters.docket import AsOf
from charters.models import Committee
from charters.rules.sessions import Group
from charters.services import declare_not_applicable
from charters.tests.charters import set_the_stage
from meetings.models import SessionCard
from meetings.reports.year_notes import year_notes
from meetings.services import enter_past_meeting
from meetings.tests.factories import a_body, a_meeting
from records.enums import SystemActor
from records.models import Company

pytestmark = pytest.mark.django_db

NOW: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2026, 11, 20, 15, tzinfo=UTC)}
TODAY = date(2026, 11, 20)
HELD = (date(2026, 2, 26), date(2026, 5, 5), date(2026, 8, 4))
MANAGEMENT, INTERNAL, EXTERNAL = Group


@pytest.fixture
def body() -> Committee:
    return a_body()


def held(body: Committee, *days: date, **sessions: frozenset[Group]) -> None:
    for on in days:
        meeting = enter_past_meeting(body, on=on, **NOW)
        for name, present in sessions.items():
            SessionCard.objects.create(
                meeting=meeting, held_with=Group[name], present=present, recorded_at=NOW["at"]
            )


def told(body: Committee, on: date = TODAY) -> dict[str, tuple[str, tuple[str, ...]]]:
    calendar = Company.objects.get().calendar
    found = year_notes(AsOf(body, on), calendar.year_of(TODAY))
    return {str(note.term): (note.text, note.lines) for note in found}


def test_three_held_and_nothing_scheduled(body: Committee) -> None:
    held(body, *HELD)
    assert told(body)["Meetings of the committee"] == (
        "3 held, 0 planned",
        ("The charter asks for four meetings a year. 1 more needs a date by December 31, 2026.",),
    )


def test_a_fourth_scheduled_is_enough(body: Committee) -> None:
    held(body, *HELD)
    a_meeting(body, on=date(2026, 12, 8), **NOW)
    assert told(body)["Meetings of the committee"] == ("3 held, 1 planned", ())


@pytest.mark.parametrize("on", [date(2026, 12, 8), date(2026, 12, 9)])
def test_meeting_that_is_not_entered_yet_is_neither_held_nor_missing(
    body: Committee, on: date
) -> None:
    held(body, *HELD)
    a_meeting(body, on=date(2026, 12, 8), **NOW)
    assert told(body, on)["Meetings of the committee"] == (
        "3 held, 1 planned",
        ("1 planned meeting is past its date and is not entered yet.",),
    )


def test_after_the_year_with_three(body: Committee) -> None:
    held(body, *HELD)
    assert told(body, date(2027, 1, 1))["Meetings of the committee"] == (
        "3 held, 0 planned",
        ("The charter asks for four meetings a year.",),
    )


def test_sessions_by_group(body: Committee) -> None:
    """Each quarter with the auditor; one with management, at which the auditor was present too."""
    both = frozenset({MANAGEMENT, EXTERNAL})
    held(body, *HELD, EXTERNAL_AUDITOR=frozenset({EXTERNAL}))
    held(body, date(2026, 10, 6), MANAGEMENT=both)
    found = told(body)
    assert found["Sessions with the independent auditor"] == (
        "February 26, 2026, May 5, 2026 and August 4, 2026",
        (),
    )
    assert found["Sessions with management"] == (
        "None on record",
        (
            "Not counted, because another group was present: October 6, 2026.",
            "Good practice is 2 a year.",
        ),
    )
    assert found["Sessions with the internal auditor"][0] == "None on record"


def test_a_group_that_the_company_does_not_have() -> None:
    """RULE-46: unless there is no such function, with the reason."""
    when = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 15, tzinfo=UTC)}
    stage = set_the_stage()
    body = stage.committee
    duty = stage.duty(catalogue_key="session-internal-auditor")
    declare_not_applicable(
        duty, starts_on=date(2026, 1, 5), reason="No internal audit function.", **when
    )
    assert told(body)["Sessions with the internal auditor"] == (
        "Not applicable",
        ("No internal audit function.",),
    )


def test_a_review_planned_after_the_due_date(body: Committee) -> None:
    early = {**NOW, "at": datetime(2026, 10, 1, 15, tzinfo=UTC)}
    meeting = a_meeting(body, on=date(2026, 11, 25), **early)
    [note] = [lines for term, (__, lines) in told(body, date(2026, 10, 1)).items() if "due" in term]
    assert len(note) == 1
    assert "third quarter of fiscal year 2026" in note[0]
    assert note[0].endswith("The first meeting after the period is on November 25, 2026.")
    a_meeting(body, on=date(2026, 10, 28), **early)
    assert meeting.pk
    assert not [term for term in told(body, date(2026, 10, 1)) if "due" in term]


@time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC), tick=False)
def test_the_page_of_the_year_says_so(
    body: Committee, client_of: Callable[..., Client], member: User
) -> None:
    held(body, *HELD)
    page = client_of(member).get("/meetings/").content.decode()
    assert "1 more needs a date by December 31, 2026." in page
    assert "Sessions with the independent auditor" in page
