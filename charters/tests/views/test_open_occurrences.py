"""What arose and is open: shown on the pages of its duty and clause, and led to from home."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction
from charters.answers import Ask
from charters.enums import DutyKind
from charters.models import Duty
from charters.registry import HOME, OCCURRENCES, HomePart, OccurrenceSource
from charters.rules.terms import Occurrence
from charters.tests.charters import AT, Stage, set_the_stage

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
KEY = "act-on-independence"
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 2), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage, secretary: User) -> Duty:
    return stage.duty(kind=DutyKind.EVENT, catalogue_key=KEY, owner=secretary)


@contextmanager
def arose(duty: Duty, *labels: str, dealt_on: date | None = None, **more: Any) -> Iterator[None]:
    pieces = [
        (duty.pk, Occurrence(OCTOBER, DECEMBER, dealt_on, label, f"/{label.lower()}/", **more))
        for label in labels
    ]
    source = OccurrenceSource("tests.matters", lambda *given: iter(pieces), frozenset({KEY}))
    with OCCURRENCES.temporarily(source):
        yield


def waiting(page: Any) -> list[tuple[str, str, str]]:
    return [(entry.text, entry.url, entry.detail) for entry in page]


def test_one_that_is_open_is_named_and_taken_up_where_it_is_recorded(
    client_of: ClientOf, secretary: User, duty: Duty
) -> None:
    client = client_of(secretary)
    with arose(duty, "Matter"):
        page = client.get(duty.get_absolute_url()).context
        assert waiting(page["page"].waiting) == [("Matter", "/matter/", "Due December 1, 2026.")]
        assert page["page"].history == ()
        assert (page["primary"].label, page["primary"].url) == ("Open record", "/matter/")
        page = client.get("/charter/R-2/").context
        assert waiting(page["waiting"]) == [("Matter", "/matter/", "Due December 1, 2026.")]
        assert page["primary"].url == "/matter/"
        (ask,) = [each for each in client.get("/").context["asks"] if each.sentence == duty.title]
        assert (ask.button, ask.url) == ("Open record", "/matter/")


def test_several_lead_to_their_list(client_of: ClientOf, secretary: User, duty: Duty) -> None:
    client = client_of(secretary)
    with arose(duty, "One", "Two"):
        page = client.get(duty.get_absolute_url())
        assert [text for text, __, __ in waiting(page.context["page"].waiting)] == ["One", "Two"]
        assert page.context["primary"].label == "Record completion"
        (ask,) = [each for each in client.get("/").context["asks"] if each.sentence == duty.title]
        assert ask.url == f"{duty.get_absolute_url()}#open-title"
        assert 'id="open-title"' in page.content.decode()


def test_matter_that_its_app_asks_for_is_not_asked_for_again(
    client_of: ClientOf, secretary: User, duty: Duty
) -> None:
    def asks(*given: object) -> Iterator[Ask]:
        yield Ask("Decide on the matter", "/matter/", "Open matter")

    with arose(duty, "Matter"), HOME.temporarily(HomePart("tests.matters", asks, order=1)):
        found = client_of(secretary).get("/").context["asks"]
    assert [each.sentence for each in found if each.url == "/matter/"] == ["Decide on the matter"]


def test_what_was_dealt_with_is_open_no_more(
    client_of: ClientOf, secretary: User, duty: Duty
) -> None:
    with arose(duty, "Matter", dealt_on=NOVEMBER):
        page = client_of(secretary).get(duty.get_absolute_url())
        assert page.context["page"].waiting == ()
        assert [entry.text for entry in page.context["page"].history] == ["Matter"]
        before = client_of(secretary).get(f"{duty.get_absolute_url()}?as_of=2026-10-31")
        assert [entry.text for entry in before.context["page"].waiting] == ["Matter"]


def test_nothing_is_told_of_what_is_restricted_from_the_reader(
    client_of: ClientOf, secretary: User, duty: Duty
) -> None:
    restricted = Restriction(frozenset({Role.SECRETARY}))
    client = client_of(secretary)
    with arose(duty, "Zephyr", restriction=restricted):
        for path in (duty.get_absolute_url(), "/charter/R-2/", "/"):
            page = client.get(path)
            assert "Zephyr" not in page.content.decode()
            assert "/zephyr/" not in page.content.decode()
