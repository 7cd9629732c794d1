"""What a language says of the server and of officers, and what counsel's approval of it covers."""

from __future__ import annotations

import copy
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from charters.docket import AsOf
from records import clock
from whistleblower import checks, home, opening, texts
from whistleblower.models import RosterList
from whistleblower.tests.channels import NEXT, World
from whistleblower.tests.views.test_channel import hidden
from whistleblower.tests.views.test_desk import at_the_desk
from whistleblower.tests.views.test_readers import in_force, propose

pytestmark = pytest.mark.django_db
BOTH = {"approved_en": "2026-11-03", "approved_es": "2026-11-03"}
TITLES = {"title_es_0": "Director ejecutivo", "title_es_1": "Director financiero"}


@pytest.fixture(autouse=True)
def _next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)


def released(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """A version with another sentence in a language."""
    found = {each: copy.deepcopy(texts.words(each)) for each in texts.LANGUAGES}
    found[language]["start"]["promises"][0] += " Never."
    monkeypatch.setattr(texts, "words", found.__getitem__)


def boxes(language: str) -> list[str]:
    """The people who may be marked, as a page names them."""
    client, path = Client(), f"/concerns/{language}/report/"
    page = client.post(path, hidden(client.get(path)) | {"saved": "1"})
    found = re.findall(r'<label class="form-check-label"[^>]*>([^<]*)<', page.content.decode())
    return [unescape(each) for each in found if "Olga" in each]


def test_page_names_officers_by_the_titles_of_its_language(world: World) -> None:
    in_force(world, **BOTH, **TITLES)
    assert boxes("en") == [
        "Olga Chief, Chief executive officer",
        "Olga Controller, Controller",
        "Olga Finance, Chief financial officer",
    ]
    # A title without its translation is left out rather than shown in another language.
    assert boxes("es") == [
        "Olga Chief, Director ejecutivo",
        "Olga Controller",
        "Olga Finance, Director financiero",
    ]


def test_page_says_who_runs_the_server_in_its_language(world: World) -> None:
    in_force(world, **BOTH, operator_es="La empresa", root_reports_to_es="La secretaria")
    said = {each: Client().get(f"/concerns/{each}/").content.decode() for each in ("en", "es")}
    assert "Ada. They report to: The secretary." in said["en"]
    assert "La empresa" in said["es"]
    assert "The company" not in said["es"].partition('id="server"')[2].partition("</section>")[0]
    assert "Ada" in said["es"]
    assert "La secretaria" in said["es"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, []),
        ({"title_es_0": "Directora general"}, ["approved_es"]),
        ({"title_es_2": "Contralor"}, ["approved_es"]),
        ({"operator_es": "Otra empresa"}, ["approved_es"]),
        # Spanish says it in the same words, so both are others now.
        ({"root": "Grace"}, ["approved_en", "approved_es"]),
        ({"title_es_0": "Directora general", "again_es": "on"}, []),
        ({"title_es_0": "Directora general", "approved_es": "2026-11-20"}, []),
    ],
)
def test_approval_covers_titles_and_server(
    world: World, given: dict[str, str], refused: list[str]
) -> None:
    in_force(world, **BOTH, **TITLES)
    page = propose(at_the_desk(world, "chair"), world, **(BOTH | TITLES | given))
    assert RosterList.objects.filter(in_force_on=None).exists() is not bool(refused)
    if refused:
        assert list(page.context["form"].errors) == refused


def test_approval_ends_where_a_release_changes_the_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(world, **BOTH)
    assert opening.approved(world.roster) == ("en", "es")
    assert checks.words_are_those_approved(["default"]) == []
    released(monkeypatch, "es")
    assert opening.approved(world.roster) == ("en",)
    assert Client().get("/concerns/es/")["Location"] == "/concerns/en/"
    (found,) = checks.words_are_those_approved(["default"])
    assert (found.id, "approved: es." in found.msg) == ("whistleblower.W003", True)
    client = at_the_desk(world, "chair")
    assert "A new version of the portal" in client.get("/desk/readers/").context["approvals"][1]
    # The date on file is of other words.
    page = propose(client, world, **BOTH)
    assert list(page.context["form"].errors) == ["approved_es"]
    in_force(world, **BOTH | {"approved_es": "2026-11-20"})
    assert opening.approved(world.roster) == ("en", "es")
    assert Client().get("/concerns/es/").status_code == 200
    assert checks.words_are_those_approved(["default"]) == []


def test_channel_is_closed_where_no_approved_words_are_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(world, approved_en="2026-11-03")
    released(monkeypatch, "en")
    assert not opening.state().is_open
    assert "sec.gov/tcr" in Client().get("/concerns/en/report/").content.decode()


def test_which_texts_a_page_shows_is_approved_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "t.start.agency" in texts.shown()["start.html"]
    pages = {**texts.shown(), "start.html": ["t.start.title"]}
    monkeypatch.setattr(texts, "shown", lambda: pages)
    assert opening.approved(world.roster) == ()


def test_secretary_and_counsel_are_asked_for_the_approval(
    world: World, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    committee = world.channel.committee

    def asked(user: User) -> list[str]:
        as_of = AsOf(committee, NEXT.date(), world.company)
        return [each.sentence for each in home.asks_for_approval(as_of, user)]

    people: list[Any] = [secretary, world.counsel.user, world.chair.user]
    assert [asked(each) for each in people] == [[], [], []]
    released(monkeypatch, "es")
    said = ["The words of the concerns channel have changed: Spanish."]
    assert [asked(each) for each in people] == [said, said, []]


def test_secretary_reads_why_the_channel_is_closed(
    world: World, secretary: User, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(world, approved_en="2026-11-03")
    released(monkeypatch, "en")
    page = client_of(secretary).get("/channel/")
    assert page.context["outdated"] == ["English"]
    assert "takes no report until then" in page.content.decode()
