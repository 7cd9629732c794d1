"""Planning a fiscal year in one go."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from charters.tests.charters import set_the_stage
from committees.tests.factories import a_board
from meetings.models import Meeting

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
PATH = "/meetings/years/FY2027/plan/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


def typed(client: Client) -> dict[str, str]:
    form = client.get(PATH).context["form"]
    return {
        form[name].html_name: form[name].value().strftime("%H:%M" if "time" in name else "%Y-%m-%d")
        for name in form.fields
        if not name.endswith("skip")
    }


def test_year_is_planned_at_once_and_only_what_is_missing_is_offered(
    client_of: ClientOf, secretary: User
) -> None:
    set_the_stage()
    a_board()
    client = client_of(secretary)
    given = typed(client) | {"committee-regular-0-on": "2027-03-18", "board-regular-3-skip": "on"}
    review = client.post(PATH, given)
    assert "Thursday, March 18, 2027, 9:00 a.m. Eastern Time" in review.content.decode()
    assert not Meeting.objects.exists()
    client.post(PATH, given | {"confirmed": "1"})
    assert Meeting.objects.count() == 11
    assert len(client.get("/meetings/?year=FY2027").context["rows"]) == 11
    keys = [each.proposed.key for each in client.get(PATH).context["form"].offered]
    assert keys == ["board-regular-3"]


def test_what_falls_due_after_each_meeting_is_named(client_of: ClientOf, secretary: User) -> None:
    stage = set_the_stage()
    stage.duty(title="Review the plan", due_month=9)
    form = client_of(secretary).get(PATH).context["form"]
    named = {each.proposed.key: each.due for each in form.offered if each.due}
    assert named == {"committee-regular-2": "Review the plan"}


def test_refused_date_is_said_beside_its_field(client_of: ClientOf, secretary: User) -> None:
    set_the_stage()
    client = client_of(secretary)
    given = typed(client) | {
        "committee-regular-0-on": "2027-03-14",
        "committee-regular-0-time": "02:30",
    }
    page = client.post(PATH, given | {"confirmed": "1"})
    assert "does not exist" in str(page.context["form"].errors["committee-regular-0-time"])
    assert not Meeting.objects.exists()


def test_planned_year_leads_to_the_next(client_of: ClientOf, secretary: User) -> None:
    set_the_stage()
    client = client_of(secretary)
    client.post(PATH, typed(client) | {"confirmed": "1"})
    page = client.get(PATH)
    assert page.context["form"].offered == []
    assert 'href="/meetings/years/FY2028/plan/"' in page.content.decode()
