"""Reviews and sums that were entered wrongly: corrected by a form, the first entry on record."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from committees import services
from committees.enums import AdviserRole, FundingPurpose
from committees.models import FundingDetermination, Review
from committees.tests.factories import an_audit_committee
from committees.tests.recording import MANAGEMENT, NOW, last_entry, set_up
from records import clock

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    set_up()
    return client_of(secretary)


def text(page: object) -> str:
    return " ".join(page.content.decode().split())


def test_review_is_corrected_and_keeps_its_file_its_actions_and_the_first_entry(
    client: Client,
) -> None:
    day = clock.today()
    first = {"held_on": day, "serves": f"{day.year}-12-31", "conclusion": "adequate"}
    paper = SimpleUploadedFile("review.txt", b"Held.")
    client.post("/reviews/add/charter/", first | {"document": paper})
    entry = Review.objects.get()
    action = {"what": "Ask counsel", "owner_name": "Ana Ruiz", "due_on": day + timedelta(9)}
    client.post(f"/reviews/{entry.pk}/action/", action)
    form = client.get(f"/reviews/{entry.pk}/correct/").context["form"]
    assert (form["held_on"].value(), form["conclusion"].value()) == (day, "adequate")

    right = first | {"conclusion": "changes_recommended"}
    answer = client.post(f"/reviews/{entry.pk}/correct/", right)
    later = Review.objects.standing().get()
    assert answer["Location"] == f"/reviews/{later.pk}/"
    assert (later.corrects, later.document) == (entry, entry.document)
    assert last_entry().action == "review.corrected"
    page = text(client.get(f"/reviews/{later.pk}/"))
    assert "Ask counsel" in page
    assert f'href="/reviews/{entry.pk}/"' in page
    was = text(client.get(f"/reviews/{entry.pk}/"))
    assert "Corrected by a later entry. It does not count." in was
    assert f'href="/reviews/{later.pk}/"' in was
    assert f"/reviews/{entry.pk}/correct/" not in was


def test_correction_that_changes_nothing_or_comes_second_is_refused(client: Client) -> None:
    day = clock.today()
    given = {"held_on": day, "serves": f"{day.year}-12-31", "conclusion": "adequate"}
    client.post("/reviews/add/charter/", given)
    entry = Review.objects.get()
    again = client.post(f"/reviews/{entry.pk}/correct/", given)
    assert "Nothing is different from what is on record." in text(again)
    client.post(f"/reviews/{entry.pk}/correct/", given | {"note": "In two sessions."})
    second = client.post(f"/reviews/{entry.pk}/correct/", given | {"note": "In one session."})
    assert "A later entry corrected or withdrew this one." in text(second)
    assert Review.objects.standing().get().note == "In two sessions."


def a_sum(**given: object) -> FundingDetermination:
    said = {"amount": Decimal(9_000), "determined_on": clock.today() - timedelta(5)} | given
    return services.determine_funding(
        an_audit_committee(), FundingPurpose.AUDITOR, **(NOW | {"at": clock.now()} | said)
    )


def test_sum_is_corrected_and_its_objections_are_kept(client: Client) -> None:
    made = a_sum()
    day = clock.today()
    client.post(f"/funding/{made.pk}/objection/", {"on": day, "statement": "Too much."})
    given = {
        "purpose": "auditor",
        "amount": "90000",
        "currency": "usd",
        "determined_on": made.determined_on,
    }
    answer = client.post(f"/funding/{made.pk}/correct/", given)
    later = FundingDetermination.objects.standing().get()
    assert answer["Location"] == f"/funding/{later.pk}/"
    assert (later.amount, later.corrects) == (Decimal(90_000), made)
    assert last_entry().action == "funding.corrected"
    page = text(client.get(f"/funding/{later.pk}/"))
    assert "Too much." in page
    assert f'href="/funding/{made.pk}/"' in page
    assert "Corrected by a later entry" in text(client.get(f"/funding/{made.pk}/"))


def test_sum_for_an_adviser_is_corrected_by_who_may_see_the_engagement(
    client_of: ClientOf, secretary: User, secretary_in_management: User
) -> None:
    set_up()
    engagement = services.engage(
        an_audit_committee(),
        adviser="Ash & Rowe",
        role=AdviserRole.COUNSEL,
        scope="An inquiry.",
        engaged_on=clock.today() - timedelta(9),
        restricted_roles=MANAGEMENT,
        **(NOW | {"at": clock.now()}),
    )
    made = services.determine_funding(
        an_audit_committee(),
        FundingPurpose.ADVISER,
        amount=Decimal(9_000),
        determined_on=clock.today(),
        engagement=engagement,
        **(NOW | {"at": clock.now()}),
    )
    assert client_of(secretary).get(f"/funding/{made.pk}/correct/").status_code == 200
    page = client_of(secretary_in_management).get(f"/funding/{made.pk}/correct/")
    assert page.status_code == 403
    assert "Ash" not in page.content.decode()
