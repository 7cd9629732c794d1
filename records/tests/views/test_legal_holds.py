"""The pages of holds, and that nobody else can tell from any page that there is one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from records.models import LedgerEntry, LegalHold
from records.services import legal_holds
from records.tests.filing import filed, kinds_to_keep

pytestmark = pytest.mark.django_db

AT = datetime(2026, 8, 4, 12, tzinfo=UTC)
REASON = "Preserve all drafts in the matter of the Larch warranty."
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _stage(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "documents"
    with kinds_to_keep():
        yield


@pytest.fixture(params=["secretary", "company_counsel", "independent_counsel"])
def preserver(request: pytest.FixtureRequest) -> User:
    """Whoever may place a hold."""
    person: User = request.getfixturevalue(request.param)
    return person


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def other() -> User:
    return make_person("Olive Other", Role.INDEPENDENT_COUNSEL)


def test_a_hold_is_placed_and_lifted_by_two_people(
    preserver: User, other: User, client_of: ClientOf
) -> None:
    browser = client_of(preserver)
    page = browser.post("/documents/holds/place/", {"reason": REASON}, follow=True)
    assert "The legal hold was placed." in text(page)
    assert REASON in text(page)

    hold = LegalHold.objects.get()
    address = f"/documents/holds/{hold.pk}/lift/"
    asked = browser.post(address, {"reason": "Settled."})
    assert "stays open until another person confirms it" in text(asked)
    done = browser.post(address, {"reason": "Settled.", "confirmed": "1"}, follow=True)
    assert "You proposed to lift the legal hold." in text(done)
    assert "Lifting proposed:" in text(done)
    own = browser.get(address)
    assert own.status_code == 403
    assert "You proposed to lift this hold" in text(own)

    browser = client_of(other)
    asked = browser.post(address, {"reason": "The matter is closed."})
    assert "No other legal hold is open." in text(asked)
    assert LegalHold.objects.open().exists()
    done = browser.post(address, {"reason": "The matter is closed.", "confirmed": "1"}, follow=True)
    assert "The legal hold was lifted." in text(done)
    assert "The matter is closed." in text(done)
    hold.refresh_from_db()
    assert (hold.lifting_by, hold.lifted_by) == (preserver, other)
    assert browser.get(address).status_code == 404


def test_lifting_says_that_another_hold_stays(
    preserver: User, other: User, client_of: ClientOf
) -> None:
    hold = legal_holds.place(reason=REASON, by=preserver, at=AT)
    legal_holds.lift(hold, reason="Settled.", by=other, at=AT)
    legal_holds.place(reason="Another.", by=preserver, at=AT)
    page = client_of(preserver).post(f"/documents/holds/{hold.pk}/lift/", {"reason": "Closed."})
    assert "Another legal hold is open" in text(page)


def test_a_hold_without_a_reason_is_refused(preserver: User, client_of: ClientOf) -> None:
    page = client_of(preserver).post("/documents/holds/place/", {"reason": "  "})
    assert page.context["form"].errors["reason"]
    assert not LegalHold.objects.exists()


@pytest.mark.parametrize(
    "persona", ["chair", "management", "internal_auditor", "administrator", "outsider"]
)
def test_nobody_else_can_tell(
    persona: str, request: pytest.FixtureRequest, secretary: User, client_of: ClientOf
) -> None:
    """Every page that they may open says the same with a hold as without."""
    browser = client_of(request.getfixturevalue(persona))
    note = filed("note", by=secretary)
    addresses = ["/", "/documents/", note.about_url, "/company/", "/reports/", "/documents/holds/"]
    before = {one: (browser.get(one).status_code, words(browser.get(one))) for one in addresses}
    legal_holds.place(reason=REASON, by=secretary, at=AT)
    after = {one: (browser.get(one).status_code, words(browser.get(one))) for one in addresses}
    assert after == before
    if (ledger := browser.get("/ledger/")).status_code == 200:
        rows = {row.sequence: row for row in ledger.context["rows"]}
        line = rows[LedgerEntry.objects.get(action="legal_hold.placed").sequence]
        assert line.is_closed


def words(response: Any) -> str:
    """The page without its form tokens."""
    return "".join(
        line for line in text(response).splitlines() if "csrfmiddlewaretoken" not in line
    )
