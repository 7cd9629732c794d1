"""What binds asks for a fresh sign-in, and loses nothing of what was typed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.sessions import SECOND_FACTOR
from accounts.tests.personas import make_person
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

PASSWORD = "quiet river of stones"
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = timedelta(minutes=5, seconds=1)


@pytest.fixture
def sara(secretary: User) -> User:
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


@pytest.fixture
def url(outsider: User) -> str:
    return f"/people/{outsider.pk}/roles/add/"


def signed_in(user: User) -> Client:
    """By password, the second factor being shown."""
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    return client


TYPED = {"role": "director", "starts_on": "2026-03-02"}


def test_fresh_sign_in_opens_the_form_and_records(sara: User, outsider: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False):
        client = signed_in(sara)
        assert client.get(url).status_code == 200
        assert client.post(url, TYPED).status_code == 302
    assert outsider.roleterm_set.get().role == Role.DIRECTOR


@pytest.mark.parametrize(
    "path", ["add/", "{}/invite/", "{}/close/", "{}/open/", "{}/confirm/", "{}/roles/add/"]
)
def test_every_door_is_opened_and_closed_by_a_fresh_sign_in(sara: User, path: str) -> None:
    waiting = make_person("Wanda", is_active=False, awaits_confirmation=True, registered_by=sara)
    path = f"/people/{path.format(waiting.pk)}"
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        assert client.get(path).status_code == 200
        clock.shift(LATER)
        assert client.get(path).url.startswith("/sign-in/again/")
        page = client.post(path, {"name": "Ruth Feld", "email": "ruth@example.com"})
        assert page.status_code == 200
        assert "again-password" in page.content.decode()
        assert "(optional)" not in page.content.decode()
    assert not LedgerEntry.objects.exists()


def test_form_is_shown_after_signing_in_again(sara: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        asked = client.get(url)
        assert asked.url == f"/sign-in/again/?next={url.replace('/', '%2F')}"
        assert client.post(asked.url, {"password": "wrong"}).status_code == 200
        assert client.get(url).status_code == 302
        assert client.post(asked.url, {"password": PASSWORD}).url == url
        assert client.get(url).status_code == 200


def test_nothing_typed_is_lost_when_the_form_was_filled_too_long(
    sara: User, outsider: User, url: str
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        page = client.post(url, TYPED)
        assert page.status_code == 200
        assert page.context["typed"] == list(TYPED.items())
        assert not page.context["form"].errors  # nobody was wrong yet
        assert '<input type="hidden" name="starts_on" value="2026-03-02">' in page.content.decode()
        assert not outsider.roleterm_set.exists()
        again = dict(page.context["typed"])
        page = client.post(url, again | {"again-password": "wrong"})
        assert "That is not your current password. Try again." in page.content.decode()
        assert not outsider.roleterm_set.exists()
        done = client.post(url, dict(page.context["typed"]) | {"again-password": PASSWORD})
        assert done.status_code == 302
    assert outsider.roleterm_set.get().role == Role.DIRECTOR


def test_password_is_never_among_what_is_carried(sara: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        page = client.post(url, TYPED | {"again-password": "wrong", "csrfmiddlewaretoken": "x"})
        assert page.context["typed"] == list(TYPED.items())
        # What the form itself refuses is shown in the form, without what proved the person.
        page = client.post(url, {"role": "director", "again-password": PASSWORD})
        assert page.context["form"].errors["starts_on"]
        assert PASSWORD not in page.content.decode()


def test_neither_password_nor_passkey_is_asked_for_by_name(sara: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        page = client.post(url, TYPED | {"again-password": "", "again-credential": ""})
        assert "Enter your password, or use your passkey." in page.content.decode()


@pytest.mark.parametrize("forged", ["{}", "[]", "null", "not json", '{"id": 1, "response": {}}'])
def test_forged_passkey_is_refused(sara: User, outsider: User, url: str, forged: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        page = client.post(url, TYPED | {"again-credential": forged})
        assert page.status_code == 200
    assert not outsider.roleterm_set.exists()


def test_guesses_are_slowed(sara: User, outsider: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        for _ in range(11):
            client.post(url, TYPED | {"again-password": "wrong"})
        page = client.post(url, TYPED | {"again-password": PASSWORD})
        assert page.status_code == 200
        assert not outsider.roleterm_set.exists()
        clock.shift(timedelta(minutes=6))
        assert client.post(url, TYPED | {"again-password": PASSWORD}).status_code == 302


def test_nobody_signs_in_again_only_to_be_refused(
    client_of: Callable[..., Client], management: User, url: str, settings: object
) -> None:
    settings.DEMO = False
    client = client_of(management)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    assert client.get(url).status_code == 404


def test_persona_of_the_demonstration_is_not_asked(
    client_of: Callable[..., Client], secretary: User, url: str, settings: object
) -> None:
    assert client_of(secretary).get(url).status_code == 200
    settings.DEMO = False
    assert client_of(secretary).get(url).url == "/my/sign-in/"


def test_who_has_nothing_to_show_reads_the_way_out(
    client_of: Callable[..., Client], secretary: User, url: str
) -> None:
    client = client_of(secretary)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    for answer in (client.get(url), client.post(url, TYPED)):
        assert answer.status_code == 403
        assert (
            "This action needs a recent sign-in, and you have no password or passkey"
            in answer.content.decode()
        )
