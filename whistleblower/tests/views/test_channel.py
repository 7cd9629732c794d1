"""The public form, page after page, as a browser without JavaScript sends it."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.test.client import encode_multipart

from records import clock
from whistleblower import opening
from whistleblower.crypto import codes
from whistleblower.enums import Outcome
from whistleblower.forms.public import asked_parts
from whistleblower.models import Case
from whistleblower.services import desk as desks
from whistleblower.services import handling, visits
from whistleblower.tests.channels import NEXT, World
from whistleblower.tests.views.test_desk import at_the_desk

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
TEXT = "Die Erlöse wurden zu früh gebucht; the goods were still in the yard."


def hidden(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page.content.decode()):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(unescape(value))
    return found


def press_done(client: Client, page: Any) -> None:
    """By the form on the page. What stands behind a question mark never reaches the portal: the
    WSGI door removes it."""
    (path,) = re.findall(r'action="(/concerns/\w+/done/)"', page.content.decode())
    assert client.post(path, hidden(page)).status_code == 200


def typed_back(code: str) -> dict[str, str]:
    parts = codes.parts(code)
    one, two = asked_parts(code)
    return {"one": parts[one - 1].upper(), "two": f" {parts[two - 1]} "}


def on_the_text_page(client: Client, language: str = "en", **who: Any) -> tuple[Any, str, str]:
    path = f"/concerns/{language}/report/"
    page = client.get(path)
    code = hidden(page)["code"][0]
    page = client.post(path, hidden(page) | typed_back(code))
    page = client.post(path, hidden(page) | {"others": ""} | who)
    return page, code, path


@pytest.mark.parametrize("language", ["en", "es"])
def test_report_is_sent_and_opened_by_its_code(world: World, language: str) -> None:
    client = Client()
    page, code, path = on_the_text_page(client, language)
    page = client.post(path, hidden(page) | {"what": TEXT})
    assert page.status_code == 200
    assert all(part in page.content.decode() for part in codes.parts(code))
    visit = visits.find(code)
    assert visit is not None
    assert visit.entries[0].data["texts"]["what"] == TEXT
    assert not client.cookies


def test_parts_that_are_not_those_of_the_code_are_said_beside_the_field(world: World) -> None:
    client = Client()
    page = client.get("/concerns/en/report/")
    code = hidden(page)["code"][0]
    page = client.post("/concerns/en/report/", hidden(page) | {"one": "wrong", "two": "wrong"})
    assert "This is not part" in page.content.decode()
    assert hidden(page)["code"] == [code]


def test_back_shows_the_same_code(world: World) -> None:
    client = Client()
    page = client.get("/concerns/en/report/")
    code = hidden(page)["code"]
    page = client.post("/concerns/en/report/", hidden(page) | {"saved": "1"})
    page = client.post("/concerns/en/report/", hidden(page) | {"to_code": "1"})
    assert hidden(page)["code"] == code


def test_two_tabs_make_two_cases_each_with_its_own_code(world: World) -> None:
    client = Client()
    first, second = on_the_text_page(client), on_the_text_page(client)
    for page, code, path in (first, second):
        sent = client.post(path, hidden(page) | {"what": TEXT})
        assert all(part in sent.content.decode() for part in codes.parts(code))
    assert Case.objects.count() == 2
    assert visits.find(first[1])
    assert visits.find(second[1])


def test_who_was_ticked_is_not_among_the_readers_shown(world: World) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client, out=[world.person("chair")])
    text = page.content.decode()
    assert world.chair.user.name not in text
    assert world.member.user.name in text
    page = client.post(path, hidden(page) | {"what": TEXT})
    assert world.chair.user.name not in page.content.decode()


def test_everyone_ticked_sees_who_would_read_before_sending(world: World) -> None:
    client = Client()
    everyone = [each.person for each in world.roster.entries]
    page, _code, _path = on_the_text_page(client, out=everyone)
    text = page.content.decode()
    assert "You marked everyone" in text
    assert world.board_chair.user.name in text
    assert not Case.objects.exists()


def test_text_with_the_code_is_not_stored(world: World) -> None:
    client = Client()
    page, code, path = on_the_text_page(client)
    text = f"{TEXT} {codes.parts(code)[3]}-{codes.parts(code)[4].upper()}"
    page = client.post(path, hidden(page) | {"what": text})
    assert "Your code is in your text" in page.content.decode()
    assert TEXT in unescape(page.content.decode())
    assert not Case.objects.exists()


def test_reader_named_among_those_who_should_not_read_brings_the_question(world: World) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client, others="Iris Counsel, who plays golf with Ann")
    page = client.post(path, hidden(page) | {"what": TEXT})
    assert "Your text names Iris Counsel" in page.content.decode()
    assert not Case.objects.exists()


def test_text_that_names_a_reader_brings_one_question(world: World) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client)
    page = client.post(path, hidden(page) | {"what": "Mr. Memberton told us to book it."})
    assert "Your text names Max Memberton" in page.content.decode()
    assert not Case.objects.exists()
    client.post(path, hidden(page) | {"what": "Mr. Memberton told us to book it."})
    assert Case.objects.count() == 1


def test_enter_in_a_field_sends_nothing_and_keeps_what_was_typed(world: World) -> None:
    """It presses the first button of the form."""
    client = Client()
    page, _code, path = on_the_text_page(client)
    first = re.findall(r'<button[^>]*type="submit"[^>]*>', page.content.decode())[0]
    assert 'name="stay"' in first
    typed = {"what": "", "when": "In May", "name": "Rosa", "urgent": "on", "stay": "1"}
    page = client.post(path, hidden(page) | typed)
    shown = page.content.decode()
    assert "Your report" in shown
    assert "Please write what happened." not in shown
    assert 'value="In May"' in shown
    assert "Rosa" in shown
    assert "checked" in shown
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["what", "when", "where", "how", "fear", "before", "name"])
def test_reader_named_in_any_field_brings_the_question(world: World, field: str) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client)
    form = hidden(page) | {"what": "It was booked twice."}
    page = client.post(path, form | {field: "Clara Chairwell was there."})
    assert "Your text names Clara Chairwell, who would read it." in page.content.decode()
    assert not Case.objects.exists()


def test_text_that_is_too_long_comes_back_whole(world: World) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client)
    long = "a" * 100_000
    page = client.post(path, hidden(page) | {"what": long})
    assert "too long: 100000 characters" in page.content.decode()
    assert long in page.content.decode()
    assert not Case.objects.exists()


def test_full_disk_takes_nothing_says_so_and_keeps_what_was_typed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, code = Client(), world.send()
    page, _code, path = on_the_text_page(client)
    client.post("/concerns/en/return/", {"step": "open", "code": code})
    monkeypatch.setattr(opening, "LEAST_ROOM", 10**18)
    report = client.post(path, hidden(page) | {"what": "Counted twice."}).content.decode()
    given = {"step": "message", "once": "m", "text": "Counted thrice."}
    message = client.post("/concerns/en/return/", given).content.decode()
    assert Case.objects.count() == 1
    for answer, text in ((report, "Counted twice."), (message, "Counted thrice.")):
        assert text in answer
        assert "Nothing was received." in answer
    for address in ("", "report/"):
        assert (
            "takes nothing at the moment" in client.get(f"/concerns/en/{address}").content.decode()
        )


def test_readers_that_changed_meanwhile_are_shown_before_sending(world: World) -> None:
    client = Client()
    page, _code, path = on_the_text_page(client)
    given = hidden(page) | {"what": TEXT, "out": [world.person("chair")]}
    page = client.post(path, given)
    assert "The list of people who will read has changed" in page.content.decode()
    assert not Case.objects.exists()


def test_after_done_nothing_of_the_form_is_shown(world: World) -> None:
    client = Client()
    page, code, path = on_the_text_page(client)
    given = hidden(page) | {"what": TEXT}
    press_done(client, client.post(path, given))
    again = client.post(path, given).content.decode()
    assert "Start again" in again
    assert not any(f"<strong>{part}</strong>" in again for part in codes.parts(code))
    page, code, path = on_the_text_page(client)
    assert "what" in page.content.decode()


def test_done_in_one_tab_keeps_what_is_written_in_another(world: World) -> None:
    client = Client()
    first, second = on_the_text_page(client), on_the_text_page(client)
    page, _code, path = first
    press_done(client, client.post(path, hidden(page) | {"what": TEXT}))
    page, code, path = second
    client.post(path, hidden(page) | {"what": TEXT})
    assert visits.find(code) is not None


def test_done_of_each_tab_closes_its_own_form(world: World) -> None:
    client = Client()
    tabs = [on_the_text_page(client) for _ in range(2)]
    for page, _code, path in tabs:
        press_done(client, client.post(path, hidden(page) | {"what": TEXT}))
    for page, _code, path in tabs:
        again = client.post(path, hidden(page) | {"what": TEXT})
        assert "Start again" in again.content.decode()


def test_another_site_cannot_send_the_form(world: World) -> None:
    client = Client()
    for header in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}):
        for path in ("/concerns/en/report/", "/concerns/en/return/"):
            answer = client.post(path, {}, **header)
            assert answer.status_code == 403
            assert "Another website sent this form" in answer.content.decode()


def test_browser_that_keeps_its_origin_to_itself_can_report(world: World) -> None:
    client = Client(headers={"origin": "null"})
    page, code, path = on_the_text_page(client)
    client.post(path, hidden(page) | {"what": TEXT})
    assert visits.find(code) is not None


def test_return_visit_without_its_token_does_nothing_and_keeps_what_was_typed(world: World) -> None:
    code, path = world.send(TEXT), "/concerns/en/return/"
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert token
    given = {"csrfmiddlewaretoken": token[1]}
    client.post(path, given | {"step": "open", "code": code})
    assert client.cookies["csrftoken"]["max-age"] == ""
    message = {"step": "message", "once": "a1", "text": "One thing more."}
    page = client.post(path, message)
    assert page.status_code == 403
    assert hidden(page)["text"] == ["One thing more."]
    assert not told(code, "message")
    client.post(path, given | message)
    assert told(code, "message") == [{"text": "One thing more."}]


def test_reporter_comes_back_reads_writes_and_replaces_the_code(world: World) -> None:
    code = world.send(TEXT)
    client = Client()
    path = "/concerns/es/return/"
    page = client.post(path, {"step": "open", "code": f" {code.upper()}\n"}, follow=True)
    assert TEXT in unescape(page.content.decode())
    given = {"step": "message", "once": "a1", "text": "Noch etwas."}
    for _ in range(2):
        client.post(path, given)
    page = client.get(path)
    assert page.content.decode().count("Noch etwas.") == 1
    assert "Su mensaje fue enviado." in page.content.decode()
    assert "Su mensaje fue enviado." not in client.get(path).content.decode()
    page = client.post(path, {"step": "new"})
    new = hidden(page)["new"][0]
    page = client.post(path, hidden(page) | typed_back(new), follow=True)
    assert TEXT in unescape(page.content.decode())
    assert "Desde ahora vale el código nuevo." in page.content.decode()
    assert visits.find(code) is None
    client.get("/concerns/es/done/")
    page = client.get(path)
    assert TEXT in unescape(page.content.decode())
    client.post("/concerns/es/done/")
    assert TEXT not in unescape(client.get(path).content.decode())


def test_new_code_that_is_sent_again_is_confirmed_again(world: World) -> None:
    code, path = world.send(TEXT), "/concerns/en/return/"
    client = Client()
    client.post(path, {"step": "open", "code": code})
    visit = client.cookies["visit"].value
    form = hidden(client.post(path, {"step": "new"})) | {"saved": "1"}
    for _ in range(2):
        # The first answer never arrived.
        client.cookies["visit"] = visit
        page = client.post(path, form, follow=True)
        assert "The new code counts from now on." in page.content.decode()
    page = client.post(path, form | {"new": codes.new_code("en")}, follow=True)
    assert page.status_code == 200
    assert visits.find(form["new"][0]) is None


def test_changed_words_in_the_same_form_are_another_message(world: World) -> None:
    """The browser's Back shows the form that was sent."""
    code, path = world.send(TEXT), "/concerns/en/return/"
    client = Client()
    client.post(path, {"step": "open", "code": code})
    form = {"step": "message", "once": "a1", "text": "Invoice 4711."}
    for sent in (form, form, form | {"text": "Invoice 4712."}):
        assert "Your message was sent." in client.post(path, sent, follow=True).content.decode()
    said = [{"text": "Invoice 4711."}, {"text": "Invoice 4712."}]
    assert told(code, "message") == said
    client.post(path, form | {"urgent": "on"})
    client.post(path, form | {"step": "name", "name": "Rosa"})
    assert told(code, "message") == [*said, {"text": "Invoice 4711.", "urgent": True}]
    assert len(told(code, "name")) == 2


@pytest.mark.parametrize("step", ["message", "name", "new", "hide", "replace"])
def test_page_of_one_report_writes_to_no_other(world: World, step: str) -> None:
    """Two reports in two tabs of one browser, which holds one cookie."""
    one, other, path = world.send(TEXT), world.send("Another matter."), "/concerns/en/return/"
    client = Client()
    page = client.post(path, {"step": "open", "code": one}, follow=True)
    (of,) = set(hidden(page)["of"])
    new = client.post(path, {"step": "new", "of": of})
    assert hidden(new)["of"] == [of]
    client.post(path, {"step": "open", "code": other})
    form = {"once": "a1", "text": "One thing more.", "name": "Rosa", **hidden(new), "saved": "1"}
    page = client.post(path, form | {"step": step, "of": of})
    assert "Another report was opened in this browser since." in page.content.decode()
    assert hidden(page)["text"] == ["One thing more."]
    assert [len(found.entries) for each in (one, other) if (found := visits.find(each))] == [3, 3]
    page = client.post(path, hidden(page) | {"code": one})
    assert hidden(page)["of"][0] == of
    assert "One thing more." in page.content.decode()


def test_code_is_printed_with_its_page(world: World) -> None:
    """Forms are not printed."""
    client, path = Client(), "/concerns/en/report/"
    page = client.get(path)
    sent = world.send(TEXT)
    client.post("/concerns/en/return/", {"step": "open", "code": sent})
    new = client.post("/concerns/en/return/", {"step": "new"})
    for each, name in ((page, "code"), (new, "new")):
        printed = re.sub(r"(?s)<form.*?</form>", "", each.content.decode())
        shown = re.findall(r"<strong>(\w+)</strong>", printed)
        assert " ".join(shown) == hidden(each)[name][0]


@pytest.mark.parametrize("step", ["who", "text"])
def test_code_among_the_other_people_is_not_stored(world: World, step: str) -> None:
    client = Client()
    page, code, path = on_the_text_page(client)
    form = hidden(page) | {"step": step, "others": f"Ana; {code}", "what": TEXT}
    page = client.post(path, form)
    assert "Your code is in your text." in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("day", "is_acknowledged", "said"),
    [
        ("2026-11-27", False, "No reader has confirmed it yet. That is due by November 27, 2026."),
        ("2026-11-28", False, "No reader has confirmed it yet."),
        ("2027-02-21", True, "confirmed that it was read. You get an answer by February 21, 2027."),
        ("2027-02-22", True, "confirmed that it was read."),
    ],
)
def test_date_that_has_passed_is_promised_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch, day: str, is_acknowledged: bool, said: str
) -> None:
    code = world.send()
    if is_acknowledged:
        (found,) = desks.open_cases(world.chair.desk(), at=NEXT)[0]
        handling.acknowledge(world.chair.desk(), found.case.pk, seen=found.last, at=NEXT)
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{day}T17:00+00:00"))
    page = Client().post("/concerns/en/return/", {"step": "open", "code": code}, follow=True)
    assert f"{said}</p>" in page.content.decode()


@pytest.mark.parametrize("by", ["reporter", "reader"])
def test_report_that_nobody_acknowledged_is_not_called_read_when_it_is_reopened(
    world: World, by: str
) -> None:
    code, desk = world.send(), world.chair.desk()
    (found,) = desks.open_cases(desk, at=NEXT)[0]
    pk, words = found.case.pk, {"text": "Nothing was found.", "reason": "Nothing was found."}
    handling.close(desk, pk, outcome=Outcome.NO_BASIS, **words, seen=found.last, at=NEXT)
    if by == "reporter":
        visits.add_message(code, "There is more.", "once", world.roster, on=NEXT.date())
    else:
        (found,) = desks.open_cases(desk, at=NEXT)[0]
        handling.reopen(desk, pk, reason="There is more.", seen=found.last, at=NEXT)
    page = Client().post("/concerns/en/return/", {"step": "open", "code": code}, follow=True)
    assert "No reader has confirmed it yet." in page.content.decode()
    assert "confirmed that it was read" not in page.content.decode()
    (found,) = desks.open_cases(desk, at=NEXT)[0]
    handling.acknowledge(desk, pk, seen=found.last, at=NEXT)
    page = Client().post("/concerns/en/return/", {"step": "open", "code": code}, follow=True)
    assert "confirmed that it was read" in page.content.decode()


def test_message_that_names_a_reader_brings_one_question(world: World) -> None:
    code = world.send(TEXT)
    client, path = Client(), "/concerns/en/return/"
    client.post(path, {"step": "open", "code": code})
    given = {"step": "message", "once": "a1", "text": "Mr. Memberton told us to book it."}
    said = unescape(client.post(path, given).content.decode())
    assert "Your message names Max Memberton" in said
    assert given["text"] in said
    assert 'name="asked" value="1"' in said
    assert not told(code, "message")
    member = world.member.uid
    page = client.post(path, given | {"asked": "1", "out": [member]})
    client.post(path, given | {"asked": "1", "out": [member], "then": hidden(page)["then"][0]})
    assert told(code, "message") == [{"text": given["text"]}]
    said = unescape(client.get(path).content.decode())
    assert f'value="{member}"' not in said
    assert f'value="{world.chair.uid}"' in said


def test_message_goes_to_a_reader_it_names_if_the_reporter_wants_it(world: World) -> None:
    code = world.send(TEXT)
    client, path = Client(), "/concerns/en/return/"
    client.post(path, {"step": "open", "code": code})
    given = {"step": "message", "once": "a1", "text": "Thank you, Mr. Memberton.", "asked": "1"}
    client.post(path, given)
    assert told(code, "message") == [{"text": given["text"]}]


def test_reporter_reads_before_sending_who_would_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    code = world.send(TEXT)
    (found,) = desks.open_cases(world.chair.desk(), at=NEXT)[0]
    client, path = Client(), "/concerns/en/return/"
    client.post(path, {"step": "open", "code": code})
    others = [uid for uid in found.state.holders if uid != world.counsel.uid]
    given = {"step": "message", "once": "a1", "text": "All of them knew.", "asked": "1"}
    page = client.post(path, given | {"out": others})
    said = unescape(page.content.decode())
    assert "So Bob Boardman would be added." in said
    assert f'value="{world.board_chair.uid}"' in said
    then = page.context["then"]
    assert [each["name"] for each in then.readers] == ["Iris Counsel", "Bob Boardman"]
    assert not told(code, "message")
    # Named of one set of people it is not named of another.
    mark = hidden(page)["then"][0]
    everybody = [*others, world.board_chair.uid]
    page = client.post(path, given | {"out": everybody, "then": mark})
    said = unescape(page.content.decode())
    assert "Only Iris Counsel would read your report." in said
    assert "The SEC: sec.gov/tcr" in said
    assert not told(code, "message")
    client.post(path, given | {"out": others, "then": mark})
    assert told(code, "message") == [{"text": given["text"]}]
    assert not desks.open_cases(world.chair.desk(), at=NEXT)[0]
    assert desks.open_cases(world.board_chair.desk(), at=NEXT)[0]
    # Sent again it is the same message, whoever reads by now.
    page = client.post(path, given | {"out": others, "then": mark}, follow=True)
    assert "Your message was sent." in page.content.decode()
    assert len(told(code, "message")) == 1


def test_reporter_who_takes_out_all_but_one_is_read_by_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    code = world.send(TEXT)
    client, path = Client(), "/concerns/en/return/"
    client.post(path, {"step": "open", "code": code})
    others = [uid for uid in world.roster.uids if uid != world.counsel.uid]
    given = {"step": "message", "once": "a1", "text": "All of them knew.", "asked": "1"}
    page = client.post(path, given | {"out": others})
    client.post(path, given | {"out": others, "then": hidden(page)["then"][0]})
    assert told(code, "message") == [{"text": given["text"]}]
    (row,) = at_the_desk(world, "counsel").get("/desk/").context["rows"]
    assert any("Only one reader. Give the case to another" in str(each) for each in row.marks)
    # Where one is left already nothing is said again.
    client.post(path, given | {"once": "a2", "text": "One thing more."})
    assert len(told(code, "message")) == 2


def test_message_that_nobody_could_read_is_not_sent(world: World) -> None:
    code = world.send(TEXT)
    client, path = Client(), "/concerns/en/return/"
    client.post(path, {"step": "open", "code": code})
    everybody = [each.uid for each in world.roster.entries]
    given = {"step": "message", "once": "a1", "text": "All of them.", "out": everybody}
    page = client.post(path, given)
    for then in ("", hidden(page)["then"][0]):
        page = client.post(path, given | {"then": then})
        said = unescape(page.content.decode())
        assert "Nobody would be left to read your message" in said
        assert "The SEC: sec.gov/tcr" in said
        assert given["text"] in said
    assert not told(code, "message")


def test_page_says_before_the_report_that_one_person_would_read_it(world: World) -> None:
    client = Client()
    page, __, path = on_the_text_page(client)
    others = [world.person(name) for name in world.readers if name != "member"]
    page = client.post(path, hidden(page) | {"step": "who", "out": others})
    assert "Only Max Memberton would read your report" in unescape(page.content.decode())
    page = client.post(path, hidden(page) | {"step": "who", "out": others[1:]})
    assert page.context["one"] == ""


def told(code: str, kind: str) -> list[Any]:
    visit = visits.find(code)
    assert visit is not None
    return [each.data for each in visit.entries if each.kind.value == kind]


def test_unknown_and_mistyped_codes_get_the_same_bytes(world: World) -> None:
    code = world.send(TEXT)
    visits.replace_code(code, codes.new_code("en"))
    path = "/concerns/en/return/"
    answers = set()
    for typed in (code, codes.new_code("en"), "x", "", "a\x00b", "ä" * 30_000, "<b>"):
        page = Client().post(path, {"step": "open", "code": typed})
        answers.add(re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page.content))
    assert len(answers) == 1


def test_headers_of_the_channel(world: World) -> None:
    page = Client().get("/concerns/")
    headers = page.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert Client().get("/concerns/en/report/").headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "<script" not in page.content.decode()


def test_who_has_a_code_comes_back_after_the_company_chose_an_outside_line(world: World) -> None:
    from committees.tests.factories import SIGNED
    from whistleblower.enums import Way
    from whistleblower.services import readers

    code = world.send(TEXT)
    line = {"outside_name": "A line", "outside_address": "line.example"}
    readers.choose_way(world.channel.committee, way=Way.OUTSIDE, **line, **SIGNED)
    client = Client()
    assert "A line" in client.get("/concerns/en/report/").content.decode()
    page = client.post("/concerns/en/return/", {"step": "open", "code": code}, follow=True)
    assert TEXT in unescape(page.content.decode())


def test_list_that_does_not_verify_closes_the_channel(world: World) -> None:
    from whistleblower.models import RosterList

    listed = RosterList.objects.get()
    text = listed.text.replace(listed.roster.entries[0].opens, "ab" * 32)
    RosterList.objects.update(text=text)
    client = Client()
    page = client.get("/concerns/en/report/").content.decode()
    assert "This form is closed" in page
    assert "The SEC" in page
    client.post("/concerns/en/report/", {"step": "text", "code": codes.new_code("en"), "what": "x"})
    assert not Case.objects.exists()


def test_text_of_several_megabytes_comes_back_whole(world: World) -> None:
    client = Client()
    page, __, path = on_the_text_page(client)
    text = "ñ" * 1_500_000
    body = urlencode(hidden(page) | {"what": text}, doseq=True)
    page = client.post(path, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 200
    assert text in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("path", ["/concerns/en/report/", "/concerns/es/return/"])
def test_form_that_is_too_large_is_read_to_its_end_and_answered(
    world: World, path: str, kind: str
) -> None:
    given = {"step": "text", "what": "a" * 17_000_000}
    is_plain = kind.endswith("urlencoded")
    body = urlencode(given).encode() if is_plain else encode_multipart("x", given)
    stream = BytesIO(body)
    environ = RequestFactory().get(path).environ | {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind if is_plain else f"{kind}; boundary=x",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": stream,
    }
    started: list[str] = []
    # A request of a server ends the connection of an earlier one: here, that of the test.
    request_started.disconnect(close_old_connections)
    try:
        answer = WSGIHandler()(environ, lambda status, headers: started.append(status))
    finally:
        request_started.connect(close_old_connections)
    assert started[0].startswith("413")
    assert b"too large" in b"".join(answer) or "/es/" in path
    assert stream.tell() == len(body)
    assert not Case.objects.exists()
