"""What was typed into a form by somebody whose sign-in has ended comes back after signing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import typed
from accounts.models import KeptForm, User
from accounts.tests.test_reauthentication import PASSWORD
from committees.tests.factories import a_company
from meetings import services
from meetings.enums import ItemOutcome
from meetings.tests.holding import AFTER, ENTERED, Scene, a_scene
from records.models import LedgerEntry
from records.stale import VERSION

pytestmark = pytest.mark.django_db

# As a browser sends it: line ends, blanks, letters outside of ASCII.
TYPED = "  Two lines\r\n\r\nwith – “quotes” & <b>marks</b>  "


@pytest.fixture(autouse=True)
def then() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(AFTER, tick=False) as clock:
        yield clock


@pytest.fixture
def sara(secretary: User) -> User:
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


def sign_in(client: Client, user: User) -> None:
    """The session goes on: who was nobody in it is this person."""
    client.force_login(user)


def entry(scene: Scene, client: Client) -> tuple[str, dict[str, str]]:
    """The page on which a meeting is entered, filled in by somebody who is signed in."""
    path = reverse("meeting_enter", args=[scene.meeting.pk])
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return path, {name: str(value) for name, value in values.items() if value or value == 0}


def test_ten_minutes_of_entering_a_meeting_come_back(sara: User) -> None:
    scene = a_scene()
    item = scene.item()
    client = Client()
    client.force_login(sara)
    path, given = entry(scene, client)
    typed = given | {
        "guest_1": "Dora D",
        f"outcome_{item.pk}": ItemOutcome.DISCUSSED.value,
        f"resolution_{item.pk}": TYPED,
    }
    assert f"resolution_{item.pk}" in client.get(path).context["form"].fields
    client.logout()
    entries = LedgerEntry.objects.count()

    answer = client.post(path, typed)
    assert answer.url == f"/sign-in/?next={path}"
    assert "Your sign-in has ended" in client.get(answer.url).content.decode()
    [session] = Session.objects.all()
    assert "Dora" not in str(session.get_decoded())
    assert b"Dora" not in bytes(KeptForm.objects.get().sealed)

    sign_in(client, sara)
    page = client.get(path)
    form = page.context["form"]
    assert form[f"resolution_{item.pk}"].value() == TYPED
    assert form["guest_1"].value() == "Dora D"
    assert form[VERSION].value() == given[VERSION]
    assert form[f"outcome_{item.pk}"].value() == ItemOutcome.DISCUSSED
    assert not form.errors
    assert "Nothing was recorded yet" in page.content.decode()
    assert not KeptForm.objects.exists()
    assert LedgerEntry.objects.count() == entries
    assert client.get(path).context["form"]["guest_1"].value() is None


def test_what_somebody_saved_meanwhile_is_said(sara: User) -> None:
    item = a_scene().item()
    client, path = Client(), reverse("agenda_item_change", args=[item.pk])
    client.force_login(sara)
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in values.items() if value} | {"ask": TYPED}
    client.logout()
    client.post(path, typed)
    services.change_item(item, title="Approve the budget", **ENTERED)
    sign_in(client, sara)
    page = client.get(path)
    assert page.status_code == 409
    assert page.context["form"]["ask"].value() == TYPED
    assert page.context["form"].errors["title"] == ["On record now: Approve the budget"]


def test_it_waits_half_an_hour_and_for_its_own_page(
    sara: User, then: time_machine.Coordinates
) -> None:
    a_company()
    client, path = Client(), reverse("company_change")
    client.post(path, {"name": "Larch Group"})
    sign_in(client, sara)
    assert client.get(reverse("holiday_add")).context["form"].is_bound is False
    assert client.get(path).context["form"]["name"].value() == "Larch Group"

    client.logout()
    client.post(path, {"name": "Larch Group"})
    then.shift(timedelta(minutes=31))
    sign_in(client, sara)
    assert client.get(path).context["form"].is_bound is False


def test_who_may_not_open_the_form_sees_nothing_of_it(member: User) -> None:
    a_company()
    client, path = Client(), reverse("company_change")
    client.post(path, {"name": "ZEPHYR"})
    sign_in(client, member)
    page = client.get(path)
    assert page.status_code == 403
    assert "ZEPHYR" not in page.content.decode()


def test_neither_password_nor_too_much_is_kept(sara: User) -> None:
    a_company()
    for given in ({"again-password": "quiet river"}, {"name": "a" * 400_000}):
        client = Client()
        client.post(reverse("company_change"), given)
        assert typed.KEY not in client.session


def test_browser_without_a_sign_in_keeps_one_form(db: None) -> None:
    a_company()
    client, path = Client(), reverse("company_change")
    for number in range(5):
        client.post(path, {"name": f"{number}" * 250_000})
    [kept] = KeptForm.objects.all()
    assert kept.size < typed.MOST + 100


def test_browsers_without_a_sign_in_keep_a_limited_amount_together(
    db: None, monkeypatch: pytest.MonkeyPatch, then: time_machine.Coordinates
) -> None:
    a_company()
    path = reverse("company_change")
    monkeypatch.setattr(typed, "WHOLE", 3_000)

    def send() -> bool:
        """Whether it was kept, by somebody who comes for the first time."""
        before = set(KeptForm.objects.values_list("pk", flat=True))
        Client().post(path, {"name": "x" * 700})
        return KeptForm.objects.exclude(pk__in=before).exists()

    assert [send() for _ in range(6)] == [True, True, True, False, False, False]
    # Neither a form nor an empty session is left of one that is not kept.
    assert Session.objects.count() == 3
    assert sum(each.size for each in KeptForm.objects.all()) <= typed.WHOLE
    then.shift(timedelta(minutes=31))
    assert send()
    assert KeptForm.objects.count() == 1
