"""Holds: they stop every deletion, and those who may not place one cannot tell."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from records import ledger
from records.enums import SystemActor
from records.ledger_rows import LedgerLine, ledger_lines
from records.models import Document, LedgerEntry, LegalHold
from records.services import deletions, legal_holds
from records.tests.filing import A_MONTH_LATER, AT, filed, kinds_to_keep

pytestmark = pytest.mark.django_db

REASON = "Preserve all drafts in the matter of the Larch warranty."


@pytest.fixture(autouse=True)
def _stage(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "documents"
    with kinds_to_keep():
        yield


def place(by: User, reason: str = REASON) -> LegalHold:
    return legal_holds.place(reason=reason, by=by, at=AT)


def lift(hold: LegalHold, by: User, reason: str = "Closed.") -> LegalHold:
    """Two people do: another has proposed it."""
    propose(hold)
    return legal_holds.lift(hold, reason=reason, by=by, at=AT + timedelta(days=1))


def propose(hold: LegalHold) -> User:
    found = User.objects.filter(email="petra.proposer@example.com").first()
    other: User = found or make_person("Petra Proposer", Role.COMPANY_COUNSEL)
    if LegalHold.objects.filter(pk=hold.pk, lifting_by=None).exists():
        legal_holds.lift(hold, reason="Over.", by=other, at=AT)
    return other


def test_two_people_lift_a_hold(secretary: User, company_counsel: User) -> None:
    filed("note")
    hold = place(company_counsel)
    legal_holds.lift(hold, reason="Settled.", by=company_counsel, at=AT)
    assert LegalHold.objects.open().get() == hold
    with pytest.raises(ValidationError, match="A legal hold is open"):
        delete()
    with pytest.raises(ValidationError, match="You proposed to lift this hold"):
        legal_holds.lift(hold, reason="Settled.", by=company_counsel, at=AT)
    legal_holds.lift(hold, reason="Counsel wrote so.", by=secretary, at=AT)
    assert not LegalHold.objects.open().exists()
    assert len(delete()) == 1


def test_hold_lifted_by_one_person_is_no_row_of_the_table(secretary: User) -> None:
    hold = place(secretary)
    by = propose(hold)
    with (
        pytest.raises(IntegrityError, match="hold_is_lifted_by_two_people"),
        transaction.atomic(),
    ):
        LegalHold.objects.update(lifted_by=by, lifted_at=AT, lifted_because="x")


def delete() -> list[Document]:
    return deletions.delete(by=SystemActor.OPERATOR, at=A_MONTH_LATER)


def test_a_hold_stops_every_delete(company_counsel: User) -> None:
    filed("note")
    hold = place(company_counsel)
    assert deletions.outlook(SystemActor.SCHEDULER, A_MONTH_LATER).is_held
    with pytest.raises(ValidationError, match="A legal hold is open"):
        delete()
    assert Document.objects.kept().count() == 1

    lift(hold, company_counsel)
    assert len(delete()) == 1


def test_each_open_hold_stops_deletes(secretary: User, independent_counsel: User) -> None:
    filed("note")
    first, second = place(secretary), place(independent_counsel)
    lift(first, secretary)
    with pytest.raises(ValidationError, match="A legal hold is open"):
        delete()
    lift(second, secretary)
    assert len(delete()) == 1


def test_a_hold_also_keeps_bytes_whose_documents_are_gone(secretary: User) -> None:
    note = filed("note")
    delete()
    place(secretary)
    deletions.sweep([note.sha256])
    assert deletions.unclaimed() == [note.sha256]


def test_a_hold_placed_twice_is_placed_once(secretary: User) -> None:
    place(secretary)
    with pytest.raises(ValidationError, match="already"):
        place(secretary, f"  {REASON}\n")
    assert LegalHold.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_hold_is_placed_and_lifted_with_a_reason(secretary: User, reason: str) -> None:
    with pytest.raises(ValidationError):
        place(secretary, reason)
    hold = place(secretary)
    with pytest.raises(ValidationError, match="Enter a reason"):
        lift(hold, secretary, reason)
    assert LegalHold.objects.open().get() == hold


def test_a_hold_is_lifted_once(secretary: User) -> None:
    hold = place(secretary)
    lift(hold, secretary)
    with pytest.raises(ValidationError, match="This hold was already lifted"):
        lift(hold, secretary)


def test_a_hold_is_open_or_lifted_by_somebody_with_a_reason(secretary: User) -> None:
    place(secretary)
    for half in ({"lifted_at": AT}, {"lifted_because": "x"}, {"lifted_by": secretary}):
        with (
            # Which of the two constraints is named first is the database's own choice.
            pytest.raises(IntegrityError, match=r"hold_is_lifted_(with_a_reason|by_two_people)"),
            transaction.atomic(),
        ):
            LegalHold.objects.update(**half)


# Who knows.


def test_its_lines_hold_no_word_of_the_reason(secretary: User) -> None:
    lift(place(secretary), secretary, "The Larch matter was closed.")

    placed, proposed, lifted = LedgerEntry.objects.all()
    actions = ("legal_hold.placed", "legal_hold.lifting", "legal_hold.released")
    assert (placed.action, proposed.action, lifted.action) == actions
    salt = LegalHold.objects.get().salt
    assert placed.facts == {"reason": str(ledger.digest(f"reason:{REASON}", salt))}
    assert [*proposed.facts, *lifted.facts] == ["lifting_because", "lifted_because"]
    assert "Larch" not in str([placed.facts, lifted.facts])


def test_its_lines_look_like_any_other_to_who_may_not_know(
    secretary: User, administrator: User
) -> None:
    """Neither the act nor the person is told apart from that of another closed line."""
    filed("note", by=secretary)
    lift(place(secretary), secretary)
    theirs = ledger_lines(LedgerEntry.objects.all(), administrator)
    mine = ledger_lines(LedgerEntry.objects.all(), secretary)

    told = [(line.actor, line.before.strip(), line.is_closed) for line in mine]
    assert told == [
        (secretary.name, "filed the document", False),
        (secretary.name, "placed the", False),
        ("Petra Proposer", "proposed to lift the", False),
        (secretary.name, "lifted the", False),
    ]
    for line in theirs[1:]:
        assert line == LedgerLine(line.sequence, line.day, line.time, line.hash)
