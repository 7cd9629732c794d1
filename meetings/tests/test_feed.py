"""A person's calendar: the cases A1 to A4, against what calendar programs read."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person
from charters.enums import Cadence
from charters.models import Committee
from charters.services import add_duty
from charters.tests.charters import set_the_stage
from committees.models import Membership
from committees.tests.factories import a_board, a_director, a_seat
from meetings.enums import MeetingKind
from meetings.models import FeedAddress, Meeting
from meetings.rules.icalendar import Entry, calendar
from meetings.services import cancel_meeting, change_meeting, give_notice
from meetings.services.feeds import create_feed_address
from meetings.tests.factories import SIGNED, a_body, a_meeting
from records.models import Company, LedgerEntry
from records.services.company import change_company

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 5, 15, tzinfo=UTC)
ClientOf = Callable[..., Client]
# All that an entry holds: no place, no person, no alarm.
PROPERTIES = set(
    "UID DTSTAMP LAST-MODIFIED SEQUENCE STATUS SUMMARY DTSTART DTEND TRANSP DESCRIPTION URL".split()
)
PROPERTY = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[^:]+)?):(?P<value>.*)", re.DOTALL)


def read(body: bytes) -> list[dict[str, str]]:
    """The events, unfolded; the name of a property with its parameters, and its value as written.

    What a parser that is not ours reads of them is the same.
    """
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    events: list[dict[str, str]] = []
    for line in body.decode().replace("\r\n ", "").split("\r\n"):
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line and not line.startswith(("BEGIN:", "END:")):
            found = PROPERTY.fullmatch(line)
            assert found, line
            events[-1][found["name"] + found["params"]] = found["value"]
    assert parsed(body) == [event["UID"] for event in events]
    return events


def parsed(body: bytes) -> list[str]:
    """The events by their UIDs, as icalendar's parser reads them, complete and without a fault."""
    calendar = icalendar.Calendar.from_ical(body)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert "METHOD" not in calendar
    found = calendar.walk("VEVENT")
    for event in found:
        assert set(event) == PROPERTIES
        assert event["DTEND"].dt > event["DTSTART"].dt
    return [str(event["UID"]) for event in found]


@pytest.fixture
def committee() -> Committee:
    return a_body()


@pytest.fixture
def address(chair: User, committee: Committee) -> str:
    a_seat(a_director("Clara Chair", chair), committee)
    return reverse("calendar_feed", args=[create_feed_address(chair, at=NOW)])


@pytest.fixture(autouse=True)
def on_october_5() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def entries(address: str) -> list[dict[str, str]]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return read(answer.content)


def events(address: str) -> list[dict[str, str]]:
    """The meetings; what falls due before them has entries of its own."""
    return [entry for entry in entries(address) if entry["UID"].startswith("meeting-")]


def the_event(address: str) -> dict[str, str]:
    [found] = events(address)
    return found


def stored(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_a_canceled_meeting_stays_crossed_out_until_30_days_after_its_date(
    address: str, committee: Committee
) -> None:
    """A1."""
    meeting = a_meeting(committee)
    planned = the_event(address)
    assert (planned["STATUS"], planned["SUMMARY"]) == ("TENTATIVE", "Audit Committee meeting")
    give_notice(meeting, noticed_on=date(2026, 10, 1), **SIGNED)
    noticed = the_event(address)
    assert (noticed["STATUS"], noticed["TRANSP"]) == ("CONFIRMED", "OPAQUE")

    cancel_meeting(stored(meeting), reason="ZEPHYR", **SIGNED)
    canceled = the_event(address)
    assert canceled["STATUS"] == "CANCELLED"
    assert canceled["SUMMARY"] == "Canceled: Audit Committee meeting"
    assert canceled["TRANSP"] == "TRANSPARENT"
    assert (canceled["UID"], canceled["DTSTART"]) == (planned["UID"], planned["DTSTART"])
    assert int(canceled["SEQUENCE"]) == int(noticed["SEQUENCE"]) + 1

    with time_machine.travel(datetime(2026, 12, 4, 15, tzinfo=UTC)):
        assert len(events(address)) == 1
    with time_machine.travel(datetime(2026, 12, 5, 15, tzinfo=UTC)):
        assert events(address) == []


def test_a_moved_meeting_keeps_its_uid_and_counts_on(address: str, committee: Committee) -> None:
    meeting = a_meeting(committee)
    before = the_event(address)
    change_meeting(meeting, on=date(2026, 11, 5), time=time(10), **SIGNED)
    after = the_event(address)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["DTSTART"] == "20261105T150000Z"


def test_meeting_that_is_another_instant_under_a_new_zone_counts_on(
    address: str, committee: Committee
) -> None:
    """RFC 5545: a new start has a new sequence, or calendars keep the old hour."""
    a_meeting(committee)
    before = the_event(address)
    at = datetime(2026, 10, 4, 15, tzinfo=UTC)
    company = Company.objects.get()
    change_company(company, time_zone="America/Los_Angeles", by=SIGNED["by"], at=at)
    after = the_event(address)
    assert (before["DTSTART"], after["DTSTART"]) == ("20261104T140000Z", "20261104T170000Z")
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["DTSTAMP"] == after["LAST-MODIFIED"] == "20261004T150000Z"


def test_an_unchanged_calendar_is_the_same_bytes(address: str, committee: Committee) -> None:
    """A2."""
    a_meeting(committee)
    first, second = Client().get(address), Client().get(address)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    unchanged = Client().get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    uid = the_event(address)["UID"]
    assert re.fullmatch(r"meeting-\d+@[a-z.-]+", uid)
    a_meeting(committee, on=date(2026, 11, 18))
    assert Client().get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_meetings_of_the_last_thirteen_months_stay(address: str, committee: Committee) -> None:
    meeting = a_meeting(committee)
    with time_machine.travel(datetime(2027, 12, 4, 15, tzinfo=UTC)):
        assert [event["UID"] for event in events(address)] == [f"meeting-{meeting.pk}@localhost"]
    with time_machine.travel(datetime(2027, 12, 5, 15, tzinfo=UTC)):
        assert events(address) == []


def test_a_calendar_without_events_holds_a_component(address: str) -> None:
    body = Client().get(address).content
    assert read(body) == []
    assert b"BEGIN:VTIMEZONE" in body
    assert b"RDATE" not in body


def test_a_due_date_is_a_whole_day_that_takes_no_time(chair: User) -> None:
    stage = set_the_stage()
    a_seat(a_director("Clara Chair", chair), stage.committee)
    add_duty(
        stage.plan,
        title="ZEPHYR",
        in_force_from=date(2026, 1, 1),
        cadence=Cadence.TIMES,
        due_month=11,
        due_day=24,
        **SIGNED,
    )
    address = reverse("calendar_feed", args=[create_feed_address(chair, at=NOW)])
    found = {event.get("DTSTART;VALUE=DATE"): event for event in entries(address)}
    event = found["20261124"]
    assert event["DTEND;VALUE=DATE"] == "20261125"
    assert (event["TRANSP"], event["SUMMARY"]) == ("TRANSPARENT", "Audit Committee due date")
    assert "ZEPHYR" not in Client().get(address).content.decode()


@pytest.mark.parametrize(
    ("on", "starts"),
    [(date(2026, 11, 4), "20261104T140000Z"), (date(2027, 3, 16), "20270316T130000Z")],
)
def test_times_are_utc_and_no_table_of_time_zones_is_needed(
    address: str, committee: Committee, on: date, starts: str
) -> None:
    """A3: nine o'clock in New York, in winter and in summer time."""
    a_meeting(committee, on=on)
    assert the_event(address)["DTSTART"] == starts
    body = Client().get(address).content
    for word in (b"TZID", b"VTIMEZONE", b"RDATE", b"METHOD"):
        assert word not in body


def test_the_address_is_shown_once_and_only_its_digest_is_stored(
    chair: User, committee: Committee, client_of: ClientOf
) -> None:
    """A4."""
    a_seat(a_director("Clara Chair", chair), committee)
    client = client_of(chair)
    page = client.post(reverse("my_calendar")).content.decode()
    [token] = re.findall(r"/calendar/([\w-]+)/", page)
    assert token not in client.get(reverse("my_calendar")).content.decode()
    assert token not in str(list(FeedAddress.objects.values()))
    assert token not in str(list(LedgerEntry.objects.values()))
    url = reverse("calendar_feed", args=[token])
    assert Client().get(url).status_code == 200

    client.post(reverse("my_calendar"))
    assert Client().get(url).status_code == 404


def test_who_left_is_answered_like_an_unknown_address(
    address: str, chair: User, committee: Committee
) -> None:
    a_meeting(committee)
    unknown = Client().get(reverse("calendar_feed", args=["unknown"]))
    assert unknown.status_code == 404
    assert Client().get(address).status_code == 200

    Membership.objects.update(ends_on=date(2026, 10, 5), end_reason="resigned")
    left = Client().get(address)
    assert (left.status_code, left.content) == (404, unknown.content)
    assert {**left.headers} == {**unknown.headers}


def test_a_closed_account_or_a_role_that_ended_closes_the_calendar(
    address: str, chair: User
) -> None:
    RoleTerm.objects.filter(user=chair).update(ends_on=date(2026, 10, 5))
    assert Client().get(address).status_code == 404
    RoleTerm.objects.filter(user=chair).update(ends_on=None)
    assert Client().get(address).status_code == 200
    User.objects.filter(pk=chair.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_a_director_reads_their_own_bodies_and_the_secretary_all(
    address: str, committee: Committee, secretary: User
) -> None:
    a_meeting(committee)
    a_meeting(a_board(), on=date(2026, 11, 5))
    assert [event["SUMMARY"] for event in events(address)] == ["Audit Committee meeting"]
    every = reverse("calendar_feed", args=[create_feed_address(secretary, at=NOW)])
    assert [event["SUMMARY"] for event in events(every)] == [
        "Audit Committee meeting",
        "Board meeting",
    ]


def test_it_says_nothing_of_what_a_meeting_is_about(address: str, committee: Committee) -> None:
    meeting = a_meeting(committee, kind=MeetingKind.SPECIAL, place="ZEPHYR, dial 555")
    body = Client().get(address).content.decode()
    assert "ZEPHYR" not in body
    event = the_event(address)
    assert event["SUMMARY"] == "Audit Committee special meeting"
    link = f"http://localhost:8000/sign-in/?next=%2Fmeetings%2F{meeting.pk}%2F"
    assert event["URL"] == link
    assert event["DESCRIPTION"] == f"Details in the portal: {link}"


def test_the_web_log_holds_no_address(address: str) -> None:
    """Not of one that is unknown, and not where the method is none it answers to."""
    written = StringIO()
    handler = logging.getLogger().handlers[0]
    stream = logging.StreamHandler(written)
    for each in handler.filters:
        stream.addFilter(each)
    logger = logging.getLogger("django.request")
    logger.addHandler(stream)
    try:
        Client().get("/calendar/a-secret-address/meetings.ics")
        Client().post(address)
    finally:
        logger.removeHandler(stream)
    assert "a-secret-address" not in written.getvalue()
    assert address.split("/")[2] not in written.getvalue()
    assert "/calendar/…/meetings.ics" in written.getvalue()


def test_texts_are_escaped_and_long_lines_are_folded_between_characters() -> None:
    entry = Entry(
        uid="1@localhost",
        summary="Ümlaut; comma, backslash\\ " * 6,
        description="One\nTwo",
        url="https://portal.example.com/",
        changed=NOW,
        on=date(2026, 11, 4),
    )
    [event] = read(calendar("Meetings", [entry]))
    assert event["SUMMARY"] == "Ümlaut\\; comma\\, backslash\\\\ " * 6
    assert event["DESCRIPTION"] == "One\\nTwo"


def test_an_entry_is_of_a_date_or_of_a_span() -> None:
    terms: dict[str, Any] = {
        "uid": "1",
        "summary": "",
        "description": "",
        "url": "",
        "changed": NOW,
    }
    for wrong in ({}, {"on": NOW.date(), "starts": NOW}, {"starts": NOW, "ends": NOW}):
        with pytest.raises(ValueError, match="an entry"):
            Entry(**terms, **wrong)


def test_whoever_reads_no_meetings_creates_no_address(client_of: ClientOf) -> None:
    administrator = make_person("Adam", Role.ADMINISTRATOR)
    assert client_of(administrator).post(reverse("my_calendar")).status_code == 403


def test_a_stopped_address_is_answered_like_an_unknown_one_until_a_new_one_is_made(
    client_of: ClientOf, member: User, committee: Committee
) -> None:
    a_seat(a_director("Max Member", user=member), committee)
    token = create_feed_address(member, at=NOW)
    client = client_of(member)
    path = reverse("calendar_feed", args=[token])
    assert Client().get(path).status_code == 200
    assert reverse("my_calendar_stop") in client.get(reverse("my_calendar")).content.decode()
    page = client.post(reverse("my_calendar_stop"), {"confirmed": "1"}, follow=True)
    assert "The calendar address was stopped." in page.content.decode()
    assert "You stopped your calendar address on" in page.content.decode()
    stopped = Client().get(path)
    unknown = Client().get(reverse("calendar_feed", args=["nobody"]))
    assert (stopped.status_code, stopped.content) == (404, unknown.content)
    assert LedgerEntry.objects.latest("pk").action == "calendar.stopped"
    again = client.post(reverse("my_calendar_stop"), {"confirmed": "1"})
    assert "nothing to stop" in again.content.decode()
    fresh = create_feed_address(member, at=NOW)
    assert Client().get(reverse("calendar_feed", args=[fresh])).status_code == 200
