"""Actions: the list, one action, and the acts on it, through their addresses."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charters.models import Action
from charters.services import actions
from charters.tests.charters import Stage, set_the_stage

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
AT = datetime(2026, 11, 5, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


@pytest.fixture
def action(stage: Stage, secretary: User, management: User) -> Action:
    return add(stage, secretary, owner=management)


def add(stage: Stage, by: User, what: str = "Send the cash forecast", **given: Any) -> Action:
    terms = {"due_on": date(2026, 12, 15), "agreed_on": date(2026, 11, 4), "by": by, "at": AT}
    return actions.add_action(stage.committee, what=what, **terms | given)


def listed(client: Client, show: str = "") -> list[tuple[str, str, str]]:
    page = client.get("/actions/", {"show": show} if show else {})
    return [(row.what, row.owed_by, row.state) for row in page.context["rows"]]


def test_secretary_adds_an_action_and_marks_it_as_done(
    client_of: ClientOf, stage: Stage, secretary: User, management: User
) -> None:
    client = client_of(secretary)
    page = client.post(
        "/actions/add/",
        {
            "what": "Send the cash forecast",
            "owner": management.pk,
            "due_on": "2026-12-15",
            "agreed_on": "2026-11-04",
            "source": "Meeting of November 4, 2026",
            "source_url": "/events/",
        },
        follow=True,
    )
    action = Action.objects.get()
    assert page.redirect_chain == [(f"/actions/{action.pk}/", 302)]
    assert 'href="/events/">Meeting of November 4, 2026</a>' in page.content.decode()
    assert listed(client) == [("Send the cash forecast", str(management), "Open")]
    url = f"/actions/{action.pk}/complete/"
    client.post(url, {"done_on": "2026-11-19", "how": "In the data room."})
    assert listed(client) == []
    assert listed(client, "closed") == [
        ("Send the cash forecast", str(management), "Done on November 19, 2026")
    ]
    page = client.get(f"/actions/{action.pk}/")
    assert [(entry.on, entry.text, entry.detail) for entry in page.context["history"]] == [
        (date(2026, 11, 19), "Recorded as done by Sara Secretary.", "In the data room."),
        (date(2026, 11, 4), "Added by Sara Secretary.", ""),
    ]


def test_owner_marks_the_action_as_done_and_can_do_nothing_else(
    client_of: ClientOf, action: Action, management: User
) -> None:
    client = client_of(management)
    page = client.get(f"/actions/{action.pk}/")
    assert (page.context["first"].label, page.context["acts"]) == ("Mark as done", [])
    done = {"done_on": "2026-11-20", "how": "Sent."}
    assert client.post(f"/actions/{action.pk}/complete/", done).status_code == 302
    assert not Action.objects.get().is_open
    assert client.get(f"/actions/{action.pk}/").context["first"] is None
    assert client.get(f"/actions/{action.pk}/reopen/").status_code == 403


def test_reader_who_owes_nothing_sees_the_action_and_is_told_who_marks_it(
    client_of: ClientOf, action: Action, member: User, management: User
) -> None:
    client = client_of(member)
    assert listed(client) == [("Send the cash forecast", str(management), "Open")]
    assert client.get(f"/actions/{action.pk}/").context["first"] is None
    refusal = client.get(f"/actions/{action.pk}/complete/")
    assert refusal.status_code == 403
    words = "Only the owner or the corporate secretary can mark an action as done."
    assert words in refusal.content.decode()


@pytest.mark.parametrize(
    ("due_on", "term"),
    [(date(2026, 11, 19), "Was due on"), (date(2026, 11, 20), "Due date")],
)
def test_passed_date_is_said_as_such(
    client_of: ClientOf, stage: Stage, secretary: User, due_on: date, term: str
) -> None:
    action = add(stage, secretary, owner=secretary, due_on=due_on)
    page = client_of(secretary).get(action.get_absolute_url())
    assert term in [one.term for one in page.context["facts"]]


def test_owner_sees_no_action_of_somebody_else(
    client_of: ClientOf, stage: Stage, action: Action, secretary: User, internal_auditor: User
) -> None:
    client = client_of(internal_auditor)
    assert listed(client, "all") == []
    assert client.get(f"/actions/{action.pk}/").status_code == 404
    mine = add(stage, secretary, "Send the plan", owner=internal_auditor)
    assert [what for what, __, __ in listed(client, "all")] == ["Send the plan"]
    assert client.get(f"/actions/{mine.pk}/").status_code == 200


def test_secretary_cancels_reopens_and_reassigns(
    client_of: ClientOf, action: Action, secretary: User
) -> None:
    client, url = client_of(secretary), f"/actions/{action.pk}/"
    client.post(f"{url}cancel/", {"reason": "The bank sends it."})
    assert [row[2] for row in listed(client, "closed")] == ["Canceled on November 20, 2026"]
    assert client.get(url).context["first"].label == "Reopen action"
    client.post(f"{url}reopen/", {"reason": "The bank does not."})
    assert [row[2] for row in listed(client)] == ["Open"]
    acts = [link.label for link in client.get(url).context["acts"]]
    assert acts == ["Change owner or due date", "Cancel action"]
    client.post(f"{url}reassign/", {"owner_name": "Paula Partner", "due_on": "2027-01-15"})
    assert listed(client) == [("Send the cash forecast", "Paula Partner", "Open")]


@pytest.mark.parametrize(
    ("verb", "given", "field", "words"),
    [
        ("complete", {"done_on": "2026-11-21", "how": "Sent."}, "done_on", "This date is in the future."),
        ("complete", {"done_on": "soon", "how": "Sent."}, "done_on", "Enter a valid date."),
        ("complete", {"done_on": "2026-11-20", "how": " "}, "how", "This field is required."),
        ("cancel", {"reason": ""}, "reason", "This field is required."),
        ("reopen", {"reason": "x"}, "__all__", "This action is already open."),
        ("reassign", {"due_on": "2026-12-15"}, "owner", "Enter an owner."),
        ("reassign", {"owner": "999", "due_on": "2026-12-15"}, "owner", "Select a valid choice. That choice is not one of the available choices."),
        ("reassign", {"owner_name": "P", "due_on": "2026-11-01"}, "due_on", ("The due date is before the date of the "
                                                                             "agreement. Enter a later due date.")),
    ],
)  # fmt: skip
def test_bad_input_is_answered_beside_its_field(
    client_of: ClientOf,
    action: Action,
    secretary: User,
    verb: str,
    given: dict[str, str],
    field: str,
    words: str,
) -> None:
    page = client_of(secretary).post(f"/actions/{action.pk}/{verb}/", given)
    assert page.status_code == 200
    assert page.context["form"].errors.get(field) == [words]
    assert not action.steps.exists()


def test_link_that_is_no_page_is_refused(
    client_of: ClientOf, stage: Stage, secretary: User
) -> None:
    given = {"what": "x", "owner_name": "P", "due_on": "2026-12-15", "agreed_on": "2026-11-04"}
    page = client_of(secretary).post("/actions/add/", given | {"source_url": "javascript:x"})
    assert list(page.context["form"].errors) == ["source_url"]
    assert not Action.objects.exists()


def test_unknown_filter_shows_what_is_open(
    client_of: ClientOf, action: Action, secretary: User
) -> None:
    page = client_of(secretary).get("/actions/?show=everything")
    assert (page.context["shown"], len(page.context["rows"])) == ("open", 1)


@pytest.mark.parametrize("show", ["open", "all"])
def test_list_takes_as_many_queries_for_many_as_for_one(
    client_of: ClientOf, stage: Stage, action: Action, secretary: User, show: str
) -> None:
    client = client_of(secretary)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/actions/", {"show": show})
        return len(queries)

    asked()
    before = asked()
    for number in range(20):
        add(stage, secretary, f"Action {number}", owner=action.owner)
    assert asked() == before


def test_deadlines_list_the_action_with_its_page(
    client_of: ClientOf, action: Action, management: User
) -> None:
    page = client_of(management).get("/deadlines/").content.decode()
    assert f'<a href="/actions/{action.pk}/">Send the cash forecast</a>' in page
    assert '<a href="/actions/">Actions</a>' in page


def test_before_set_up_there_is_nothing_to_read(client_of: ClientOf, secretary: User) -> None:
    page = client_of(secretary).get("/actions/")
    assert (page.status_code, page.templates[0].name) == (200, "charters/nothing_yet.html")


def test_owner_who_left_is_shown_with_the_date_and_the_secretary_is_asked(
    client_of: ClientOf, action: Action, secretary: User, management: User
) -> None:
    """On the date itself, and nobody is made the owner silently."""
    client = client_of(secretary)
    assert "needs an owner" not in client.get("/").content.decode()
    management.roleterm_set.update(ends_on=date(2026, 11, 20))
    assert listed(client)[0][1] == "Mona Manager until November 20, 2026"
    assert "1 action needs an owner." in client.get("/").content.decode()
    assert Action.objects.get().owner == management
