"""The owners of all responsibilities, given in one step."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.personas import make_person
from charters import services
from charters.enums import Counterparty
from charters.models import Duty
from charters.tests.charters import SIGNED, Stage, set_the_stage
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
PATH = "/charter/owners/"


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def changes() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(action="duty.changed").order_by("sequence"))


def owner_of(duty: Duty) -> User | None:
    return Duty.objects.get(pk=duty.pk).owner


def test_all_that_name_nobody_go_to_who_is_chosen_by_who_takes_part(
    client: Client, stage: Stage, secretary: User, management: User, member: User
) -> None:
    plan = stage.duty(title="Review the plan")
    control = stage.duty(title="Meet management", counterparty=Counterparty.MANAGEMENT)
    mine = stage.duty(title="Keep the minutes", owner=member)
    given = {
        "rest_none": secretary.email,
        "rest_management": management.email,
        f"owner_{mine.pk}": member.email,
    }
    answer = client.post(PATH, given)
    assert answer["Location"] == "/charter/"
    assert [owner_of(duty) for duty in (plan, control, mine)] == [secretary, management, member]
    subjects = [entry.subject for entry in changes()]
    assert subjects == [f"charters.Duty:{plan.pk}", f"charters.Duty:{control.pk}"]


def test_owner_chosen_below_goes_before_and_nobody_is_an_answer(
    client: Client, stage: Stage, secretary: User, member: User
) -> None:
    plan = stage.duty(title="Review the plan")
    owned = stage.duty(title="Keep the minutes", owner=secretary)
    client.post(PATH, {f"owner_{plan.pk}": member.email, f"owner_{owned.pk}": ""})
    assert [owner_of(plan), owner_of(owned)] == [member, None]
    again = client.post(PATH, {f"owner_{plan.pk}": member.email}, follow=True)
    assert "No owner was changed." in again.content.decode()
    assert len(changes()) == 2


def test_save_that_somebody_overtook_is_refused_and_shows_what_is_on_record(
    client: Client, stage: Stage, secretary: User, member: User
) -> None:
    plan = stage.duty(title="Review the plan")
    version = client.get(PATH).context["form"]["record_version"].value()
    services.change_duty(plan, owner=secretary, **SIGNED)
    answer = client.post(PATH, {f"owner_{plan.pk}": member.email, "record_version": version})
    said = answer.context["form"].errors[f"owner_{plan.pk}"]
    assert any(secretary.name in each for each in said)
    assert owner_of(plan) == secretary


def test_ended_responsibilities_are_not_asked_and_past_owners_stay(
    client: Client, stage: Stage
) -> None:
    left = make_person("Lee Left", since=date(2020, 1, 1))
    stays = stage.duty(title="Review the plan", owner=left)
    ended = stage.duty(title="Keep the minutes")
    services.end_duty(ended, until=date(2025, 1, 1), **SIGNED)
    form = client.get(PATH).context["form"]
    assert f"owner_{ended.pk}" not in form.fields
    assert form[f"owner_{stays.pk}"].value() == left.email
    client.post(PATH, {f"owner_{stays.pk}": left.email})
    assert owner_of(stays) == left


def test_who_only_keeps_accounts_is_not_offered(
    client: Client, stage: Stage, administrator: User
) -> None:
    plan = stage.duty(title="Review the plan")
    answer = client.post(PATH, {f"owner_{plan.pk}": administrator.email})
    assert f"owner_{plan.pk}" in answer.context["form"].errors
    assert owner_of(plan) is None


def test_without_responsibilities_the_page_leads_to_them(client: Client, stage: Stage) -> None:
    assert 'href="/charter/duties/"' in client.get(PATH).content.decode()


def test_queries_do_not_grow_with_responsibilities_and_people(client: Client, stage: Stage) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
        return len(queries)

    stage.duty(title="Review the plan")
    client.get(PATH)
    few = count()
    for place in range(8):
        stage.duty(title=f"Responsibility {place}", owner=make_person(f"Person {place}"))
    assert count() == few
