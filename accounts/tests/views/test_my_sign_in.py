"""One's own second factors and sessions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.enums import Role
from accounts.models import User
from accounts.sessions import SECOND_FACTOR
from accounts.tasks import forget_sessions
from accounts.tests.coming_in import (
    NOW,
    PASSWORD,
    both_shown,
    code,
    password_shown,
    with_codes,
    with_password,
)
from records.enums import SystemActor
from records.models import LedgerEntry
from records.services.company import set_up

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def lines(client: Client) -> list[tuple[str, bool]]:
    return [(one.device, one.is_here) for one in client.get("/my/sessions/").context["lines"]]


def test_without_a_second_factor_nothing_else_is_open(member: User) -> None:
    client = password_shown(with_password(member))
    for path in ("/", "/company/", "/people/", "/password/", "/no/such/page/"):
        answer = client.get(path)
        assert answer.status_code == 404 or answer.url == "/my/sign-in/"
    page = client.get("/my/sign-in/").content.decode()
    assert "Set up two-step verification" in page
    assert client.get("/my/passkeys/add/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_outside_the_demo_a_session_without_proof_reaches_nothing(
    client_of: ClientOf, secretary: User, settings
) -> None:
    settings.DEMO = False
    assert client_of(secretary).get("/people/").url == "/my/sign-in/"


def test_seed_waits_encrypted_and_a_wrong_code_keeps_it(member: User) -> None:
    client = password_shown(with_password(member))
    seed = client.get("/my/codes/add/").context["form"].secret
    assert seed not in str(dict(client.session))
    page = client.post("/my/codes/add/", {"code": "000000"})
    assert page.context["form"].secret == seed
    assert client.post("/my/codes/add/", {"code": code(NOW, seed)}).status_code == 302
    assert SECRET_SESSION_KEY not in client.session


def test_key_of_the_session_changes_when_the_second_factor_opens_more(member: User) -> None:
    client = password_shown(with_password(member))
    before = client.session.session_key
    seed = client.get("/my/codes/add/").context["form"].secret
    client.post("/my/codes/add/", {"code": code(NOW, seed)})
    assert client.session.session_key != before
    assert [here for _device, here in lines(client)] == [True]


def test_only_factor_cannot_be_removed(member: User) -> None:
    with_codes(member)
    client = both_shown(member)
    client.post("/sign-in/second-step/", {"code": code(NOW)})
    page = client.post("/my/codes/remove/")
    assert "This is your only way of two-step verification" in page.content.decode()
    assert Authenticator.objects.filter(user=member).exists()


def test_passkeys_of_others_are_not_there(client_of: ClientOf, member: User, chair: User) -> None:
    theirs = Authenticator.objects.create(
        user=member, type="webauthn", data={"name": "Laptop", "credential": {}}
    )
    client = client_of(chair)
    for verb in ("name", "remove"):
        for method in ("get", "post"):
            answer = getattr(client, method)(f"/my/passkeys/{theirs.pk}/{verb}/", {"name": "x"})
            assert answer.status_code == 404


def test_recovery_codes_ask_for_a_fresh_sign_in(member: User, clock) -> None:
    with_codes(member)
    client = password_shown(member)
    client.post("/sign-in/second-step/", {"code": code(NOW)})
    client.post("/my/recovery-codes/make/")
    assert client.get("/my/recovery-codes/").status_code == 200
    clock.shift(timedelta(minutes=6))
    assert client.get("/my/recovery-codes/").url.startswith("/sign-in/again/")


# Sessions


@pytest.fixture
def here(member: User) -> Client:
    client = Client(headers={"user-agent": FIREFOX})
    password_shown(with_password(member), client)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    return client


@pytest.fixture
def there(member: User, here: Client) -> Client:
    client = Client(headers={"user-agent": IPHONE})
    password_shown(member, client)
    return client


def test_sessions_are_listed_by_device(here: Client, there: Client) -> None:
    assert lines(here) == [("Firefox, Linux", True), ("Safari, iPhone", False)]


def test_signing_out_there(here: Client, there: Client) -> None:
    line = here.get("/my/sessions/").context["lines"][1]
    assert here.post(f"/my/sessions/{line.pk}/end/").status_code == 302
    assert there.get("/my/sign-in/").url.startswith("/sign-in/")
    assert lines(here) == [("Firefox, Linux", True)]
    assert here.post(f"/my/sessions/{line.pk}/end/").status_code == 404
    assert LedgerEntry.objects.get().action == "session.ended"


def test_signing_out_everywhere_else_keeps_this_session_under_a_new_key(
    here: Client, there: Client
) -> None:
    before = here.session.session_key
    assert here.post("/my/sessions/").status_code == 302
    assert there.get("/my/sign-in/").url.startswith("/sign-in/")
    assert here.session.session_key != before
    assert lines(here) == [("Firefox, Linux", True)]


def test_ending_sessions_neither_renews_this_one_nor_works_with_an_old_sign_in(
    here: Client, there: Client, clock
) -> None:
    first_end = here.session.get_expiry_date()
    other = here.get("/my/sessions/").context["lines"][1]
    clock.shift(timedelta(minutes=6))
    for url in ("/my/sessions/", f"/my/sessions/{other.pk}/end/"):
        assert "again-password" in here.post(url).content.decode()
    assert lines(here) == [("Firefox, Linux", True), ("Safari, iPhone", False)]

    here.post("/my/sessions/", {"again-password": PASSWORD})
    assert lines(here) == [("Firefox, Linux", True)]
    assert here.session.get_expiry_date() == first_end
    clock.shift(timedelta(hours=12))
    assert here.get("/my/sessions/").url.startswith("/sign-in/")


def test_new_password_and_new_factor_do_not_renew_the_session(member: User, clock) -> None:
    client = password_shown(with_password(member))
    first_end = client.session.get_expiry_date()
    clock.shift(timedelta(minutes=4))
    seed = client.get("/my/codes/add/").context["form"].secret
    client.post("/my/codes/add/", {"code": code(NOW + timedelta(minutes=4), seed)})
    new = "a lamp beside the ledger"
    client.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.session.get_expiry_date() == first_end


def test_new_password_notes_neither_hour_nor_place(here: Client) -> None:
    new = "a lamp beside the ledger"
    here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    listed = UserSession.objects.get(session_key=here.session.session_key)
    assert (listed.ip, listed.created_at) == ("0.0.0.0", datetime(2026, 3, 2, 5, tzinfo=UTC))


def test_new_password_ends_the_other_sessions_and_their_lines(here: Client, there: Client) -> None:
    new = "a lamp beside the ledger"
    here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert there.get("/my/sign-in/").url.startswith("/sign-in/")
    assert lines(here) == [("Firefox, Linux", True)]


def test_closed_and_opened_again_the_account_has_no_session_from_before(
    here: Client, member: User, secretary: User
) -> None:
    services.close_account(member, by=secretary, at=NOW)
    services.open_account(member, by=secretary, at=NOW)
    assert here.get("/my/sign-in/").url.startswith("/sign-in/")


def test_session_of_somebody_else_is_not_there(
    client_of: ClientOf, here: Client, chair: User
) -> None:
    line = here.get("/my/sessions/").context["lines"][0]
    assert client_of(chair).post(f"/my/sessions/{line.pk}/end/").status_code == 404
    assert lines(here) == [("Firefox, Linux", True)]


def test_last_day_is_kept_and_neither_hour_nor_place(member: User, clock) -> None:
    clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    client = both_shown(with_password(member))
    clock.shift(timedelta(hours=1))
    client.get("/my/sign-in/")
    listed = UserSession.objects.get()
    monday = datetime(2026, 3, 2, 5, tzinfo=UTC)
    assert (listed.created_at, listed.last_seen_at, listed.ip) == (monday, monday, "0.0.0.0")
    clock.shift(timedelta(hours=3))
    client.get("/my/sign-in/")
    listed.refresh_from_db()
    assert listed.last_seen_at == monday + timedelta(days=1)
    (line,) = client.get("/my/sessions/").context["lines"]
    assert (line.since, line.used_on) == (date(2026, 3, 2), date(2026, 3, 3))


def test_session_lasts_twelve_hours_however_much_it_is_used(member: User, clock) -> None:
    with_codes(member)
    client = password_shown(member)
    client.post("/sign-in/second-step/", {"code": code(NOW)})
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        client.post("/sign-in/again/", {"password": PASSWORD})
        assert client.get("/my/sign-in/").status_code == 200
    clock.shift(timedelta(hours=1, seconds=1))
    assert client.get("/my/sign-in/").url.startswith("/sign-in/")


def test_of_a_session_that_is_over_nothing_is_kept(here: Client, there: Client, clock) -> None:
    there.post("/sign-out/")
    forget_sessions()
    assert [one.session_key for one in UserSession.objects.all()] == [here.session.session_key]
    clock.shift(timedelta(hours=13))
    forget_sessions()
    assert not UserSession.objects.exists()


def test_key_changes_when_a_role_is_given_or_ends(
    here: Client, member: User, secretary: User
) -> None:
    here.get("/my/sign-in/")
    key = here.session.session_key
    here.get("/my/sign-in/")
    assert here.session.session_key == key
    term = services.give_role(member, Role.MANAGEMENT, NOW.date(), by=secretary, at=NOW)
    # What a page loads beside it comes under the key it had.
    assert here.get("/my/sign-in/").status_code == 200
    assert here.session.session_key == key
    here.post("/my-mail/", {"rhythm": "daily"})
    assert here.session.session_key != key
    key = here.session.session_key
    services.end_role(term, NOW.date(), by=secretary, at=NOW)
    here.post("/my-mail/", {"rhythm": "weekly"})
    assert here.session.session_key != key
    assert lines(here) == [("Firefox, Linux", True)]


def test_signed_in_page_costs_no_query_more_for_its_second_factor(
    client_of: ClientOf, here: Client, member: User
) -> None:
    """A persona's session proves nothing, and is looked at no further."""
    set_up(name="Larch Instruments, Inc.", by=SystemActor.OPERATOR, at=NOW)
    persona = client_of(member)
    persona.get("/my-mail/")
    with CaptureQueriesContext(connection) as without:
        persona.get("/my-mail/")
    with CaptureQueriesContext(connection) as proved:
        here.get("/my-mail/")
    assert len(proved) <= len(without)
