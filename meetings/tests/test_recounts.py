"""Votes, quorums and rosters that come out otherwise after a correction: of attendance, seats, bylaws."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from charters.docket import AsOf
from charters.rules.voting import Choice
from charters.standing import Docket
from committees.enums import EndReason
from committees.models import Membership
from committees.services import end_membership
from committees.tests.factories import a_board, a_director, a_seat
from meetings import services
from meetings.enums import ItemKind, MeetingState
from meetings.models import Meeting
from meetings.reports.counted import miscounts
from meetings.reports.recounts import recounts
from meetings.services.attendance import Attendance, MemberThere, Movement
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import a_meeting, an_item
from meetings.tests.holding import AFTER, AUGUST, ENTERED, PLANNED, Scene, a_scene
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def found(scene: Scene) -> list[str]:
    return [each.ruling.outcome.value for each in recounts(AsOf(scene.body, AFTER.date()))]


def test_vote_that_stands_is_no_open_item(scene: Scene) -> None:
    scene.enter(TakenUp(scene.item()))
    assert found(scene) == []


@pytest.mark.parametrize(
    ("absent", "outcome"),
    [("c", []), ("bc", ["void"])],
    ids=["2 of 3 still there", "one of three was there"],
)
def test_correction_of_attendance(scene: Scene, absent: str, outcome: list[str]) -> None:
    scene.enter(TakenUp(scene.item()))
    gone = [getattr(scene, name) for name in absent]
    services.correct_attendance(scene.meeting, scene.there(*gone), **ENTERED)
    assert found(scene) == outcome


def test_departure_that_was_learned_of_later(scene: Scene) -> None:
    """2 yes and 1 no of three; with one of the two gone before, 1 of 2."""
    first, item = scene.item("First"), scene.item("Second")
    scene.enter(TakenUp(first), TakenUp(item, choices={scene.c: Choice.AGAINST}))
    there = scene.there(b=Movement(leaves=item))
    services.correct_attendance(scene.meeting, there, **ENTERED)
    [item_found] = [
        each
        for each in Docket(scene.body, AFTER.date()).open_items()
        if each.rule == "meetings.recounted"
    ]
    assert item_found.because == (
        "Recorded: 2 of 3 present needed; 2 voted yes. "
        "As the record now says: 2 of 2 present needed; 1 voted yes."
    )
    assert item_found.restriction.people == frozenset()


def test_restriction_of_the_item_goes_with_it(scene: Scene, secretary: object) -> None:
    item = scene.item()
    services.recuse(item, user=secretary, **ENTERED)  # type: ignore[arg-type]
    scene.enter(TakenUp(item), held=Held(scene.there()))
    services.correct_attendance(scene.meeting, scene.there(scene.b, scene.c), **ENTERED)
    items = Docket(scene.body, AFTER.date()).open_items()
    [one] = [each for each in items if each.rule == "meetings.recounted"]
    assert one.restriction.people == {secretary.pk}  # type: ignore[attr-defined]


JULY = date(2026, 7, 31)


def resigned(scene: Scene, name: str, on: date = JULY) -> None:
    """A resignation that was learned of after the meeting."""
    seat = Membership.objects.get(director=getattr(scene, name), committee=scene.body)
    end_membership(seat, ends_on=on, reason=EndReason.RESIGNED, **ENTERED)


def test_meeting_of_the_board_is_recounted_too(scene: Scene) -> None:
    board = a_board()
    directors = [*scene.members, a_director("Dan D")]
    seats = [a_seat(each, board) for each in directors]
    services.set_body_rules(board, seats=4, effective_on=date(2026, 1, 1), **PLANNED)
    meeting = a_meeting(board, on=AUGUST, **PLANNED)
    item = an_item(meeting, "Adopt the charter", kind=ItemKind.DECIDE, **PLANNED)
    there = [MemberThere(each, each != scene.c) for each in directors]
    services.enter_meeting(meeting, held=Held(Attendance(there)), items=[TakenUp(item)], **ENTERED)
    assert found(scene) == []
    end_membership(seats[-1], ends_on=JULY, reason=EndReason.RESIGNED, **ENTERED)
    as_of = AsOf(scene.body, AFTER.date())
    [miscount] = miscounts(as_of)
    assert miscount.title == (
        "Dan D was counted at the Board meeting of August 4, 2026 but was not a member then"
    )
    assert miscount.because == (
        "As recorded now, 3 served and 2 of them attended; a quorum needs 3. There was no quorum. "
        "1 vote was counted with this person."
    )
    [vote] = recounts(as_of)
    assert vote.ruling.outcome.value == "void"
    assert vote.title.startswith("The vote of the Board of August 4, 2026 on")
    rules = {each.rule for each in Docket(scene.body, AFTER.date()).open_items()}
    assert {"meetings.counted", "meetings.recounted"} <= rules


def test_recount_is_of_who_was_there_together(scene: Scene) -> None:
    """A and B were never there together: with C, who had left the body before, goes the quorum."""
    scene.item("First")
    second = scene.item("Second")
    there = scene.there(a=Movement(leaves=second), b=Movement(arrives=second))
    scene.enter(held=Held(there))
    resigned(scene, "c")
    [miscount] = miscounts(AsOf(scene.body, AFTER.date()))
    assert miscount.because == (
        "As recorded now, 2 served and 2 of them attended, at most 1 at the same time; a quorum "
        "needs 2. There was no quorum."
    )


@pytest.mark.parametrize(("part", "of"), [(2, 3), (3, 4)])
def test_bylaws_corrected_count_the_quorum_of_the_committee_again(
    scene: Scene, part: int, of: int
) -> None:
    """2 of 3 were there; the bylaws turn out to ask for more."""
    rules = services.set_body_rules(scene.body, effective_on=date(2026, 1, 1), **PLANNED)
    scene.enter(absent=(scene.c,))
    assert Meeting.objects.get(pk=scene.meeting.pk).state == MeetingState.HELD
    terms = {"quorum_part": part, "quorum_of": of, "citation": "Bylaws, s. 3.6"}
    services.correct_body_rules(rules, **terms, **ENTERED)
    counted = {2: MeetingState.HELD, 3: MeetingState.WITHOUT_QUORUM}[part]
    assert Meeting.objects.get(pk=scene.meeting.pk).state == counted
    entries = LedgerEntry.objects.filter(action="meeting.quorum_counted")
    assert entries.count() == (part == 3)
    services.correct_body_rules(rules, **{**terms, "quorum_part": 1, "quorum_of": 2}, **ENTERED)
    assert Meeting.objects.get(pk=scene.meeting.pk).state == MeetingState.HELD


def test_seat_corrected_leaves_the_meeting_until_its_attendance_is_corrected(
    scene: Scene, client_of: Callable[..., Client], secretary: User
) -> None:
    """C was counted and had resigned: nothing held changes by itself, the open item says it, and the
    page that corrects the attendance counts those who served."""
    scene.enter(absent=(scene.b,))
    resigned(scene, "c")
    assert Meeting.objects.get(pk=scene.meeting.pk).state == MeetingState.HELD
    [miscount] = miscounts(AsOf(scene.body, AFTER.date()))
    assert "There was no quorum." in miscount.because

    path = reverse("meeting_attendance", args=[scene.meeting.pk])
    client = client_of(secretary)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(path)
        form = page.context["form"]
        assert page.context["note"] == (
            "Cid C was counted and was not a member on this date. Saving counts without them."
        )
        assert form["guest_1"].value() == "Cid C"
        given = {name: form[name].value() or "" for name in form.fields}
        given = {name: value for name, value in given.items() if value is not False}
        assert client.post(path, given).status_code == 302
    meeting = Meeting.objects.get(pk=scene.meeting.pk)
    assert meeting.state == MeetingState.WITHOUT_QUORUM
    assert miscounts(AsOf(scene.body, AFTER.date())) == []
    assert [(row.director, row.served) for row in meeting.attendees.all()] == [
        (scene.a, True),
        (scene.b, True),
        (scene.c, False),
    ]
    assert meeting.presided_by == scene.a


def test_member_who_was_not_counted_is_asked_for(
    scene: Scene, client_of: Callable[..., Client], secretary: User
) -> None:
    scene.enter()
    a_seat(a_director("Dan D"), scene.body)
    with time_machine.travel(AFTER, tick=False):
        page = client_of(secretary).get(reverse("meeting_attendance", args=[scene.meeting.pk]))
    dan = next(each for each in page.context["form"].sheet.members if each.name == "Dan D")
    assert page.context["form"][f"present_{dan.pk}"].value() is False
    assert "Dan D was a member on this date and was not counted." in page.context["note"]
