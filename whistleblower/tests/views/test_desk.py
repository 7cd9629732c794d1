"""The desk through its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from records import clock
from whistleblower.crypto import codes
from whistleblower.crypto import roster as rosters
from whistleblower.models import Case, OpenDesk, RosterList, RosterSignature
from whistleblower.services import desk as desks
from whistleblower.services import handling, visits
from whistleblower.tests.channels import NEXT, TEXT, TODAY, World

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)


def at_the_desk(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.readers[name].user)
    answer = client.post("/desk/", {"passphrase": world.readers[name].passphrase.upper()})
    assert answer.status_code == 302
    return client


def act(client: Client, pk: str, name: str, **given: Any) -> Any:
    path = f"/desk/cases/{pk}/{name}/"
    seen = client.get(path).context["form"]["seen"].value()
    return client.post(path, {"typed": "1", "seen": seen} | given)


def test_passphrase_opens_the_desk_and_nothing_else_does(world: World) -> None:
    client = Client()
    client.force_login(world.chair.user)
    for wrong in ("", "six words that are not right", world.member.passphrase):
        page = client.post("/desk/", {"passphrase": wrong})
        assert "does not open your desk" in page.content.decode()
    assert not OpenDesk.objects.exists()
    client.post("/desk/", {"passphrase": world.chair.passphrase})
    assert client.cookies["desk"]["path"] == "/desk/"
    assert "Cases by next date" not in client.get("/desk/").content.decode()


def test_cookie_of_another_person_opens_nothing(world: World) -> None:
    world.send()
    other = Client()
    other.force_login(world.member.user)
    other.cookies["desk"] = at_the_desk(world, "chair").cookies["desk"].value
    assert "Passphrase" in other.get("/desk/").content.decode()


def test_reader_takes_a_case_to_its_end(world: World) -> None:
    code = world.send(name="Rosa Reporter")
    client = at_the_desk(world, "chair")
    pk = Case.objects.get().pk
    assert "Read the case" in client.get(f"/desk/cases/{pk}/").content.decode()
    page = client.post(f"/desk/cases/{pk}/", follow=True).content.decode()
    assert TEXT in page
    assert "Rosa Reporter" not in page
    act(client, pk, "acknowledge")
    act(client, pk, "category", category="accounting", country="us")
    act(client, pk, "next", next_on="2026-12-01", what="Ask the controller")
    act(client, pk, "note", text="We look at the invoices first.")
    act(client, pk, "decision", text="Independent counsel looks into it.")
    act(client, pk, "presented", on="2026-11-21")
    opened = act(client, pk, "name", reason="To call back").content.decode()
    assert "Rosa Reporter" in opened
    act(client, pk, "reply", text="Thank you. We look into it.")
    act(client, pk, "hold", reason="A lawsuit is expected.")
    act(client, pk, "close", outcome="substantiated", text="It was booked again.", reason="Done.")
    page = client.get(f"/desk/cases/{pk}/").content.decode()
    for told in ("Accounting, revenue", "Ask the controller", "Closed", "Legal hold"):
        assert told in page
    visit = visits.find(code)
    assert visit is not None
    kinds = [each.kind.value for each in visit.entries]
    assert kinds[3:] == ["acknowledged", "reply", "outcome", "closed"]


def test_page_says_how_many_names_were_for_another_lead(world: World) -> None:
    code = world.send(name="Rosa Reporter")
    chair, member, second = (at_the_desk(world, name) for name in ("chair", "member", "second"))
    pk = Case.objects.get().pk
    for client in (chair, member, second):
        client.post(f"/desk/cases/{pk}/")
    for client in (member, second):
        act(client, pk, "lead", lead=world.member.uid, reason="Knows the plant.")
    refused = act(member, pk, "name", reason="To call back").content.decode()
    assert "Your keys open no name in this case." in refused
    visits.add_name(code, "Extension 12", "once", world.roster, on=NEXT.date())
    page = act(member, pk, "name", reason="To call back").content.decode()
    assert "Extension 12" in page
    assert "One more entry was for another lead" in page
    page = chair.get(f"/desk/cases/{pk}/").content.decode()
    assert f"/desk/cases/{pk}/name/" in page
    page = act(chair, pk, "name", reason="To call back").content.decode()
    assert "Rosa Reporter" in page
    assert f"/desk/cases/{pk}/name/" not in second.get(f"/desk/cases/{pk}/").content.decode()


def test_flagged_message_waits_until_a_second_reader_releases_it(world: World) -> None:
    code = world.send()
    client, second = at_the_desk(world, "chair"), at_the_desk(world, "member")
    pk = Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    second.post(f"/desk/cases/{pk}/")
    act(client, pk, "reply", text="Please keep this between us.")
    place = client.get(f"/desk/cases/{pk}/").context["awaiting"][0]["place"]
    assert "Please keep" not in told(code)
    refused = act(client, pk, "release", place=place, reason="It is fine.")
    assert "not its author" in refused.content.decode()
    act(second, pk, "release", place=place, reason="No condition on agencies.")
    assert "Please keep" in told(code)


@pytest.mark.parametrize("is_proposed", [False, True])
def test_no_number_on_the_page_counts_a_proposal_that_its_reader_must_not_see(
    world: World, is_proposed: bool
) -> None:
    world.send()
    chair, member = at_the_desk(world, "chair"), at_the_desk(world, "member")
    pk = Case.objects.get().pk
    chair.post(f"/desk/cases/{pk}/")
    member.post(f"/desk/cases/{pk}/")
    if is_proposed:
        act(chair, pk, "remove", reader=world.member.uid, reason="Signed the invoices.")
    act(chair, pk, "remove", reader=world.second.uid, reason="Booked them.")
    act(chair, pk, "reply", text="Please keep this between us.")
    page = member.get(f"/desk/cases/{pk}/")
    assert [each["place"] for each in page.context["awaiting"]] == [1]
    assert [each["place"] for each in page.context["proposals"]] == [1]
    hidden = re.findall(r'name="(?!csrf)(\w+)" value="(\w+)"', page.content.decode())
    assert hidden == [("place", "1"), ("place", "1")]


def test_second_held_message_keeps_its_place_when_the_first_is_released(world: World) -> None:
    code = world.send()
    chair, member = at_the_desk(world, "chair"), at_the_desk(world, "member")
    pk = Case.objects.get().pk
    chair.post(f"/desk/cases/{pk}/")
    for text in ("Please keep this between us.", "Please keep quiet about it."):
        act(chair, pk, "reply", text=text)
    act(member, pk, "release", place=1, reason="No condition on agencies.")
    refused = act(member, pk, "release", place=1, reason="Once more.")
    assert "not waiting any more" in refused.content.decode()
    act(member, pk, "release", place=2, reason="No condition on agencies.")
    assert "Please keep quiet" in told(code)


def told(code: str) -> str:
    visit = visits.find(code)
    assert visit is not None
    return str([each.data for each in visit.entries])


def test_form_that_was_overtaken_is_refused_and_keeps_what_was_typed(world: World) -> None:
    world.send()
    client, second = at_the_desk(world, "chair"), at_the_desk(world, "member")
    pk = Case.objects.get().pk
    path = f"/desk/cases/{pk}/note/"
    seen = client.get(path).context["form"]["seen"].value()
    act(second, pk, "note", text="First.")
    page = client.post(path, {"typed": "1", "seen": seen, "text": "Second."}).content.decode()
    assert "Somebody wrote to the case after you opened this page" in page
    assert "Second." in page


def test_what_was_typed_survives_a_desk_that_closed(world: World) -> None:
    world.send()
    client = at_the_desk(world, "chair")
    pk = Case.objects.get().pk
    path = f"/desk/cases/{pk}/note/"
    seen = client.get(path).context["form"]["seen"].value()
    del client.cookies["desk"]
    page = client.post(path, {"typed": "1", "seen": seen, "text": "A long note."})
    assert "What you typed is kept" in page.content.decode()
    kept = dict(page.context["kept"]) | {"passphrase": world.chair.passphrase, "typed": "1"}
    client.post(path, kept)
    client.post(f"/desk/cases/{pk}/")
    assert "A long note." in client.get(f"/desk/cases/{pk}/").content.decode()


def test_hidden_case_answers_like_one_that_is_not_there(world: World) -> None:
    world.send(ticked=frozenset({world.person("chair")}))
    client = at_the_desk(world, "chair")
    pk = Case.objects.get().pk
    there = client.get(f"/desk/cases/{pk}/")
    made_up = client.get("/desk/cases/0123456789abcdef0123456789abcdef/")
    assert there.status_code == made_up.status_code == 404
    assert there.content == made_up.content


def test_readers_see_whom_the_reporter_marked_and_the_reporter_knows_that(world: World) -> None:
    world.send(ticked=frozenset({world.person("chair"), world.officer("finance")}))
    client = at_the_desk(world, "member")
    pk = Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    marked = client.get(f"/desk/cases/{pk}/").context["marked"]
    assert marked == ["Clara Chairwell", "Olga Finance"]
    given = {"code": codes.new_code("en"), "step": "code", "saved": "1"}
    page = Client().post("/concerns/en/report/", given).content.decode()
    assert "The readers see whom you mark" in page


def test_closed_desk_asks_again(world: World) -> None:
    client = at_the_desk(world, "chair")
    client.post("/desk/close/")
    assert not OpenDesk.objects.exists()
    assert "Passphrase" in client.get("/desk/").content.decode()


def test_key_is_made_verified_and_its_passphrase_replaced(
    world: World, independent_counsel: Any
) -> None:
    client = Client()
    client.force_login(independent_counsel)
    made = client.post("/desk/key/", {"step": "make"}).context["made"]
    given = {"step": "verify", "passphrase": made.passphrase, "sheet": made.sheet.upper()}
    wrong = client.post("/desk/key/", given | {"sheet": "wrong"})
    assert "not the words of the recovery sheet" in wrong.content.decode()
    client.post("/desk/key/", given)
    client.post("/desk/", {"passphrase": made.passphrase})
    page = client.get("/desk/readers/").content.decode()
    assert "List 1, in effect" in page
    again = client.post("/desk/key/", {"step": "lost", "sheet": made.sheet}).context["made"]
    assert again.passphrase != made.passphrase


def test_sheet_names_its_reader_and_the_first_list(world: World) -> None:
    """The desk asks at every opening to compare six words with the sheet."""
    client, six = Client(), rosters.fingerprint(RosterList.objects.get(number=1).text)
    client.force_login(world.chair.user)
    sheet = {"step": "lost", "sheet": world.chair.sheet}
    page = client.post("/desk/key/", sheet).content.decode()
    assert "Reader: Clara Chairwell. Key made on November 20, 2026." in page
    assert f"<strong>{six}</strong>" in page
    # Printed apart from the passphrase, and without what is asked below.
    assert page.index("Your passphrase") < page.index('<h2 class="own-sheet">')
    assert page.index('<div class="screen-only">') < page.index("Lost passphrase</h2>")
    RosterSignature.objects.all().delete()
    RosterList.objects.all().delete()
    assert "Leave room for six more words." in client.post("/desk/key/", sheet).content.decode()


@pytest.mark.parametrize(
    ("name", "button"), [("chair", "Propose removal"), ("counsel", "Take reader out")]
)
def test_button_says_what_counsel_does_at_once(world: World, name: str, button: str) -> None:
    world.send()
    client = at_the_desk(world, name)
    page = client.get(f"/desk/cases/{Case.objects.get().pk}/remove/").content.decode()
    assert f">{button}</button>" in page


def test_reader_who_came_in_is_told_no_category_no_country_and_no_hold(world: World) -> None:
    """They stand among the notes that do not open."""
    code = world.send()
    pk, chair = Case.objects.get().pk, at_the_desk(world, "chair")
    chair.post(f"/desk/cases/{pk}/")
    act(chair, pk, "category", category="fraud", country="italy")
    out = frozenset(world.readers[name].uid for name in ("colleague", "chair", "member", "second"))
    visits.add_message(code, "They knew.", "once", world.roster, out=out, urgent=True, on=TODAY)
    client = at_the_desk(world, "board_chair")
    client.post(f"/desk/cases/{pk}/")
    page = client.get(f"/desk/cases/{pk}/").content.decode()
    for said in ("No category that you can see", "Counts as held", "Among the notes that do not"):
        assert said in page
    for said in ("No category yet", "United States", "<strong>Legal hold</strong>"):
        assert said not in page


def test_every_page_of_the_demo_says_that_its_keys_are_in_the_open(
    world: World, settings: Any
) -> None:
    settings.DEMO = True
    world.send()
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    closed = Client()
    closed.force_login(world.chair.user)
    pages = [closed.get("/desk/")]
    for path in ("", "key/", "intake/", "readers/", f"cases/{pk}/", f"cases/{pk}/note/"):
        pages.append(client.get(f"/desk/{path}"))
    said = "This demonstration keeps its keys in the open."
    assert [said in page.content.decode() for page in pages] == [True] * 7


def test_key_is_ended_only_by_who_says_so(world: World) -> None:
    client = Client()
    client.force_login(world.chair.user)
    page = client.post("/desk/key/", {"step": "give_up"}).content.decode()
    assert "This field is required" in page
    client.post("/desk/", {"passphrase": world.chair.passphrase})
    assert "Passphrase" not in client.get("/desk/").content.decode()
    client.post("/desk/key/", {"step": "give_up", "is_sure": "on"})
    assert "Passphrase" in client.get("/desk/").content.decode()
    assert "Make my key" in client.get("/desk/key/").content.decode()


def test_cases_of_a_flood_become_line_tests_in_one_act(world: World) -> None:
    for number in range(4):
        world.send(f"Report {number}", is_suspicious=number < 3, urgent=True)
    client = at_the_desk(world, "chair")
    boxes = [row.box for row in client.get("/desk/").context["boxes"]]
    assert len(boxes) == 3
    kept, written, *marked = boxes
    handling.note(world.member.desk(), written.split(":")[0], text="Real.", seen=3, at=NEXT)
    made_up = f"{'0' * 32}:3"
    client.post("/desk/", {"test": [written, *marked, made_up, "nonsense"]})
    tests = {
        each.case.pk
        for each in desks.open_cases(world.chair.desk(), at=NEXT)[0]
        if each.state.is_line_test
    }
    assert tests == {each.split(":")[0] for each in marked}
    left = [row.box.split(":")[0] for row in client.get("/desk/").context["boxes"]]
    assert sorted(left) == sorted(each.split(":")[0] for each in (kept, written))
