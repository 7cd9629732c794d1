"""The pages of decisions: the list, one decision, and recording one."""

from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from re import sub

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from charters import services
from charters.enums import CommitteeKind, HowDecided
from charters.models import Committee, Decision
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
DAY = date(2026, 5, 5)
GIVEN = {
    "decided_on": "2026-05-05",
    "how": "meeting",
    "number": "4",
    "text": "The Board appointed Ngozi Eze to the committee.",
}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def board(stage: Stage) -> Committee:
    return services.establish(name="Board of Directors", kind=CommitteeKind.BOARD, **SIGNED)


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def decide(body: Committee | None, number: str, **given: object) -> Decision:
    usual = {"decided_on": DAY, "how": HowDecided.MEETING, "text": "The Board met."}
    return services.record_decision(body, number=number, **usual | SIGNED | given)


def text(page: HttpResponse) -> str:
    return " ".join(unescape(sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_empty_list_says_what_would_be_here(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    page = client.get("/decisions/")
    assert "No decisions to show Decisions of the Board" in text(page)
    assert 'href="/decisions/new/"' in page.content.decode()
    page = client_of(member).get("/decisions/")
    assert "Decisions that the corporate secretary records are listed here" in text(page)
    assert "/decisions/new/" not in page.content.decode()


def test_list_is_the_newest_first_and_leaves_out_what_is_restricted(
    client: Client, client_of: ClientOf, board: Committee, secretary_in_management: User
) -> None:
    older = decide(board, "1", decided_on=date(2026, 4, 1))
    newer = decide(board, "2")
    secret = decide(board, "3", restricted_roles={Role.MANAGEMENT})
    assert list(client.get("/decisions/").context["rows"]) == [secret, newer, older]
    barred = client_of(secretary_in_management)
    assert list(barred.get("/decisions/").context["rows"]) == [newer, older]
    assert barred.get(secret.get_absolute_url()).status_code == 404


def test_list_takes_as_many_queries_for_fifty_as_for_one(
    client: Client, board: Committee, django_assert_num_queries
) -> None:
    decide(board, "0")
    client.get("/decisions/")
    with django_assert_num_queries(14, exact=False) as one:
        client.get("/decisions/")
    for number in range(1, 50):
        decide(board, str(number))
    with django_assert_num_queries(len(one)):
        client.get("/decisions/")


def test_decision_is_recorded_and_read_with_its_document(
    client: Client, board: Committee, secretary: User
) -> None:
    form = client.get("/decisions/new/").context["form"]
    assert form.initial["body"] == board
    minutes = SimpleUploadedFile("minutes.txt", b"Minutes.")
    page = client.post("/decisions/new/", GIVEN | {"body": board.pk, "document": minutes})
    decision = Decision.objects.get()
    assert page["Location"] == decision.get_absolute_url() == f"/decisions/{decision.pk}/"
    assert decision.recorded_by == secretary
    page = client.get(decision.get_absolute_url())
    assert [(one.term, one.text) for one in page.context["definitions"]] == [
        ("Decision", "The Board appointed Ngozi Eze to the committee."),
        ("Decided by", "Board of Directors"),
        ("Date", "May 5, 2026"),
        ("How", "Meeting"),
        ("Number", "4"),
        ("Recorded by", "Sara Secretary"),
        ("Recorded on", "November 20, 2026"),
    ]
    assert page.context["file"]["url"] == decision.document.get_absolute_url()
    assert "This decision is restricted" not in text(page)


def test_stockholders_decide_without_a_body_and_a_decision_can_be_restricted(
    client: Client, stage: Stage
) -> None:
    given = GIVEN | {"body": "", "how": "annual_meeting", "restricted_roles": "on"}
    client.post("/decisions/new/", given)
    decision = Decision.objects.get()
    assert (decision.body, decision.restricted_roles) == (None, {Role.MANAGEMENT})
    page = client.get(decision.get_absolute_url())
    assert "Annual meeting of stockholders of May 5, 2026, proposal 4" in text(page)
    assert "This decision is restricted" in text(page)


def test_what_the_service_refuses_stands_in_the_form(client: Client, board: Committee) -> None:
    decide(board, "4")
    page = client.post("/decisions/new/", GIVEN | {"body": board.pk})
    assert page.context["form"].errors == {
        "number": ["A decision with this number is already on record for that date."]
    }


def test_charter_that_rests_on_it_is_named(client: Client, board: Committee, stage: Stage) -> None:
    decision = decide(board, "4", decided_on=stage.version.adopted_on)
    services.complete_adoption(stage.version, decision=decision, **SIGNED)
    page = client.get(decision.get_absolute_url())
    assert ("Charter adopted", "Audit Committee Charter", stage.version.get_absolute_url()) in [
        (one.term, one.text, one.url) for one in page.context["definitions"]
    ]
