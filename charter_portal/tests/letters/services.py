"""What is recorded of letters."""

from datetime import date, datetime
from typing import Any

from charter_portal.tests.letters.models import Letter
from charters.models import Committee
from records import ledger
from records.acts import act
from records.facts import recorded
from records.ledger import Actor

RECEIVED = ledger.action("letters.received", "recorded the %(record)s")
ANSWERED = ledger.action("letters.answered", "recorded the answer to the %(record)s")


@act
def receive(
    body: Committee,
    *,
    sender: str,
    received_on: date,
    due_on: date,
    by: Actor,
    at: datetime,
    restricted_roles: frozenset[Any] = frozenset(),
) -> Letter:
    """Put on record that a letter arrived."""
    letter = Letter.objects.create(
        body=body,
        sender=sender,
        received_on=received_on,
        due_on=due_on,
        restricted_roles=restricted_roles,
        restricted_since=received_on,
        **recorded(by, at),
    )
    ledger.record(RECEIVED, subject=letter, by=by, at=at, due_on=due_on)
    return letter


@act
def answer(letter: Letter, *, on: date, by: Actor, at: datetime) -> None:
    """Put on record that it was answered."""
    letter.answered_on = on
    letter.save(update_fields=["answered_on"])
    ledger.record(ANSWERED, subject=letter, by=by, at=at, on=on)
