"""The pages of meetings, through their addresses."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from committees.tests.factories import a_director, a_seat
from meetings import services
from meetings.enums import MeetingState
from meetings.models import Meeting
from meetings.tests.factories import NOVEMBER, SIGNED, a_body, a_meeting, an_item

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2026, 10, 5, 17, tzinfo=UTC), tick=False):
        yield


def listed(client: Client, year: str = "") -> list[tuple[str, str, bool]]:
    page = client.get("/meetings/", {"year": year} if year else {})
    return [(row.title, row.state, row.is_next) for row in page.context["rows"]]


def test_meetings_of_a_year(client_of: ClientOf, secretary: User) -> None:
    body = a_body()
    a_meeting(body)
    a_meeting(body, on=date(2026, 12, 2))
    a_meeting(body, on=date(2027, 3, 16))
    client = client_of(secretary)
    assert listed(client) == [
        ("Audit Committee", "planned", True),
        ("Audit Committee", "planned", False),
    ]
    assert listed(client, "FY2027") == [("Audit Committee", "planned", True)]
    assert listed(client, "nothing") == listed(client)
    a_meeting(body, on=date(2028, 3, 14))
    assert listed(client, "FY2028") == [("Audit Committee", "planned", True)]


def test_year_makes_as_many_queries_for_ten_meetings_as_for_one(
    client_of: ClientOf, secretary: User
) -> None:
    body, client, counts = a_body(), client_of(secretary), []
    for days in (range(1), range(1, 10)):
        for day in days:
            an_item(a_meeting(body, on=date(2026, 11, 2 + day)))
        client.get("/meetings/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/meetings/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_secretary_adds_a_meeting(client_of: ClientOf, secretary: User) -> None:
    body, client = a_body(), client_of(secretary)
    typed = {
        "body": body.pk,
        "kind": "special",
        "on": "2026-11-04",
        "time": "09:00",
        "duration": "60",
    }
    page = client.post("/meetings/add/", typed, follow=True)
    assert "Audit Committee special meeting of November 4, 2026" in page.content.decode()
    assert "9:00 a.m. Eastern Time" in page.content.decode()


def test_start_that_comes_twice_is_asked_for_on_the_form(
    client_of: ClientOf, secretary: User
) -> None:
    body, client = a_body(), client_of(secretary)
    typed = {
        "body": body.pk,
        "kind": "special",
        "on": "2026-11-01",
        "time": "01:30",
        "duration": "60",
    }
    assert "is_second_hour" not in client.get("/meetings/add/").context["form"].fields
    page = client.post("/meetings/add/", typed)
    assert "comes twice" in str(page.context["form"].errors["is_second_hour"])
    client.post("/meetings/add/", typed | {"is_second_hour": "second"})
    assert Meeting.objects.get().starts_at() == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_meeting_is_noticed_moved_and_canceled(client_of: ClientOf, secretary: User) -> None:
    meeting, client = a_meeting(), client_of(secretary)
    path = meeting.get_absolute_url()
    held = {**version(client, f"{path}notice/")}
    client.post(f"{path}notice/", held | {"noticed_on": "2026-10-05"})
    assert Meeting.objects.get().state == MeetingState.NOTICED
    held = version(client, f"{path}change/")
    client.post(f"{path}change/", held | {"on": "2026-11-05", "time": "09:00", "duration": "90"})
    assert Meeting.objects.get().state == MeetingState.PLANNED
    held = version(client, f"{path}cancel/")
    page = client.post(f"{path}cancel/", held | {"reason": "No business"}, follow=True)
    assert "Canceled on October 5, 2026" in page.content.decode()
    assert "No business" in page.content.decode()


def version(client: Client, path: str) -> dict[str, Any]:
    form = client.get(path).context["form"]
    return {name: form[name].value() for name in form.fields if form.fields[name].widget.is_hidden}


def test_checklist_counts_business_days_and_the_notice_of_the_bylaws(
    client_of: ClientOf, secretary: User
) -> None:
    meeting = a_meeting()
    services.set_body_rules(
        meeting.body, notice_days=10, notice_citation="Bylaws, s. 3.5", **SIGNED
    )
    page = client_of(secretary).get(meeting.get_absolute_url())
    assert [(row.what, row.due_on) for row in page.context["checklist"]] == [
        ("Give notice to every member", date(2026, 10, 25)),
        ("Papers in", date(2026, 10, 26)),
        ("Send agenda and papers", date(2026, 10, 28)),
    ]


def test_recused_secretary_sees_that_there_is_an_item_and_nothing_of_it(
    client_of: ClientOf, secretary: User, secretary_in_management: User, member: User
) -> None:
    meeting = a_meeting()
    an_item(meeting, "Approve the minutes")
    item = an_item(
        meeting,
        "ZEPHYR",
        presenter="ZEPHYR",
        restricted_people={secretary.pk},
        preparer=secretary_in_management,
    )
    barred, open_to = client_of(secretary), client_of(member)
    page = barred.get(meeting.get_absolute_url())
    assert "ZEPHYR" not in page.content.decode()
    assert page.context["lines"][1].title == "Restricted item"
    assert page.context["lines"][1].details == ("Simon Twohats prepares it.",)
    refused = barred.get(item.get_absolute_url())
    assert refused.status_code == 403
    assert "You are recused from this item." in refused.content.decode()
    assert "ZEPHYR" in open_to.get(meeting.get_absolute_url()).content.decode()
    assert open_to.get(item.get_absolute_url()).status_code == 200


def test_items_are_added_and_moved(client_of: ClientOf, secretary: User) -> None:
    meeting, client = a_meeting(), client_of(secretary)
    path = meeting.get_absolute_url()
    for title in ("First", "Second"):
        client.post(f"{path}items/add/", {"title": title, "kind": "discuss"})
    second = meeting.items.get(title="Second")
    move = f"{second.get_absolute_url()}move/"
    page = client.get(move)
    assert page.context["form"].fields["place"].choices == [
        (1, "Before 1. First"),
        (2, "At the end"),
    ]
    page = client.post(move, version(client, move) | {"place": "1"})
    assert page.status_code == 302, page.context["form"].errors
    lines = client.get(path).context["lines"]
    assert [(line.label, line.title) for line in lines] == [("1.", "Second"), ("2.", "First")]


def test_what_no_agenda_goes_without_is_ticked_until_it_is_taken(
    client_of: ClientOf, secretary: User
) -> None:
    item, client = an_item(), client_of(secretary)
    path = f"{item.meeting.get_absolute_url()}agenda/"
    assert client.get(path).context["form"].initial["take"] == ["template:concerns"]
    client.post(path, {"take": ["template:concerns"]})
    assert client.get(path).context["form"].initial["take"] == []


def test_reader_is_offered_no_act(client_of: ClientOf, member: User) -> None:
    meeting = a_meeting(on=NOVEMBER)
    page = client_of(member).get(meeting.get_absolute_url())
    assert (page.context["first"], page.context["acts"]) == (None, [])


def test_member_asks_to_discuss_and_another_director_cannot(
    client_of: ClientOf, member: User, chair: User
) -> None:
    item = an_item(in_consent_group=True)
    a_seat(a_director("Max Member", user=member), item.meeting.body)
    path = f"{item.get_absolute_url()}discuss/"
    refused = client_of(chair).get(path)
    assert refused.status_code == 403
    assert "Only a member of the Audit Committee" in refused.content.decode()
    client = client_of(member)
    assert client.get(item.get_absolute_url()).context["first"].label == "Discuss this item"
    held = {field.name: field.value() for field in client.get(path).context["form"]}
    client.post(path, held)
    item.refresh_from_db()
    assert not item.in_consent_group


def test_page_of_a_canceled_meeting_says_where_its_items_went(
    client_of: ClientOf, secretary: User
) -> None:
    item = an_item(title="Tax policy")
    services.cancel_meeting(item.meeting, reason="No business", **SIGNED)
    later = a_meeting(item.meeting.body, on=date(2026, 11, 18))
    client = client_of(secretary)
    path = f"{later.get_absolute_url()}agenda/"
    client.post(path, {"take": [f"carried:{item.pk}"]})
    (line,) = client.get(item.meeting.get_absolute_url()).context["lines"]
    assert line.state == "carried to November 18, 2026"


def test_rules_of_the_bylaws_are_entered_and_shown(client_of: ClientOf, secretary: User) -> None:
    body, client = a_body(), client_of(secretary)
    path = f"/meetings/rules/{body.pk}/"
    typed = {"quorum_part": "1", "quorum_of": "2", "counted": "present", "first_number": "1"}
    page = client.post(path, typed | {"notice_days": "2"})
    assert page.context["form"].errors["notice_citation"] == [
        "Say where the bylaws set this notice."
    ]
    page = client.post(
        path, typed | {"notice_days": "2", "notice_citation": "Bylaws, s. 3.5"}, follow=True
    )
    assert "2 days (Bylaws, s. 3.5)" in page.content.decode()


@pytest.mark.pdf
def test_calendar_of_a_year_is_one_page(client_of: ClientOf, secretary: User) -> None:
    a_meeting()
    made = client_of(secretary).get("/meetings/years/FY2026/calendar/")
    (page,) = PdfReader(io.BytesIO(made.content)).pages
    assert "Wednesday, November 4, 2026" in page.extract_text()
