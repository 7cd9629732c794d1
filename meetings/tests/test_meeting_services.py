"""Meetings planned, moved, noticed, held and canceled."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from meetings import services
from meetings.enums import CountedVotes, MeetingKind, MeetingState
from meetings.models import BodyRules, Meeting
from meetings.tests.factories import AT, NINE, NOVEMBER, SIGNED, a_body, a_meeting
from records.models import Company, LedgerEntry
from records.services.company import change_company

pytestmark = pytest.mark.django_db

HELD = {"by": SIGNED["by"], "at": datetime(2026, 11, 4, 18, tzinfo=UTC)}


def refusal(caught: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return caught.value.message_dict[field][0]


def test_planned_meeting_is_cited_and_starts_in_the_companys_zone() -> None:
    meeting = a_meeting(kind=MeetingKind.SPECIAL)
    assert str(meeting) == "Audit Committee special meeting of November 4, 2026"
    assert meeting.starts_at() == datetime(2026, 11, 4, 14, tzinfo=UTC)
    assert (meeting.state, meeting.sequence) == (MeetingState.PLANNED, 0)


def test_place_is_not_in_the_activity_log() -> None:
    meeting = a_meeting(place="Room 12")
    entry = LedgerEntry.objects.get(action="meeting.planned")
    assert entry.subject == f"meetings.Meeting:{meeting.pk}"
    assert "Room 12" not in str(entry.facts)


def test_past_date_is_not_planned() -> None:
    with pytest.raises(ValidationError) as caught:
        a_meeting(on=date(2026, 9, 30))
    assert "has passed" in refusal(caught, "on")


def test_body_meets_once_at_a_time() -> None:
    meeting = a_meeting()
    with pytest.raises(ValidationError, match="on record already"):
        a_meeting(meeting.body)
    services.cancel_meeting(meeting, reason="Moved to the spring", **SIGNED)
    assert a_meeting(meeting.body).state == MeetingState.PLANNED


def test_start_that_clocks_skip_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        a_meeting(on=date(2027, 3, 14), time=time(2, 30))
    assert refusal(caught, "time") == (
        "2:30 a.m. does not exist on March 14, 2027: clocks go forward at 2:00. "
        "Choose 3:00 a.m. or later."
    )


def test_start_that_comes_twice_is_asked_for() -> None:
    body = a_body()
    when = {"on": date(2026, 11, 1), "time": time(1, 30)}
    with pytest.raises(ValidationError) as caught:
        a_meeting(body, **when)
    assert "comes twice" in refusal(caught, "is_second_hour")
    first = a_meeting(body, **when, is_second_hour=False).starts_at()
    services.cancel_meeting(Meeting.objects.get(), reason="Wrong hour", **SIGNED)
    second = a_meeting(body, **when, is_second_hour=True).starts_at()
    assert first
    assert second
    assert second - first == timedelta(hours=1)


def test_moved_meeting_needs_notice_again() -> None:
    meeting = services.give_notice(a_meeting(), noticed_on=AT.date(), **SIGNED)
    assert meeting.state == MeetingState.NOTICED
    placed = services.change_meeting(meeting, on=meeting.on, time=NINE, place="Room 12", **SIGNED)
    assert (placed.state, placed.sequence) == (MeetingState.NOTICED, 2)
    moved = services.change_meeting(placed, on=date(2026, 11, 5), time=NINE, **SIGNED)
    assert (moved.state, moved.noticed_on, moved.sequence) == (MeetingState.PLANNED, None, 3)


def test_change_without_a_change_is_refused() -> None:
    with pytest.raises(ValidationError, match="same as before"):
        services.change_meeting(a_meeting(), on=NOVEMBER, time=NINE, **SIGNED)


def test_notice_is_given_or_waived() -> None:
    meeting = a_meeting()
    with pytest.raises(ValidationError) as caught:
        services.give_notice(meeting, **SIGNED)
    assert "waived" in refusal(caught, "noticed_on")
    assert services.give_notice(meeting, is_waived=True, **SIGNED).notice_waived


def test_canceled_meeting_keeps_its_reason_and_is_over() -> None:
    meeting = a_meeting()
    with pytest.raises(ValidationError) as caught:
        services.cancel_meeting(meeting, reason=" ", **SIGNED)
    assert "Say why" in refusal(caught, "reason")
    meeting = services.cancel_meeting(meeting, reason="No business", **SIGNED)
    assert (meeting.state, meeting.canceled_on) == (MeetingState.CANCELED, AT.date())
    with pytest.raises(ValidationError, match="is canceled"):
        services.give_notice(meeting, is_waived=True, **SIGNED)


def test_held_meeting_keeps_the_zone_it_was_held_in() -> None:
    ahead = a_meeting(on=date(2026, 12, 4))
    held = services.hold_meeting(a_meeting(ahead.body), **HELD)
    company = Company.objects.get()
    change_company(company, time_zone="America/Los_Angeles", **SIGNED)
    ahead.refresh_from_db()
    held.refresh_from_db()
    assert held.starts_at() == datetime(2026, 11, 4, 14, tzinfo=UTC)
    assert ahead.starts_at() == datetime(2026, 12, 4, 17, tzinfo=UTC)


def test_meeting_is_not_held_before_its_date() -> None:
    with pytest.raises(ValidationError, match="planned for November 4, 2026"):
        services.hold_meeting(a_meeting(), **SIGNED)


def test_meeting_without_quorum_counts_as_none() -> None:
    meeting = services.record_no_quorum(a_meeting(), **HELD)
    assert meeting.state == MeetingState.WITHOUT_QUORUM
    assert not Meeting.objects.held(NOVEMBER).exists()


def test_past_meeting_is_entered_as_held() -> None:
    body = a_body()
    meeting = services.enter_past_meeting(body, on=date(2026, 8, 4), **SIGNED)
    assert (meeting.state, meeting.starts_at()) == (MeetingState.HELD, None)
    with pytest.raises(ValidationError) as caught:
        services.enter_past_meeting(body, on=date(2026, 8, 4), **SIGNED)
    assert "Give the start" in refusal(caught, "time")


def test_rules_of_a_body() -> None:
    body = a_body()
    rules = services.set_body_rules(body, notice_days=2, notice_citation="Bylaws, s. 3.5", **SIGNED)
    assert (rules.notice_days, rules.bylaws(NOVEMBER).citation) == (2, "")
    services.correct_body_rules(
        rules, counted=CountedVotes.VOTES_CAST, citation="Bylaws, s. 3.7", **SIGNED
    )
    assert BodyRules.objects.get().bylaws(NOVEMBER).citation == "Bylaws, s. 3.7"


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"notice_days": 2}, "notice_citation"),
        ({"quorum_part": 1, "quorum_of": 4, "citation": "Bylaws, s. 3.7"}, "quorum_part"),
        ({"quorum_part": 2, "quorum_of": 3}, "quorum_part"),
        ({"seats": 7}, "seats"),
        ({"first_number": 14}, "first_number_year"),
    ],
    ids=["no citation", "below one third", "no source", "seats of a committee", "no year"],
)
def test_rules_that_cannot_be(terms: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.set_body_rules(a_body(), **terms, **SIGNED)
    assert field in caught.value.message_dict


def test_who_reads_meetings(secretary: User, member: User, management: User) -> None:
    a_meeting()
    seen = [
        Meeting.objects.visible_to(user, on=NOVEMBER).count()
        for user in (secretary, member, management)
    ]
    assert seen == [1, 1, 0]
