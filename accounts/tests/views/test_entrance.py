"""Coming in by invitation, the second step, and the way back when it is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts import factors, services
from accounts.enums import Checked
from accounts.models import User
from accounts.tests.coming_in import (
    NOW,
    PASSWORD,
    both_shown,
    code,
    invited,
    link,
    newest,
    opened,
    password_shown,
    with_codes,
    with_password,
)
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
CHOSEN = {"password1": "a lamp beside the ledger", "password2": "a lamp beside the ledger"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_invited_person_comes_in_by_password_and_must_set_up_the_second_factor(
    secretary: User,
) -> None:
    person = invited(secretary)
    client = opened(link())
    page = client.get("/invitation/")
    assert "Welcome, Ruth Feld" in page.content.decode()
    assert client.post("/invitation/", CHOSEN).url == "/my/sign-in/"
    assert client.session["_auth_user_id"] == str(person.pk)
    for path in ("/", "/people/", "/password/", "/my/sessions/"):
        assert client.get(path).url == "/my/sign-in/"
    form = client.get("/my/codes/add/").context["form"]
    done = client.post("/my/codes/add/", {"code": code(NOW, form.secret)})
    assert done.url == "/my/recovery-codes/"
    assert len(client.get("/my/recovery-codes/").context["codes"]) == 10
    assert client.get("/").status_code == 200
    assert list(LedgerEntry.objects.values_list("action", flat=True)) == [
        "person.registered",
        "person.invited",
        "invitation.accepted",
        "password.set",
        "factor.added",
    ]


def test_link_leaves_the_address_bar_and_is_not_used_up_by_looking(secretary: User) -> None:
    invited(secretary)
    url = link()
    for _ in range(3):
        assert opened(url).get("/invitation/").status_code == 200


def test_used_link_says_so_and_where_to_go(secretary: User) -> None:
    invited(secretary)
    url = link()
    first, second = opened(url), opened(url)
    first.post("/invitation/", CHOSEN)
    for client in (second, opened(url)):
        for answer in (client.get("/invitation/"), client.post("/invitation/", CHOSEN)):
            assert answer.status_code == 410
            assert "The invitation was accepted" in answer.content.decode()


def test_expired_link_says_so_and_the_way_out(secretary: User, clock) -> None:
    invited(secretary)
    url = link()
    clock.shift(timedelta(days=7))
    page = opened(url).post("/invitation/", CHOSEN).content.decode()
    assert "The link of an invitation works for seven days" in page
    assert "ask the corporate secretary for a new invitation" in page


@pytest.mark.parametrize("secret", ["nothing", "a" * 500, "%0d%0aSet-Cookie:x=1", "😀"])
def test_link_that_never_was_tells_nothing(client: Client, secret: str) -> None:
    client.get(f"/invitation/{secret}/")
    assert "replaced by a newer link" in client.get("/invitation/").content.decode()


def test_invited_password_is_held_to_the_rules(secretary: User) -> None:
    invited(secretary)
    client = opened(link())
    page = client.post("/invitation/", {"password1": "ruth.feld", "password2": "ruth.feld"})
    assert page.context["password_form"].errors["password1"]
    assert newest().accepted_at is None


@pytest.mark.parametrize("forged", ["{}", "null", "x", '{"id": "a", "rawId": "a", "response": {}}'])
def test_forged_passkey_opens_nothing(secretary: User, forged: str) -> None:
    invited(secretary)
    client = opened(link())
    page = client.post("/invitation/", {"name": "mine", "credential": forged})
    assert page.context["passkey_form"].errors
    assert newest().accepted_at is None


def test_guessing_links_is_slowed_and_says_for_how_long(client: Client) -> None:
    answers = [client.get(f"/invitation/guess-{n}/") for n in range(21)]
    assert answers[-1].status_code == 429
    assert "Please wait one minute" in answers[-1].content.decode()


def test_invitation_is_sent_again_and_its_state_is_listed(
    client_of: ClientOf, secretary: User, clock
) -> None:
    person = invited(secretary)

    def listed() -> str:
        lines = client_of(secretary).get("/people/").context["lines"]
        return next(line.invitation for line in lines if line.pk == person.pk)

    assert listed() == "invited Mar 2, 2026, email is being sent"
    url = link()
    assert listed() == "invited Mar 2, 2026, link works until Mar 9, 2026"
    clock.shift(timedelta(days=8))
    assert listed() == "invited Mar 2, 2026, link expired Mar 9, 2026"
    desk = client_of(secretary)
    assert "Invite again" in desk.get(f"/people/{person.pk}/").content.decode()
    assert desk.post(f"/people/{person.pk}/invite/").status_code == 302
    assert opened(url).get("/invitation/").status_code == 410
    opened(link()).post("/invitation/", CHOSEN)
    assert listed() == "invited Mar 10, 2026, accepted Mar 10, 2026"
    assert "Invite again" not in desk.get(f"/people/{person.pk}/").content.decode()


# The second step


def test_password_alone_opens_nothing_where_there_is_a_second_factor(member: User) -> None:
    with_codes(member)
    client = password_shown(member)
    assert "_auth_user_id" not in client.session
    assert client.get("/").url.startswith("/sign-in/")
    page = client.get("/sign-in/second-step/")
    assert "Your password is correct" in page.content.decode()
    assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second-step/", {"code": code(NOW)}).status_code == 302
    assert client.get("/my/sessions/").status_code == 200


def test_code_works_once(member: User) -> None:
    with_codes(member)
    first, second = password_shown(member), password_shown(member)
    assert first.post("/sign-in/second-step/", {"code": code(NOW)}).status_code == 302
    assert second.post("/sign-in/second-step/", {"code": code(NOW)}).status_code == 200


def test_recovery_code_works_once(member: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_codes(member)
    one = RecoveryCodes.activate(member).get_unused_codes()[0]
    first, second = password_shown(member), password_shown(member)
    assert first.post("/sign-in/second-step/", {"code": one}).status_code == 302
    assert second.post("/sign-in/second-step/", {"code": one}).status_code == 200


def test_guessed_codes_delay_and_never_lock_out(member: User, clock) -> None:
    with_codes(member)
    client = password_shown(member)
    for _ in range(6):
        page = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "Try again in five minutes" in page.content.decode()
    assert client.post("/sign-in/second-step/", {"code": code(NOW)}).status_code == 200
    clock.shift(timedelta(minutes=5, seconds=1))
    later = NOW + timedelta(minutes=5, seconds=1)
    assert client.post("/sign-in/second-step/", {"code": code(later)}).status_code == 302


def test_second_step_is_nowhere_without_the_first(client: Client) -> None:
    for path in ("/sign-in/second-step/", "/sign-in/second-step/lost/"):
        assert client.get(path).url == "/sign-in/"
        assert client.post(path).url == "/sign-in/"


# Lost


def test_lost_second_factor_is_asked_for_approved_and_set_up_again(
    member: User, secretary: User
) -> None:
    with_codes(member)
    theirs = password_shown(member)
    assert (
        "Did you lose your passkey, app and recovery codes?"
        in theirs.get("/sign-in/second-step/lost/").content.decode()
    )
    asked = theirs.post("/sign-in/second-step/lost/")
    assert "Your request was sent" in asked.content.decode()
    reset = member.factor_resets.get()

    keeper = both_shown(with_password(secretary))
    assert "Decide" in keeper.get(f"/people/{member.pk}/").content.decode()
    url = f"/people/resets/{reset.pk}/"
    assert keeper.post(url, {"checked": "by_mail"}).context["form"].errors["checked"]
    assert factors.has_any(member)
    assert keeper.post(url, {"checked": "in_person"}).url == f"/people/{member.pk}/"

    # The browser that waits at the second step starts again, and is not sent in circles.
    assert theirs.get("/sign-in/second-step/").url == "/sign-in/"
    assert theirs.get("/sign-in/").status_code == 200
    back = password_shown(member)
    assert back.get("/").url == "/my/sign-in/"
    assert "You need more than a password to sign in" in back.get("/my/sign-in/").content.decode()


def test_second_person_signs_in_again_before_deciding(member: User, secretary: User, clock) -> None:
    with_codes(member)
    reset = services.ask_for_factor_reset(member, at=NOW)
    keeper = both_shown(with_password(secretary))
    clock.shift(timedelta(minutes=6))
    page = keeper.post(f"/people/resets/{reset.pk}/", {"checked": "by_call"})
    assert dict(page.context["typed"])["checked"] == "by_call"
    assert factors.has_any(member)


def test_own_request_is_refused_with_its_reason(administrator: User) -> None:
    with_codes(administrator)
    reset = services.ask_for_factor_reset(administrator, at=NOW)
    client = Client()
    client.force_login(administrator)
    for path in (f"/people/resets/{reset.pk}/", f"/people/resets/{reset.pk}/decline/"):
        for answer in (client.get(path), client.post(path, {"checked": "by_call"})):
            assert answer.status_code == 403
            assert "You cannot decide on your own request" in answer.content.decode()
    assert factors.has_any(administrator)


def test_decided_request_is_not_found_any_more(
    client_of: ClientOf, member: User, secretary: User
) -> None:
    with_codes(member)
    reset = services.ask_for_factor_reset(member, at=NOW)
    services.approve_factor_reset(reset, Checked.BY_CALL, by=secretary, at=NOW)
    assert client_of(secretary).get(f"/people/resets/{reset.pk}/").status_code == 404


def test_asking_is_slowed(member: User) -> None:
    with_codes(member)
    client = password_shown(member)
    answers = [client.post("/sign-in/second-step/lost/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert member.factor_resets.count() == 1


def test_page_of_a_wrong_password_does_not_tell_of_second_factors(
    client: Client, member: User
) -> None:
    with_codes(member)
    page = client.post("/sign-in/", {"login": member.email, "password": PASSWORD + "x"})
    assert "lost" not in page.content.decode()
    assert client.get("/sign-in/second-step/lost/").url == "/sign-in/"
