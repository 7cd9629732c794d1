"""The page of a meeting that was held."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charters.rules.sessions import Group
from meetings import services
from meetings.services.attendance import Attendance
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session
from meetings.tests.holding import ENTERED, a_guest, a_scene

pytestmark = pytest.mark.django_db


def queries(client: Client, items: int) -> list[str]:
    """Of a second visit to a meeting with so many votes, guests and a session."""
    scene = a_scene()
    taken = [TakenUp(scene.item(f"Item {number}")) for number in range(items)]
    taken.append(TakenUp(scene.item("Recused"), recused={scene.b: True}))
    guests = [a_guest(f"Guest {number}") for number in range(items)]
    session = Session(Group.MANAGEMENT, frozenset({Group.MANAGEMENT}), "Staffing")
    held = Held(Attendance(scene.there().members, guests))
    scene.enter(*taken, held=held, sessions=[session])
    services.conclude_meeting(scene.meeting, **ENTERED)
    client.get(scene.meeting.get_absolute_url())
    with CaptureQueriesContext(connection) as found:
        page = client.get(scene.meeting.get_absolute_url())
    assert page.status_code == 200
    return [each["sql"] for each in found]


@pytest.mark.parametrize("items", [1, 12])
def test_as_many_queries_for_many_votes_as_for_one(
    client_of: Callable[..., Client], secretary: User, items: int
) -> None:
    assert len(queries(client_of(secretary), items)) <= 20
