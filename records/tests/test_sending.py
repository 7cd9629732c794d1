"""Through SMTP to a server that runs: what arrives, and what is made of every answer."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from accounts.models import User
from records.enums import DeliveryState, Setback
from records.models import Delivery, Notice
from records.tests.mail_server import HOST, Answers, closed_port, mail_server, silent_server
from records.tests.owing import AT, a_kind, owe, sweep

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind():
        yield


@pytest.fixture
def by_smtp(settings: Settings) -> Callable[[int], None]:
    """Mail goes to a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = HOST, 0.5
    settings.PORTAL_URL = "https://portal.example.com"
    settings.DEFAULT_FROM_EMAIL = "Charter portal <portal@example.com>"

    def use(port: int) -> None:
        settings.EMAIL_PORT = port

    return use


def delivery() -> Delivery:
    return Delivery.objects.get()


def test_mail_arrives_in_text_and_html(secretary: User, by_smtp: Callable[[int], None]) -> None:
    owe(secretary)
    with mail_server() as (desk, port):
        by_smtp(port)
        sweep()

    (mail,) = desk.taken
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert (mail["To"], mail["From"]) == (
        "sara.secretary@example.com",
        "Charter portal <portal@example.com>",
    )
    assert mail["Subject"] == "Charter portal: you have one item"
    assert mail["Message-ID"] == f"<{delivery().pk}@portal.example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    for words in (text, html):
        assert "A paper waits to be read." in words
        assert "https://portal.example.com/company/" in words
    assert "<" not in text
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert delivery().state == DeliveryState.DELIVERED


@pytest.mark.parametrize(
    ("answers", "state", "setback"),
    [
        (Answers(recipient="550 No such person"), DeliveryState.FAILED, Setback.RECIPIENT),
        (Answers(recipient="450 Try later"), DeliveryState.WAITING, Setback.LATER),
        (Answers(recipient="421 Closing"), DeliveryState.WAITING, Setback.LATER),
        (Answers(data="554 Not like this"), DeliveryState.FAILED, Setback.CONTENT),
        (Answers(data="452 Full"), DeliveryState.WAITING, Setback.LATER),
        (Answers(sender="550 Not you"), DeliveryState.WAITING, Setback.SENDER),
        (Answers(sender="451 Later"), DeliveryState.WAITING, Setback.LATER),
        (Answers(breaks_off=True), DeliveryState.UNCERTAIN, ""),
        (Answers(waits_at="DATA"), DeliveryState.UNCERTAIN, ""),
        (Answers(waits_at="QUIT"), DeliveryState.DELIVERED, ""),
    ],
)
def test_every_answer_has_its_meaning(
    secretary: User,
    by_smtp: Callable[[int], None],
    answers: Answers,
    state: DeliveryState,
    setback: str,
) -> None:
    owe(secretary)
    with mail_server(answers) as (_desk, port):
        by_smtp(port)
        sweep()

    found = delivery()
    assert (found.state, found.setback, found.tries) == (state, setback, 1)
    # Without the server's word for it, a mail that may have been taken is never tried again.
    with mail_server() as (again, port):
        by_smtp(port)
        for days in (1, 2, 30):
            sweep(AT + timedelta(days=days))
    assert len(again.taken) == (state == DeliveryState.WAITING)


def test_portals_own_sign_in_is_refused(
    secretary: User, by_smtp: Callable[[int], None], settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    owe(secretary)
    with mail_server() as (_desk, port):
        by_smtp(port)
        sweep()

    assert (delivery().state, delivery().setback) == (DeliveryState.WAITING, Setback.SIGN_IN)


def test_password_that_no_server_can_be_told_loses_nothing(
    secretary: User, management: User, by_smtp: Callable[[int], None], settings: Settings
) -> None:
    """Nothing was said of any mail: each waits, and goes once the settings are right."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "pässword"
    for person in (secretary, management):
        owe(person)
    with mail_server() as (desk, port):
        by_smtp(port)
        sweep()
        found = Delivery.objects.order_by("tries").values_list("tries", "state", "setback")
        assert list(found) == [
            (0, DeliveryState.WAITING, ""),
            (1, DeliveryState.WAITING, Setback.SETTINGS),
        ]
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        sweep(AT + timedelta(hours=1))

    assert len(desk.taken) == 2


def test_backend_that_is_not_there_loses_nothing(secretary: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "no.such.Backend"
    owe(secretary)
    sweep()

    assert (delivery().state, delivery().setback) == (DeliveryState.WAITING, Setback.SETTINGS)


def test_server_that_says_nothing_holds_up_one_mail_alone(
    secretary: User, management: User, by_smtp: Callable[[int], None]
) -> None:
    for person in (secretary, management):
        owe(person)
    with silent_server() as (_listening, port):
        by_smtp(port)
        sweep()

    found = Delivery.objects.order_by("tries").values_list("tries", "state", "setback")
    assert list(found) == [
        (0, DeliveryState.WAITING, ""),
        (1, DeliveryState.WAITING, Setback.UNREACHABLE),
    ]


def test_server_down_for_a_day_loses_nothing(
    secretary: User, management: User, by_smtp: Callable[[int], None]
) -> None:
    owe(secretary)
    by_smtp(closed_port())
    for minutes in range(0, 24 * 60, 5):
        sweep(AT + minutes * MINUTE)
    owe(management)
    assert Delivery.objects.get(recipient=secretary).state == DeliveryState.WAITING
    assert 20 < Delivery.objects.get(recipient=secretary).tries < 40

    with mail_server() as (desk, port):
        by_smtp(port)
        for minutes in range(24 * 60, 26 * 60, 5):
            sweep(AT + minutes * MINUTE)

    assert sorted(desk.addresses()) == [management.email, secretary.email]
    assert Notice.objects.delivered().count() == 2
