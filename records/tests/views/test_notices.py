"""The page of notices, as the secretary and others get it, and what can be done there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.personas import make_person
from records import sending
from records.enums import DeliveryState, NoticeState, Setback, SystemActor
from records.models import Delivery, Notice
from records.services import deliveries
from records.services import notices as services
from records.services.company import set_up
from records.tests.owing import AT, a_kind, owe, sweep

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PAGE = "/notices/"


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind(is_urgent=True):
        yield


@pytest.fixture
def client(secretary: User, client_of: Callable[..., Client]) -> Client:
    return client_of(secretary)


def read(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def refused(to: User) -> Notice:
    owe(to)
    deliveries.gather(None, at=AT)
    Delivery.objects.update(state=DeliveryState.FAILED, setback=Setback.RECIPIENT, tries=1)
    return Notice.objects.get()


def uncertain(to: User) -> Notice:
    owe(to)
    deliveries.gather(None, at=AT)
    deliveries.claim(Delivery.objects.get().pk, at=AT)
    deliveries.give_up_stale_claims(at=AT + 15 * MINUTE)
    return Notice.objects.get()


def test_nothing_is_a_good_state(client: Client) -> None:
    assert "No emails" in read(client)


def test_owed(client: Client, member: User) -> None:
    owe(member)
    html = read(client)
    for words in (
        "A paper waits",
        "Max Member",
        "waiting to be sent",
        ("Will be sent with the person's next email."),
    ):
        assert words in html.replace("&#x27;", "'")


def test_kept_back(client: Client, member: User) -> None:
    owe(member, not_before=AT + timedelta(days=2))
    assert "Not before Aug 7, 2026" in read(client)


def test_written_to_a_folder(client: Client, member: User, settings: Any, tmp_path: Path) -> None:
    """Without a mail server nobody got it, and nothing says that somebody did."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = sending.FOLDER, tmp_path
    owe(member)
    sweep()
    html = read(client)
    assert "written to a folder" in html
    assert len(client.get(PAGE + "?state=folder").context["rows"]) == 1
    assert not client.get(PAGE + "?state=delivered").context["rows"]
    assert "Sent to nobody, because no mail server is set up: Aug 5, 2026" in html
    assert "Accepted by the mail server" not in html


def test_delivered(client: Client, member: User) -> None:
    owe(member)
    sweep()
    html = read(client)
    assert "Accepted by the mail server: Aug 5, 2026" in html
    assert "Send again" not in html
    assert reverse("notice_cancel", args=[Notice.objects.get().pk]) not in html


def test_put_off(client: Client, member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "hand_over", lambda letter: Setback.UNREACHABLE)
    owe(member)
    sweep()
    assert "The mail server did not answer. Next try: Aug 5, 2026" in read(client)


def test_not_accepted(client: Client, member: User) -> None:
    notice = refused(member)
    html = read(client)
    assert "did not accept the recipient" in html
    assert reverse("notice_send_again", args=[notice.pk]) in html


def test_uncertain_says_where_to_look(client: Client, member: User) -> None:
    notice = uncertain(member)
    html = read(client)
    assert "answer was lost" in html
    assert f"{notice.delivery_id}@" in html


def test_withdrawn(client: Client, member: User) -> None:
    with a_kind("tests.settled", lambda notice, reader: None, is_urgent=True):
        owe(member, kind="tests.settled")
        sweep()
        assert "Nothing was left to send." in read(client)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"waiting to be sent", "not accepted", "delivered", "canceled"}),
        ("?state=way", {"waiting to be sent"}),
        ("?state=person", {"not accepted"}),
        ("?state=delivered", {"delivered"}),
        ("?state=folder", set()),
        ("?state=nothing", {"canceled"}),
        ("?state=unheard_of", {"waiting to be sent", "not accepted", "delivered", "canceled"}),
    ],
)
def test_filter(client: Client, secretary: User, member: User, query: str, shown: set[str]) -> None:
    refused(member)
    owe(member, "delivered")
    sweep()
    owe(member, "cancelled")
    cancelled = Notice.objects.get(key="cancelled")
    services.cancel(cancelled, because="Told.", by=secretary, at=AT)
    owe(member, "owed", not_before=AT + timedelta(days=2))

    rows = client.get(PAGE + query).context["rows"]
    assert {row.state for row in rows} == shown


def test_why_is_composed_for_the_reader(client: Client, member: User) -> None:
    def whys(notices: list[Notice], reader: User) -> dict[int, str]:
        return {notice.pk: f"For {reader} to know" for notice in notices}

    with a_kind("tests.told", why=whys):
        owe(member, kind="tests.told")
        assert "For Sara Secretary to know" in read(client)


def test_record_is_named_where_the_reader_may_see_it(client: Client, member: User) -> None:
    company = set_up(name="Larch Instruments, Inc.", by=SystemActor.OPERATOR, at=AT)
    owe(member, "open", subject=company)
    owe(member, "closed", subject=company)
    Notice.objects.filter(key="closed").update(subject="whistleblower.Case:1")

    assert [row.about for row in client.get(PAGE).context["rows"]] == ["", str(company)]


@pytest.mark.parametrize("visible", [lambda reader: False, lambda reader: Q(recipient=reader)])
def test_notice_that_nobody_may_know_of_is_not_there(
    client: Client, member: User, visible: Callable[[User], object]
) -> None:
    with a_kind("tests.closed", visible=visible, is_urgent=True):
        owe(member, kind="tests.closed")
        assert "Max Member" not in read(client)
        pk = Notice.objects.get().pk
        for name in ("notice_cancel", "notice_send_again"):
            assert client.get(reverse(name, args=[pk])).status_code == 404
        sweep()
    assert len(mail.outbox) == 1


def test_send_again_asks_and_then_sends(client: Client, secretary: User, member: User) -> None:
    notice = uncertain(member)
    url = reverse("notice_send_again", args=[notice.pk])

    asked = client.get(url).content.decode()
    assert "The email is sent again within one minute" in asked
    assert "Send again" in asked
    client.post(url)
    assert Delivery.objects.get().state == DeliveryState.UNCERTAIN
    assert client.post(url, {"confirmed": "1"}).status_code == 302
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_delivered_is_not_sent_again(client: Client, member: User) -> None:
    owe(member)
    sweep()
    url = reverse("notice_send_again", args=[Notice.objects.get().pk])
    answer = client.post(url, {"confirmed": "1"})
    assert (
        "You can send an email again only if it is uncertain or was not accepted"
        in answer.content.decode()
    )


def test_cancel_asks_why_and_then_cancels(client: Client, member: User) -> None:
    owe(member)
    notice = Notice.objects.get()
    url = reverse("notice_cancel", args=[notice.pk])

    assert "This field is required" in client.post(url, {"because": " "}).content.decode()
    assert "does not get this email" in client.post(url, {"because": "Told."}).content.decode()
    client.post(url, {"because": "Told.", "confirmed": "1"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.CANCELLED
    assert "By Sara Secretary: Told." in read(client)


def test_delete_is_seen_before_it_happens(client: Client, member: User) -> None:
    owe(member, at=AT - timedelta(days=2000))
    sweep(AT - timedelta(days=2000))
    assert "1 email was sent or canceled" in read(client)
    url = reverse("notices_delete")
    assert "Delete old emails" in client.get(url).content.decode()
    client.post(url, {"confirmed": "1"})
    assert not Notice.objects.exists()


def test_page_asks_no_more_for_fifty(client: Client, member: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    refused(member)
    read(client)
    for_one = asked()
    for number in range(49):
        owe(make_person(f"Person {number}"))
    sweep()

    assert asked() == for_one
