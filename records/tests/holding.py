"""A process in which purges, holds and filings meet. Started by test_hold_concurrency."""

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
from records import kinds, ledger, store  # noqa: E402
from records.acts import act  # noqa: E402
from records.enums import Office, Retention  # noqa: E402
from records.models import Document, Hold, LedgerEntry  # noqa: E402
from records.services import holds, purges  # noqa: E402
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
        assert not thread.is_alive(), "waited for each other for good"


def purge() -> None:
    with suppress(ValidationError):
        purges.purge(by=Office.CLOCK, at=A_MONTH_LATER)


def counsel() -> User:
    return User.objects.get_or_create(email="counsel@example.com", defaults={"name": "C"})[0]


def lift_all() -> None:
    for hold in Hold.objects.open():
        holds.lift(hold, reason="Over.", by=counsel(), at=AT)


def hold_comes_first() -> None:
    """A purge that begins while a hold is being placed waits for it, and does not begin."""
    meeting, note, by = Meeting(), filed("note", content=b"First."), counsel()

    @act
    def place() -> None:
        holds.place(reason="First.", by=by, at=AT)
        meeting.wait()

    placing = at_once(place)
    assert meeting.arrived.wait(PATIENCE)
    purging = at_once(purge)
    meeting.may_go_on.set()
    end(placing + purging)

    assert Document.objects.kept().filter(pk=note.pk).exists()
    store.fetch(note.sha256).close()
    lift_all()


def purge_comes_first() -> None:
    """A hold that is placed while a purge is under way comes after it."""
    meeting, by = Meeting(), counsel()
    kinds.unregister("note")

    def runs_from(documents: list[Document]) -> dict[object, object]:
        meeting.wait()
        return days_of_filing(documents)

    kinds.register(
        "note", "Note", lambda user: True, retention=Retention.DRAFT, runs_from=runs_from
    )
    note = filed("note", content=b"Second.")
    purging = at_once(purge)
    assert meeting.arrived.wait(PATIENCE)
    placing = at_once(lambda: holds.place(reason="Second.", by=by, at=AT))
    meeting.may_go_on.set()
    end(purging + placing)

    assert Document.objects.get(pk=note.pk).is_purged
    lines = LedgerEntry.objects.order_by("-sequence").values_list("action", flat=True)
    assert list(lines[:2]) == ["hold.placed", "document.purged"]
    lift_all()
    kinds.unregister("note")
    kinds.register(
        "note", "Note", lambda user: True, retention=Retention.DRAFT, runs_from=days_of_filing
    )


def filing_and_sweeping() -> None:
    """Bytes that are filed again while they are swept away are there in the end, every time."""
    for turn in range(ROUNDS):
        content = f"Again {turn}.".encode()
        filed("note", content=content)
        end(at_once(purge, lambda content=content: filed("minutes", content=content), purge))
        for document in Document.objects.kept():
            store.fetch(document.sha256).close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, kinds_to_keep():
        settings.MEDIA_ROOT = folder
        hold_comes_first()
        purge_comes_first()
        filing_and_sweeping()
    assert ledger.verify().first_fault is None


if __name__ == "__main__":
    sys.exit(main())
