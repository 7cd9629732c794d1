"""The page on which a meeting is entered afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.services import close_account
from charter_portal.tests.test_bad_input import filled, places_on
from charters.models import Action, Decision
from charters.rules.sessions import Group
from charters.rules.voting import Outcome
from charters.services.actions import add_action
from committees.tests.factories import a_director
from meetings import services
from meetings.enums import ItemKind, ItemOutcome, ItemSource, MeetingState
from meetings.models import AgendaItem, Meeting, Minutes, SessionCard, Vote
from meetings.services.attendance import Attendance, GuestThere, Movement
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session
from meetings.tests.holding import ENTERED, Scene, a_guest, a_scene
from records.facts import label
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def client(client_of: Callable[..., Client], secretary: User) -> Client:
    return client_of(secretary)


def path(scene: Scene) -> str:
    return f"/meetings/{scene.meeting.pk}/enter/"


def send(client: Client, scene: Scene, **typed: Any) -> HttpResponse:
    """What the page holds, with what was typed: recorded at once, without its review."""
    held: Mapping[str, Any] = filled(places_on(client.get(path(scene))))
    return client.post(path(scene), {**held, **typed, "confirmed": "1"})


def test_ten_minutes_one_page(client: Client, scene: Scene) -> None:
    """Nothing typed but what was different: everything else is as usual."""
    plan = scene.item("Audit plan", recommendation="Approve the plan.")
    report = scene.item("Report of the auditor", kind=ItemKind.DISCUSS)
    alone = scene.item("With the auditor", kind=ItemKind.EXECUTIVE_SESSION)
    answer = send(
        client,
        scene,
        **{
            f"present_{scene.c.pk}": "",
            f"vote_{plan.pk}_{scene.b.pk}": "abstain",
            "guest_1": "Dora D",
            "capacity_1": "audit partner",
            "group_1": "external_auditor",
            f"action_{report.pk}": "Send the forecast",
            f"owner_name_{report.pk}": "Controller",
            f"due_on_{report.pk}": "2026-09-01",
            "session_external_auditor": "on",
            "heading_external_auditor": "Quality of the close",
            "adjourned_time": "11:45",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    outcomes = list(AgendaItem.objects.order_by("place").values_list("outcome", flat=True))
    assert outcomes == [ItemOutcome.NOT_ADOPTED, ItemOutcome.DISCUSSED, ItemOutcome.HELD]
    assert Vote.objects.get().outcome == Outcome.NOT_ADOPTED
    assert Action.objects.get().due_on == date(2026, 9, 1)
    assert SessionCard.objects.get().as_rule().counts
    page = client.get(f"/meetings/{scene.meeting.pk}/").content.decode()
    for words in (
        "Ann A; Bob B",
        "Dora D, audit partner",
        "2 of 2 present needed; 1 voted yes.",
        "Abstained: Bob B.",
        "Heading: Quality of the close",
    ):
        assert words in page
    assert alone.title in page


def test_session_can_be_recorded_until_the_meeting_is_concluded(
    client: Client, scene: Scene
) -> None:
    scene.enter(TakenUp(scene.item()))
    page = client.get(f"/meetings/{scene.meeting.pk}/").content.decode()
    assert path(scene) in page
    assert send(client, scene, session_management="on").status_code == 302
    assert SessionCard.objects.get().held_with == "management"
    fields = client.get(path(scene)).context["form"].fields
    assert "session_management" not in fields
    assert "session_external_auditor" in fields
    services.conclude_meeting(scene.meeting, **ENTERED)
    assert path(scene) not in client.get(f"/meetings/{scene.meeting.pk}/").content.decode()


def test_review_shows_what_will_be_recorded(client: Client, scene: Scene) -> None:
    plan = scene.item("Audit plan")
    held = filled(places_on(client.get(path(scene))))
    answer = client.post(path(scene), {**held, f"vote_{plan.pk}_{scene.c.pk}": "against"})
    page = answer.content.decode()
    assert "Put to a vote" in page
    assert "Cid C: against" in page
    assert not Vote.objects.exists()


def test_review_shows_resolution_arrivals_and_what_was_served(client: Client, scene: Scene) -> None:
    plan = scene.item("Audit plan", recommendation="Approve the plan.")
    form = client.get(path(scene)).context["form"]
    typed = {
        f"arrives_{scene.b.pk}": str(plan.pk),
        f"resolution_{plan.pk}": "Approve the audit plan of 2026.",
        "session_external_auditor": "on",
        "heading_external_auditor": "The close",
        "adjourned_time": "11:40",
    }
    held = {name: form[name].value() for name in form.fields}
    answer = client.post(path(scene), {**filled(places_on(client.get(path(scene)))), **typed})
    said = {str(row.term): (str(row.text), [*row.lines]) for row in answer.context["recorded"]}
    assert held[f"resolution_{plan.pk}"] == "Approve the plan."
    assert said["Members present"] == ("Ann A; Bob B; Cid C", ["Bob B joined before item 1."])
    assert said["Audit plan"] == (
        "Put to a vote",
        ["Resolution, if adopted: Approve the audit plan of 2026."],
    )
    assert said["Adjourned"] == ("11:40 a.m.", [])
    assert said["Executive session"] == ("Independent auditor", ["The close"])


def test_resolution_that_was_emptied_is_the_title(client: Client, scene: Scene) -> None:
    plan = scene.item("Audit plan", recommendation="Approve the plan.")
    send(client, scene, **{f"resolution_{plan.pk}": ""})
    assert Decision.objects.get().text == "Audit plan"


def test_minutes_are_approved_in_words_that_need_no_typing(client: Client, scene: Scene) -> None:
    earlier = scene.item(
        "Minutes of the Audit Committee meeting of May 5, 2026", source=ItemSource.MINUTES
    )
    form = client.get(path(scene)).context["form"]
    assert form[f"resolution_{earlier.pk}"].value() == (
        "Approve the minutes of the Audit Committee meeting of May 5, 2026."
    )


def test_session_of_the_agenda_is_filled_in(client: Client, scene: Scene) -> None:
    scene.item(
        "Executive session with the independent auditor",
        kind=ItemKind.EXECUTIVE_SESSION,
        source_key="template:session-auditor",
    )
    form = client.get(path(scene)).context["form"]
    asked = ("management", "internal_auditor", "external_auditor")
    assert [form[f"session_{group}"].value() for group in asked] == [False, False, True]


def test_void_vote_is_refused_beside_its_item_and_keeps_what_was_typed(
    client: Client, scene: Scene
) -> None:
    plan = scene.item("Audit plan")
    answer = send(
        client,
        scene,
        **{
            f"vote_{plan.pk}_{scene.a.pk}": "recused_left",
            f"vote_{plan.pk}_{scene.b.pk}": "recused_left",
            "guest_1": "Dora D",
        },
    )
    form = answer.context["form"]
    assert form.errors[f"outcome_{plan.pk}"][0].startswith(
        "No quorum: 2 of 3 needed; 1 was present."
    )
    assert form["guest_1"].value() == "Dora D"
    assert Meeting.objects.get().state == MeetingState.PLANNED


def test_recused_secretary_enters_the_rest_and_the_substitute_that_item(
    client_of: Callable[..., Client],
    secretary: User,
    secretary_in_management: User,
    scene: Scene,
) -> None:
    plan, secret = scene.item("Audit plan"), scene.item("ZEPHYR", ask="ZEPHYR?")
    services.recuse(secret, user=secretary, **ENTERED)
    client = client_of(secretary)
    page = client.get(path(scene)).content.decode()
    assert "ZEPHYR" not in page
    assert "Restricted item" in page
    assert send(client, scene).status_code == 302
    refused = client.post(f"/meetings/{scene.meeting.pk}/conclude/", {"confirmed": "1"})
    said = client.get(f"/meetings/{scene.meeting.pk}/conclude/").content.decode()
    assert refused.status_code == 200
    assert "A restricted item still needs its outcome." in said
    assert "ZEPHYR" not in said
    other = client_of(secretary_in_management)
    assert send(other, scene).status_code == 302
    assert [item.outcome for item in AgendaItem.objects.all()] == ["adopted", "adopted"]
    held = filled(places_on(client.get(f"/meetings/{scene.meeting.pk}/conclude/")))
    done = client.post(f"/meetings/{scene.meeting.pk}/conclude/", {**held, "confirmed": "1"})
    assert done.status_code == 302
    minutes = client.get(done.url).content.decode()
    assert "2. Restricted item" in minutes
    assert "ZEPHYR" not in minutes
    assert "ZEPHYR" in other.get(done.url).content.decode()
    assert plan.pk


def test_director_declares_a_recusal_and_sees_the_item_no_more(
    client_of: Callable[..., Client], member: User
) -> None:
    scene = a_scene(member=member)
    item = scene.item("ZEPHYR")
    client = client_of(member)
    address = f"/agenda-items/{item.pk}/recuse/"
    assert "ZEPHYR" in client.get(address).content.decode()
    held = filled(places_on(client.get(address)))
    assert "person" not in held
    done = client.post(address, {**held, "stays": "stays", "confirmed": "1"})
    assert done.url == f"/meetings/{scene.meeting.pk}/"
    page = client.get(done.url).content.decode()
    assert "ZEPHYR" not in page
    assert "Restricted item" in page
    refused = client.get(f"/agenda-items/{item.pk}/")
    assert refused.status_code == 403
    assert "You are recused from this item." in refused.content.decode()
    recusal = item.recusals.get()
    assert (recusal.director, recusal.stays) == (scene.b, True)


@pytest.mark.parametrize("has_record", [False, True])
def test_review_of_a_recusal_names_the_record_that_is_restricted(
    client: Client, scene: Scene, has_record: bool
) -> None:
    action = add_action(
        scene.body,
        what="Send the cash forecast",
        owner_name="The treasurer",
        agreed_on=date(2026, 8, 4),
        due_on=date(2026, 12, 1),
        **ENTERED,
    )
    records = [label(action)] if has_record else []
    item = scene.item("Audit plan", source_records=records)
    address = f"/agenda-items/{item.pk}/recuse/"
    typed = {"person": f"director-{scene.c.pk}", "stays": "leaves"}
    held = filled(places_on(client.get(address))) | typed
    page = client.post(address, held).content.decode()
    assert "A recusal is not lifted." in page
    assert ("The record that the item came from is restricted" in page) is has_record
    assert ("Send the cash forecast" in page) is has_record


def test_review_of_a_recusal_says_who_acts_for_a_secretary(
    client: Client, scene: Scene, secretary: User, secretary_in_management: User
) -> None:
    address = f"/agenda-items/{scene.item('Audit plan').pk}/recuse/"
    typed = {"person": secretary.email, "stays": "leaves"}
    held = filled(places_on(client.get(address))) | typed
    assert "can take care of it instead: " in client.post(address, held).content.decode()
    close_account(secretary_in_management, by=secretary, at=ENTERED["at"])
    said = "No other corporate secretary can take care of it."
    assert said in client.post(address, held).content.decode()


def test_lines_for_consent_have_one_vote(client: Client, scene: Scene) -> None:
    for number in range(3):
        scene.item(f"Line {number}", in_consent_group=True)
    assert send(client, scene, **{f"vote_consent_{scene.b.pk}": "against"}).status_code == 302
    assert [vote.against for vote in Vote.objects.all()] == [1]
    assert Decision.objects.count() == 3


def test_attendance_is_corrected_on_its_own_page(client: Client, scene: Scene) -> None:
    item = scene.item("Audit plan")
    scene.enter()
    address = f"/meetings/{scene.meeting.pk}/attendance/"
    held = filled(places_on(client.get(address)))
    assert held[f"present_{scene.b.pk}"] is True
    answer = client.post(address, {**held, f"leaves_{scene.b.pk}": str(item.pk)})
    assert answer.status_code == 302
    row = scene.meeting.attendees.get(director=scene.b)
    assert row.stays.get().until == item


def test_absent_chair_did_not_preside_and_what_was_typed_is_kept(
    client: Client, scene: Scene
) -> None:
    """The form fills in the chair as the one who presided."""
    typed = {f"present_{scene.a.pk}": "", "presided_by": str(scene.a.pk)}
    answer = send(client, scene, **typed)
    form = answer.context["form"]
    assert form.errors == {"presided_by": ["Ann A was not present. Say who presided."]}
    typed |= {"presided_by": str(scene.b.pk), f"arrived_at_{scene.c.pk}": "08:00"}
    form = send(client, scene, **typed).context["form"]
    assert list(form.errors) == [f"arrived_at_{scene.c.pk}"]
    assert form[f"arrived_at_{scene.c.pk}"].value() == "08:00"
    assert not scene.meeting.attendees.exists()


def correct(client: Client, scene: Scene, **typed: Any) -> HttpResponse:
    address = f"/meetings/{scene.meeting.pk}/attendance/"
    held = filled(places_on(client.get(address)))
    return client.post(address, {**held, **typed}, follow=True)


def test_who_presided_and_when_it_adjourned_are_corrected(client: Client, scene: Scene) -> None:
    scene.enter()
    page = client.get(f"/meetings/{scene.meeting.pk}/attendance/")
    form = page.context["form"]
    assert [str(field.value()) for field in form.how_it_went()] == [str(scene.a.pk), "11:45:00"]
    correct(client, scene, presided_by=str(scene.b.pk), adjourned_time="12:05")
    meeting = Meeting.objects.get()
    assert (meeting.presided_by, meeting.adjourned_time) == (scene.b, time(12, 5))
    facts = LedgerEntry.objects.get(action="attendance.corrected").facts
    assert facts["adjourned_at"].startswith("2026-08-04T16:05")


def test_correcting_one_thing_leaves_presider_and_adjournment(client: Client, scene: Scene) -> None:
    scene.enter()
    correct(client, scene, **{f"present_{scene.b.pk}": ""})
    meeting = Meeting.objects.get()
    assert (meeting.presided_by, meeting.adjourned_time) == (scene.a, time(11, 45))
    services.correct_attendance(meeting, scene.there(), **ENTERED)
    assert Meeting.objects.get().presided_by == scene.a


def test_meeting_without_quorum_keeps_who_presided_and_is_corrected(
    client: Client, scene: Scene
) -> None:
    scene.enter(absent=(scene.b, scene.c))
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.presided_by) == (MeetingState.WITHOUT_QUORUM, scene.a)
    correct(client, scene, **{f"present_{scene.b.pk}": "on", "presided_by": str(scene.b.pk)})
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.presided_by) == (MeetingState.HELD, scene.b)


def test_correction_keeps_a_guests_director_times_returns_and_every_guest(
    client: Client, scene: Scene
) -> None:
    first, second = scene.item("First"), scene.item("Second")
    director = a_director("Dee Director")
    moves = Movement(leaves=first, returns=second, left_at=time(9, 30), returned_at=time(10, 15))
    guests = [GuestThere(director=director, capacity="director", moves=moves)]
    guests += [a_guest(f"Guest {number}") for number in range(6)]
    members = scene.there(b=moves).members
    scene.enter(held=Held(Attendance(members, guests), time(11, 45), scene.a))
    correct(client, scene, capacity_1="chair of the Board", adjourned_time="12:00")
    rows = scene.meeting.attendees.guests()
    assert [str(row) for row in rows] == ["Dee Director", *(f"Guest {n}" for n in range(6))]
    guest = rows.get(director=director)
    assert (guest.name, guest.capacity) == ("", "chair of the Board")
    for row in (guest, scene.meeting.attendees.get(director=scene.b)):
        stays = [
            (each.since, each.until, each.arrived_at, each.left_at) for each in row.stays.all()
        ]
        assert stays == [(None, first, None, time(9, 30)), (second, None, time(10, 15), None)]
    correct(client, scene, guest_1="Somebody Else")
    assert not scene.meeting.attendees.guests().filter(director=director).exists()


def test_correction_says_what_the_minutes_need(client: Client, scene: Scene) -> None:
    scene.enter()
    services.conclude_meeting(scene.meeting, **ENTERED)
    page = correct(client, scene, adjourned_time="12:05")
    assert "The draft minutes stay as they are." in page.content.decode()


def sessions_said(client: Client, scene: Scene) -> tuple[str, int]:
    page = client.get(f"/meetings/{scene.meeting.pk}/conclude/")
    [row] = [row for row in page.context["recorded"] if row.term == "Executive sessions on record"]
    return row.text, len(row.lines)


def test_a_held_session_without_its_group_is_told_before_the_meeting_is_concluded(
    client: Client, scene: Scene
) -> None:
    alone = scene.item("With the auditor", kind=ItemKind.EXECUTIVE_SESSION)
    scene.enter(TakenUp(alone, ItemOutcome.HELD))
    assert sessions_said(client, scene) == ("None", 1)
    auditor = frozenset({Group.EXTERNAL_AUDITOR})
    services.enter_meeting(
        scene.meeting, sessions=[Session(Group.EXTERNAL_AUDITOR, auditor)], **ENTERED
    )
    assert sessions_said(client, scene) == ("Independent auditor", 0)


def test_past_meeting_serves_its_responsibilities(client: Client, scene: Scene) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    held = filled(places_on(client.get("/meetings/past/")))
    paper = SimpleUploadedFile("minutes.txt", b"Minutes of May 5, 2026.")
    answer = client.post(
        "/meetings/past/",
        {**held, "on": "2026-05-05", "absent": [str(scene.c.pk)], "minutes": paper}
        | {"approved_on": "2026-08-04"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    meeting = Meeting.objects.get(on=date(2026, 5, 5))
    assert (meeting.state, meeting.concluded_at is not None) == (MeetingState.HELD, True)
    assert [str(row) for row in meeting.attendees.filter(was_present=False)] == ["Cid C"]
    assert Minutes.objects.get(meeting=meeting).approved_on == date(2026, 8, 4)
