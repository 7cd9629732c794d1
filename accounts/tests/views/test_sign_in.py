"""Signing in and out, passwords, and “View as” of the demo."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail as mails
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.adapters import PREVIOUS_SIGN_IN
from accounts.models import PasswordRequest, User
from accounts.sessions import SECOND_FACTOR
from accounts.tasks import answer_password_requests
from accounts.tests.coming_in import mail
from records.clock import now
from records.models import LedgerEntry, Notice
from records.services.deliveries import sweep

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
PASSWORD = "quiet river of stones"
ANOTHER = "a lamp beside the ledger"
SIGN_IN = "/sign-in/"
THERE = "/password/"


@pytest.fixture
def ruth(secretary: User) -> User:
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


def sign_in(client: Client, user: User, password: str = PASSWORD, next_: str = THERE):
    return client.post(f"{SIGN_IN}?next={next_}", {"login": user.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/my/sign-in/").status_code == 200


def sign_in_with_both(client: Client, user: User) -> None:
    """Signed in, and the second factor shown."""
    sign_in(client, user)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()


def test_sign_in_leads_to_where_one_was_going(client: Client, ruth: User) -> None:
    assert client.get(THERE).url == f"{SIGN_IN}?next={THERE}"
    page = client.get(f"{SIGN_IN}?next={THERE}")
    assert f'action="{SIGN_IN}?next={THERE}"' in page.content.decode()
    assert sign_in(client, ruth).url == THERE
    assert is_signed_in(client)


def test_address_is_read_without_regard_to_capitals_and_blanks(client: Client, ruth: User) -> None:
    response = client.post(
        f"{SIGN_IN}?next={THERE}", {"login": f" {ruth.email.upper()} ", "password": PASSWORD}
    )
    assert response.url == THERE


def test_session_key_changes_at_sign_in(client: Client, ruth: User) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.session.session_key
    sign_in(client, ruth)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("password", ["wrong", "", PASSWORD + " "])
def test_wrong_password_gives_a_plain_reason(client: Client, ruth: User, password: str) -> None:
    page = sign_in(client, ruth, password)
    assert page.status_code == 200
    assert not is_signed_in(client)


def test_reason_is_the_same_for_a_wrong_password_and_an_unknown_address(
    client: Client, ruth: User
) -> None:
    unknown = User(email="who@example.com")
    pages = [sign_in(client, user, "wrong") for user in (ruth, unknown)]
    reasons = [page.context["form"].non_field_errors() for page in pages]
    assert reasons[0] == reasons[1]
    assert "The email address or the password is not correct" in str(reasons[0])


def test_person_without_password_cannot_sign_in(client: Client, outsider: User) -> None:
    assert sign_in(client, outsider, "").status_code == 200
    assert sign_in(client, outsider, "!").status_code == 200
    assert not is_signed_in(client)


def test_closed_account_is_told_so_only_with_the_right_password(client: Client, ruth: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client, ruth, "wrong").status_code == 200
    response = client.post(SIGN_IN, {"login": ruth.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in response.content.decode()
    assert not is_signed_in(client)


def test_closing_an_account_ends_its_sessions_at_once(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    User.objects.update(is_active=False)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "https:evil.example",
        "http://localhost/",
    ],
)
def test_sign_in_never_leads_to_another_site(client: Client, ruth: User, elsewhere: str) -> None:
    assert sign_in(client, ruth, next_=elsewhere).url == reverse("home")


def test_limits_delay_and_say_for_how_long(client: Client, ruth: User) -> None:
    now = datetime(2026, 3, 2, 15, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        for _ in range(5):
            sign_in(client, ruth, "wrong")
        page = sign_in(client, ruth)
        assert "Try again in five minutes" in str(page.context["form"].non_field_errors())
        clock.shift(timedelta(minutes=5, seconds=1))
        assert sign_in(client, ruth).url == THERE


def test_guesses_of_others_are_overcome_by_a_new_password(client: Client, ruth: User) -> None:
    for _ in range(6):
        sign_in(client, ruth, "wrong")
    set_by_mail(client, ruth, ANOTHER)
    assert sign_in(client, ruth, ANOTHER).url == THERE


def test_too_many_requests_are_asked_to_wait_a_minute(client: Client, ruth: User) -> None:
    pages = [client.post(SIGN_IN, {"login": "x"}) for _ in range(31)]
    assert pages[-1].status_code == 429
    assert pages[-1]["Retry-After"] == "60"
    assert "Please wait one minute" in pages[-1].content.decode()


def test_previous_sign_in_is_kept_in_the_session(client: Client, ruth: User) -> None:
    first = datetime(2026, 3, 2, 15, tzinfo=UTC)
    with time_machine.travel(first, tick=False):
        sign_in(client, ruth)
        assert client.session[PREVIOUS_SIGN_IN] is None
    with time_machine.travel(first + timedelta(days=3), tick=False):
        again = Client()
        sign_in(again, ruth)
        assert datetime.fromisoformat(again.session[PREVIOUS_SIGN_IN]) == first


def test_signing_out_asks_first_and_ends_the_session(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/sign-out/").url == SIGN_IN
    assert not is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_out_twice_does_no_harm(client: Client, method: str) -> None:
    assert getattr(client, method)("/sign-out/").url == SIGN_IN


def change_password(client: Client, present: str, new: str, again: str):
    return client.post(
        THERE, {"oldpassword": present, "password1": new, "password2": again}, follow=False
    )


def test_new_password_keeps_this_session_and_ends_the_others(ruth: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in_with_both(here, ruth)
    sign_in(elsewhere, ruth)
    key = here.session.session_key
    assert change_password(here, PASSWORD, ANOTHER, ANOTHER).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert here.session.session_key != key
    entry = LedgerEntry.objects.get()
    assert (entry.action, entry.facts) == ("password.set", {})


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        ("wrong", ANOTHER, ANOTHER),
        (PASSWORD, ANOTHER, "different entirely"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "password1234", "password1234"),
        (PASSWORD, "sara.secretary", "sara.secretary"),
    ],
)
def test_password_that_does_not_do_is_refused(
    client: Client, ruth: User, present: str, new: str, again: str
) -> None:
    sign_in_with_both(client, ruth)
    assert change_password(client, present, new, again).status_code == 200
    assert not LedgerEntry.objects.exists()


def ask_for_link(client: Client, email: str) -> Any:
    """The answer of the page; then a worker does its part."""
    response = client.post("/password/forgotten/", {"email": email})
    answer_password_requests()
    return response


def link_from_mail() -> str:
    line = mail("accounts.password_link")
    assert line
    return line.url


def set_by_mail(client: Client, user: User, password: str) -> str:
    """Answers the link, which has done its work."""
    ask_for_link(client, user.email)
    link = link_from_mail()
    form = client.get(link, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    assert done.url == "/password/new/done/"
    return link


def test_password_is_set_through_a_link_sent_by_mail(client: Client, outsider: User) -> None:
    set_by_mail(client, outsider, ANOTHER)
    assert sign_in(client, outsider, ANOTHER).url == THERE
    assert LedgerEntry.objects.get().action == "password.set"


def test_link_is_owed_and_made_with_the_mail(client: Client, ruth: User) -> None:
    ask_for_link(client, ruth.email)
    assert mails.outbox == []
    notice = Notice.objects.get()
    assert (notice.recipient, notice.facts, notice.subject) == (ruth, {}, "")
    sweep(now)
    (message,) = mails.outbox
    assert message.to == [ruth.email]
    assert "/password/new/" in message.body
    assert "Sara" not in message.body


def test_link_asked_for_again_goes_out_once_while_it_is_on_its_way(
    client: Client, ruth: User
) -> None:
    for _ in range(3):
        ask_for_link(client, ruth.email)
    sweep(now)
    assert len(mails.outbox) == 1
    ask_for_link(client, ruth.email)
    assert Notice.objects.count() == 2


def test_link_works_once(client: Client, ruth: User) -> None:
    link = set_by_mail(client, ruth, ANOTHER)
    page = client.get(link, follow=True)
    assert "This link no longer works" in page.content.decode()


def test_link_works_for_one_hour(client: Client, ruth: User) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 15, tzinfo=UTC), tick=False) as clock:
        ask_for_link(client, ruth.email)
        link = link_from_mail()
        clock.shift(timedelta(hours=1, seconds=2))
        page = client.get(link, follow=True)
    assert "This link no longer works" in page.content.decode()


def test_link_leaves_the_address_bar_before_the_form_is_shown(client: Client, ruth: User) -> None:
    ask_for_link(client, ruth.email)
    page = client.get(link_from_mail(), follow=True)
    assert page.request["PATH_INFO"].endswith("-set-password/")


def test_setting_a_password_by_mail_ends_every_session(ruth: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, ruth)
    set_by_mail(Client(), ruth, ANOTHER)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("email", ["who@example.com", "sara.secretary@example.com"])
def test_page_does_not_say_whether_an_address_has_an_account(
    client: Client, ruth: User, email: str
) -> None:
    page = ask_for_link(client, email)
    assert page.url == "/password/forgotten/sent/"
    page = client.get(page.url)
    assert "If this address has an account" in page.content.decode()
    assert Notice.objects.count() == (1 if email == ruth.email else 0)
    assert mails.outbox == []


def test_page_does_the_same_for_every_address(client: Client, ruth: User) -> None:
    """Statement for statement: the time that it takes tells nothing."""

    def statements(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert client.post("/password/forgotten/", {"email": email}).status_code == 302
        told = (query["sql"].replace(email, "…") for query in captured)
        return [re.sub(r"'[^']*'|\d+", "?", sql).partition("VALUES")[0] for sql in told]

    statements("first@example.com")
    known, unknown = statements(ruth.email), statements("who.is.this@example.com")
    assert known == unknown
    assert not any(User._meta.db_table in sql for sql in known)


def test_no_address_is_kept_once_it_was_looked_up(client: Client, ruth: User) -> None:
    for email in (ruth.email, "who@example.com", f"{'a' * 60}@{'b' * 60}.example.com"):
        ask_for_link(client, email)
    assert not PasswordRequest.objects.exists()
    assert Notice.objects.count() == 1


def test_closed_account_gets_no_link(client: Client, ruth: User) -> None:
    User.objects.update(is_active=False)
    ask_for_link(client, ruth.email)
    assert not Notice.objects.exists()


def test_mail_server_that_is_down_neither_shows_nor_loses_the_mail(
    client: Client, ruth: User, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    response = ask_for_link(client, ruth.email)
    assert response.url == "/password/forgotten/sent/"
    sweep(now)
    assert Notice.objects.on_the_way().get().recipient == ruth


def test_signing_in_again_asks_for_the_password(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    again = f"/sign-in/again/?next={THERE}"
    assert client.post(again, {"password": "wrong"}).status_code == 200
    assert client.post(again, {"password": PASSWORD}).url == THERE


def test_there_is_no_sign_up(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/sign-up/").status_code == 404


# The demonstration


def test_demo_lists_who_can_be_viewed_as(
    client: Client, secretary_in_management: User, outsider: User
) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "fictional people" in page
    assert 'View as Simon<span class="hidden-words"> Twohats</span>' in page
    assert "Corporate secretary, Management" in page
    assert "Otto" not in page


def test_view_as_signs_in_and_leads_on(client: Client, member: User) -> None:
    response = client.post("/demo/view-as/", {"person": member.email, "next": THERE})
    assert response.url == THERE
    assert client.session["_auth_user_id"] == str(member.pk)
    assert client.session[PREVIOUS_SIGN_IN] is None


def test_view_as_switches_and_leaves_nothing_of_the_other_behind(
    client_of: ClientOf, member: User, secretary: User
) -> None:
    client = client_of(secretary)
    session = client.session
    session["draft"] = "hers"
    session.save()
    page = client.get("/demo/people/").content.decode()
    assert 'View as Max<span class="hidden-words"> Member</span>' in page
    client.post("/demo/view-as/", {"person": member.email, "next": THERE})
    assert client.session["_auth_user_id"] == str(member.pk)
    assert "draft" not in client.session


@pytest.mark.parametrize("person", ["", "who@example.com", "otto.outsider@example.com"])
def test_view_as_knows_personas_only(client: Client, outsider: User, person: str) -> None:
    assert client.post("/demo/view-as/", {"person": person}).status_code == 404


def test_view_as_is_posted(client: Client, member: User) -> None:
    assert client.get("/demo/view-as/").status_code == 405


def test_view_as_never_leads_to_another_site(client: Client, member: User) -> None:
    answer = client.post(
        "/demo/view-as/", {"person": member.email, "next": "https://evil.example/"}
    )
    assert answer.url == reverse("home")


def test_without_demo_none_of_it_exists(
    client: Client, client_of: ClientOf, member: User, settings
) -> None:
    settings.DEMO = False
    page = client.get(SIGN_IN).content.decode()
    assert "View as" not in page
    assert "fictional" not in page
    assert "demo" not in page
    for someone in (client, client_of(member)):
        assert someone.get("/demo/people/").status_code == 404
        for method in ("get", "post"):
            answer = getattr(someone, method)("/demo/view-as/", {"person": member.email})
            assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_sign_in_page_makes_as_many_queries_for_one_persona_as_for_many(
    client: Client, member: User, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accounts.enums import Role
    from accounts.tests.personas import make_person

    client.get(SIGN_IN)
    with CaptureQueriesContext(connection) as few:
        client.get(SIGN_IN)
    for number in range(20):
        make_person(f"Person {number}", Role.DIRECTOR, Role.MANAGEMENT)
    with django_assert_num_queries(len(few)):
        client.get(SIGN_IN)


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/",
        "/sign-in/closed/",
        "/sign-in/again/",
        "/sign-out/",
        "/password/",
        "/password/forgotten/",
        "/password/forgotten/sent/",
        "/password/new/1-set-password/",
        "/password/new/done/",
    ],
)
def test_every_page_of_the_library_is_set_in_our_own_templates(
    client_of: ClientOf, client: Client, ruth: User, path: str
) -> None:
    pages = [someone.get(path) for someone in (client, client_of(ruth))]
    origins = {
        template.origin.name
        for page in pages
        for template in page.templates
        if page.status_code == 200
    }
    assert origins
    assert not [origin for origin in origins if "allauth" in origin]
