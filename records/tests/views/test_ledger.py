"""The ledger's page, as its readers and others get it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from records import guards, ledger
from records.acts import act
from records.enums import Office
from records.models import LedgerCheck
from records.services import ledger as services
from records.tasks import check_ledger

pytestmark = pytest.mark.django_db

AT = datetime(2026, 8, 4, 16, 30, tzinfo=UTC)


@act
def note(subject: User, times: int = 1) -> None:
    for _ in range(times):
        ledger.record("person.role_given", subject=subject, by=subject, at=AT)


def page(person: User, query: str = "") -> str:
    client = Client()
    client.force_login(person, backend="accounts.backends.RoleBackend")
    response = client.get(reverse("ledger") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_line_is_readable(secretary: User) -> None:
    note(secretary)
    html = page(secretary)

    for words in ("Aug 4, 2026", "4:30", "person role given", f"person {secretary.pk}"):
        assert words in html
    assert secretary.name in html
    assert "secretary" in html
    assert ledger.head().hash in html


def test_empty_ledger_says_so(secretary: User) -> None:
    assert "Nothing is on record yet" in page(secretary)


def test_newest_lines_come_first(secretary: User) -> None:
    note(secretary, times=120)

    first, last = page(secretary), page(secretary, "?page=3")
    assert "Page 1 of 3" in first
    assert first.count('scope="row"') == 50
    assert last.count('scope="row"') == 20
    assert ">120</td>" in first
    assert ">1</td>" in last


def test_page_asks_as_often_for_many_lines_as_for_one(secretary: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(secretary)
        return len(captured)

    note(secretary)
    few = queries()
    note(secretary, times=100)
    assert queries() == few


def test_last_check_is_shown(secretary: User) -> None:
    assert "has not been checked yet" in page(secretary)
    note(secretary, times=3)
    services.check(by=Office.CLOCK, at=AT)
    assert "all 3 entries are sound" in page(secretary)


def test_fault_is_shown(secretary: User) -> None:
    note(secretary, times=3)
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {guards.TABLE} SET actor = 'clock' WHERE sequence = 2")
    services.check(by=Office.CLOCK, at=AT)

    assert "entry 2 was changed" in page(secretary)


def test_nightly_check_keeps_its_outcome(secretary: User) -> None:
    note(secretary, times=3)
    before = ledger.head()
    check_ledger()

    check = LedgerCheck.objects.get()
    assert (check.is_sound, check.guards, check.entries) == (True, True, 3)
    assert (check.head_sequence, check.head_hash) == (before.sequence, before.hash)
    assert (check.fault_sequence, check.fault_kind) == (None, "")
    assert ledger.head().sequence == 4


@pytest.mark.parametrize("persona", ["outsider", "member", "management", "external_auditor"])
def test_others_are_refused(request: pytest.FixtureRequest, persona: str) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(persona), backend="accounts.backends.RoleBackend")

    assert client.get(reverse("ledger")).status_code == 403


def test_ledger_asks_for_sign_in() -> None:
    assert Client().get(reverse("ledger")).status_code == 302
