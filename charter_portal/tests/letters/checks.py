"""What an app brings to the portal by being installed. Run by test_example_app.py, which installs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from charter_portal.celery import app
from charter_portal.reports import compose
from charter_portal.reports.scope import Scope
from charter_portal.tests.letters import services
from charter_portal.tests.letters.models import Letter
from charters.answers import OpenItem
from charters.docket import as_seen_by
from charters.enums import DutyKind
from charters.models import Duty
from charters.registry import AGENDA
from charters.reminders import Reminders
from charters.services.reminders import remind
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records.models import LedgerEntry, Notice

pytestmark = pytest.mark.django_db

TODAY = AT.date()
ClientOf = Callable[..., Client]
MANAGEMENT = frozenset({Role.MANAGEMENT})


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def received(stage: Stage, days: int = 3, **given: Any) -> Letter:
    """A letter that arrived ten days ago, to be answered so many days from today."""
    return services.receive(
        stage.committee,
        sender="the SEC",
        received_on=TODAY - timedelta(days=10),
        due_on=TODAY + timedelta(days=days),
        **given,
        **SIGNED,
    )


def docket(stage: Stage, user: User | None = None) -> Docket:
    sees = {"sees": as_seen_by(user, TODAY)} if user else {}
    return Docket(stage.committee, TODAY, stage.company, **sees)


def found(docket: Docket) -> list[OpenItem]:
    return [item for item in docket.open_items() if item.rule == "letters.unanswered"]


def row(stage: Stage, duty: Duty, user: User | None = None) -> Any:
    return next(row for row in docket(stage, user).reading().duties if row.duty.pk == duty.pk)


def test_its_page_has_an_address_and_stands_behind_a_word(
    stage: Stage, client_of: ClientOf, secretary: User
) -> None:
    received(stage)
    page = client_of(secretary).get("/letters/")
    assert page.content.decode() == "Letter from the SEC"


def test_its_records_are_evidence_with_the_sources_name(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="charter-review")
    services.answer(received(stage), on=TODAY, **SIGNED)
    read = row(stage, duty)
    assert (read.standing, [piece.source for piece in read.evidence]) == (
        "on_file",
        ["letters.answers"],
    )
    assert not read.because.endswith("Based on recorded completion.")


def test_what_arose_and_a_condition_judge_their_duties(stage: Stage) -> None:
    event = stage.duty(catalogue_key="resolve-disagreements", kind=DutyKind.EVENT)
    condition = stage.duty(catalogue_key="financial-literacy", kind=DutyKind.CONDITION)
    received(stage)
    assert row(stage, event).standing == "due"
    assert row(stage, condition).standing == "on_file"


def test_a_condition_that_is_about_to_lapse_is_a_deadline(stage: Stage) -> None:
    stage.duty(catalogue_key="financial-literacy", kind=DutyKind.CONDITION)
    letter = received(stage)
    ahead = Reminders(docket(stage), "charters.lapses").deadlines
    assert [(each.due_on, each.url) for __, each in ahead] == [(letter.due_on, "/letters/")]


def test_it_finds_open_items_and_one_alone(stage: Stage) -> None:
    letter, other = received(stage, days=-1), received(stage, days=-2)
    items = {item.subject: item for item in found(docket(stage))}
    assert items.keys() == {f"letter-{letter.pk}", f"letter-{other.pk}"}
    item = items[f"letter-{letter.pk}"]
    assert (item.rule, item.url, item.clause) == ("letters.unanswered", "/letters/", None)
    assert docket(stage).open_item(item.key) == item


def test_its_deadline_reminds_at_its_own_pace_and_shows_on_the_page(
    stage: Stage, client_of: ClientOf, secretary: User
) -> None:
    received(stage)
    remind(at=AT)
    (notice,) = Notice.objects.filter(kind="letters.reminder")
    assert notice in Notice.objects.visible_to(secretary)
    assert "Answer a letter" in client_of(secretary).get("/deadlines/").content.decode()


def test_what_is_restricted_shows_nowhere_to_those_it_is_restricted_from(
    stage: Stage, client_of: ClientOf, secretary: User, secretary_in_management: User
) -> None:
    duty = stage.duty(catalogue_key="charter-review")
    answered = received(stage, restricted_roles=MANAGEMENT)
    services.answer(answered, on=TODAY, **SIGNED)
    received(stage, days=-1, restricted_roles=MANAGEMENT)
    received(stage, days=2, restricted_roles=MANAGEMENT)
    remind(at=AT)
    open_to, barred = docket(stage, secretary), docket(stage, secretary_in_management)
    assert [len(found(each)) for each in (open_to, barred)] == [1, 0]
    assert len(row(stage, duty, secretary).evidence) == 1
    seen = row(stage, duty, secretary_in_management)
    assert (seen.standing, seen.evidence, seen.because) == ("on_file", (), "On file.")
    client = client_of(secretary_in_management)
    for address in ("/", "/deadlines/", "/open-items/", "/charter/", "/letters/", "/notices/"):
        assert "SEC" not in client.get(address).content.decode(), address
    assert "SEC" in client_of(secretary).get("/open-items/").content.decode()
    kinds = {"letters.reminder"}
    assert not Notice.objects.visible_to(secretary_in_management).filter(kind__in=kinds).exists()
    assert Notice.objects.visible_to(secretary).filter(kind__in=kinds).exists()


@pytest.mark.parametrize(
    ("roles", "told"),
    [(frozenset(), 1), (MANAGEMENT, 0)],
    ids=["open to everybody", "restricted from management"],
)
def test_a_report_says_what_its_readers_may_see(
    stage: Stage, roles: frozenset[Role], told: int
) -> None:
    received(stage, restricted_roles=roles)
    scope = Scope(date(TODAY.year, 1, 1), TODAY, TODAY)
    report = compose(stage.committee, scope, company=stage.company, on=TODAY)
    assert [section.heading for section in report.sections] == ["Letters from regulators"] * told


def test_home_asks_and_tells(stage: Stage, client_of: ClientOf, secretary: User) -> None:
    stage.duty()
    received(stage)
    context = client_of(secretary).get("/").context
    assert "A letter is to be answered." in [ask.sentence for ask in context["asks"]]
    assert "Letter from the SEC" in [entry.text for entry in context["since"]]


def test_the_agenda_the_schedule_and_the_log_know_it(
    stage: Stage, client_of: ClientOf, secretary: User
) -> None:
    received(stage)
    proposed = [each for source in AGENDA for each in source.propose(docket(stage))]
    assert [each.title for each in proposed] == ["Letter from the SEC"]
    assert app.conf.beat_schedule["letters.look"]["schedule"].hour == {5}
    assert LedgerEntry.objects.filter(action="letters.received").count() == 1
    assert "recorded the" in client_of(secretary).get("/ledger/").content.decode()
