"""The people and their roles."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from records import clock
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


def test_people_are_listed_with_their_roles(
    client_of: ClientOf, administrator: User, secretary_in_management: User, outsider: User
) -> None:
    page = client_of(administrator).get("/people/")
    lines = {line.name: line.roles for line in page.context["lines"]}
    assert lines == {
        "Adam Administrator": "Administrator",
        "Otto Outsider": "",
        "Simon Twohats": "Corporate secretary, Management",
    }
    assert "no role" in page.content.decode()


def test_role_that_ended_or_begins_later_is_not_held_today(
    client_of: ClientOf, administrator: User, member: User
) -> None:
    today = clock.today()
    member.roleterm_set.update(ends_on=today)
    tomorrow = today + timedelta(days=1)
    member.roleterm_set.create(role=Role.MANAGEMENT, starts_on=tomorrow)
    client = client_of(administrator)
    lines = {line.name: line.roles for line in client.get("/people/").context["lines"]}
    assert lines["Max Member"] == ""
    page = client.get(f"/people/{member.pk}/").content.decode()
    assert "starts later" in page


def test_people_page_makes_as_many_queries_for_one_as_for_many(
    client_of: ClientOf, administrator: User, django_assert_num_queries
) -> None:
    client = client_of(administrator)
    client.get("/people/")
    with CaptureQueriesContext(connection) as few:
        client.get("/people/")
    for number in range(30):
        make_person(f"Person {number}", Role.DIRECTOR, Role.MANAGEMENT)
    with django_assert_num_queries(len(few)):
        client.get("/people/")


def test_secretary_adds_a_person_and_gives_a_role(client_of: ClientOf, secretary: User) -> None:
    client = client_of(secretary)
    added = client.post(
        "/people/add/", {"name": "Ruth Feld", "email": "Ruth@example.com"}, follow=True
    )
    person = User.objects.get(email="ruth@example.com")
    assert added.request["PATH_INFO"] == f"/people/{person.pk}/"
    assert "Ruth Feld was invited by email" in added.content.decode()
    assert ", email is being sent" in added.content.decode()
    given = client.post(
        f"/people/{person.pk}/roles/add/",
        {"role": "director", "starts_on": clock.today().isoformat()},
        follow=True,
    )
    assert "Ruth Feld now has the role Director." in given.content.decode()
    assert person.roles(clock.today()) == {Role.DIRECTOR}
    assert [entry.actor.split()[0] for entry in LedgerEntry.objects.all()] == [
        f"user:{secretary.pk}"
    ] * 3


def test_second_account_for_an_address_is_refused_beside_the_field(
    client_of: ClientOf, secretary: User
) -> None:
    page = client_of(secretary).post("/people/add/", {"name": "Again", "email": secretary.email})
    assert page.status_code == 200
    assert "There is already an account with this address" in str(
        page.context["form"].errors["email"]
    )


def test_what_the_service_refuses_stands_in_the_form(
    client_of: ClientOf, secretary: User, member: User
) -> None:
    page = client_of(secretary).post(
        f"/people/{member.pk}/roles/add/",
        {"role": "director", "starts_on": clock.today().isoformat()},
    )
    assert "This person already has the role on that date" in page.content.decode()
    assert not LedgerEntry.objects.exists()


def test_nobody_gives_a_role_to_themselves(client_of: ClientOf, administrator: User) -> None:
    page = client_of(administrator).post(
        f"/people/{administrator.pk}/roles/add/",
        {"role": "secretary", "starts_on": clock.today().isoformat()},
    )
    assert "You cannot give yourself a role." in page.content.decode()
    administrator.forget_roles()
    assert administrator.roles(clock.today()) == {Role.ADMINISTRATOR}


def test_administrator_ends_a_role_today(
    client_of: ClientOf, administrator: User, member: User
) -> None:
    term = member.roleterm_set.get()
    client = client_of(administrator)
    assert client.get(f"/people/roles/{term.pk}/end/").status_code == 200
    today = clock.today()
    page = client.post(f"/people/roles/{term.pk}/end/", {"ends_on": today.isoformat()}, follow=True)
    assert "The role Director of Max Member was ended." in page.content.decode()
    assert member.roles(today) == frozenset()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", "02/03/2026", "0000-00-00"])
def test_day_that_is_none_is_refused_with_a_reason(
    client_of: ClientOf, administrator: User, member: User, day: str
) -> None:
    term = member.roleterm_set.get()
    page = client_of(administrator).post(f"/people/roles/{term.pk}/end/", {"ends_on": day})
    assert page.context["form"].errors["ends_on"]


def test_ended_role_closes_the_door_at_the_next_request(
    client_of: ClientOf, administrator: User
) -> None:
    client = client_of(administrator)
    assert client.get("/people/").status_code == 200
    administrator.roleterm_set.update(ends_on=clock.today())
    refused = client.get("/people/")
    assert refused.status_code == 403
    assert "Roles with access: Corporate secretary, Administrator." in refused.content.decode()


def test_names_are_shown_as_text(client_of: ClientOf, administrator: User) -> None:
    make_person("<b>Bold</b>", email="bold@example.com")
    assert "&lt;b&gt;Bold" in client_of(administrator).get("/people/").content.decode()


def test_closing_an_account_is_confirmed_and_signs_the_person_out(
    client_of: ClientOf, administrator: User, member: User
) -> None:
    theirs, client = client_of(member), client_of(administrator)
    assert theirs.get("/password/").status_code == 302
    assert theirs.get("/password/").url == "/password/first/"
    assert (
        "Use this when a person has left"
        in client.get(f"/people/{member.pk}/close/").content.decode()
    )
    page = client.post(f"/people/{member.pk}/close/", follow=True).content.decode()
    assert "The account of Max Member was closed." in page
    assert "cannot sign in" in page
    assert theirs.get("/password/").url.startswith("/sign-in/")
    client.post(f"/people/{member.pk}/open/")
    assert theirs.get("/password/").url.startswith("/sign-in/")
    member.refresh_from_db()
    assert client_of(member).get("/password/").url == "/password/first/"


def test_ones_own_account_cannot_be_closed(client_of: ClientOf, administrator: User) -> None:
    client = client_of(administrator)
    assert "Close account" not in client.get(f"/people/{administrator.pk}/").content.decode()
    page = client.post(f"/people/{administrator.pk}/close/").content.decode()
    assert "You cannot close your own account" in page


def test_conflicted_secretary_does_not_open_doors_by_ending_a_role_of_her_own(
    client_of: ClientOf, secretary_in_management: User
) -> None:
    me = secretary_in_management
    client, term = client_of(me), me.roleterm_set.get(role=Role.MANAGEMENT)
    assert f"/people/roles/{term.pk}/end/" not in client.get(f"/people/{me.pk}/").content.decode()
    for day in (clock.today(), clock.today() - timedelta(days=900)):
        page = client.post(f"/people/roles/{term.pk}/end/", {"ends_on": day.isoformat()})
        assert "You cannot end your own role" in page.content.decode()
    assert Role.MANAGEMENT in User.objects.get(pk=me.pk).roles(clock.today())


def test_second_hand_ends_a_role_today_and_not_in_the_past(
    client_of: ClientOf, secretary: User, secretary_in_management: User
) -> None:
    term = secretary_in_management.roleterm_set.get(role=Role.MANAGEMENT)
    client, url = client_of(secretary), f"/people/roles/{term.pk}/end/"
    yesterday = clock.today() - timedelta(days=1)
    page = client.post(url, {"ends_on": yesterday.isoformat()})
    assert "Enter today or a later date" in page.content.decode()
    assert client.post(url, {"ends_on": clock.today().isoformat()}).status_code == 302


def test_administrator_is_offered_no_role_that_opens_papers(
    client_of: ClientOf, administrator: User, outsider: User
) -> None:
    client, url = client_of(administrator), f"/people/{outsider.pk}/roles/add/"
    choices = client.get(url).context["form"].fields["role"].choices
    assert [value for value, _label in choices] == ["administrator"]
    page = client.post(url, {"role": "secretary", "starts_on": clock.today().isoformat()})
    assert page.context["form"].errors["role"]
    assert not outsider.roleterm_set.exists()
