"""A letter, a call or a visit, recorded at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from committees.services import officers
from committees.tests.factories import SIGNED, a_director
from records import clock
from whistleblower import registers
from whistleblower.crypto import codes
from whistleblower.enums import Arrival
from whistleblower.models import Case, RosterList
from whistleblower.services import desk as desks
from whistleblower.services import handling, visits
from whistleblower.tests.channels import NEXT, World
from whistleblower.tests.views.test_desk import act, at_the_desk

pytestmark = pytest.mark.django_db
LETTER = {
    "typed": "1",
    "arrival": "letter",
    "received_on": "2026-11-10",
    "what": "The stock was counted twice.",
    "language": "en",
}


@pytest.fixture(autouse=True)
def _next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)


def record(client: Client, **given: Any) -> Any:
    """Fill in the form, read who would read it, and record."""
    code = client.get("/desk/intake/").context["form"]["code"].value()
    sent = LETTER | {"code": code} | given
    review = client.post("/desk/intake/", sent)
    again = review.context["form"]
    assert not Case.objects.exists()
    sent |= {name: again[name].value() for name in ("shown", "code")}
    return client.post("/desk/intake/", sent)


def test_letter_becomes_a_case_with_a_code_for_its_writer(world: World) -> None:
    page = record(at_the_desk(world, "chair"), name="Rosa Reporter", can_hand_over="on")
    assert "shown once" in page.content.decode()
    (found,) = desks.open_cases(world.member.desk(), at=NEXT)[0]
    assert found.state.arrival is Arrival.LETTER
    assert found.entries[0].by == world.chair.uid
    names = handling.read_name(world.counsel.desk(), found.case.pk, reason="To call", at=NEXT)
    assert names.read == ("Rosa Reporter",)
    code = " ".join(part["word"] for part in page.context["parts"])
    visit = visits.find(code)
    assert visit is not None
    answer = Client().post("/concerns/en/return/", {"step": "open", "code": code}, follow=True)
    told = answer.content.decode()
    assert "A reader wrote this down from your letter, call or visit." in told
    assert LETTER["what"] in told


def test_deadlines_run_from_the_date_on_which_it_was_received(world: World) -> None:
    record(at_the_desk(world, "chair"))
    client = at_the_desk(world, "chair")
    (row,) = client.get("/desk/").context["rows"]
    assert "Acknowledgment was due November 17, 2026." in row.due
    client.post(row.url)
    page = client.get(row.url).content.decode()
    said = "Letter, received November 10, 2026. Recorded by Clara Chairwell on November 21, 2026."
    assert f"{said} Nobody has the code: the reporter cannot read answers." in page


def test_who_would_read_is_said_before_it_is_recorded(world: World) -> None:
    client = at_the_desk(world, "member")
    code = client.get("/desk/intake/").context["form"]["code"].value()
    given = LETTER | {
        "code": code,
        "out": [world.person("chair")],
        "what": "It was Cole Colleague.",
    }
    page = client.post("/desk/intake/", given)
    assert "Clara Chairwell" not in page.context["readers"]
    assert page.context["named"] == ["Cole Colleague"]
    assert page.context["form"]["what"].value() == "It was Cole Colleague."
    assert not Case.objects.exists()
    shown = page.context["form"]["shown"].value()
    # Another mark changes who would read it, so that it is said again.
    given |= {"shown": shown, "out": [world.person("chair"), world.person("colleague")]}
    page = client.post("/desk/intake/", given)
    assert "Cole Colleague" not in page.context["readers"]
    assert not Case.objects.exists()


def test_who_is_concerned_gets_no_key_of_what_was_recorded(world: World) -> None:
    record(at_the_desk(world, "member"), out=[world.person("chair")])
    assert desks.open_cases(world.chair.desk(), at=NEXT) == ([], [])
    assert desks.open_cases(world.member.desk(), at=NEXT)[0]


def test_sent_again_it_is_recorded_once(world: World) -> None:
    client = at_the_desk(world, "chair")
    page = record(client, can_hand_over="on")
    again = page.context["form"].data
    parts = page.context["parts"]
    assert client.post("/desk/intake/", again).context["parts"] == parts
    assert parts
    for change in ({"what": "Something else"}, {"can_hand_over": ""}):
        other = client.post("/desk/intake/", again.dict() | change)
        assert "Another text was recorded with this form." in other.content.decode()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "given"),
    [
        # The reporter cannot be reached, or the reader does not say so.
        ("chair", {}),
        # The case concerns the reader who recorded it.
        ("chair", {"can_hand_over": "on", "out": "chair"}),
        # Somebody in free text: independent counsel alone reads it first.
        ("chair", {"can_hand_over": "on", "others": "A foreman"}),
    ],
)
def test_code_is_not_seen_by_who_cannot_hand_it_over_or_gets_no_key(
    world: World, who: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    new_code = codes.new_code
    monkeypatch.setattr(
        codes, "new_code", lambda language: drawn.append(new_code(language)) or drawn[-1]
    )
    more: dict[str, Any] = given | ({"out": [world.person(given["out"])]} if "out" in given else {})
    client = at_the_desk(world, who)
    form = client.get("/desk/intake/")
    sent = LETTER | more | {"code": form.context["form"]["code"].value()}
    review = client.post("/desk/intake/", sent)
    shown = review.context["form"]["shown"].value()
    page = client.post("/desk/intake/", sent | {"shown": shown})
    assert bytes(Case.objects.get().locator) in {codes.locator(each) for each in drawn}
    assert "The code is not shown to you" in page.content.decode()
    for code in drawn:
        for seen in (form, review, page):
            assert not codes.stands_in(code, seen.content.decode())


def test_page_that_loses_its_code_starts_with_a_new_one(world: World) -> None:
    client = at_the_desk(world, "chair")
    page = client.post("/desk/intake/", LETTER | {"code": "made up \u2019"})
    assert page.context["form"].cleaned_data["code"]
    assert not Case.objects.exists()


def test_another_language_is_shown_again_before_it_is_recorded(world: World) -> None:
    client = at_the_desk(world, "chair")
    page = client.get("/desk/intake/")
    sent = LETTER | {"code": page.context["form"]["code"].value()}
    shown = client.post("/desk/intake/", sent).context["form"]["shown"].value()
    sent |= {"shown": shown, "language": "es"}
    for _ in range(2):
        page = client.post("/desk/intake/", sent)
        assert "Nothing is recorded yet" in page.content.decode()
    assert not Case.objects.exists()
    client.post("/desk/intake/", sent | {"code": page.context["form"]["code"].value()})
    assert Case.objects.count() == 1


def test_list_that_does_not_verify_is_said_and_keeps_what_was_typed(world: World) -> None:
    client = at_the_desk(world, "chair")
    code = client.get("/desk/intake/").context["form"]["code"].value()
    RosterList.objects.update(text="Another list")
    page = client.post("/desk/intake/", LETTER | {"code": code, "out": [world.officer("finance")]})
    told = page.content.decode()
    assert "The list of readers does not verify" in told
    assert LETTER["what"] in told
    assert page.context["form"]["out"].value() == [world.officer("finance")]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("received_on", "2026-11-22", "This date is in the future."),
        ("received_on", "", "This field is required."),
        ("what", "", "This field is required."),
        ("arrival", "dream", "Select a valid choice."),
        ("out", "nobody-1", "Select a valid choice."),
        ("language", "xx", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_loses_nothing(
    world: World, field: str, value: str, said: str
) -> None:
    client = at_the_desk(world, "chair")
    code = client.get("/desk/intake/").context["form"]["code"].value()
    given = LETTER | {"code": code, "others": "A foreman", field: value}
    page = client.post("/desk/intake/", given)
    if page.context["form"]["shown"].value():
        page = client.post(
            "/desk/intake/", given | {"shown": page.context["form"]["shown"].value()}
        )
    form = page.context["form"]
    assert said in str(form.errors[field])
    assert form["others"].value() == "A foreman"
    assert not Case.objects.exists()


def test_what_was_typed_survives_a_desk_that_closed(world: World) -> None:
    client = at_the_desk(world, "chair")
    code = client.get("/desk/intake/").context["form"]["code"].value()
    del client.cookies["desk"]
    door = client.post("/desk/intake/", LETTER | {"code": code})
    kept = dict(door.context["kept"]) | {"passphrase": world.chair.passphrase, "typed": "1"}
    page = client.post("/desk/intake/", kept)
    assert page.context["form"]["what"].value() == LETTER["what"]


def test_first_day_list_of_a_case_that_concerns_an_officer(world: World) -> None:
    world.send(ticked=frozenset({world.officer("finance")}))
    client = at_the_desk(world, "chair")
    (row,) = client.get("/desk/").context["rows"]
    assert "First-day list: 6 steps without an entry." in row.due
    client.post(row.url)
    pk = Case.objects.get().pk
    act(client, pk, "hold", reason="A lawsuit is expected.")
    act(client, pk, "first", step="counsel", text="Engaged on the same day.")
    (row,) = client.get("/desk/").context["rows"]
    assert "First-day list: 5 steps without an entry." in row.due
    hold, counsel, auditor, *_ = client.get(row.url).context["first_day"]
    assert (counsel.on, counsel.is_open) == (NEXT.date(), False)
    # The hold on the case keeps the case, not the company's records.
    assert (hold.is_open, auditor.is_open) == (True, True)
    act(client, pk, "first", step="hold", text="Counsel told the finance department.")
    (row,) = client.get("/desk/").context["rows"]
    assert "First-day list: 4 steps without an entry." in row.due


@pytest.mark.parametrize("before", ["title", "director"])
def test_officer_who_was_in_the_registers_before_has_a_first_day_list(
    world: World, before: str
) -> None:
    finance, today = world.officers["finance"], NEXT.date()
    if before == "title":
        officers.end_office(finance, ends_on=today, **SIGNED)
        finance = officers.add_officer(
            name=finance.name, title="Chief operating officer", starts_on=today, **SIGNED
        )
    else:
        a_director(finance.name)
    key = next(
        each.key for each in registers.registers(today).officers if each.name == finance.name
    )
    world.send(ticked=frozenset({key}))
    (row,) = at_the_desk(world, "chair").get("/desk/").context["rows"]
    assert "First-day list: 6 steps without an entry." in row.due


def test_case_that_concerns_no_officer_has_no_first_day_list(world: World) -> None:
    world.send(ticked=frozenset({world.person("member")}))
    client = at_the_desk(world, "chair")
    (row,) = client.get("/desk/").context["rows"]
    client.post(row.url)
    assert client.get(row.url).context["first_day"] == []
    assert not any("First-day" in line for line in row.due)
