"""A person's own mail, and the demonstration's mails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from records.enums import Rhythm
from records.models import MailRhythm

pytestmark = pytest.mark.django_db


def words(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("person", "default"), [("secretary", Rhythm.AT_ONCE), ("chair", Rhythm.WEEKLY)]
)
def test_page_begins_with_what_holds(
    request: pytest.FixtureRequest, client_of: Callable[..., Client], person: str, default: Rhythm
) -> None:
    client = client_of(request.getfixturevalue(person))
    assert client.get("/my-mail/").context["form"].initial == {"rhythm": default}


def test_choice_is_ones_own(client_of: Callable[..., Client], chair: User, secretary: User) -> None:
    client = client_of(chair)
    answer = client.post("/my-mail/", {"rhythm": "daily", "person": secretary.pk})
    assert answer.status_code == 302
    assert list(MailRhythm.objects.values_list("person", "rhythm")) == [(chair.pk, "daily")]
    assert "Emails are sent once a day" in words(client, "/my-mail/")


def test_choice_is_one_of_three(client_of: Callable[..., Client], chair: User) -> None:
    answer = client_of(chair).post("/my-mail/", {"rhythm": "never"})
    assert "Select a valid choice" in answer.content.decode()
    assert not MailRhythm.objects.exists()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def write(html: str = "<p>One matter</p>") -> None:
    mail = EmailMultiAlternatives(
        "You have one item in the charter portal",
        "In the portal: http://localhost/x/",
        to=["max@example.com"],
    )
    mail.attach_alternative(html, "text/html")
    mail.send()


def test_no_mail_yet(client: Client, folder: Path) -> None:
    assert "No emails yet" in words(client, "/demo/mails/")


def test_mail_is_listed_and_read(client: Client, folder: Path) -> None:
    write()
    (path,) = folder.glob("*.log")
    assert "You have one item in the charter portal" in words(client, "/demo/mails/")
    html = words(client, f"/demo/mails/{path.stem}/")
    assert "To max@example.com" in html
    assert '<a href="http://localhost/x/"' in html


def test_html_of_a_mail_stays_in_its_frame(client: Client, folder: Path) -> None:
    write('<script>alert("1")</script>"><img src=x onerror=alert(1)>')
    (path,) = folder.glob("*.log")
    html = words(client, f"/demo/mails/{path.stem}/")
    assert "sandbox srcdoc=" in html
    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize("name", ["nothing", "..", "..%2F..%2Fetc%2Fpasswd"])
def test_other_files_are_not_read(client: Client, folder: Path, name: str) -> None:
    write()
    (folder.parent / "nothing.log").write_text("Subject: Elsewhere\n\n")
    assert client.get(f"/demo/mails/{name}/").status_code == 404


@pytest.mark.parametrize("path", ["/demo/mails/", "/demo/mails/one/"])
def test_outside_the_demo_there_are_no_such_pages(
    client: Client, folder: Path, settings: Settings, path: str
) -> None:
    settings.DEMO = False
    assert client.get(path).status_code == 404
