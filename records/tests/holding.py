"""A process in which deletes, holds and filings meet. Started by test_hold_concurrency."""

import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connections  # noqa: E402

from accounts.models import User  # noqa: E402
from records import ledger, store  # noqa: E402
from records.acts import act  # noqa: E402
from records.document_kinds import DOCUMENT_KINDS, DocumentKind  # noqa: E402
from records.enums import Retention, SystemActor  # noqa: E402
from records.models import Document, LedgerEntry, LegalHold  # noqa: E402
from records.services import deletions, legal_holds  # noqa: E402
from records.tests.filing import A_MONTH_LATER, AT, days_of_filing, filed, kinds_to_keep  # noqa: E402

ROUNDS = 12
PATIENCE = 60


class Meeting:
    """A place within an act where it waits until the others have begun."""

    def __init__(self) -> None:
        self.arrived, self.may_go_on = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.arrived.set()
        assert self.may_go_on.wait(PATIENCE)


def at_once(*verbs: Callable[[], object]) -> list[threading.Thread]:
    def closing(verb: Callable[[], object]) -> None:
        try:
            verb()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=closing, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    return threads


def end(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "waited for each other forever"


def delete() -> None:
    with suppress(ValidationError):
        deletions.delete(by=SystemActor.SCHEDULER, at=A_MONTH_LATER)


def counsel() -> User:
    return User.objects.get_or_create(email="counsel@example.com", defaults={"name": "C"})[0]


def lift_all() -> None:
    for hold in LegalHold.objects.open():
        given = {"email": "colleague@example.com", "defaults": {"name": "D"}}
        other = User.objects.get_or_create(**given)[0]
        for by in (other, counsel()):
            legal_holds.lift(hold, reason="Over.", by=by, at=AT)


def hold_comes_first() -> None:
    """A deletion that begins while a hold is being placed waits for it, and does not begin."""
    meeting, note, by = Meeting(), filed("note", content=b"First."), counsel()

    @act
    def place() -> None:
        legal_holds.place(reason="First.", by=by, at=AT)
        meeting.wait()

    placing = at_once(place)
    assert meeting.arrived.wait(PATIENCE)
    deleting = at_once(delete)
    meeting.may_go_on.set()
    end(placing + deleting)

    assert Document.objects.kept().filter(pk=note.pk).exists()
    store.fetch(note.sha256).close()
    lift_all()


def delete_comes_first() -> None:
    """A hold that is placed while a deletion is under way comes after it."""
    meeting, by = Meeting(), counsel()
    DOCUMENT_KINDS.remove("tests.note")

    def runs_from(documents: list[Document]) -> dict[object, object]:
        meeting.wait()
        return days_of_filing(documents)

    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.note", "Note", lambda user: True, retention=Retention.DRAFT, runs_from=runs_from
        )
    )
    note = filed("note", content=b"Second.")
    deleting = at_once(delete)
    assert meeting.arrived.wait(PATIENCE)
    placing = at_once(lambda: legal_holds.place(reason="Second.", by=by, at=AT))
    meeting.may_go_on.set()
    end(deleting + placing)

    assert Document.objects.get(pk=note.pk).is_deleted
    lines = LedgerEntry.objects.order_by("-sequence").values_list("action", flat=True)
    assert list(lines[:2]) == ["legal_hold.placed", "document.deleted"]
    lift_all()
    DOCUMENT_KINDS.remove("tests.note")
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.note",
            "Note",
            lambda user: True,
            retention=Retention.DRAFT,
            runs_from=days_of_filing,
        )
    )


def filing_and_sweeping() -> None:
    """Bytes that are filed again while they are swept away are there in the end, every time."""
    for turn in range(ROUNDS):
        content = f"Again {turn}.".encode()
        filed("note", content=content)
        end(at_once(delete, lambda content=content: filed("minutes", content=content), delete))
        for document in Document.objects.kept():
            store.fetch(document.sha256).close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, kinds_to_keep():
        settings.MEDIA_ROOT = folder
        hold_comes_first()
        delete_comes_first()
        filing_and_sweeping()
    assert ledger.verify().first_fault is None


if __name__ == "__main__":
    sys.exit(main())
