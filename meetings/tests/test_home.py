"""What home asks of the secretary about the meetings of the year (RULE-45)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from charters.tests.charters import Stage, set_the_stage
from committees.tests.factories import a_board
from meetings.enums import MeetingState
from meetings.models import Meeting
from meetings.tests.factories import a_meeting
from records.enums import SystemActor

pytestmark = pytest.mark.django_db

PLANNED = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 15, tzinfo=UTC)}
HELD = (date(2026, 2, 26), date(2026, 5, 5), date(2026, 8, 4))
NOVEMBER = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def stage() -> Stage:
    a_stage = set_the_stage()
    a_board()
    return a_stage


def hold(stage: Stage, *days: date) -> None:
    for day in days:
        a_meeting(stage.committee, on=day, **PLANNED)
    Meeting.objects.filter(on__in=days).update(state=MeetingState.HELD, zone="America/New_York")


def asked(client_of: Callable[..., Client], person: User) -> list[tuple[str, str, str]]:
    with time_machine.travel(NOVEMBER, tick=False):
        asks = client_of(person).get("/").context["asks"]
    plan = reverse("meetings_plan", args=["FY2026"])
    return [(ask.sentence, ask.because, ask.url) for ask in asks if ask.url == plan]


def test_secretary_is_asked_while_the_year_is_short_of_four(
    stage: Stage, client_of: Callable[..., Client], secretary: User, member: User
) -> None:
    """Three were held and nothing is scheduled on November 20; a date in December is enough."""
    hold(stage, *HELD)
    [(sentence, because, url)] = asked(client_of, secretary)
    assert sentence == "1 more meeting of the committee needs a date by December 31, 2026."
    assert because == "The charter asks for four a year. 3 held, 0 planned."
    assert url == reverse("meetings_plan", args=["FY2026"])
    assert asked(client_of, member) == []
    a_meeting(stage.committee, on=date(2026, 12, 8), **PLANNED)
    assert asked(client_of, secretary) == []


def test_who_plans_no_meetings_here_is_not_asked(
    stage: Stage, client_of: Callable[..., Client], secretary: User
) -> None:
    assert asked(client_of, secretary) == []
    hold(stage, HELD[0])
    [(sentence, *_)] = asked(client_of, secretary)
    assert sentence.startswith("3 more meetings of the committee need a date")
