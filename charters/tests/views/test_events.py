"""Events through their pages: entering, changing, deadlines, closing, the sheet."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from charters.answers import Link
from charters.models import Event
from charters.registry import EVENT_OFFERS, EVENT_TEMPLATES, EventOffer
from charters.reports.event_sheet import sheet_html
from charters.rules.event_templates import EventTemplate
from charters.services import events
from charters.tests.charters import AT, Stage, set_the_stage
from committees import services
from records import pdf
from records.models import Company
from records.stale import VERSION

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
FRIDAY = date(2026, 11, 13)
KNOWN = {"title": "Comment letter received", "learned_on": "2026-11-13", "learned": "Three."}
REPLY = {"what": "Reply", "days": "10", "counting": "business", "starts": "learned"}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


@pytest.fixture
def event(stage: Stage, secretary: User) -> Event:
    return the_event(stage, secretary)


def the_event(stage: Stage, by: User, **known: Any) -> Event:
    given = {"title": "Comment letter received", "learned_on": FRIDAY} | known
    made = events.enter_event(stage.committee, template="charters.blank", by=by, at=AT, **given)
    events.enter_deadline(made, what="Reply", days=10, rule="the letter", by=by, at=AT)
    return made


def text(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def test_what_happened_is_entered_and_shown_with_its_deadline(stage: Stage, client: Client) -> None:
    begun = client.get("/events/new/", follow=True)
    assert begun.redirect_chain == [("/events/new/charters.blank/", 302)]
    page = client.post("/events/new/charters.blank/", KNOWN, follow=True)
    event = Event.objects.get()
    assert page.redirect_chain == [(f"/events/{event.pk}/", 302)]
    assert "No deadlines" in text(page)
    said = text(client.post(f"/events/{event.pk}/deadline/", REPLY, follow=True))
    assert "Monday, November 30, 2026" in said
    assert (
        "10 business days from November 13, 2026, the date learned: day 1 is November 16, 2026, day 10 is November 30, 2026. November 26, 2026 is a holiday and is not counted."
        in said
    )
    assert "in 10 days" in said


def test_deadline_of_an_event_that_has_passed_is_said_as_passed(
    event: Event, client_of: ClientOf, secretary: User
) -> None:
    assert "The date has passed" not in text(client_of(secretary).get("/deadlines/"))
    with time_machine.travel(AT + timedelta(days=40), tick=False):
        page = text(client_of(secretary).get("/deadlines/"))
        assert "was due Nov 30, 2026" in text(client_of(secretary).get("/events/"))
        assert "The date has passed. Every business day until it is done." in page


def test_only_readers_of_events_are_offered_to_follow_it_up(
    event: Event, client: Client, internal_auditor: User, member: User, management: User
) -> None:
    offered = set(
        client.get(f"/events/{event.pk}/change/").context["form"].fields["responsible"].queryset
    )
    assert {member, management} <= offered
    assert internal_auditor not in offered


def test_earlier_wording_stays_readable(event: Event, client: Client) -> None:
    client.post(f"/events/{event.pk}/change/", KNOWN | {"learned_on": "2026-11-12"})
    said = text(client.get(f"/events/{event.pk}/"))
    assert "Changed by Sara Secretary." in said
    assert "Before: what was learned: nothing; learned on: Nov 13, 2026" in said


def test_what_was_determined_is_not_wiped_by_a_form_opened_before(
    event: Event, client: Client
) -> None:
    """A telephone number saved late would have taken the determination and its deadline along."""
    url = f"/events/{event.pk}/change/"
    clock = REPLY | {"starts": "determined"}
    client.post(f"/events/{event.pk}/deadline/", clock)
    opened = client.get(url).context["form"]
    client.post(url, KNOWN | {"determined": "Material.", "determined_on": "2026-11-16"})

    late = KNOWN | {"calls": "555 0100", VERSION: opened[VERSION].value()}
    page = client.post(url, late)
    form = page.context["form"]
    assert form.errors["determined"] == ["On record now: Material."]
    assert form.errors["determined_on"] == ["On record now: November 16, 2026"]
    assert form["calls"].value() == "555 0100"
    said = text(client.get(f"/events/{event.pk}/"))
    assert ("Material." in said, "555 0100" in said) == (True, False)


def test_deadline_is_done_changed_or_withdrawn(event: Event, client: Client) -> None:
    (first,) = event.current_deadlines()
    client.post(f"/events/deadlines/{first.pk}/change/", REPLY | {"days": "20"})
    (later,) = Event.objects.get().current_deadlines()
    assert later.days == 20
    said = text(
        client.post(f"/events/deadlines/{later.pk}/done/", {"done_on": "2026-11-20"}, follow=True)
    )
    assert "done on November 20, 2026" in said
    assert "Before: “Reply”, 10 business days from the date learned." in said
    client.post(f"/events/{event.pk}/deadline/", REPLY | {"what": "Disclose"})
    (other,) = Event.objects.get().open_deadlines(date(2026, 11, 20))
    said = text(
        client.post(f"/events/deadlines/{other.pk}/withdraw/", {"reason": "Not so."}, follow=True)
    )
    assert "Deadline withdrawn: Disclose." in said
    assert "Not so." in said


def test_refusal_stands_beside_its_field(event: Event, client: Client) -> None:
    page = client.post(f"/events/{event.pk}/change/", KNOWN | {"learned_on": "2026-12-01"})
    assert page.context["form"].errors == {"learned_on": ["This date is in the future."]}
    page = client.post(f"/events/{event.pk}/deadline/", REPLY | {"days": "-1"})
    assert list(page.context["form"].errors) == ["days"]


def test_event_is_closed_once_it_was_looked_over(event: Event, client: Client) -> None:
    address, given = (
        f"/events/{event.pk}/close/",
        {"closed_on": "2026-11-20", "reason": "Answered."},
    )
    asked = text(client.post(address, given))
    assert "Deadlines not marked as done" in asked
    assert Event.objects.running(FRIDAY).exists()
    said = text(client.post(address, given | {"confirmed": "1"}, follow=True))
    assert "closed on November 20, 2026" in said
    assert "not done when the event was closed" in said
    assert "Add deadline" not in said
    assert "No open events" in text(client.get("/events/"))
    assert "Comment letter received" in text(client.get("/events/?show=closed"))


def test_event_restricted_from_management_is_not_there_for_it(
    event: Event, client: Client, client_of: ClientOf, management: User
) -> None:
    address = f"/events/{event.pk}/"
    his = client_of(management)
    assert "Reply" in text(his.get(address))
    assert "Add deadline" not in text(his.get(address))
    client.post(f"{address}change/", KNOWN | {"restricted_roles": "on"})
    assert his.get(address).status_code == 404
    assert "No open events" in text(his.get("/events/"))
    assert "Reply" not in text(his.get("/deadlines/?show=all"))
    page = client.get(f"{address}change/")
    assert "restricted_roles" not in page.context["form"].fields
    assert "It is restricted from management." in text(client.get(address))


def test_deadlines_page_shows_the_deadline_to_who_follows_it_up(
    event: Event, client: Client, company_counsel: User
) -> None:
    events.change_event(event, responsible=company_counsel, by=company_counsel, at=AT)
    found = client.get("/deadlines/").context["groups"]
    assert [(group.people, [row.what for row in group.rows]) for group in found] == [
        ("Events", ["Reply"])
    ]
    assert found[0].rows[0].next_on == date(2026, 11, 20)


def test_whom_to_call_is_named_without_numbers(
    event: Event, stage: Stage, client: Client, member: User, company_counsel: User
) -> None:
    director = services.add_director(name="Max Member", user=member, by=member, at=AT)
    services.seat(director, stage.committee, starts_on=date(2026, 1, 1), by=member, at=AT)
    page = client.get(f"/events/{event.pk}/").context["page"]
    assert [(callee.part, callee.names) for callee in page.callees] == [
        ("Members", "Max Member"),
        ("Corporate secretary", "Sara Secretary"),
        ("Company counsel", "Cora Counsel"),
    ]
    assert page.calls == ()
    client.post(f"/events/{event.pk}/change/", KNOWN | {"calls": "Night desk: 555 0100"})
    assert "Night desk: 555 0100" in text(client.get(f"/events/{event.pk}/"))


def test_sheet_says_what_the_page_says(event: Event, secretary: User) -> None:
    found = Event.objects.with_entries().get()
    said = " ".join(sheet_html(found, Company.objects.get(), date(2026, 11, 20)).split())
    for words in (
        "Monday, November 30, 2026",
        "<strong>Reply</strong> (the letter)",
        "Learned: November 13, 2026",
        "Corporate secretary: Sara Secretary",
    ):
        assert words in said
    assert "was due" not in said
    later = sheet_html(found, Company.objects.get(), date(2026, 12, 1))
    assert "was due Monday, November 30, 2026" in " ".join(later.split())


@pytest.mark.pdf
def test_sheet_is_one_page(stage: Stage, secretary: User, client: Client) -> None:
    lines = "\n".join(["What the rule asks for, in a line of some length that goes on."] * 8)
    event = the_event(stage, secretary, learned=lines, asks=lines, decides="The Committee.")
    answer = client.get(f"/events/{event.pk}/sheet/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


def test_without_pdfs_the_page_itself_is_printed(
    event: Event, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert "One-page summary (PDF)" not in text(client.get(f"/events/{event.pk}/"))
    page = client.get(f"/events/{event.pk}/sheet/")
    assert page.status_code == 503
    assert "PDFs are off" in page.content.decode()


def test_other_apps_offer_what_can_be_done(event: Event, client: Client) -> None:
    offer = EventOffer(
        "tests.meeting",
        lambda event, user: Link("Call a special meeting", f"/meetings/new/?event={event.pk}"),
    )
    assert "Call a special meeting" not in text(client.get(f"/events/{event.pk}/"))
    with EVENT_OFFERS.temporarily(offer):
        assert "Call a special meeting" in text(client.get(f"/events/{event.pk}/"))


def test_several_templates_are_offered_in_their_order(stage: Stage, client: Client) -> None:
    letter = EventTemplate("tests.letter", "Comment letter", title="A letter", order=1)
    with EVENT_TEMPLATES.temporarily(letter):
        page = text(client.get("/events/new/"))
        assert page.index("Comment letter") < page.index("Blank event")
        assert 'value="A letter"' in text(client.get("/events/new/tests.letter/"))
    assert client.get("/events/new/tests.letter/").status_code == 404


def test_pages_make_as_many_queries_for_many_events_as_for_one(
    event: Event, stage: Stage, client: Client, secretary: User
) -> None:
    for address in ("/events/", "/deadlines/", f"/events/{event.pk}/"):
        client.get(address)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
            for number in range(3):
                other = the_event(stage, secretary, title=f"Letter {number}")
                events.change_event(other, learned="More.", by=secretary, at=AT)
                events.change_event(
                    event, learned=f"{address} {_round} {number}", by=secretary, at=AT
                )
        assert counts[0] == counts[1], address


def test_home_asks_who_follows_the_event_up(
    event: Event, client: Client, client_of: ClientOf, member: User
) -> None:
    (ask,) = [each for each in client.get("/").context["asks"] if each.sentence == "Reply"]
    assert ask.because.startswith("By November 30, 2026: Comment letter received. 10 business days")
    assert ask.url == f"/events/{event.pk}/"
    asks = client_of(member).get("/").context["asks"]
    assert "Reply" not in {each.sentence for each in asks}
