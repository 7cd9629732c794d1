"""What a stranger would try at the sign-in pages: forged names and addresses, other hosts, old links."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client

from accounts import services
from accounts.enums import Role
from accounts.models import User
from accounts.tests.coming_in import NOW, invited, mail, with_codes
from records import clock
from records.clock import now
from records.models import Notice

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
LINE_BREAKS = ("\n", "\r", "\r\n", "%0d%0a", "\u2028", "\x85", "\x0b")


# Mails


@pytest.mark.parametrize("sign", LINE_BREAKS)
@pytest.mark.parametrize("place", ["name", "email"])
def test_line_break_in_a_name_or_an_address_adds_no_header(
    client_of: ClientOf, secretary: User, place: str, sign: str
) -> None:
    given = {"name": "Ruth Feld", "email": "ruth@example.com"}
    given[place] = (
        given[place]
        .replace("F", f"{sign}Bcc: evil@evil.example{sign}F")
        .replace("@", f"{sign}Bcc: evil@" if place == "email" else "@")
    )
    client_of(secretary).post("/people/add/", given)
    for person in User.objects.exclude(pk=secretary.pk):
        assert "evil" not in person.email
        message = EmailMessage("subject", "body", to=[person.email]).message()
        assert message["Bcc"] is None
        line = mail("accounts.invitation")
        assert line is not None
        assert "evil" not in line.text


@pytest.mark.parametrize("name", ["Ruth\nFeld", "Ruth\r\nBcc: a@b.example", "Ru\x00th", "Ru\x1bth"])
def test_service_refuses_a_name_with_control_characters(secretary: User, name: str) -> None:
    with pytest.raises(ValidationError):
        services.register_person("ruth@example.com", name, by=secretary, at=NOW)
    assert not Notice.objects.exists()


# Forged keys in the forms of accounts


@pytest.mark.parametrize("role", ["superuser", "", "SECRETARY", "secretary\x00", "administrator "])
def test_role_that_does_not_exist_is_refused(
    client_of: ClientOf, secretary: User, outsider: User, role: str
) -> None:
    page = client_of(secretary).post(
        f"/people/{outsider.pk}/roles/add/", {"role": role, "starts_on": clock.today().isoformat()}
    )
    assert page.context["form"].errors["role"]
    assert not outsider.roleterm_set.exists()


@pytest.mark.parametrize("extra", ["is_active", "sessions_ended", "awaits_confirmation", "roles"])
def test_fields_that_no_form_offers_are_not_read(
    client_of: ClientOf, secretary: User, extra: str
) -> None:
    given = {"name": "Ruth", "email": "ruth@example.com", extra: "1", "password": "x" * 20}
    client_of(secretary).post("/people/add/", given)
    person = User.objects.get(email="ruth@example.com")
    assert (person.is_active, person.sessions_ended, person.awaits_confirmation) == (True, 0, False)
    assert not person.has_usable_password()
    assert not person.roleterm_set.exists()


def test_somebody_elses_session_is_not_entered_by_its_list_number(
    client_of: ClientOf, member: User
) -> None:
    for key in ("0", "-1", "999999999999999999999", "1' OR '1'='1"):
        assert client_of(member).post(f"/my/sessions/{key}/end/").status_code == 404


# The administrator's powers and their limits


def test_administrator_lets_people_in_and_opens_nothing_to_them(
    client_of: ClientOf, administrator: User
) -> None:
    client = client_of(administrator)
    client.post("/people/add/", {"name": "Second Self", "email": "second@example.com"})
    second = User.objects.get(email="second@example.com")
    for role in Role:
        client.post(
            f"/people/{second.pk}/roles/add/",
            {"role": role.value, "starts_on": clock.today().isoformat()},
        )
    assert {term.role for term in second.roleterm_set.all()} == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    "path", ["/charter/", "/open-items/", "/committee/", "/reports/", "/events/", "/year/"]
)
def test_administrator_reads_no_paper(client_of: ClientOf, administrator: User, path: str) -> None:
    assert client_of(administrator).get(path).status_code in (403, 404)


def test_administrator_approves_nothing_for_oneself(
    client_of: ClientOf, administrator: User
) -> None:
    with_codes(administrator)
    client, me = client_of(administrator), administrator.pk
    reset = services.ask_for_factor_reset(administrator, at=now())
    assert client.post(f"/people/resets/{reset.pk}/", {"checked": "by_call"}).status_code == 403
    given = {"role": "administrator", "starts_on": clock.today().isoformat()}
    page = client.post(f"/people/{me}/roles/add/", given)
    assert "You cannot give yourself a role." in page.content.decode()
    assert (
        "You cannot close your own account" in client.post(f"/people/{me}/close/").content.decode()
    )
    assert client.post(f"/people/{me}/confirm/").status_code == 404


def test_administrator_cannot_change_how_accounts_open(
    client_of: ClientOf, administrator: User
) -> None:
    assert not administrator.has_perm("records.change_company")
    assert client_of(administrator).get("/company/change/").status_code == 403


# Hosts, cookies, ways on


@pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-host", "x-original-url"])
def test_link_in_a_mail_names_no_other_host(secretary: User, header: str) -> None:
    client = Client(headers={header: "evil.example"})
    client.force_login(secretary)
    client.post("/people/add/", {"name": "Ruth", "email": "ruth@example.com"})
    line = mail("accounts.invitation")
    assert line is not None
    assert line.url.startswith("/invitation/")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
@pytest.mark.parametrize("path", ["/sign-in/again/", "/sign-in/passkey/", "/sign-in/"])
def test_no_way_on_leads_off_the_site(member: User, path: str, elsewhere: str) -> None:
    member.set_password("quiet river of stones")
    member.save()
    client = Client()
    if path != "/sign-in/":
        client.force_login(member)
    given = {"login": member.email, "password": "quiet river of stones", "next": elsewhere}
    answer = client.post(f"{path}?next={elsewhere}", given)
    assert "evil" not in answer.headers.get("Location", "")


def test_sign_in_plants_no_session_of_anothers_choice(secretary: User) -> None:
    """The key a stranger planted is not the key of the signed-in session (fixation)."""
    person = invited(secretary)
    line = mail("accounts.invitation")
    assert line is not None
    client = Client()
    client.get(line.url)
    planted = client.session.session_key
    chosen = {"password1": "a lamp beside the ledger", "password2": "a lamp beside the ledger"}
    client.post("/invitation/", chosen)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get("/my/sign-in/").url.startswith("/sign-in/")


def test_old_proof_is_worth_nothing_for_another_person(
    client_of: ClientOf, member: User, secretary: User
) -> None:
    """What a session has proved is its person's alone."""
    client = client_of(member)
    client.post("/demo/view-as/", {"person": secretary.email})
    assert "second_factor" not in client.session
