"""The page of a director's independence: facts entered, tests shown, a determination refused."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from charters.enums import DutyKind, Standing
from charters.models import Committee
from charters.standing import read
from charters.tests.charters import set_the_stage
from committees import services
from committees.enums import DeterminationKind as Kind
from committees.models import CompanyPayment, Determination, Director, Preparation
from committees.tests.factories import a_board, a_director, seats
from committees.tests.recording import MANAGEMENT, NOW, TODAY, decided, determined, set_up
from records import clock

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture
def director() -> Director:
    set_up()
    return a_director()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page: object) -> str:
    return " ".join(page.content.decode().split())


def test_signed_form_is_filed_and_a_fact_transcribed_from_it(
    client: Client, director: Director
) -> None:
    form = SimpleUploadedFile("form.txt", b"Signed.")
    path = f"/directors/{director.pk}/questionnaire/"
    client.post(path, {"signed_on": "2026-01-20", "document": form})
    questionnaire = director.questionnaires.get()
    assert questionnaire.document is not None
    given = {
        "on": "2026-02-01",
        "amount": "130000",
        "kind": "compensation",
        "relative": "spouse",
        "relative_name": "Ben",
        "questionnaire": questionnaire.pk,
    }
    answer = client.post(f"/directors/{director.pk}/facts/payment/add/", given)
    assert answer.status_code == 302
    page = text(client.get(f"/directors/{director.pk}/independence/"))
    assert "From the questionnaire signed on January 20, 2026." in page
    assert "more than $120,000 in twelve months (Nasdaq 5605(a)(2)(B))" in page
    assert "First clear date: February 2, 2029" in page


def test_what_cannot_be_is_refused_beside_the_field(client: Client, director: Director) -> None:
    given = {"starts_on": "2026-03-01", "last_on": "2026-02-01"}
    page = client.post(f"/directors/{director.pk}/facts/preparation/add/", given)
    assert "The last date is before the first." in text(page)
    assert not Preparation.objects.exists()


def test_determination_is_refused_with_its_reason_then_made(
    client: Client, director: Director
) -> None:
    client.post(f"/directors/{director.pk}/facts/preparation/add/", {"starts_on": "2025-03-01"})
    decision = decided(a_board(), clock.today(), by=NOW["by"], at=clock.now())
    path = f"/directors/{director.pk}/determine/independent/"
    given = {
        "is_met": "yes",
        "determined_on": clock.today().isoformat(),
        "decision": decision.pk,
        "considered": "None.",
    }
    page = text(client.post(path, given))
    assert "preparing the financial statements since March 1, 2025" in page
    assert "Correct the fact if it is wrong" in page
    assert not Determination.objects.exists()

    fact = Preparation.objects.get()
    client.post(f"/facts/preparation/{fact.pk}/withdraw/", {"reason": "Another person."})
    review = client.post(path, given)
    assert "The Board determined that Ngozi Okafor is independent" in text(review)
    client.post(path, given | {"confirmed": "1"})
    made = Determination.objects.get()
    assert (made.kind, made.decision) == (Kind.INDEPENDENT, decision)
    assert made.considered in text(client.get(made.get_absolute_url()))


def test_expert_asks_for_attributes_and_a_route(client: Client, director: Director) -> None:
    path = f"/directors/{director.pk}/determine/expert/"
    given = {"is_met": "yes", "determined_on": "2026-03-04", "grounds": ["experience"]}
    assert "The Board has not found that the director" in text(client.post(path, given))
    found = ["principles", "application", "statements", "controls", "functions"]
    client.post(path, given | {"attributes": found, "confirmed": "1"})
    assert Determination.objects.get().grounds == ["experience"]


def test_decision_is_added_later_once(client: Client, director: Director) -> None:
    made = determined(director, Kind.LITERATE)
    decision = decided(a_board())
    path = f"/determinations/{made.pk}/decision/"
    assert client.post(path, {"decision": decision.pk}).status_code == 302
    assert "on record already" in text(client.post(path, {"decision": decision.pk}))


def test_correction_replaces_a_fact(client: Client, director: Director) -> None:
    client.post(f"/directors/{director.pk}/facts/preparation/add/", {"starts_on": "2025-03-01"})
    fact = Preparation.objects.get()
    path = f"/facts/preparation/{fact.pk}/correct/"
    client.post(path, {"starts_on": "2025-03-01", "last_on": "2025-06-30"})
    assert Preparation.objects.standing().get().last_on == date(2025, 6, 30)
    assert "A later entry corrected" in text(client.post(path, {"starts_on": "2025-04-01"}))


@pytest.mark.parametrize(
    ("audit_committees", "is_said"), [(3, False), (4, True)], ids=["three", "four"]
)
def test_more_audit_committees_than_three_ask_for_a_note_of_the_board(
    client: Client, director: Director, audit_committees: int, is_said: bool
) -> None:
    given = {"boards": 5, "audit_committees": audit_committees, "as_of": "2026-01-20"}
    client.post(f"/directors/{director.pk}/facts/seats/add/", given)
    page = text(client.get(f"/directors/{director.pk}/independence/"))
    assert ("Good practice asks for a note of the Board above 3." in page) is is_said
    earlier = text(client.get(f"/directors/{director.pk}/independence/?as_of=2026-01-19"))
    assert "Good practice asks" not in earlier


def test_form_of_a_fact_says_what_the_fact_is_for(client: Client, director: Director) -> None:
    path = f"/directors/{director.pk}/facts/"
    assert "No test asks for it." in text(client.get(f"{path}seats/add/"))
    assert "that the tests of independence ask for" in text(client.get(f"{path}shares/add/"))


def test_questionnaire_older_than_a_year_says_so(client: Client, director: Director) -> None:
    services.record_questionnaire(director, signed_on=date(2025, 1, 20), **NOW)
    path = f"/directors/{director.pk}/independence/"
    assert "more than twelve months ago" not in text(client.get(f"{path}?as_of=2026-01-20"))
    assert "more than twelve months ago" in text(client.get(f"{path}?as_of=2026-01-21"))


def test_director_sees_their_own_facts_and_no_others(
    client_of: ClientOf, member: User, director: Director
) -> None:
    own = a_director("Li Wei", user=member)
    made = determined(director, Kind.INDEPENDENT, considered="A cousin works at a customer.")
    client = client_of(member)
    assert client.get(f"/directors/{own.pk}/independence/").status_code == 200
    assert client.get(f"/directors/{director.pk}/independence/").status_code == 404
    page = text(client.get(made.get_absolute_url()))
    assert "is independent" in page
    assert "cousin" not in page


def test_organization_and_its_payments(client: Client, director: Director) -> None:
    client.post("/organizations/add/", {"name": "Elm Corp.", "tie": "none"})
    [row] = client.get("/organizations/").context["rows"]
    client.post(
        f"/organizations/{row.pk}/books/payment/add/", {"on": "2026-03-01", "amount": "300000"}
    )
    role = {
        "organization": row.pk,
        "role": "partner",
        "starts_on": "2020-01-01",
        "relative": "self",
    }
    client.post(f"/directors/{director.pk}/facts/role/add/", role)
    page = text(client.get(f"/directors/{director.pk}/independence/"))
    assert "gross revenue of that year is not on record" in page
    assert "a fact is missing" in page


def test_conditions_stand_on_the_determinations() -> None:
    stage = set_the_stage()
    duty = stage.duty(catalogue_key="independent-members", kind=DutyKind.CONDITION)

    def row(on: date = TODAY) -> object:
        found = read(stage.committee, on).duties
        return next(row for row in found if row.duty.pk == duty.pk)

    made = seats("Ngozi Okafor", "Li Wei", "Ann Roe", committee=Committee.objects.audit())
    assert row().evidence == ()
    for seat in made:
        determined(seat.director, Kind.INDEPENDENT, date(2026, 3, 4))
    stands = row()
    assert (stands.standing, len(stands.evidence)) == (Standing.ON_FILE, 3)
    assert {piece.source for piece in stands.evidence} == {"committees.independence"}
    determined(made[0].director, Kind.INDEPENDENT, TODAY, is_met=False)
    stands = row()
    assert stands.standing == Standing.OPEN
    assert "No determination of independence stands for Ngozi Okafor" in stands.because


def test_restricted_decision_is_not_offered(client: Client, director: Director) -> None:
    decided(a_board(), restricted_roles=MANAGEMENT)
    page = client.get(f"/directors/{director.pk}/determine/literate/")
    assert not page.context["form"].fields["decision"].queryset.exists()
    assert not CompanyPayment.objects.exists()
