"""What meetings, consents and reports show the charter, and when they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.restriction import Restriction
from charters.enums import Cadence, DutyKind
from charters.models import Committee, Duty
from charters.registry import EVIDENCE, OPEN_ITEMS
from charters.rules.sessions import Group
from charters.rules.terms import Evidence
from charters.services.uploads import Upload
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from committees.enums import EndReason
from committees.models import Director, Membership
from committees.tests.factories import a_board, a_director, a_seat
from meetings.enums import HowReported, ItemOutcome, MeetingState
from meetings.models import AgendaItem, Attendee, Meeting
from meetings.services import consents, enter_past_meeting
from meetings.services.board_reports import report_to_board
from meetings.services.sessions import Session, record_session
from records.enums import SystemActor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}
AUGUST = date(2026, 8, 4)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def held(body: Committee, on: date) -> Meeting:
    return enter_past_meeting(body, on=on, **NOW)


def concluded(meeting: Meeting) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(concluded_at=NOW["at"])
    return meeting


def took_up(
    meeting: Meeting, *duties: Duty, outcome: ItemOutcome = ItemOutcome.DISCUSSED, **given: Any
) -> AgendaItem:
    item = AgendaItem.objects.create(
        meeting=meeting,
        place=meeting.items.count() + 1,
        title="Audit plan",
        restricted_since=meeting.on,
        outcome=outcome,
        **given,
    )
    item.duties.set(duties)
    return item


def shown(stage: Stage, source: str, on: date = TODAY) -> list[tuple[int, Evidence]]:
    return list(EVIDENCE.get(source).evidence(Docket(stage.committee, on, stage.company)))


def days(stage: Stage, source: str, on: date = TODAY) -> list[date]:
    return [piece.on for _duty, piece in shown(stage, source, on)]


def test_meetings_with_a_quorum_count_and_consents_do_not(stage: Stage) -> None:
    """RULE-45: three meetings and a consent are three."""
    stage.duty(catalogue_key="four-meetings", cadence=Cadence.TIMES, times=4)
    for on in (date(2026, 2, 26), date(2026, 5, 5), AUGUST):
        held(stage.committee, on)
    no_quorum = held(stage.committee, date(2026, 6, 12))
    Meeting.objects.filter(pk=no_quorum.pk).update(state=MeetingState.WITHOUT_QUORUM)
    held(a_board(), date(2026, 8, 6))
    assert days(stage, "meetings.held") == [date(2026, 2, 26), date(2026, 5, 5), AUGUST]
    assert days(stage, "meetings.held", on=date(2026, 5, 4)) == [date(2026, 2, 26)]


def test_a_concluded_item_serves_the_duties_it_names(stage: Stage) -> None:
    duty, other = stage.duty(title="Review the plan"), stage.duty(title="Another")
    meeting = held(stage.committee, AUGUST)
    item = took_up(meeting, duty)
    assert shown(stage, "meetings.items") == []
    concluded(meeting)
    [(key, piece)] = shown(stage, "meetings.items")
    assert (key, piece.on, piece.serves) == (duty.pk, AUGUST, AUGUST)
    assert piece.label == "Audit Committee meeting of August 4, 2026: Audit plan"
    assert piece.url == item.get_absolute_url()
    assert other.pk != key


@pytest.mark.parametrize(
    ("outcome", "shows"),
    [
        (ItemOutcome.ADOPTED, True),
        (ItemOutcome.DISCUSSED, True),
        (ItemOutcome.NOTED, True),
        (ItemOutcome.HELD, True),
        (ItemOutcome.NOT_ADOPTED, False),
        (ItemOutcome.NOT_TAKEN_UP, False),
    ],
)
def test_what_was_not_taken_up_or_adopted_shows_nothing(
    stage: Stage, outcome: ItemOutcome, shows: bool
) -> None:
    took_up(concluded(held(stage.committee, AUGUST)), stage.duty(), outcome=outcome)
    assert bool(shown(stage, "meetings.items")) is shows


@pytest.mark.parametrize(
    ("met_on", "year", "serves"),
    [
        pytest.param(date(2026, 3, 17), None, date(2026, 3, 17), id="the year it falls in"),
        pytest.param(date(2026, 3, 17), date(2026, 12, 31), date(2026, 3, 17), id="named: the same"),
        pytest.param(date(2026, 3, 17), date(2025, 12, 31), date(2025, 12, 31), id="named: the last"),
    ],
)  # fmt: skip
def test_an_item_serves_the_fiscal_year_it_names(
    stage: Stage, met_on: date, year: date | None, serves: date
) -> None:
    took_up(concluded(held(stage.committee, met_on)), stage.duty(), serves_year=year)
    [(_key, piece)] = shown(stage, "meetings.items")
    assert piece.serves == serves


@pytest.mark.parametrize("key", ["four-meetings", "report-to-board", "session-management"])
def test_no_item_shows_what_has_a_record_of_its_own(stage: Stage, key: str) -> None:
    duty = stage.duty(catalogue_key=key)
    took_up(concluded(held(stage.committee, AUGUST)), duty, outcome=ItemOutcome.HELD)
    shown = EVIDENCE.get("meetings.items").evidence(Docket(stage.committee, TODAY))
    assert list(shown) == []


def test_a_purpose_is_served_by_an_item_of_one_of_its_duties(stage: Stage) -> None:
    purpose = stage.duty(
        title="Oversee compliance", kind=DutyKind.PURPOSE, catalogue_key="oversee-compliance"
    )
    look = stage.duty(title="Litigation", catalogue_key="look-litigation")
    took_up(concluded(held(stage.committee, AUGUST)), look)
    assert [key for key, _piece in shown(stage, "meetings.purposes")] == [purpose.pk]


def test_evidence_carries_the_restriction_of_its_item(stage: Stage) -> None:
    took_up(
        concluded(held(stage.committee, AUGUST)), stage.duty(), restricted_people=frozenset({7})
    )
    [(_key, piece)] = shown(stage, "meetings.items")
    own = Restriction(people=frozenset({7}), since=AUGUST, grows=True)
    assert piece.restriction == own.at(piece.url)


def test_a_written_consent_serves_its_duties_and_is_no_meeting(stage: Stage) -> None:
    meetings = stage.duty(title="Meet", catalogue_key="four-meetings")
    plan = stage.duty(title="Plan")
    director = a_director()
    a_seat(director, stage.committee)
    consent = consents.prepare_consent(
        stage.committee,
        title="Plan",
        text="RESOLVED.",
        duties=[meetings, plan],
        serves=date(2026, 12, 31),
        **NOW,
    )
    consents.send_consent(consent, **NOW)
    consents.record_signatures(
        consent, [director], signed_on=TODAY, upload=Upload(b"Signed.", "signed.txt"), **NOW
    )
    [(key, piece)] = shown(stage, "meetings.consents")
    assert (key, piece.on) == (plan.pk, TODAY)
    assert "resolution 2026-01" in piece.label


def test_reports_to_the_board_count_on_the_date_of_its_meeting(stage: Stage) -> None:
    stage.duty(catalogue_key="report-to-board", cadence=Cadence.TIMES, times=4)
    meeting, board = held(stage.committee, AUGUST), held(a_board(), date(2026, 8, 6))
    report_to_board([meeting], board_meeting=board, how=HowReported.ORALLY, **NOW)
    assert days(stage, "meetings.board_reports") == [date(2026, 8, 6)]
    assert days(stage, "meetings.board_reports", on=date(2026, 8, 5)) == []


@pytest.mark.parametrize(
    ("board_met", "reported_at", "is_open"),
    [
        ([], None, False),
        ([date(2026, 8, 6)], None, False),
        ([date(2026, 8, 6), date(2026, 11, 12)], None, True),
        ([date(2026, 8, 6), date(2026, 11, 12)], date(2026, 11, 12), False),
        ([AUGUST, date(2026, 8, 6)], None, False),
    ],
)
def test_two_board_meetings_without_a_report_are_an_open_item(
    stage: Stage, board_met: list[date], reported_at: date | None, is_open: bool
) -> None:
    """RULE-46: reported at neither of the next two meetings of the Board."""
    meeting = held(stage.committee, AUGUST)
    for on in board_met:
        board = held(a_board(), on)
        if on == reported_at:
            report_to_board([meeting], board_meeting=board, how=HowReported.ORALLY, **NOW)
    source = OPEN_ITEMS.get("meetings.unreported")
    found = list(source.open_items(Docket(stage.committee, TODAY, stage.company)))
    assert bool(found) is is_open
    if found:
        assert found[0].because == (
            "No report to the Board is on record. The Board met on August 6, 2026 and on "
            "November 12, 2026."
        )


def test_evidence_takes_as_many_queries_for_ten_meetings_as_for_one(stage: Stage) -> None:
    duty = stage.duty()
    stage.duty(catalogue_key="four-meetings", title="Meet")

    def queries() -> int:
        docket = Docket(stage.committee, TODAY, stage.company)
        with CaptureQueriesContext(connection) as found:
            for name in ("held", "items", "purposes", "consents", "board_reports", "sessions"):
                list(EVIDENCE.get(f"meetings.{name}").evidence(docket))
            list(OPEN_ITEMS.get("meetings.unreported").open_items(docket))
            list(OPEN_ITEMS.get("meetings.counted").open_items(docket))
        return len(found)

    took_up(concluded(held(stage.committee, date(2026, 1, 5))), duty)
    one = queries()
    for day in range(6, 14):
        took_up(concluded(held(stage.committee, date(2026, 1, day))), duty)
    assert queries() == one


MANAGEMENT, TESTER, AUDITOR = Group


@pytest.mark.parametrize(
    ("key", "held_with", "present", "shows"),
    [
        ("session-auditor", AUDITOR, {AUDITOR}, True),
        ("session-auditor-quarterly", AUDITOR, {AUDITOR}, True),
        ("session-auditor", AUDITOR, {AUDITOR, MANAGEMENT}, False),
        ("session-auditor", MANAGEMENT, {MANAGEMENT}, False),
        ("session-management", MANAGEMENT, {MANAGEMENT}, True),
        ("session-internal-auditor", TESTER, {TESTER}, True),
        ("session-internal-auditor", TESTER, {TESTER, AUDITOR}, False),
    ],
)
def test_a_session_counts_where_nobody_of_another_group_was_present(
    stage: Stage, key: str, held_with: Group, present: set[Group], shows: bool
) -> None:
    """RULE-46: a session with the chief financial officer in the auditor's slot is not counted."""
    stage.duty(catalogue_key=key)
    record_session(held(stage.committee, AUGUST), Session(held_with, frozenset(present), ""), **NOW)
    assert bool(shown(stage, "meetings.sessions")) is shows


def seated(stage: Stage, *names: str) -> dict[str, Director]:
    found = {name: a_director(name) for name in names}
    for director in found.values():
        a_seat(director, stage.committee)
    return found


def counted(stage: Stage) -> list[tuple[str, str]]:
    source = OPEN_ITEMS.get("meetings.counted")
    docket = Docket(stage.committee, TODAY, stage.company)
    return [(item.title, item.because) for item in source.open_items(docket)]


def test_a_member_who_left_before_the_meeting_as_corrected_later_is_an_open_item(
    stage: Stage,
) -> None:
    """Case D2: the meeting of August 4 stays as it was held, and the recount is shown."""
    people = seated(stage, "A", "B", "C")
    meeting = held(stage.committee, AUGUST)
    present = {"A": True, "B": False, "C": True}
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting,
            director=people[name],
            served=True,
            was_present=there,
            recorded_at=NOW["at"],
        )
        for name, there in present.items()
    )
    assert counted(stage) == []
    Membership.objects.filter(director=people["C"]).update(
        ends_on=date(2026, 7, 31), end_reason=EndReason.RESIGNED
    )
    # Joined the day after: neither present nor absent.
    a_seat(a_director("D"), stage.committee, date(2026, 8, 5))
    assert counted(stage) == [
        (
            "C was counted on August 4, 2026 but was not a member on that date",
            "As recorded now, 2 served and 1 of them attended; a quorum needs 2. There was no "
            "quorum.",
        )
    ]
    assert meeting.attendees.filter(was_present=True).count() == 2
