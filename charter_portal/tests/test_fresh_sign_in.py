"""What cannot be undone on this layer asks for a sign-in that is a few minutes old at most."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.test_reauthentication import LATER, PASSWORD, signed_in
from records.models import LedgerEntry, LegalHold
from records.services import legal_holds
from records.stale import VERSION
from records.tests.browser import version_now

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 5, 14, 0, tzinfo=UTC)
REASON = {"reason": "Counsel has closed the matter."}


@pytest.fixture
def sara(secretary: User) -> User:
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


def a_hold(by: User) -> str:
    hold = legal_holds.place(reason="A matter.", by=by, at=NOW)
    return f"/documents/holds/{hold.pk}/lift/"


ACTS: list[tuple[Callable[[User], str], Mapping[str, str], str]] = [
    (a_hold, REASON, "legal_hold.lifting"),
    (lambda by: "/documents/retention/nightly/", {}, "deletion_policy.changed"),
]


@pytest.mark.parametrize(("stage", "given", "action"), ACTS)
def test_a_stale_sign_in_is_asked_again_and_a_fresh_one_acts(
    sara: User, stage: Callable[[User], str], given: Mapping[str, str], action: str
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        url, client = stage(sara), signed_in(sara)
        clock.shift(LATER)
        assert client.get(url).url.startswith("/sign-in/again/?next=")
        typed = {**given, "confirmed": "1", VERSION: version_now(url, str(sara.pk))}
        asked = client.post(url, typed)
        assert asked.context["typed"] == list(typed.items())
        assert not LedgerEntry.objects.filter(action=action).exists()

        client.post(url, typed | {"again-password": PASSWORD})
        assert LedgerEntry.objects.filter(action=action).count() == 1


@pytest.mark.parametrize("url", ["/documents/delete/", "/notices/delete/"])
def test_a_delete_asks_before_its_list_is_read(sara: User, url: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        assert client.get(url).status_code == 200
        clock.shift(LATER)
        assert client.get(url).url.startswith("/sign-in/again/?next=")
        assert "again-password" in client.post(url, {"confirmed": "1"}).content.decode()


def test_nobody_signs_in_again_only_to_find_nothing(sara: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(sara)
        clock.shift(LATER)
        assert client.get("/documents/holds/4711/lift/").status_code == 404
        assert not LegalHold.objects.exists()


def test_who_may_not_is_refused_without_signing_in_again(
    administrator: User, client_of: Callable[..., Client]
) -> None:
    for url in ("/documents/delete/", "/documents/retention/nightly/", "/notices/delete/"):
        assert client_of(administrator).get(url).status_code == 403
