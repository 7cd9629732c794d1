"""Two who write at once: the rules of a body, and what happened at a meeting of it. Neither waits for
the other for ever (PostgreSQL)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from charter_portal.tests.test_stale_writes import wait_for_waiting
from charters.models import Committee
from meetings import services
from meetings.enums import ItemOutcome, MeetingState
from meetings.models import BodyRules, Meeting
from meetings.services.holding import ActionAgreed, TakenUp
from meetings.tests.holding import ENTERED, Scene, a_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TERMS = {"quorum_part": 3, "quorum_of": 4, "citation": "Bylaws, s. 3.6"}


def alone(act: Callable[[], object]) -> None:
    """On a connection of its own."""
    try:
        act()
    finally:
        connection.close()


def enter(scene: Scene) -> None:
    item = scene.meeting.items.get()
    agreed = ActionAgreed("Ask for the letter", date(2026, 9, 1), owner_name="Cora CFO")
    scene.enter(TakenUp(item, ItemOutcome.DISCUSSED, actions=[agreed]), absent=(scene.c,))


def set_rules(scene: Scene) -> None:
    services.set_body_rules(scene.body, effective_on=date(2026, 1, 1), **TERMS, **ENTERED)


def correct_rules(scene: Scene) -> None:
    services.correct_body_rules(BodyRules.objects.get(), **TERMS, **ENTERED)


@pytest.mark.parametrize("change", [set_rules, correct_rules])
@pytest.mark.parametrize("is_entered_first", [True, False])
def test_rules_and_a_meeting_of_the_body_are_written_one_after_the_other(
    change: Callable[[Scene], None], is_entered_first: bool
) -> None:
    """Both come while somebody holds the body; whoever came first goes first."""
    scene = a_scene()
    scene.item()
    if change is correct_rules:
        services.set_body_rules(scene.body, effective_on=date(2026, 1, 1), **ENTERED)
    acts = [lambda: enter(scene), lambda: change(scene)]
    if not is_entered_first:
        acts.reverse()
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Committee.objects.select_for_update().get(pk=scene.body.pk)
            running: list[Future[None]] = []
            for number, act in enumerate(acts, start=1):
                running.append(pool.submit(alone, act))
                wait_for_waiting(number)
        for each in running:
            each.result(timeout=30)
    meeting = Meeting.objects.get(pk=scene.meeting.pk)
    assert meeting.attendees.count() == 3
    assert BodyRules.objects.in_force(scene.body, meeting.on).quorum_part == 3
    # Counted with the rules as they are, whichever came first: 2 of 3 were there, 3 are needed.
    assert meeting.state == MeetingState.WITHOUT_QUORUM
