"""What the bylaws say from a date on: each meeting is judged by the rules in force on its date."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from charters.docket import AsOf
from charters.models import Committee
from charters.rules.voting import quorum
from committees.tests.factories import a_board, a_director, a_seat
from meetings import services
from meetings.enums import CountedVotes, MeetingState
from meetings.models import BodyRules, Meeting
from meetings.presence import body_of
from meetings.reports.held import held_part
from meetings.reports.recounts import recounts
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import NOVEMBER, SIGNED, a_body, a_meeting, an_item
from meetings.tests.holding import AFTER, AUGUST, ENTERED, PLANNED, Scene, a_scene

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]

ALL_THREE = {"quorum_part": 1, "quorum_of": 1, "citation": "Bylaws, s. 3.7"}
OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("on", "needed"),
    [(date(2026, 8, 4), 2), (date(2026, 9, 30), 2), (OCTOBER, 3), (NOVEMBER, 3)],
)
def test_a_change_of_october_1_decides_from_that_date_on(on: date, needed: int) -> None:
    body = a_body()
    services.set_body_rules(body, effective_on=OCTOBER, **ALL_THREE, **SIGNED)
    found = body_of(a_meeting(body, on=on, **PLANNED), "ABC")
    assert found is not None
    assert quorum(found).needed == needed


def test_two_changes_each_from_its_own_date_and_the_rest_stays() -> None:
    body = a_body()
    terms = {"notice_days": 2, "notice_citation": "Bylaws, s. 3.5"}
    services.set_body_rules(body, effective_on=date(2026, 1, 1), **terms, **SIGNED)
    services.set_body_rules(body, effective_on=OCTOBER, **ALL_THREE, **SIGNED)
    before, after = (BodyRules.objects.in_force(body, day) for day in (AUGUST, NOVEMBER))
    assert (before.notice_days, before.quorum_of) == (2, 2)
    assert (after.notice_days, after.quorum_of) == (2, 1)


def test_a_later_change_leaves_a_vote_and_its_quorum_as_they_were() -> None:
    scene = a_scene()
    scene.enter(TakenUp(scene.item()), absent=(scene.c,))
    services.set_body_rules(scene.body, **ALL_THREE, **ENTERED)
    assert recounts(AsOf(scene.body, AFTER.date())) == []
    services.correct_attendance(scene.meeting, scene.there(scene.b), **ENTERED)
    services.correct_attendance(scene.meeting, scene.there(scene.c), **ENTERED)
    assert Meeting.objects.get().state == MeetingState.HELD


def test_correcting_rules_that_were_wrong_keeps_the_vote_and_says_so() -> None:
    scene = a_scene()
    rules = services.set_body_rules(
        scene.body, effective_on=date(2026, 1, 1), **{**PLANNED, "citation": "Bylaws, s. 3.7"}
    )
    scene.enter(TakenUp(scene.item()), absent=(scene.c,))
    services.correct_body_rules(rules, **ALL_THREE, **ENTERED)
    [found] = recounts(AsOf(scene.body, AFTER.date()))
    assert (found.vote.outcome, found.ruling.outcome.value) == ("adopted", "void")


def test_an_entry_is_not_moved_onto_another() -> None:
    body = a_body()
    services.set_body_rules(body, effective_on=AUGUST, **SIGNED)
    second = services.set_body_rules(body, effective_on=OCTOBER, **SIGNED)
    with pytest.raises(ValidationError) as caught:
        services.correct_body_rules(second, effective_on=AUGUST, **SIGNED)
    assert "August 4, 2026" in caught.value.message_dict["effective_on"][0]
    moved = services.correct_body_rules(second, effective_on=date(2026, 9, 1), **SIGNED)
    assert moved.effective_on == date(2026, 9, 1)


def test_an_entry_is_not_replaced_by_another_of_its_date() -> None:
    body = a_body()
    services.set_body_rules(body, effective_on=AUGUST, **ALL_THREE, **SIGNED)
    with pytest.raises(ValidationError) as caught:
        services.set_body_rules(body, effective_on=AUGUST, quorum_of=2, **SIGNED)
    assert "August 4, 2026 are on record" in caught.value.message_dict["effective_on"][0]
    assert BodyRules.objects.get().quorum_of == 1


def test_the_page_shows_what_is_in_force_and_what_was(
    client_of: ClientOf, secretary: User, member: User
) -> None:
    body = a_body()
    services.set_body_rules(body, effective_on=date(2026, 1, 1), **ALL_THREE, **SIGNED)
    client = client_of(secretary)
    path = f"/meetings/rules/{body.pk}/"
    held = {
        name: field.value() or ""
        for name in client.get(path).context["form"].fields
        for field in [client.get(path).context["form"][name]]
    }
    held |= {"effective_on": "2090-01-01", "quorum_of": "2"}
    held.pop("forbids_consents")
    page = client.post(path, held, follow=True)
    row = next(row for row in page.context["rows"] if row.name == str(body))
    assert row.in_force.dates.startswith("In effect from January 1, 2026 until January 1, 2090")
    assert [each.dates for each in row.others] == ["In effect from January 1, 2090"]
    assert "Correct an error" in page.content.decode()
    assert "Correct an error" not in client_of(member).get("/meetings/rules/").content.decode()


def test_dates_before_the_table_begins_are_judged_by_its_first_value() -> None:
    body = a_body()
    third = {"quorum_part": 1, "quorum_of": 3, "citation": "Bylaws, s. 3.7"}
    services.set_body_rules(body, effective_on=date(1999, 1, 1), **third, **SIGNED)
    a_seat(a_director("Director A"), body, date(2000, 1, 1))
    meeting = services.backfill_meeting(body, on=date(2001, 5, 1), **ENTERED)
    assert meeting.state == MeetingState.HELD
    fourth = third | {"quorum_of": 4}
    with pytest.raises(ValidationError, match="below 1/3"):
        services.set_body_rules(body, effective_on=date(2000, 1, 1), **fourth, **SIGNED)


class Boardroom:
    """A Board on which five serve, and its meeting of August 4."""

    def __init__(self) -> None:
        a_body()
        self.board: Committee = a_board()
        self.directors = [a_director(f"Director {letter}") for letter in "ABCDE"]
        for each in self.directors:
            a_seat(each, self.board)
        self.meeting = a_meeting(self.board, on=AUGUST, **PLANNED)

    def enter(self, present: int, *items: TakenUp) -> Meeting:
        there = [MemberThere(each, n < present) for n, each in enumerate(self.directors)]
        held = Held(Attendance(there), time(11, 45))
        return services.enter_meeting(self.meeting, held=held, items=items, **ENTERED)

    def told(self, reader: User) -> tuple[str, tuple[str, ...], str]:
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        rows = held_part(meeting, reader, AFTER.date()).attendance
        [row] = [each for each in rows if each.term == "Quorum"]
        return row.text, row.lines, row.url


def test_a_board_whose_size_is_not_on_record_shows_no_quorum(secretary: User) -> None:
    """Three of five serving are no quorum of seven seats: without the number, nothing is said."""
    room = Boardroom()
    meeting = room.enter(3)
    assert meeting.state == MeetingState.HELD
    assert room.told(secretary) == (
        "Record the number of seats under Meeting rules, effective on or before August 4, 2026.",
        (
            "The number of seats on the Board on August 4, 2026 is not on record. Its quorum is not "
            "known.",
        ),
        f"/meetings/rules/{room.board.pk}/?from=2026-08-04",
    )


def test_its_vote_is_refused_with_the_way_out_and_taken_once_the_size_is_on_record(
    secretary: User,
) -> None:
    room = Boardroom()
    item = an_item(room.meeting, kind="decide", **PLANNED)
    with pytest.raises(ValidationError) as caught:
        room.enter(4, TakenUp(item))
    assert "Record the number under Meeting rules" in caught.value.messages[0]
    services.set_body_rules(room.board, seats=7, effective_on=date(2026, 1, 1), **SIGNED)
    room.enter(4, TakenUp(item))
    words = "A quorum was present: 4 attended, 4 of 7 needed."
    assert room.told(secretary) == (words, (), "")


def test_seats_on_record_from_a_later_date_say_nothing_of_an_earlier_one(secretary: User) -> None:
    room = Boardroom()
    services.set_body_rules(room.board, seats=5, effective_on=OCTOBER, **SIGNED)
    room.enter(3)
    assert room.told(secretary)[2] == f"/meetings/rules/{room.board.pk}/?from=2026-08-04"


def test_a_board_without_a_majority_of_its_seats_has_no_quorum(secretary: User) -> None:
    room = Boardroom()
    services.set_body_rules(room.board, seats=7, effective_on=AUGUST, **SIGNED)
    assert room.enter(3).state == MeetingState.WITHOUT_QUORUM


def test_majority_of_votes_cast_counts_from_its_date(secretary: User) -> None:
    scene: Scene = a_scene()
    terms = {"counted": CountedVotes.VOTES_CAST, "citation": "Bylaws, s. 3.7"}
    services.set_body_rules(scene.body, effective_on=AUGUST, **terms, **PLANNED)
    found = body_of(scene.meeting, "ABC")
    assert found is not None
    assert found.bylaws.counted.value == "votes_cast"
