"""Where a person can go: at most eight words, and always one that says where they are."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.tests.personas import make_person
from charters.tests.charters import set_the_stage
from records.navigation import NAVIGATION

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


def words(client: Client, path: str) -> dict[str, bool]:
    return {place.label: place.is_current for place in client.get(path).context["navigation"]}


@pytest.mark.parametrize("role", Role)
def test_nobody_has_more_than_eight_words_to_go_to(client_of: ClientOf, role: Role) -> None:
    client = client_of(make_person("Somebody", role))
    assert len(words(client, "/")) <= 8
    set_the_stage()
    assert len(words(client, "/")) <= 8


def test_who_holds_every_role_has_eight_words(client_of: ClientOf) -> None:
    set_the_stage()
    assert len(words(client_of(make_person("Everything", *Role)), "/")) == 8


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "Home"),
        ("/people/", "Company"),
        ("/people/add/", "Company"),
        ("/ledger/", "Company"),
        ("/documents/", "Reports"),
        ("/events/", "Deadlines"),
        ("/year/", "Charter"),
        ("/actions/", "Deadlines"),
        ("/decisions/", "Charter"),
        ("/minutes/", "Meetings"),
        ("/consents/", "Meetings"),
        ("/board/", "Meetings"),
        ("/attendance/", "Meetings"),
        ("/officers/", "Committee"),
        ("/advisers/", "Committee"),
        ("/related-parties/", "Committee"),
        ("/regulators-letters/", "Committee"),
        ("/auditor/check/", "Committee"),
        ("/channel/", "Committee"),
        ("/rules/", "Company"),
        ("/minutes-folder/", "Reports"),
        ("/setup/", "Company"),
        ("/setup/mail/", "Company"),
        ("/kit/", "Company"),
        ("/glossary/", None),
        ("/my-mail/", None),
        ("/my/calendar/", None),
    ],
)
def test_page_behind_a_place_is_under_its_word(
    client_of: ClientOf, secretary: object, path: str, word: str | None
) -> None:
    set_the_stage().duty()
    current = [label for label, is_here in words(client_of(secretary), path).items() if is_here]
    assert current == ([word] if word else [])


@pytest.mark.parametrize("path", ["/auditor/check/", "/auditor/requests/"])
def test_page_lies_under_one_word_for_who_does_not_read_the_committees_pages(
    client_of: ClientOf, management: object, path: str
) -> None:
    set_the_stage()
    current = [label for label, is_here in words(client_of(management), path).items() if is_here]
    assert current == ["Auditor services"]


def test_every_place_has_an_address_and_leads_from_a_word_of_the_menu() -> None:
    menu = {place.name for place in NAVIGATION if not place.group}
    assert all(place.url for place in NAVIGATION)
    assert {place.group for place in NAVIGATION if place.group} <= menu
