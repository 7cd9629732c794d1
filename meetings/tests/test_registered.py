"""What meetings bring to deadlines, home, and the report to the Board."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from charters.answers import Deadline, Urgency
from charters.docket import AsOf, as_seen_by, as_seen_without
from charters.models import Committee
from charters.registry import DEADLINES, HOME, REPORT_PARTS, ReportScope
from charters.rules.sessions import Group
from committees.models import Director
from committees.tests.factories import a_board, a_director, a_seat
from meetings.enums import Answer, HowReported
from meetings.models import Attendee, Meeting
from meetings.services import board_reports, consents, enter_past_meeting
from meetings.services.sessions import Session, record_session
from meetings.tests.factories import a_body, a_meeting
from records.enums import SystemActor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}
AUGUST, BOARD_IN_AUGUST = date(2026, 8, 4), date(2026, 8, 6)


@pytest.fixture
def committee() -> Committee:
    return a_body()


@pytest.fixture
def members(committee: Committee, chair: User, member: User) -> list[Director]:
    found = [a_director(user.name, user) for user in (chair, member)]
    for director in found:
        a_seat(director, committee)
    return found


def held(body: Committee, on: date = AUGUST) -> Meeting:
    return enter_past_meeting(body, on=on, **NOW)


def due(committee: Committee, source: str, on: date = TODAY) -> list[Deadline]:
    return list(DEADLINES.get(source).load(AsOf(committee, on)))


def asked(committee: Committee, user: User, on: date = TODAY) -> list[str]:
    as_of = AsOf(committee, on, sees=as_seen_by(user, on))
    asks = HOME.get("meetings.home").asks
    assert asks
    return [ask.sentence for ask in asks(as_of, user)]


def told(committee: Committee, name: str, without: frozenset[Role] = frozenset()) -> list[str]:
    as_of = AsOf(committee, TODAY, sees=as_seen_without(without))
    scope = ReportScope(as_of, date(2026, 7, 1), TODAY)
    return [
        sentence.text
        for section in REPORT_PARTS.get(name).compose(scope)
        for sentence in section.sentences
    ]


def test_filings_fall_due_by_the_filing_calendar_once_meetings_are_planned(
    committee: Committee,
) -> None:
    assert due(committee, "meetings.filings") == []
    a_meeting(committee, on=date(2026, 12, 8), at=NOW["at"])
    assert [(row.due_on, row.what) for row in due(committee, "meetings.filings")] == [
        (date(2027, 3, 31), "File Form 10-K for fiscal year 2026"),
        (date(2027, 4, 30), "File the proxy statement, or Part III of Form 10-K for fiscal year 2026"),
    ]  # fmt: skip
    october = due(committee, "meetings.filings", on=date(2026, 11, 16))
    assert october[0].what == "File Form 10-Q for the third quarter of fiscal year 2026"


def test_members_who_have_not_signed_are_reminded_and_nobody_else(
    committee: Committee, members: list[Director]
) -> None:
    consent = consents.prepare_consent(committee, title="Counsel", text="RESOLVED.", **NOW)
    consents.send_consent(consent, sign_by=date(2026, 11, 30), **NOW)
    clara, max_ = members
    assert [row.owner for row in due(committee, "meetings.signatures")] == [
        clara.user_id,
        max_.user_id,
    ]
    assert clara.user is not None
    consents.sign(consent, clara, by=clara.user, at=NOW["at"])
    [row] = due(committee, "meetings.signatures")
    assert (row.owner, row.due_on) == (max_.user_id, date(2026, 11, 30))
    consents.withdraw_consent(consent, **NOW)
    assert due(committee, "meetings.signatures") == []


def test_a_meeting_is_to_be_reported_at_the_next_board_meeting(committee: Committee) -> None:
    meeting = held(committee)
    assert due(committee, "meetings.board_reports") == []
    a_meeting(a_board(), on=date(2026, 12, 9), at=NOW["at"])
    [row] = due(committee, "meetings.board_reports")
    assert (row.due_on, row.what) == (
        date(2026, 12, 9),
        "Report to the Board on the Audit Committee meeting of August 4, 2026",
    )
    board = held(a_board(), BOARD_IN_AUGUST)
    board_reports.report_to_board([meeting], board_meeting=board, how=HowReported.ORALLY, **NOW)
    assert due(committee, "meetings.board_reports") == []


def test_home_asks_a_member_to_sign_until_they_have(
    committee: Committee, members: list[Director], secretary: User
) -> None:
    consent = consents.prepare_consent(committee, title="Counsel", text="RESOLVED.", **NOW)
    consents.send_consent(consent, **NOW)
    clara, _max = members
    assert clara.user is not None
    sentence = "A written consent is waiting for your signature: Counsel."
    assert asked(committee, clara.user) == [sentence]
    assert asked(committee, secretary) == []
    consents.sign(consent, clara, by=clara.user, at=NOW["at"])
    assert asked(committee, clara.user) == []


def test_home_asks_the_secretary_for_what_is_to_be_recorded(
    committee: Committee, secretary: User
) -> None:
    a_meeting(committee, on=date(2026, 11, 4))
    held(committee)
    held(a_board(), BOARD_IN_AUGUST)
    assert asked(committee, secretary) == [
        "Nothing is recorded yet of the Audit Committee meeting of November 4, 2026.",
        "2 more meetings of the committee need a date by December 31, 2026.",
        "The Board met on August 6, 2026. No report on the Audit Committee meeting of August 4, "
        "2026 is on record.",
    ]


def test_home_names_the_next_meeting(committee: Committee, members: list[Director]) -> None:
    meeting = a_meeting(committee, on=date(2026, 12, 4), at=NOW["at"])
    user = members[0].user
    assert user is not None
    dates = HOME.get("meetings.home").dates
    assert dates
    for day, expected in ((date(2026, 12, 4), [meeting.on]), (date(2026, 12, 5), [])):
        as_of = AsOf(committee, day, sees=as_seen_by(user, day))
        assert [(each.on, each.urgency) for each in dates(as_of, user)] == [
            (on, Urgency.MEETING) for on in expected
        ]


def test_a_report_tells_who_attended_and_the_fact_of_sessions(
    committee: Committee, members: list[Director]
) -> None:
    meeting = held(committee)
    clara, max_ = members
    for director, was_present in ((clara, True), (max_, False)):
        Attendee.objects.create(
            meeting=meeting,
            director=director,
            served=True,
            was_present=was_present,
            recorded_at=NOW["at"],
        )
    auditor = Group.EXTERNAL_AUDITOR
    record_session(meeting, Session(auditor, frozenset({auditor}), "ZEPHYR"), **NOW)
    assert told(committee, "meetings.meetings") == [
        "The Committee met on August 4, 2026.",
        "Present on August 4, 2026: Clara Chair. Absent: Max Member.",
        "It met in executive session with the independent auditor on August 4, 2026.",
    ]


def test_a_session_with_others_in_the_room_is_told_as_none(committee: Committee) -> None:
    """RULE-46: with management present it was no executive session with the auditor."""
    meeting = held(committee)
    present = frozenset({Group.EXTERNAL_AUDITOR, Group.MANAGEMENT})
    record_session(meeting, Session(Group.EXTERNAL_AUDITOR, present, ""), **NOW)
    assert told(committee, "meetings.meetings") == ["The Committee met on August 4, 2026."]


def test_a_report_names_nobody_where_all_were_present(
    committee: Committee, members: list[Director]
) -> None:
    meeting = held(committee)
    for director in members:
        Attendee.objects.create(
            meeting=meeting,
            director=director,
            served=True,
            was_present=True,
            recorded_at=NOW["at"],
        )
    assert told(committee, "meetings.meetings") == [
        "The Committee met on August 4, 2026.",
        "All members were present.",
    ]


def attended(meeting: Meeting, **was_present: bool) -> None:
    for name, was in was_present.items():
        director = Director.objects.get(name__startswith=name.title())
        Attendee.objects.create(
            meeting=meeting,
            director=director,
            served=True,
            was_present=was,
            recorded_at=NOW["at"],
        )


def test_a_report_says_once_what_several_meetings_have_in_common(
    committee: Committee, members: list[Director]
) -> None:
    july, august = held(committee, date(2026, 7, 7)), held(committee)
    for meeting in (july, august):
        attended(meeting, clara=True, max=True)
        for group in (Group.MANAGEMENT, Group.EXTERNAL_AUDITOR):
            record_session(meeting, Session(group, frozenset({group})), **NOW)
    assert told(committee, "meetings.meetings") == [
        "The Committee met on July 7 and August 4, 2026.",
        "All members attended each meeting.",
        "It met in executive session with management and the independent auditor on July 7 and "
        "August 4, 2026.",
    ]
    late = held(committee, date(2026, 9, 1))
    attended(late, clara=False, max=True)
    assert told(committee, "meetings.meetings")[:3] == [
        "The Committee met on July 7, August 4 and September 1, 2026.",
        "All members were present on July 7 and August 4, 2026.",
        "Present on September 1, 2026: Max Member. Absent: Clara Chair.",
    ]


def test_a_report_leaves_out_what_its_readers_may_not_see(
    committee: Committee, members: list[Director]
) -> None:
    for title, roles in (("Open", frozenset()), ("ZEPHYR", frozenset({Role.MANAGEMENT}))):
        consent = consents.prepare_consent(
            committee, title=title, text="RESOLVED.", restricted_roles=roles, **NOW
        )
        consents.send_consent(consent, **NOW)
        for director in members:
            assert director.user is not None
            consents.sign(consent, director, by=director.user, at=NOW["at"])
    everything = frozenset({Role.MANAGEMENT})
    assert len(told(committee, "meetings.meetings", without=everything)) == 2
    assert told(committee, "meetings.meetings") == [
        "The Committee acted by unanimous written consent on November 20, 2026 (2026-01)."
    ]


def test_a_report_tells_recommendations_and_their_answers(committee: Committee) -> None:
    made = board_reports.recommend(held(committee), text="Adopt the charter.", **NOW)
    board_reports.answer_recommendation(
        made, answer=Answer.REJECTED, answered_on=BOARD_IN_AUGUST, **NOW
    )
    assert told(committee, "meetings.recommendations") == [
        "On August 4, 2026 the Committee recommended to the Board: Adopt the charter. The Board "
        "did not accept it on August 6, 2026.",
    ]


def test_whoever_reads_no_meetings_is_asked_nothing(committee: Committee) -> None:
    a_meeting(committee, on=date(2026, 11, 24), at=NOW["at"])
    assert asked(committee, make_person("Mona", Role.MANAGEMENT)) == []
