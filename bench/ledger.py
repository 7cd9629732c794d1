"""The ledger at its size after decades: a million entries, correctly chained and sealed."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from bench.timing import Measurement, behind, queries, timed
from records import chain, clock, guards, ledger
from records.acts import act
from records.enums import SystemActor
from records.models import Company, LedgerEntry

MILLION = 1_000_000
A_DAY = 1_000
APPENDS = 100
VERIFY_GOAL = 30
INCREMENTAL_GOAL = 1
COLUMNS = "sequence, at, actor, action, subject, facts, previous_hash, hash, seal"


@act
def append() -> None:
    """An act that does nothing but leave its line."""
    company = Company.objects.get()
    ledger.record(
        "company.changed", subject=company, by=SystemActor.SCHEDULER, at=clock.now(), changed=[]
    )


def measures() -> Iterator[Measurement]:
    """Each with its baseline: the same rows, inserted or read without the ledger's rules."""
    fill_up()
    yield appending()
    last = ledger.head()
    yield verifying("verify a million", ledger.verify, 1, last.sequence, VERIFY_GOAL)
    known = LedgerEntry.objects.get(pk=last.sequence - A_DAY)
    since = ledger.Head(known.sequence, known.hash)

    def incremental() -> ledger.Verdict:
        return ledger.verify(since=since)

    yield verifying("verify a day", incremental, since.sequence, last.sequence, INCREMENTAL_GOAL)


def appending() -> Measurement:
    made = behind(append)

    def write() -> None:
        with transaction.atomic():
            Company.objects.update(ticker="LRCH")

    return Measurement("append", timed(append, APPENDS), made, timed(write, APPENDS))


def verifying(
    name: str, verify: Callable[[], ledger.Verdict], first: int, last: int, goal: int
) -> Measurement:
    def sound() -> None:
        assert verify().sound

    def read() -> None:
        for _entry in ledger._stored(first, last):
            pass

    with queries() as made:
        timing = timed(sound, 1, warm=0)
    floor = timed(read, 1, warm=0)
    return Measurement(name, timing, made, floor, f"{goal} s", timing.p50 <= goal)


def fill_up(to: int = MILLION) -> None:
    """As many entries as a company's acts would leave, without the acts.

    The guards ask three indexes for each line, and an index is built faster at the end: both are
    put back, for what is measured is a ledger as it stands.
    """
    marks = ", ".join(["%s"] * len(COLUMNS.split(", ")))
    table, indexes = LedgerEntry._meta.db_table, LedgerEntry._meta.indexes
    with connection.cursor() as cursor:
        # Nobody pulls the plug meanwhile, and the indexes fit into memory.
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -400000")
    with guards.lifted(connection):
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.remove_index(LedgerEntry, index)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({COLUMNS}) VALUES ({marks})", _rows(to))
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.add_index(LedgerEntry, index)


def _rows(to: int) -> Iterator[tuple[Any, ...]]:
    last, key = ledger.head(), ledger._key()
    previous, began = last.hash, datetime(2026, 1, 5, 12, tzinfo=UTC).timestamp()
    for sequence in range(last.sequence + 1, to + 1):
        at = datetime.fromtimestamp(began + sequence, UTC)
        actor, subject = f"user:{sequence % 20} roles=secretary", f"charters.Duty:{sequence % 60}"
        facts = {"performed_on": "2026-08-04", "serves": "2026-12-31", "duty": sequence % 60}
        text = chain.canonical(
            sequence=sequence,
            at=chain.instant(at),
            actor=actor,
            action="completion.recorded",
            subject=subject,
            facts=facts,
            previous_hash=previous,
        )
        digest = chain.hash_of(text)
        stored_at = at.replace(tzinfo=None).isoformat(" ", "microseconds")
        yield (
            sequence,
            stored_at,
            actor,
            "completion.recorded",
            subject,
            json.dumps(facts),
            previous,
            digest,
            chain.seal_of(digest, key),
        )
        previous = digest
