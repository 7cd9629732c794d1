"""Event cards through their pages: entering, changing, clocks, closing, the sheet."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from committees import services
from committees.models import EventCard
from committees.registry import registry
from committees.reports.charter import Link
from committees.reports.event_sheet import sheet_html
from committees.rules.cards import CardTemplate
from committees.services import events
from committees.tests.charters import AT, Stage, set_the_stage
from records import pdf
from records.models import Company

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
def card(stage: Stage, secretary: User) -> EventCard:
    return a_card(stage, secretary)


def a_card(stage: Stage, by: User, **known: Any) -> EventCard:
    given = {"title": "Comment letter received", "learned_on": FRIDAY} | known
    made = events.enter_event(stage.committee, template="blank", by=by, at=AT, **given)
    events.enter_clock(made, what="Reply", days=10, rule="the letter", by=by, at=AT)
    return made


def text(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def test_what_happened_is_entered_and_shown_with_its_clock(stage: Stage, client: Client) -> None:
    begun = client.get("/events/new/", follow=True)
    assert begun.redirect_chain == [("/events/new/blank/", 302)]
    page = client.post("/events/new/blank/", KNOWN, follow=True)
    card = EventCard.objects.get()
    assert page.redirect_chain == [(f"/events/{card.pk}/", 302)]
    assert "No clock runs" in text(page)
    said = text(client.post(f"/events/{card.pk}/clock/", REPLY, follow=True))
    assert "Monday, November 30, 2026" in said
    assert (
        "10 business days from November 13, 2026, the day it was learned: day 1 is "
        "November 16, 2026, day 10 is November 30, 2026. "
        "November 26, 2026 is a holiday and is not counted." in said
    )
    assert "in 10 days" in said


def test_only_readers_of_cards_are_offered_to_follow_it_up(
    card: EventCard, client: Client, internal_auditor: User, member: User, management: User
) -> None:
    offered = set(
        client.get(f"/events/{card.pk}/change/").context["form"].fields["responsible"].queryset
    )
    assert {member, management} <= offered
    assert internal_auditor not in offered


def test_earlier_wording_stays_readable(card: EventCard, client: Client) -> None:
    client.post(f"/events/{card.pk}/change/", KNOWN | {"learned_on": "2026-11-12"})
    said = text(client.get(f"/events/{card.pk}/"))
    assert "Changed by Sara Secretary." in said
    assert "Before: what was learned: nothing; learned on: Nov 13, 2026" in said


def test_clock_is_done_changed_or_withdrawn(card: EventCard, client: Client) -> None:
    (first,) = card.clocks_standing()
    client.post(f"/events/clocks/{first.pk}/change/", REPLY | {"days": "20"})
    (later,) = EventCard.objects.get().clocks_standing()
    assert later.days == 20
    said = text(
        client.post(f"/events/clocks/{later.pk}/done/", {"done_on": "2026-11-20"}, follow=True)
    )
    assert "done on November 20, 2026" in said
    assert "Before: “Reply”, 10 business days from the day it was learned." in said
    client.post(f"/events/{card.pk}/clock/", REPLY | {"what": "Disclose"})
    (other,) = EventCard.objects.get().clocks_running(date(2026, 11, 20))
    said = text(
        client.post(f"/events/clocks/{other.pk}/withdraw/", {"reason": "Not so."}, follow=True)
    )
    assert "Clock withdrawn: Disclose." in said
    assert "Not so." in said


def test_refusal_stands_beside_its_field(card: EventCard, client: Client) -> None:
    page = client.post(f"/events/{card.pk}/change/", KNOWN | {"learned_on": "2026-12-01"})
    assert page.context["form"].errors == {"learned_on": ["This day has not come yet."]}
    page = client.post(f"/events/{card.pk}/clock/", REPLY | {"days": "-1"})
    assert list(page.context["form"].errors) == ["days"]


def test_card_is_closed_once_it_was_looked_over(card: EventCard, client: Client) -> None:
    address, given = f"/events/{card.pk}/close/", {"closed_on": "2026-11-20", "reason": "Answered."}
    asked = text(client.post(address, given))
    assert "Clocks that stop without being done" in asked
    assert EventCard.objects.running(FRIDAY).exists()
    said = text(client.post(address, given | {"confirmed": "1"}, follow=True))
    assert "closed on November 20, 2026" in said
    assert "not done when the card was closed" in said
    assert "Add a clock" not in said
    assert "No card is open" in text(client.get("/events/"))
    assert "Comment letter received" in text(client.get("/events/?show=closed"))


def test_card_closed_to_management_is_not_there_for_it(
    card: EventCard, client: Client, client_of: ClientOf, management: User
) -> None:
    address = f"/events/{card.pk}/"
    his = client_of(management)
    assert "Reply" in text(his.get(address))
    assert "Add a clock" not in text(his.get(address))
    client.post(f"{address}change/", KNOWN | {"closed_to": "on"})
    assert his.get(address).status_code == 404
    assert "No card is open" in text(his.get("/events/"))
    assert "Reply" not in text(his.get("/clocks/?show=all"))
    page = client.get(f"{address}change/")
    assert "closed_to" not in page.context["form"].fields
    assert "It is closed to management." in text(client.get(address))


def test_clocks_page_shows_the_clock_to_who_follows_it_up(
    card: EventCard, client: Client, company_counsel: User
) -> None:
    events.change_event(card, responsible=company_counsel, by=company_counsel, at=AT)
    found = client.get("/clocks/").context["groups"]
    assert [(group.people, [row.what for row in group.rows]) for group in found] == [
        ("Cora Counsel", ["Reply"])
    ]
    assert found[0].rows[0].next_on == date(2026, 11, 20)


def test_whom_to_call_is_named_without_numbers(
    card: EventCard, stage: Stage, client: Client, member: User, company_counsel: User
) -> None:
    director = services.add_director(name="Max Member", user=member, by=member, at=AT)
    services.seat(director, stage.committee, starts_on=date(2026, 1, 1), by=member, at=AT)
    page = client.get(f"/events/{card.pk}/").context["page"]
    assert [(callee.part, callee.names) for callee in page.callees] == [
        ("Members", "Max Member"),
        ("Corporate secretary", "Sara Secretary"),
        ("Company counsel", "Cora Counsel"),
    ]
    assert page.calls == ()
    client.post(f"/events/{card.pk}/change/", KNOWN | {"calls": "Night desk: 555 0100"})
    assert "Night desk: 555 0100" in text(client.get(f"/events/{card.pk}/"))


def test_sheet_says_what_the_page_says(card: EventCard, secretary: User) -> None:
    found = EventCard.objects.with_entries().get()
    said = " ".join(sheet_html(found, Company.objects.get(), date(2026, 11, 20)).split())
    for words in (
        "Monday, November 30, 2026",
        "<strong>Reply</strong> (the letter)",
        "Learned: November 13, 2026",
        "Corporate secretary: Sara Secretary",
        "Ledger entry",
    ):
        assert words in said


@pytest.mark.pdf
def test_sheet_is_one_page(stage: Stage, secretary: User, client: Client) -> None:
    lines = "\n".join(["What the rule asks for, in a line of some length that goes on."] * 8)
    card = a_card(stage, secretary, learned=lines, asks=lines, decides="The Committee.")
    answer = client.get(f"/events/{card.pk}/sheet/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


def test_without_pdfs_the_page_itself_is_printed(
    card: EventCard, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert "One sheet, PDF" not in text(client.get(f"/events/{card.pk}/"))
    page = client.get(f"/events/{card.pk}/sheet/")
    assert page.status_code == 503
    assert "PDFs are off" in page.content.decode()


def test_other_apps_offer_what_can_be_done(card: EventCard, client: Client) -> None:
    """Until meetings exist, nothing is offered."""
    assert not registry.card_offers
    registry.card_offer("tests.meeting")(
        lambda card, user: Link("Call a special meeting", f"/meetings/new/?event={card.pk}")
    )
    try:
        assert "Call a special meeting" in text(client.get(f"/events/{card.pk}/"))
    finally:
        del registry.card_offers["tests.meeting"]


def test_several_templates_are_offered_in_their_order(stage: Stage, client: Client) -> None:
    registry.card(CardTemplate(key="letter", name="Comment letter", title="A letter", order=1))
    try:
        page = text(client.get("/events/new/"))
        assert page.index("Comment letter") < page.index("Blank card")
        assert 'value="A letter"' in text(client.get("/events/new/letter/"))
    finally:
        del registry.cards["letter"]
    assert client.get("/events/new/letter/").status_code == 404


def test_pages_make_as_many_queries_for_many_cards_as_for_one(
    card: EventCard, stage: Stage, client: Client, secretary: User
) -> None:
    for address in ("/events/", "/clocks/", f"/events/{card.pk}/"):
        client.get(address)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
            for number in range(3):
                other = a_card(stage, secretary, title=f"Letter {number}")
                events.change_event(other, learned="More.", by=secretary, at=AT)
                events.change_event(
                    card, learned=f"{address} {_round} {number}", by=secretary, at=AT
                )
        assert counts[0] == counts[1], address


def test_home_asks_who_follows_the_event_up(
    card: EventCard, client: Client, client_of: ClientOf, member: User
) -> None:
    (ask,) = [each for each in client.get("/").context["asks"] if each.sentence == "Reply"]
    assert ask.because.startswith("By November 30, 2026: Comment letter received. 10 business days")
    assert ask.url == f"/events/{card.pk}/"
    asks = client_of(member).get("/").context["asks"]
    assert "Reply" not in {each.sentence for each in asks}
