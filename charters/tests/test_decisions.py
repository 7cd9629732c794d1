"""Decisions: what may be recorded, how they are cited, and who reads them."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from charters import services
from charters.documents import COMPLETION, DECISION
from charters.enums import CommitteeKind, HowDecided
from charters.models import Committee, Decision
from charters.permissions import decisions_open_to
from charters.tests.charters import AT, BY, SIGNED, set_the_stage
from records import ledger
from records.models import Document, LedgerEntry
from records.services import documents

pytestmark = pytest.mark.django_db

DAY, TODAY = date(2026, 5, 5), AT.date()
TEXT = "The Board adopted the charter."
MANAGEMENT = frozenset({Role.MANAGEMENT})


@dataclass(frozen=True)
class Bodies:
    board: Committee
    audit: Committee
    stockholders: None = None


@pytest.fixture
def bodies() -> Bodies:
    audit = set_the_stage().committee
    board = services.establish(name="Board of Directors", kind=CommitteeKind.BOARD, **SIGNED)
    return Bodies(board, audit)


def decide(body: Committee | None, **given: object) -> Decision:
    usual = {"decided_on": DAY, "how": HowDecided.MEETING, "text": TEXT}
    return services.record_decision(body, **usual | SIGNED | given)


@pytest.mark.parametrize(
    ("body", "how", "number", "cited"),
    [
        ("board", HowDecided.MEETING, "4", "Board meeting of May 5, 2026, resolution 4"),
        ("board", HowDecided.MEETING, "", "Board meeting of May 5, 2026"),
        (
            "board",
            HowDecided.WRITTEN_CONSENT,
            "2026-04",
            "Board written consent of May 5, 2026, resolution 2026-04",
        ),
        ("audit", HowDecided.MEETING, "1", "Audit Committee meeting of May 5, 2026, resolution 1"),
        (
            "stockholders",
            HowDecided.ANNUAL_MEETING,
            "2",
            "Annual meeting of stockholders of May 5, 2026, proposal 2",
        ),
        ("stockholders", HowDecided.MEETING, "", "Stockholder meeting of May 5, 2026"),
    ],
)
def test_decision_is_cited_as_minutes_cite_it(
    bodies: Bodies, body: str, how: HowDecided, number: str, cited: str
) -> None:
    assert str(decide(getattr(bodies, body), how=how, number=number)) == cited


def test_the_ledger_holds_no_word_of_it(bodies: Bodies) -> None:
    decision = decide(
        bodies.board, number=" 4 ", text=f" {TEXT} ", restricted_roles=[Role.MANAGEMENT]
    )
    assert (decision.number, decision.text) == ("4", TEXT)
    assert (decision.recorded_by, decision.recorded_at) == (None, AT)
    assert LedgerEntry.objects.get(action="decision.recorded").facts == {
        "body": f"charters.Committee:{bodies.board.pk}",
        "decided_on": "2026-05-05",
        "how": "meeting",
        "number": str(ledger.digest("number:4", decision.salt)),
        "text": str(ledger.digest(f"text:{TEXT}", decision.salt)),
        "document": None,
        "restricted_roles": ["management"],
        "restricted_people": [],
    }
    assert ledger.verify().sound


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"how": HowDecided.ANNUAL_MEETING}, "how"),
        ({"text": "  "}, "text"),
        ({"number": "4"}, "number"),
    ],
    ids=["in the future", "annual meeting of the Board", "no text", "number on record"],
)
def test_what_cannot_be_recorded_is_refused(
    bodies: Bodies, given: dict[str, object], field: str
) -> None:
    decide(bodies.board, number="4")
    entries = LedgerEntry.objects.count()
    with pytest.raises(ValidationError) as refusal:
        decide(bodies.board, **given)
    assert set(refusal.value.message_dict) == {field}
    assert (Decision.objects.count(), LedgerEntry.objects.count()) == (1, entries)


def test_same_decision_is_recorded_once(bodies: Bodies) -> None:
    decide(bodies.board)
    with pytest.raises(ValidationError, match="This decision is already on record for that date"):
        decide(bodies.board)
    decide(bodies.board, text="Something else.")
    assert Decision.objects.count() == 2


def test_number_is_unique_to_body_date_and_way(bodies: Bodies) -> None:
    for body in (bodies.board, bodies.audit, None):
        decide(body, number="4")
        with pytest.raises(ValidationError, match="on record for that date"):
            decide(body, number="4")
        decide(body, number="4", decided_on=TODAY)
        decide(body, number="4", how=HowDecided.WRITTEN_CONSENT)
        decide(body)
        decide(body, text="Something else.")
    assert Decision.objects.count() == 15


@pytest.mark.parametrize(
    "wrong",
    [{"how": "by telephone"}, {"how": HowDecided.ANNUAL_MEETING}, {"text": ""}],
    ids=["unknown way", "annual meeting of the Board", "no text"],
)
def test_database_refuses_what_no_service_would_store(
    bodies: Bodies, wrong: dict[str, object]
) -> None:
    usual = {"decided_on": DAY, "how": HowDecided.MEETING, "text": TEXT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            body=bodies.board, restricted_since=DAY, recorded_at=AT, **usual | wrong
        )


# Restricted decisions.


def test_decision_is_restricted_since_its_own_date(
    bodies: Bodies, secretary: User, secretary_in_management: User, member: User
) -> None:
    """Also from a person by name, whatever their role."""
    decide(bodies.audit, number="1", restricted_roles=MANAGEMENT)
    decide(bodies.audit, number="2", restricted_people=[secretary.pk])
    numbers = {
        user: {decision.number for decision in decisions_open_to(user)}
        for user in (secretary, secretary_in_management, member)
    }
    assert numbers == {
        secretary: {"1"},
        secretary_in_management: {"2"},
        member: {"1", "2"},
    }
    secretary_in_management.roleterm_set.filter(role=Role.MANAGEMENT).update(ends_on=TODAY)
    secretary_in_management.forget_roles()
    assert decisions_open_to(secretary_in_management).get().number == "2"
    secretary_in_management.roleterm_set.filter(role=Role.MANAGEMENT).update(ends_on=DAY)
    secretary_in_management.forget_roles()
    assert decisions_open_to(secretary_in_management).count() == 2


def test_nobody_records_what_they_could_not_read(
    bodies: Bodies, secretary_in_management: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        decide(bodies.audit, restricted_roles=MANAGEMENT, by=secretary_in_management)
    assert set(refusal.value.message_dict) == {"restricted_roles"}


# Its document.


def a_file(kind: str) -> Document:
    return documents.file(
        kind=kind, title="Minutes", content=b"Minutes.", file_name="minutes.txt", by=BY, at=AT
    )


def test_document_of_another_kind_is_refused(bodies: Bodies) -> None:
    with pytest.raises(ValidationError) as refusal:
        decide(bodies.board, document=a_file(COMPLETION.name))
    assert set(refusal.value.message_dict) == {"document"}


def test_upload_is_filed_with_the_decision_or_not_at_all(bodies: Bodies) -> None:
    upload = services.Upload(b"Minutes.", "minutes.txt")
    decision = decide(bodies.board, number="4", upload=upload)
    assert decision.document.title == "Board meeting of May 5, 2026, resolution 4"
    with pytest.raises(ValidationError):
        decide(bodies.board, number="4", upload=services.Upload(b"Others.", "others.txt"))
    assert Document.objects.get() == decision.document


def test_document_is_open_to_whom_all_its_decisions_are(
    bodies: Bodies, secretary: User, secretary_in_management: User, management: User
) -> None:
    minutes, alone = a_file(DECISION.name), a_file(DECISION.name)
    decide(bodies.board, number="1", document=minutes)
    readers = (secretary, secretary_in_management, management)
    seen = [set(Document.objects.visible_to(user)) for user in readers]
    assert seen == [{minutes}, {minutes}, set()]
    decide(bodies.board, number="2", document=minutes, restricted_roles=MANAGEMENT)
    seen = [set(Document.objects.visible_to(user)) for user in readers]
    assert seen == [{minutes}, set(), set()]
    assert alone
