"""The registers' pages: reviews with actions, advisers and funding, related parties, letters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charters.models import Action
from committees import services
from committees.enums import AdviserRole, Regulator, RelatedPersonBasis, ReviewKind
from committees.models import (
    AdviserEngagement,
    FundingDetermination,
    RegulatorLetter,
    RelatedPartyTransaction,
    Review,
)
from committees.tests.factories import an_audit_committee
from committees.tests.recording import NOW, decided, set_up
from records import clock
from records.dates import long_day

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    set_up()
    return client_of(secretary)


def text(page: object) -> str:
    return " ".join(page.content.decode().split())


def this_year() -> str:
    return f"{clock.today().year}-12-31"


def test_evaluation_is_held_with_an_action_and_without_a_score(
    client: Client, member: User
) -> None:
    page = client.get("/reviews/add/evaluation/")
    assert "conclusion" not in page.context["form"].fields
    day = clock.today()
    client.post("/reviews/add/evaluation/", {"held_on": day, "serves": this_year()})
    review = Review.objects.get()
    assert (review.kind, review.conclusion) == ("evaluation", "held")
    given = {"what": "Send papers earlier", "owner": member.pk, "due_on": day + timedelta(30)}
    client.post(f"/reviews/{review.pk}/action/", given)
    assert Action.objects.get().source_url == f"/reviews/{review.pk}/"
    page = text(client.get(f"/reviews/{review.pk}/"))
    assert "Send papers earlier" in page
    assert "The committee evaluated its own performance in discussion." in page
    assert f"Held on {long_day(day)}." in text(client.get("/reviews/"))


def test_charter_review_gains_its_decision(client: Client) -> None:
    day = clock.today()
    given = {"held_on": day, "serves": this_year(), "conclusion": "changes_recommended"}
    client.post("/reviews/add/charter/", given)
    review = Review.objects.of_kind(ReviewKind.CHARTER).get()
    decision = decided(an_audit_committee(), day, by=NOW["by"], at=clock.now())
    client.post(f"/reviews/{review.pk}/decision/", {"decision": decision.pk})
    review.refresh_from_db()
    assert review.decision == decision
    assert "recommended changes to the Board" in text(client.get(f"/reviews/{review.pk}/"))
    client.post(f"/reviews/{review.pk}/withdraw/", {"reason": "Another year."})
    assert "Withdrawn. It does not count." in text(client.get(f"/reviews/{review.pk}/"))


def test_posting_on_the_website_needs_its_address(client: Client) -> None:
    given = {"how": "website", "posted_on": clock.today()}
    assert "Give the address" in text(client.post("/postings/add/", given))
    client.post("/postings/add/", given | {"address": "https://larch.example/charter"})
    assert "The charter is on the website" in text(client.get("/reviews/"))


def test_adviser_is_engaged_and_funded_and_an_objection_changes_nothing(client: Client) -> None:
    given = {"adviser": "Ash LLP", "role": "counsel", "scope": "An inquiry.", "engaged_on": clock.today()}  # fmt: skip
    page = client.post("/advisers/add/", given | {"is_auditor": "on"})
    assert "outside auditor" in text(page)
    client.post("/advisers/add/", given)
    engagement = AdviserEngagement.objects.get()
    terms = {"purpose": "adviser", "amount": "250000", "currency": "usd", "determined_on": clock.today()}  # fmt: skip
    assert "Choose the adviser" in text(client.post("/funding/add/", terms))
    client.post("/funding/add/", terms | {"engagement": engagement.pk})
    funding = FundingDetermination.objects.get()
    path = f"/funding/{funding.pk}/objection/"
    client.post(path, {"on": clock.today(), "statement": "The budget is $100,000."})
    page = text(client.get(f"/funding/{funding.pk}/"))
    assert "The committee determined $250,000 for an adviser of the committee." in page
    assert "The budget is $100,000." in page


def test_restricted_adviser_is_named_to_nobody_in_management(
    client: Client, client_of: ClientOf, secretary_in_management: User
) -> None:
    given = {"adviser": "Ash LLP", "role": "counsel", "scope": "An inquiry.", "engaged_on": clock.today(), "restricted_roles": "on"}  # fmt: skip
    client.post("/advisers/add/", given)
    engagement = AdviserEngagement.objects.get()
    terms = {"purpose": "adviser", "amount": "5", "currency": "USD", "determined_on": clock.today()}
    client.post("/funding/add/", terms | {"engagement": engagement.pk})
    barred = client_of(secretary_in_management)
    page = text(barred.get("/advisers/"))
    assert "Ash LLP" not in page
    assert "$5 for an adviser of the committee" in page
    assert "Ash LLP" not in text(barred.get(f"/funding/{FundingDetermination.objects.get().pk}/"))
    assert barred.get(f"/advisers/{engagement.pk}/").status_code == 404


def test_transaction_is_logged_reviewed_and_said_to_be_above(client: Client) -> None:
    given = {"person": "Ben Okafor", "basis": "family", "terms": "Rent.", "amount": "200000", "known_on": clock.today()}  # fmt: skip
    client.post("/related-parties/add/", given)
    made = RelatedPartyTransaction.objects.get()
    page = text(client.get(f"/related-parties/{made.pk}/"))
    assert "No review by the committee is on file (Nasdaq 5630(a))." in page
    review = {"reviewed_on": clock.today(), "outcome": "approved"}
    client.post(f"/related-parties/{made.pk}/review/", review)
    page = text(client.get("/related-parties/"))
    assert "above the threshold" in page
    assert "; approved." in page


def test_threshold_follows_from_total_assets(client: Client) -> None:
    assert "Enter the total assets" in text(client.get("/related-parties/"))
    year = clock.today().year
    for last in (year - 1, year - 2):
        answer = client.post(
            "/related-parties/total-assets/", {"as_of": f"{last}-12-31", "amount": "5000000"}
        )
        assert answer.status_code == 302
    assert "above $50,000 are disclosed (Item 404 of" in text(client.get("/related-parties/"))


def test_letter_is_received_and_answered(client: Client) -> None:
    day = clock.today()
    given = {"regulator": "sec", "matter": "The annual report", "dated_on": day, "received_on": day}
    client.post("/regulators-letters/add/", given | {"due_on": day + timedelta(14)})
    letter = RegulatorLetter.objects.get()
    asks = [ask.url for ask in client.get("/").context["asks"]]
    assert letter.get_absolute_url() in asks
    assert "to be answered" in text(client.get("/regulators-letters/"))
    client.post(f"/regulators-letters/{letter.pk}/step/", {"kind": "answered", "on": day})
    asks = [ask.url for ask in client.get("/").context["asks"]]
    assert letter.get_absolute_url() not in asks
    assert "answered" in text(client.get("/regulators-letters/"))


@pytest.mark.parametrize(("days", "term"), [(0, "Answer due on"), (-1, "Answer was due on")])
def test_passed_date_of_an_answer_is_said_as_such(client: Client, days: int, term: str) -> None:
    day, begun = clock.today(), clock.today() - timedelta(20)
    given = {"regulator": "sec", "matter": "Revenue", "dated_on": begun, "received_on": begun}
    client.post("/regulators-letters/add/", given | {"due_on": day + timedelta(days)})
    page = client.get(RegulatorLetter.objects.get().get_absolute_url())
    assert term in [one.term for one in page.context["definitions"]]


def test_name_that_ends_with_a_period_ends_no_sentence_twice(client: Client) -> None:
    day = clock.today()
    given = {"name": "Ben Okafor Jr.", "title": "Treasurer, Acme Inc.", "starts_on": day}
    page = text(client.post("/officers/add/", given, follow=True))
    assert "Ben Okafor Jr., Treasurer, Acme Inc. was added." in page
    page = text(
        client.post("/organizations/add/", {"name": "Acme, Inc.", "tie": "none"}, follow=True)
    )
    assert "Acme, Inc. was added." in page
    assert "Inc.." not in page


TRANSACTION = {"person": "Ben Okafor", "basis": "family", "terms": "Rent.", "amount": "5", "known_on": "2026-11-01"}  # fmt: skip
LETTER = {"regulator": "sec", "matter": "The annual report", "dated_on": "2026-11-02", "received_on": "2026-11-02"}  # fmt: skip
FUNDING = {"purpose": "administration", "amount": "5", "currency": "USD", "determined_on": "2026-11-02"}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("/related-parties/add/", TRANSACTION | {"amount": "0"}, "amount"),
        ("/related-parties/add/", TRANSACTION | {"amount": "-5"}, "amount"),
        ("/related-parties/total-assets/", {"as_of": "2025-12-31", "amount": "-5"}, "amount"),
        ("/regulators-letters/add/", LETTER | {"received_on": "2026-11-01"}, "received_on"),
        ("/regulators-letters/add/", LETTER | {"due_on": "2026-11-01"}, "due_on"),
        ("/funding/add/", FUNDING | {"purpose": "adviser"}, "engagement"),
        ("/funding/add/", FUNDING | {"currency": "dollars"}, "currency"),
        ("/postings/add/", {"how": "website", "posted_on": "2026-11-01", "address": ""}, "address"),
        (
            "/postings/add/",
            {"how": "website", "posted_on": "2026-11-01", "address": "x"},
            "address",
        ),
    ],
)
def test_what_is_refused_stands_beside_its_field(
    path: str, given: dict[str, str], field: str, client: Client
) -> None:
    """Also what the database would refuse; what was typed is kept."""
    form = client.post(path, given).context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in given} == given


@pytest.mark.parametrize("path", ["/related-parties/", "/regulators-letters/", "/advisers/"])
def test_lists_ask_as_often_for_one_as_for_three(path: str, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    fill()
    one = queries()
    fill()
    fill()
    assert queries() == one


def fill() -> None:
    body, number = an_audit_committee(), RelatedPartyTransaction.objects.count() + 1
    day = NOW["at"].date()
    services.log_transaction(
        body,
        person="Ben",
        basis=RelatedPersonBasis.FAMILY,
        terms="Rent.",
        amount=number,
        known_on=day,
        **NOW,
    )
    services.receive_letter(
        body, regulator=Regulator.SEC, matter=f"No. {number}", dated_on=day, received_on=day, **NOW
    )
    services.engage(
        body, adviser=f"Ash {number}", role=AdviserRole.COUNSEL, scope="A.", engaged_on=day, **NOW
    )
