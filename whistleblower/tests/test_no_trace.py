"""Nobody outside the desk, and no reader with a conflict inside it, can tell whether there is a case.

Every address of the URL table answers with the same bytes with and without a case. What is removed
before comparing is named in `NONCES`. `make faults` asks it of every persona.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.personas import PERSONAS
from charter_portal.reports import compose
from charter_portal.reports.scope import Scope
from charter_portal.tests.walking import address_of, collected, to_the_end, undone
from charters.tests.charters import set_the_stage
from records import clock
from records.enums import SystemActor
from records.services import deliveries
from records.services.ledger import export
from whistleblower.crypto import codes
from whistleblower.enums import Category, Country, Outcome
from whistleblower.models import Case, OpenDesk, Part, ReaderKey, Slot
from whistleblower.services import desk as desks
from whistleblower.services import handling, holders, keeping, reminders, visits
from whistleblower.tests.channels import NEXT, TODAY, World, open_world
from whistleblower.views.case_acts import ACTS

pytestmark = pytest.mark.django_db

# The token of a form, and what the channel's forms draw again for everybody: the code and its parts,
# the sealed time at which a form was begun, the key under which a message is sent once.
NONCES = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|code|begun|once|new)" value=")[^"]*'
    rb"|<ol class=\"code-parts\".*?</ol>"
    rb'|(?:for|id|href)="[^"]*(?:one|two)[^"]*"|<label[^>]*id_(?:one|two).*?</label>'
    rb"|(?:Part|Parte) \d+",
    re.DOTALL,
)
# The accused chair, who is a director and a reader with an open desk; in `make faults` everybody.
WATCHED = ("chair",)
WATCHERS = PERSONAS if os.environ.get("FAULTS") else WATCHED
# So many tests share the addresses: for everybody they take minutes, which two processes halve.
SHARES = range(6 if os.environ.get("FAULTS") else 1)
# What may differ in the tables: the cases, and on which date a reader opened the desk.
# Addresses whose route makes a company of its own.
OWN_COMPANY = frozenset(
    {
        "document",
        "minutes_folder",
        "report",
        "report_again",
        "report_copy",
        "report_delegate",
        "report_delegation_end",
        "report_paper",
        "report_prepared",
        "report_release",
        "report_replace",
        "report_send_back",
    }
)
# Pages that draw a new secret at each request, and one that counts wrong links.
NEW_SECRETS = frozenset(
    {"invitation_link", "mfa_activate_totp", "mfa_add_webauthn", "mfa_login_webauthn"}
)
SEALED: tuple[type[Model], ...] = (Case, Part, Slot, OpenDesk)


@pytest.fixture(autouse=True)
def _next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    set_the_stage()
    return {name: request.getfixturevalue(name) for name in PERSONAS}


@pytest.fixture
def world(cast: dict[str, User]) -> World:
    people = {"chair": cast["chair"], "member": cast["member"]}
    return open_world(**people, counsel=cast["independent_counsel"])


def accuse(world: World) -> str:
    """A report about the chair and the chief financial officer, at once at the desk."""
    ticked = frozenset({world.person("chair"), world.officer("finance")})
    return world.send(ticked=ticked, urgent=True, name="Rosa Reporter")


def answer(client: Client, path: str) -> tuple[int, bytes]:
    response = to_the_end(client.get(path))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, NONCES.sub(b"", body)


def browsers(world: World, cast: dict[str, User], client_of: Callable[..., Client]) -> Any:
    found = {name: client_of(cast[name], raise_request_exception=False) for name in WATCHERS}
    if "chair" in found:
        found["chair"].post("/desk/", {"passphrase": world.chair.passphrase})
        assert found["chair"].get("/desk/").context["rows"] == []
    return found


def differences(world: World, path: str, clients: dict[str, Client]) -> list[str]:
    before = {who: answer(client, path) for who, client in clients.items()}
    accuse(world)
    after = {who: answer(client, path) for who, client in clients.items()}
    return [f"{who} at {path}" for who in clients if before[who] != after[who]]


def asked() -> list[str]:
    """The names of the addresses that are read in one company."""
    apart = OWN_COMPANY | NEW_SECRETS
    return sorted(name for name, door in collected().items() if door.get and name not in apart)


def test_no_address_is_left_out() -> None:
    shared = [name for share in SHARES for name in asked()[share :: len(SHARES)]]
    assert sorted(shared) == asked()
    assert len(asked()) > 100


@pytest.mark.parametrize("share", SHARES)
def test_every_address_answers_the_same_with_and_without_a_case(
    share: int, world: World, cast: dict[str, User], client_of: Callable[..., Client]
) -> None:
    clients = browsers(world, cast, client_of)
    faults = []
    for name in asked()[share :: len(SHARES)]:
        door = collected()[name]
        with undone():
            path = address_of(name, door, door.kwargs(cast))
            faults += differences(world, path, clients)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", sorted(OWN_COMPANY))
def test_address_that_comes_with_its_own_company_does_too(
    name: str, request: pytest.FixtureRequest, client_of: Callable[..., Client]
) -> None:
    people = {name: request.getfixturevalue(name) for name in PERSONAS}
    door = collected()[name]
    path = address_of(name, door, door.kwargs(people))
    world = open_world(chair=people["chair"], member=people["member"])
    assert differences(world, path, browsers(world, people, client_of)) == []


def test_conflicted_reader_who_opens_the_desk_after_the_case_arrived_sees_the_same(
    world: World,
) -> None:
    def seen() -> list[tuple[int, bytes]]:
        client = Client()
        client.force_login(world.chair.user)
        client.post("/desk/", {"passphrase": world.chair.passphrase})
        paths = ("/desk/", "/desk/readers/", "/desk/key/", "/channel/", "/")
        made_up = [f"/desk/cases/{'0' * 32}/", f"/desk/cases/{'0' * 32}/note/"]
        return [answer(client, path) for path in (*paths, *made_up)]

    before = seen()
    accuse(world)
    assert seen() == before
    pk = Case.objects.get().pk
    client = Client()
    client.force_login(world.chair.user)
    client.post("/desk/", {"passphrase": world.chair.passphrase})
    for tail in ("", "note/", "acknowledge/", "nothing/"):
        hidden = answer(client, f"/desk/cases/{pk}/{tail}")
        assert hidden == answer(client, f"/desk/cases/{'0' * 32}/{tail}")
        assert hidden[0] == 404


def taken_to_its_end(world: World) -> None:
    """Everything that a reader does with a case, and all that the reporter does."""
    code = accuse(world)
    desk = world.counsel.desk()
    pk = next(iter(desk.cases))
    handling.look(desk, pk, at=NEXT)

    def seen() -> int:
        found = desks.open_case(desk, pk, at=NEXT)
        assert found is not None
        return found.last

    handling.acknowledge(desk, pk, seen=seen(), at=NEXT)
    handling.categorize(
        desk, pk, category=Category.AUDITING, country=Country.US, seen=seen(), at=NEXT
    )
    handling.reply(desk, pk, text="Thank you.", seen=seen(), at=NEXT)
    handling.read_name(desk, pk, reason="To call back.", at=NEXT)
    keeping.hold(desk, pk, reason="A lawsuit.", seen=seen(), at=NEXT)
    visits.add_message(code, "More.", "once", world.roster, on=TODAY)
    visits.replace_code(code, codes.new_code("en"))
    handling.close(
        desk,
        pk,
        outcome=Outcome.SUBSTANTIATED,
        text="Done.",
        reason="Done.",
        seen=seen(),
        at=NEXT,
    )


def rows(without: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every table of the portal but the sealed ones, row by row."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, SEALED):
            continue
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in without]
        manager = model._base_manager
        found[model._meta.label] = [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in manager.order_by("pk").values_list(*names)
        ]
    return found


def test_no_table_but_the_sealed_ones_changes(world: World) -> None:
    world.counsel.desk()
    before = rows(without=frozenset({"opened_on", "seen"}))
    taken_to_its_end(world)
    assert rows(without=frozenset({"opened_on", "seen"})) == before


# A Tuesday on which the chair has not opened the desk for ten days.
SILENT = datetime(2026, 12, 1, 19, tzinfo=UTC)


def test_no_email_and_no_report_and_no_export_differs(world: World, tmp_path: Path) -> None:
    def told() -> Iterator[Any]:
        """The emails that leave, the report to the Board, where every responsibility stands, and the
        activity log as it is taken away."""
        others = ReaderKey.objects.exclude(pk=world.chair.uid)
        others.update(opened_on=SILENT.date())
        mail.outbox.clear()
        reminders.remind(at=SILENT)
        # A director gets one email a week.
        for days in range(8):
            deliveries.sweep(lambda at=SILENT + timedelta(days=days): at)  # type: ignore[misc]
        yield sorted((each.to, each.subject, each.body) for each in mail.outbox)
        scope = Scope(TODAY.replace(month=1, day=1), TODAY, TODAY)
        committee = world.channel.committee
        yield compose(committee, scope, company=world.company, on=TODAY)
        said = StringIO()
        call_command("standing", "--json", stdout=said)
        yield said.getvalue()
        folder = tmp_path / secrets.token_hex(4)
        export(folder, by=SystemActor.OPERATOR, at=SILENT)
        entries = (folder / "ledger.jsonl").read_text().splitlines()
        yield [json.loads(each)["action"] for each in entries]

    world.counsel.desk()
    with undone():
        before = list(told())
    taken_to_its_end(world)
    for _ in range(3):
        accuse(world)
    assert list(told()) == before
    emails = before[0]
    told_to = {address for to, __, __ in emails for address in to}
    assert told_to == {each.user.email for each in world.readers.values()}
    assert not any("concern" in f"{subject} {body}".lower() for __, subject, body in emails)


def forms_of_the_desk(pk: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form of the desk, as somebody sends it who has the desk open."""
    yield "/desk/", {}
    for name in ACTS:
        path = f"/desk/cases/{pk}/{name}/"
        yield path, {}
        yield path, {"typed": "1", "seen": "3", "reason": "r", "text": "t", "place": "1"}
    yield f"/desk/cases/{pk}/", {}
    for step in ("sign", "open", "nothing"):
        yield "/desk/readers/", {"step": step, "digest": "0"}
    yield "/desk/intake/", {"typed": "1"}
    yield "/desk/key/", {"step": "give_up"}


def test_forms_of_a_reader_with_a_conflict_are_answered_the_same(world: World) -> None:
    client = Client()
    client.force_login(world.chair.user)
    client.post("/desk/", {"passphrase": world.chair.passphrase})

    def answers(pk: str) -> list[tuple[int, bytes]]:
        found = []
        for path, given in forms_of_the_desk(pk):
            with undone():
                response = client.post(path, given)
                body = NONCES.sub(b"", response.content).replace(pk.encode(), b"")
                found.append((response.status_code, body))
        return found

    before = answers("0" * 32)
    accuse(world)
    hidden = Case.objects.get().pk
    assert answers(hidden) == answers("0" * 32) == before
    assert [status for status, __ in before].count(404) == 2 * len(ACTS) + 1


def test_reader_who_is_taken_out_while_the_page_is_open_finds_no_case(world: World) -> None:
    """What was held in the morning answers like a case that never was."""
    world.send(urgent=True)
    client = Client()
    client.force_login(world.chair.user)
    client.post("/desk/", {"passphrase": world.chair.passphrase})
    pk = Case.objects.get().pk
    counsel = world.counsel.desk()
    found = desks.open_case(counsel, pk, at=NEXT)
    assert found is not None
    given = {"reader": world.chair.uid, "reason": "Signed it.", "seen": found.last, "at": NEXT}
    holders.propose_removal(counsel, pk, **given)
    for path, form in forms_of_the_desk(pk):
        if "/cases/" in path:
            with undone():
                made_up = path.replace(pk, "0" * 32)
                answers = [client.post(each, form) for each in (path, made_up)]
                assert answers[0].status_code == answers[1].status_code == 404
                bodies = [NONCES.sub(b"", each.content) for each in answers]
                assert bodies[0].replace(pk.encode(), b"") == bodies[1].replace(b"0" * 32, b"")


@pytest.mark.skipif(
    "FAULTS" not in os.environ, reason="Measures times: `make faults` has the time."
)
def test_no_time_tells_of_a_hidden_case(world: World) -> None:
    """Medians of the processor's time, with and without cases in turn: a machine that slows down slows
    both, so the closest of a few rounds counts. Five milliseconds would be found in each."""
    client = Client()
    client.force_login(world.chair.user)
    rounds = [with_and_without(world, client) for _ in range(ROUNDS)]
    assert min(desk for desk, _ in rounds) < NOTICEABLE
    assert min(case for _, case in rounds) < NOTICEABLE


TIMES, ROUNDS, NOTICEABLE = 30, 4, 0.005


def with_and_without(world: World, client: Client) -> tuple[float, float]:
    """How far a desk that hides twenty cases is from an empty one, and the page of a hidden case from
    that of a made-up one."""

    def opened() -> float:
        client.post("/desk/", {"passphrase": world.chair.passphrase})
        took(client, "/desk/")
        return median(took(client, "/desk/") for _ in range(TIMES))

    with undone():
        bare = opened()
    with undone():
        for _ in range(20):
            accuse(world)
        full = opened()
        hidden, made_up = f"/desk/cases/{Case.objects.first().pk}/", f"/desk/cases/{'0' * 32}/"
        apart = median(took(client, hidden) - took(client, made_up) for _ in range(TIMES))
    return abs(full - bare), abs(apart)


def took(client: Client, path: str) -> float:
    began = time.process_time()
    client.get(path)
    return time.process_time() - began


def shape() -> list[Any]:
    """The sealed tables without their random bytes."""
    return [
        sorted(
            (c.received_on, c.is_quarantined, len(bytes(c.reporter_key)), len(bytes(c.last_used)))
            for c in Case.objects.all()
        ),
        sorted((p.number, p.generation, p.on, len(bytes(p.sealed))) for p in Part.objects.all()),
        sorted((s.generation, s.reader, len(bytes(s.sealed))) for s in Slot.objects.all()),
    ]


@pytest.mark.parametrize("accused", [["chair"], ["counsel", "colleague"], ["member", "second"]])
def test_tables_are_the_same_whoever_is_accused(world: World, accused: list[str]) -> None:
    with undone():
        world.send()
        nobody = shape()
    with undone():
        ticked = frozenset(world.person(name) for name in accused) | {world.officer("chief")}
        world.send(ticked=ticked, name="Rosa Reporter")
        assert shape() == nobody


def test_desk_asks_the_database_the_same_whatever_is_hidden(
    world: World,
) -> None:
    def queries() -> int:
        desk = world.chair.desk()
        with CaptureQueriesContext(connection) as found:
            desks.open_cases(desk, at=NEXT)
        return len(found)

    before = queries()
    for _ in range(5):
        accuse(world)
    assert queries() == before


def test_database_is_asked_the_same_for_a_hidden_case_and_one_that_was_made_up(
    world: World,
) -> None:
    accuse(world)
    pk, desk = Case.objects.get().pk, world.chair.desk()
    client = Client()
    client.force_login(world.chair.user)
    client.post("/desk/", {"passphrase": world.chair.passphrase})

    def asked(case: str) -> list[int]:
        made = []
        for path in ("", "note/", "name/"):
            for ask in (client.get, client.post):
                with CaptureQueriesContext(connection) as found:
                    assert ask(f"/desk/cases/{case}/{path}").status_code == 404
                made.append(len(found))
        with CaptureQueriesContext(connection) as found:
            assert desks.open_case(desk, case, at=NEXT) is None
        return [*made, len(found)]

    asked("0" * 32)
    assert asked(pk) == asked("0" * 32)
    assert asked(pk)[-1] == 0
