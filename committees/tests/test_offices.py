"""What the chair of the audit committee may do beyond a director's roles: a legal hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.permissions import reason_for_refusal
from committees import services as seating
from committees.models import ChairTerm
from committees.tests.factories import LONG_AGO, SIGNED, a_director, a_seat, an_audit_committee
from records import clock
from records.models import LegalHold

pytestmark = pytest.mark.django_db
HOLD = "records.place_legalhold"


@pytest.fixture
def seated(chair: User, member: User) -> ChairTerm:
    committee = an_audit_committee()
    a_seat(a_director(member.name, member), committee)
    seat = a_seat(a_director(chair.name, chair), committee)
    return seating.designate_chair(seat, starts_on=LONG_AGO, **SIGNED)


def test_chair_places_a_hold_that_no_other_director_sees(
    seated: ChairTerm, chair: User, member: User, client_of: Any
) -> None:
    browser: Client = client_of(chair)
    assert "/documents/holds/" in browser.get("/documents/").content.decode()
    browser.post("/documents/holds/place/", {"reason": "A letter from the SEC."})
    assert LegalHold.objects.get().placed_by == chair
    assert "A letter from the SEC." in browser.get("/documents/holds/").content.decode()
    assert client_of(member).get("/documents/holds/").status_code == 403
    assert "/documents/holds/" not in client_of(member).get("/documents/").content.decode()


def test_who_no_longer_chairs_places_none(seated: ChairTerm, chair: User) -> None:
    assert chair.has_perm(HOLD)
    ChairTerm.objects.update(ends_on=clock.today())
    assert not chair.has_perm(HOLD)
    ChairTerm.objects.update(ends_on=clock.today() + timedelta(days=1))
    assert chair.has_perm(HOLD)
    chair.is_active = False
    assert not chair.has_perm(HOLD)


def test_refusal_names_the_office(db: None) -> None:
    assert reason_for_refusal(HOLD) == (
        "Roles with access: Corporate secretary, Company counsel, Independent counsel, "
        "Chair of the audit committee."
    )
