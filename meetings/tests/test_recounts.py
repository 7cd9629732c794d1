"""Votes that come out otherwise after a correction of attendance."""

import pytest

from charters.docket import AsOf
from charters.rules.voting import Choice
from charters.standing import Docket
from meetings import services
from meetings.reports.recounts import recounts
from meetings.services.attendance import Movement
from meetings.services.holding import Held, TakenUp
from meetings.tests.holding import AFTER, ENTERED, Scene, a_scene

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
