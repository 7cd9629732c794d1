"""The page of deadlines: what falls due, by the people who are reminded of it; and its command."""

import json
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from charters.tests.charters import AT, Stage, set_the_stage

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
FIELDS = ["on", "due_on", "person", "what", "because", "url"]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage(secretary: User, member: User, management: User) -> Stage:
    """Two duties: one of a member, one of management."""
    made = set_the_stage()
    made.duty(title="Review the audit plan", owner=member, in_force_from=date(2026, 1, 1))
    made.duty(title="Test the controls", owner=management, in_force_from=date(2026, 1, 1))
    return made


def text(client: Client, address: str = "/deadlines/") -> str:
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_reader_finds_everything_by_person(stage: Stage, client_of: ClientOf, member: User) -> None:
    page = client_of(member).get("/deadlines/")
    found = [(g.people, g.is_yours, [r.what for r in g.rows]) for g in page.context["groups"]]
    assert found == [
        ("Max Member", True, ["Review the audit plan"]),
        ("Mona Manager", False, ["Test the controls"]),
    ]
    row = page.context["groups"][0].rows[0]
    assert (row.next_on, row.due_on) == (date(2026, 12, 17), date(2026, 12, 31))
    assert row.because == ("R-2 (charter): once in each fiscal year. 14 days before, to its owner.")


def test_what_was_due_leads_and_what_is_due_next_follows(
    stage: Stage, client_of: ClientOf, secretary: User
) -> None:
    """Even if the reminder of what is due next goes out first."""
    stage.duty(title="Adopt the budget", in_force_from=date(2025, 1, 1))
    stage.duty(title="Meet", due_month=11, in_force_from=date(2026, 1, 1))
    page = client_of(secretary).get("/deadlines/?show=all&as_of=2026-11-16")
    rows = [(row.what, row.due_on, row.next_on) for row in page.context["groups"][0].rows]
    assert rows[:2] == [
        ("Adopt the budget", date(2025, 12, 31), date(2026, 11, 18)),
        ("Meet", date(2026, 11, 30), date(2026, 11, 16)),
    ]
    assert [due_on for _what, due_on, _next_on in rows] == sorted(row[1] for row in rows)


def test_people_whose_first_date_is_the_earliest_lead(
    stage: Stage, client_of: ClientOf, secretary: User, management: User
) -> None:
    stage.duty(title="Meet", owner=management, due_month=11, in_force_from=date(2026, 1, 1))
    found = client_of(secretary).get("/deadlines/?show=all").context["groups"]
    people = [group.people for group in found if not group.is_yours]
    assert people == ["Mona Manager", "Max Member"]


def test_what_leads_and_what_is_yours_is_open_and_the_rest_is_folded(
    stage: Stage, client_of: ClientOf, member: User, management: User
) -> None:
    stage.duty(title="Meet", owner=management, due_month=11, in_force_from=date(2026, 1, 1))
    page = client_of(member).get("/deadlines/?show=all")
    found = [(group.people, group.is_open) for group in page.context["groups"]]
    assert found == [("Max Member", True), ("Mona Manager", False)]
    assert page.content.decode().count('<details class="fold" open>') == 1


def test_no_link_leads_to_a_page_that_the_reader_may_not_open(
    stage: Stage, client_of: ClientOf, member: User, management: User
) -> None:
    """A director reads statuses, management does not: only the page of a duty of theirs."""

    def urls(person: User) -> list[str]:
        page = client_of(person).get("/deadlines/")
        return [row.url for group in page.context["groups"] for row in group.rows]

    found = urls(member)
    assert all(found)
    client = client_of(management)
    statuses = {client.get(url).status_code for url in urls(management) if url}
    assert statuses <= {200}
    for url in found:
        assert (url in urls(management)) is (client.get(url).status_code == 200)
    assert len([url for url in urls(management) if url]) == 1


def test_several_secretaries_are_headed_by_what_they_are(
    stage: Stage, client_of: ClientOf, secretary: User
) -> None:
    stage.duty(title="Publish the charter", in_force_from=date(2026, 1, 1))
    alone = client_of(secretary).get("/deadlines/").context["groups"][0]
    assert (alone.people, alone.names) == ("Sara Secretary", "")
    make_person("Ada Assistant", Role.SECRETARY)
    client = client_of(secretary)
    together = client.get("/deadlines/").context["groups"][0]
    assert together.people == "The corporate secretaries"
    assert together.names == "Ada Assistant and Sara Secretary"
    assert together.is_yours
    assert '<p class="list-detail">Ada Assistant and Sara Secretary</p>' in text(client)


def test_who_only_owns_a_duty_finds_that_and_no_other_day(
    stage: Stage, client_of: ClientOf, management: User
) -> None:
    page = text(client_of(management), "/deadlines/?as_of=2027-02-01")
    assert "Test the controls" in page
    assert "Review the audit plan" not in page
    assert "was on file by" not in page
    assert "as_of" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?show=all", "No deadlines"),
        ("", "No deadlines within 90 days"),
        ("?show=past", "No past dates"),
    ],
)
def test_empty_page_says_what_is_empty(
    client_of: ClientOf, secretary: User, query: str, sentence: str
) -> None:
    set_the_stage()
    assert sentence in text(client_of(secretary), f"/deadlines/{query}")


def test_what_is_shown_can_be_narrowed(stage: Stage, client_of: ClientOf, secretary: User) -> None:
    stage.duty(title="Publish the charter", due_month=4, in_force_from=date(2026, 1, 1))
    client = client_of(secretary)
    assert "Review the audit plan" not in text(client, "/deadlines/?show=past")
    assert "Publish the charter" in text(client, "/deadlines/?show=past")
    assert "Review the audit plan" in text(client)
    assert "Review the audit plan" not in text(client, "/deadlines/?as_of=2026-08-01")
    assert "Review the audit plan" in text(client, "/deadlines/?show=all&as_of=2026-08-01")


def test_page_makes_as_many_queries_for_many_duties_as_for_one(
    stage: Stage, client_of: ClientOf, secretary: User, member: User
) -> None:
    client, counts = client_of(secretary), []
    client.get("/deadlines/")
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/deadlines/")
        counts.append(len(queries))
        for number in range(15):
            stage.duty(title=f"Duty {number}", owner=member)
    assert counts[0] == counts[1]


def test_command_answers_with_every_reminder(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("deadlines", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert rows[0] == {
        "on": "2026-12-17",
        "due_on": "2026-12-31",
        "person": "max.member@example.com",
        "what": "Review the audit plan",
        "because": "R-2 (charter): once in each fiscal year. 14 days before, to its owner.",
        "url": rows[0]["url"],
    }
    assert rows[0]["url"].startswith("/duties/")


def test_command_answers_for_another_day(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("deadlines", "--on", "2026-11-13", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["on"] for row in rows if row["person"].startswith("max")] == [
        "2026-11-16",
        "2026-12-17",
        "2026-12-31",
    ]
    call_command("deadlines", "--on", "2027-01-03")
    said = capsys.readouterr().out
    assert "2027-01-07  Sara Secretary: Review the audit plan, was due 2026-12-31" in said


def test_command_needs_a_charter(db: None) -> None:
    with pytest.raises(CommandError, match="No charter is on record yet"):
        call_command("deadlines", "--json")
