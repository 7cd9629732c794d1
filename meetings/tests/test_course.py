"""The course of a meeting: whoever presided was there, and clock times follow one another."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meetings import services
from meetings.services.attendance import Course, Movement, named
from meetings.services.holding import Held
from meetings.tests.holding import ENTERED, Scene, a_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def refused(caught: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return str(caught.value.message_dict[field][0])


@pytest.mark.parametrize(
    ("moves", "adjourned", "field", "words"),
    [
        ({"arrived_at": time(8)}, time(11), "arrived_at", "8:00 a.m. is before the meeting began"),
        ({"left_at": time(8, 59)}, None, "left_at", "8:59 a.m. is before the meeting began"),
        (
            {"arrived_at": time(10), "left_at": time(9, 30)},
            None,
            "left_at",
            "9:30 a.m. is before 10:00 a.m.",
        ),
        ({}, time(8, 30), "adjourned_time", "8:30 a.m. is before the meeting began"),
        ({"left_at": time(10, 40)}, time(10), "adjourned_time", "10:00 a.m. is before 10:40 a.m."),
        (
            {"left_at": time(10, 40), "returned_at": time(10, 30)},
            None,
            "returns",
            "10:30 a.m. is before 10:40 a.m.",
        ),
    ],
    ids=["arrives", "leaves", "leaves before", "adjourned", "adjourned before", "returns"],
)
def test_clock_times_follow_one_another(
    scene: Scene, moves: dict[str, time], adjourned: time | None, field: str, words: str
) -> None:
    """A meeting of 9:00 a.m.; refused beside the field, when it is entered and when corrected."""
    one, two, three = scene.item("One"), scene.item("Two"), scene.item("Three")
    there = scene.there(b=Movement(arrives=one, leaves=two, returns=three, **moves))
    name = field if field == "adjourned_time" else named(field, scene.b)
    with pytest.raises(ValidationError) as caught:
        scene.enter(held=Held(there, adjourned, scene.a))
    assert words in refused(caught, name)
    assert not scene.meeting.attendees.exists()
    scene.enter()
    with pytest.raises(ValidationError) as caught:
        services.correct_attendance(
            scene.meeting, there, course=Course(scene.a, adjourned), **ENTERED
        )
    assert words in refused(caught, name)


@pytest.mark.parametrize(
    ("b", "c", "field"),
    [
        (
            {"leaves": 3, "left_at": time(10, 40)},
            {"arrives": 2, "arrived_at": time(10, 50)},
            "left_at",
        ),
        ({"leaves": 3, "left_at": time(10, 50)}, {"arrives": 2, "arrived_at": time(10, 50)}, ""),
        ({"leaves": 2, "left_at": time(10, 40)}, {"arrives": 2, "arrived_at": time(10, 50)}, ""),
        ({"leaves": 3}, {"arrives": 2, "arrived_at": time(10, 50)}, ""),
    ],
    ids=["contradicts", "same minute", "same item", "not known"],
)
def test_clock_times_of_two_people_follow_the_order_of_the_items(
    scene: Scene, b: dict[str, Any], c: dict[str, Any], field: str
) -> None:
    items = {number: scene.item(f"Item {number}") for number in (1, 2, 3)}
    moves = [
        Movement(**{name: items.get(value, value) for name, value in given.items()})
        for given in (b, c)
    ]
    held = Held(scene.there(b=moves[0], c=moves[1]), None, scene.a)
    if not field:
        scene.enter(held=held)
        return
    with pytest.raises(ValidationError) as caught:
        scene.enter(held=held)
    assert refused(caught, named(field, scene.b)) == (
        "10:40 a.m. is before 10:50 a.m., the time entered for Cid C at an earlier item. Check the "
        "clock times."
    )


def test_who_presided_was_there(scene: Scene) -> None:
    with pytest.raises(ValidationError) as caught:
        scene.enter(absent=(scene.a,))
    assert refused(caught, "presided_by") == "Ann A was not present. Say who presided."
    scene.enter()
    without_a = scene.there(scene.a)
    for course in (None, Course(scene.a, time(11, 45))):
        with pytest.raises(ValidationError) as caught:
            services.correct_attendance(scene.meeting, without_a, course=course, **ENTERED)
        assert "Ann A was not present" in refused(caught, "presided_by")
    services.correct_attendance(scene.meeting, without_a, course=Course(scene.b), **ENTERED)
    scene.meeting.refresh_from_db()
    assert scene.meeting.presided_by == scene.b
