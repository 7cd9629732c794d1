"""The list of readers through its page: what the readers confirm about the channel."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.enums import Role
from accounts.models import RoleTerm
from records import clock
from whistleblower import checks, opening
from whistleblower.crypto import roster as rosters
from whistleblower.models import RosterList
from whistleblower.poster import as_html
from whistleblower.services import readers
from whistleblower.tests.channels import NEXT, World
from whistleblower.tests.services.test_who_reads import leave
from whistleblower.tests.views.test_channel import hidden
from whistleblower.tests.views.test_desk import at_the_desk
from whistleblower.wrappers import strip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)


def propose(client: Client, world: World, **given: Any) -> Any:
    roles = {f"role_{each.uid}": each.role.value for each in world.readers.values()}
    terms = {"operator": "The company", "root": "Ada", "root_reports_to": "The secretary"}
    return client.post("/desk/readers/", {"step": "propose"} | roles | terms | given)


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ({}, {}),
        ({"approved_en": "2026-11-03"}, {"en": "2026-11-03"}),
        (
            {"approved_en": "2026-11-03", "approved_es": "2026-11-10"},
            {"en": "2026-11-03", "es": "2026-11-10"},
        ),
    ],
)
def test_list_records_for_each_language_when_counsel_approved_it(
    world: World, given: dict[str, str], recorded: dict[str, str]
) -> None:
    client = at_the_desk(world, "chair")
    propose(client, world, **given)
    assert RosterList.objects.get(in_force_on=None).roster.terms.languages == recorded


def test_reader_sees_before_signing_which_language_counsel_has_not_approved(world: World) -> None:
    client = at_the_desk(world, "chair")
    propose(client, world, approved_en="2026-11-03")
    assert client.get("/desk/readers/").context["waiting"]["approvals"] == [
        "English: approved by counsel on November 3, 2026.",
        "Spanish: no approval by counsel on file. It is not offered to reporters.",
    ]


def test_page_says_who_has_signed_the_list_that_waits(world: World) -> None:
    clients = {name: at_the_desk(world, name) for name in ("chair", "member", "second")}
    propose(clients["chair"], world, **{f"role_{world.second.uid}": ""})
    said = ["Sign list", "You have signed it.", "It concerns you, so other readers sign it."]

    def shown(name: str) -> list[str]:
        page = clients[name].get("/desk/readers/").content.decode()
        return [each for each in said if each in page]

    assert [shown(name) for name in clients] == [said[:1], said[:1], said[2:]]
    digest = clients["chair"].get("/desk/readers/").context["waiting"]["digest"]
    clients["chair"].post("/desk/readers/", {"step": "sign", "digest": digest})
    assert [shown(name) for name in clients] == [said[1:2], said[:1], said[2:]]


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        # As the form comes back.
        ({}, False),
        ({"law_en": "The law  protects\r\nyou. "}, False),
        ({"approved_es": "2026-11-03", "law_es": "La ley le protege."}, False),
        # Another text under the date of the text before.
        ({"law_en": "The law protects you fully."}, True),
        ({"law_en": ""}, True),
        ({"law_en": "The law protects you fully.", "approved_en": "2026-11-20"}, False),
        ({"law_en": "The law protects you fully.", "approved_en": ""}, False),
        # Counsel approved both on one date, and a reader says so.
        ({"law_en": "The law protects you fully.", "again_en": "on"}, False),
        ({"law_en": "The law protects you fully.", "again_es": "on"}, True),
    ],
)
def test_approval_of_a_text_is_no_approval_of_another(
    world: World, given: dict[str, str], is_refused: bool
) -> None:
    client = at_the_desk(world, "chair")
    kept = {"law_en": "The law protects you.", "approved_en": "2026-11-03"}
    propose(client, world, **kept)
    sign(world)
    page = propose(at_the_desk(world, "chair"), world, **(kept | given))
    assert RosterList.objects.filter(in_force_on=None).exists() is not is_refused
    if is_refused:
        form = page.context["form"]
        assert "has changed since counsel approved it" in str(form.errors["approved_en"])
        assert form["law_en"].value() == given["law_en"]
        names = list(form.fields)
        assert names.index("again_en") == names.index("approved_en") + 1


@pytest.mark.parametrize(
    ("approved", "offered"),
    [
        ({"approved_en": "2026-11-03", "approved_es": "2026-11-03"}, ["en", "es"]),
        ({"approved_en": "2026-11-03"}, ["en"]),
        ({"approved_es": "2026-11-03"}, ["es"]),
    ],
)
def test_language_without_counsels_approval_is_not_offered(
    world: World, approved: dict[str, str], offered: list[str]
) -> None:
    in_force(world, **approved)
    client = Client()
    for tail in ("", "report/", "practice/", "return/"):
        for language in ("en", "es"):
            page = client.get(f"/concerns/{language}/{tail}")
            if language in offered:
                assert page.status_code == 200
                links = f'href="/concerns/{"es" if language == "en" else "en"}/"'
                assert len(offered) > 1 or links not in page.content.decode()
            else:
                assert (page.status_code, page["Location"]) == (
                    302,
                    f"/concerns/{offered[0]}/{tail}",
                )
    first = client.get("/concerns/", follow=True).content.decode()
    assert f'<html lang="{offered[0]}"' in first
    poster = as_html(world.company, world.channel, world.roster, "portal.example", is_a4=False)
    assert re.findall(r'<section[^>]* lang="(\w+)"', poster) == offered
    intake = at_the_desk(world, "chair").get("/desk/intake/").context["form"]
    assert [each for each, __ in intake.fields["language"].choices] == offered


def test_report_that_was_begun_before_a_language_was_withdrawn_is_received(world: World) -> None:
    client = Client()
    page = client.get("/concerns/es/report/")
    in_force(world, approved_en="2026-11-03")
    page = client.post("/concerns/es/report/", hidden(page) | {"saved": "1"})
    page = client.post("/concerns/es/report/", hidden(page) | {"others": ""})
    page = client.post(
        "/concerns/es/report/", hidden(page) | {"others": "", "what": "Los bienes no salieron."}
    )
    assert "Su informe fue recibido" in page.content.decode()


def test_channel_without_any_approved_language_is_closed_and_names_other_ways(
    world: World,
) -> None:
    in_force(world)
    page = Client().get("/concerns/es/").content.decode()
    assert "Este formulario está cerrado" in page
    assert "sec.gov/tcr" in page
    assert opening.state().reason == "Counsel has approved no language."


def test_channel_does_not_open_before_counsel_has_approved_a_language(world: World) -> None:
    in_force(world)
    world.channel.opened_on = None
    world.channel.save(update_fields=["opened_on"])
    with pytest.raises(ValidationError, match="counsel has approved"):
        readers.open_channel(world.chair.desk(), by=world.chair.user, at=NEXT)


def in_force(world: World, **approved: str) -> None:
    """A list with these approvals, signed."""
    propose(at_the_desk(world, "chair"), world, **approved)
    sign(world)


def sign(world: World) -> None:
    listed = RosterList.objects.get(in_force_on=None)
    for reader in (world.chair, world.member):
        digest = rosters.digest_of(listed.text)
        readers.sign_list(reader.desk(NEXT), digest=digest, by=reader.user, at=NEXT)


def test_approval_with_a_future_date_is_refused_and_nothing_typed_is_lost(world: World) -> None:
    client = at_the_desk(world, "chair")
    tomorrow = (NEXT + timedelta(days=1)).date().isoformat()
    form = propose(client, world, approved_en=tomorrow, law_en="The law protects you.").context[
        "form"
    ]
    assert form.errors == {"approved_en": ["This date is in the future."]}
    assert form["law_en"].value() == "The law protects you."
    assert not RosterList.objects.filter(in_force_on=None).exists()


def test_reader_hears_at_the_next_opening_how_the_list_has_changed(world: World) -> None:
    at_the_desk(world, "second")
    leave(world, "member")
    client = at_the_desk(world, "second")
    changes = client.get("/desk/").context["desk"].changes
    assert (changes.added, changes.removed, changes.changed) == ((), ("Max Memberton",), ())
    assert "The list of readers has changed" in client.get("/desk/").content.decode()
    again = at_the_desk(world, "second")
    assert again.get("/desk/").context["desk"].changes is None


@pytest.mark.parametrize(
    ("given", "officers"),
    [
        ({"root": "Ada Root", "root_reports_to": "The secretary"}, []),
        ({"root_reports_to": "the Chief financial officer"}, ["Olga Finance"]),
        ({"root": "olga controller"}, ["Olga Controller"]),
    ],
)
def test_readers_are_warned_where_who_can_change_the_server_reports_to_an_officer(
    world: World, given: dict[str, str], officers: list[str]
) -> None:
    client = at_the_desk(world, "chair")
    propose(client, world, **given)
    page = client.get("/desk/readers/")
    assert page.context["officers"] == officers
    assert ("Consider an independent host" in page.content.decode()) is bool(officers)


def test_readers_open_the_channel_again_after_the_desk_key_was_lost(
    world: World, settings: Any
) -> None:
    settings.DESK_KEY = "another key"
    assert not opening.state().is_open
    (found,) = checks.desk_key_is_the_one_in_use(["default"])
    assert found.id == "whistleblower.E002"
    user = world.chair.user
    made = readers.replace_passphrase(user, sheet=world.chair.sheet, at=NEXT)
    client = Client()
    client.force_login(user)
    client.post("/desk/", {"passphrase": made.passphrase})
    page = client.get("/desk/readers/")
    assert page.context["may_open"]
    assert opening.OTHER_KEY in page.content.decode()
    client.post("/desk/readers/", {"step": "open"})
    assert opening.state().is_open
    assert checks.desk_key_is_the_one_in_use(["default"]) == []


def test_reader_who_has_become_secretary_is_not_proven_and_not_listed_again(world: World) -> None:
    day = NEXT.date()
    assert world.member.uid in opening.proven(day)
    RoleTerm.objects.create(user=world.member.user, role=Role.SECRETARY, starts_on=day)
    assert world.member.uid not in opening.proven(day)
    form = propose(at_the_desk(world, "chair"), world, approved_en="2026-11-03").context["form"]
    assert list(form.errors) == [f"role_{world.member.uid}"]
    assert not RosterList.objects.filter(in_force_on=None).exists()


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        ({}, ()),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, ("X-Forwarded-For",)),
        ({"HTTP_USER_AGENT": "Browser/1"}, ("User-Agent",)),
        ({"HTTP_USER_AGENT": ""}, ()),
    ],
)
def test_readers_page_shows_what_the_proxy_passes_on(
    world: World, sent: dict[str, str], came: tuple[str, ...]
) -> None:
    client = at_the_desk(world, "chair")
    handler = client.handler
    client.handler = lambda environ: (strip(environ, is_channel=False), handler(environ))[1]
    page = client.get("/desk/readers/", **sent)
    assert page.context["came"] == came
    assert "203.0.113.9" not in page.content.decode()
