"""The ledger: `record` within an act, `verify` at any time (docs/ledger.md)."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Func, Model, TextField
from django.db.models.functions import Cast
from django.utils.timezone import is_aware

from records import chain, guards
from records.chain import NO_HASH, Fault, FaultKind, Head
from records.facts import Actor, Digest, Fact, actor, digest, label, person, plain
from records.ledger_words import Action, action
from records.models import LedgerEntry, LedgerHead
from records.models.ledger import LedgerEntryQuerySet

__all__ = [
    "NO_HASH",
    "Action",
    "Actor",
    "Digest",
    "Fault",
    "FaultKind",
    "Head",
    "Verdict",
    "action",
    "digest",
    "genuine",
    "genuine_about",
    "genuine_with",
    "head",
    "label",
    "legible",
    "person",
    "record",
    "stored",
    "verify",
]

ACTION = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
AT_A_TIME = 2_000
# The greatest number that the databases hold.
LAST_PLACE = 2**63 - 1
T = TypeVar("T")


@dataclass
class Page:
    """What the act under way has recorded so far: entries that have no place in the chain yet."""

    entries: list[LedgerEntry] = field(default_factory=list)
    # What to do, once each, when the act is on record: to wake a worker for what it owes.
    afterwards: set[Callable[[], None]] = field(default_factory=set)
    thread: int = field(default_factory=threading.get_ident)


_page: ContextVar[Page | None] = ContextVar("ledger_page", default=None)


def page() -> Page | None:
    """The page of the act under way; a context copied into another thread does not carry it."""
    current = _page.get()
    return current if current and current.thread == threading.get_ident() else None


@contextmanager
def new_page() -> Iterator[None]:
    """For the outermost act: collect while it works, append once it has succeeded."""
    current = Page()
    token = _page.set(current)
    try:
        yield
    finally:
        _page.reset(token)
    append(current.entries)
    for ring in current.afterwards:
        transaction.on_commit(ring)


@contextmanager
def paragraph(current: Page) -> Iterator[None]:
    """For an act within an act: if it fails, what it recorded is struck out."""
    written = len(current.entries)
    try:
        yield
    except BaseException:
        del current.entries[written:]
        raise


def record(action: Action | str, *, subject: Model, by: Actor, at: datetime, **facts: Fact) -> None:
    """Put an act on record, with its facts: `ledger.record(DUTY_ENDED, subject=duty, ...)`.

    The entry is appended when the outermost act ends. Raises TypeError for what could be prose.
    """
    current = page()
    if current is None:
        raise RuntimeError(f"{action} outside an act: put @act on the verb that records it.")
    if not ACTION.fullmatch(str(action)):
        raise ValueError(f"{action!r} is no action: write it like minutes.approved.")
    if not is_aware(at):
        raise TypeError("An instant in the ledger needs a time zone.")
    current.entries.append(
        LedgerEntry(
            at=at,
            actor=actor(by, at),
            action=str(action),
            subject=label(subject),
            facts={name: plain(fact) for name, fact in facts.items()},
        )
    )


def append(entries: Sequence[LedgerEntry]) -> None:
    """Give the entries their places after the last one, behind the head's lock."""
    if not entries:
        return
    _lock_head()
    last, key = head(), _key()
    if last.sequence > LAST_PLACE - len(entries):
        raise IntegrityError(
            f"The ledger's last entry has the number {last.sequence}, and none can follow it: "
            "entries were moved. See manage.py verify_ledger."
        )
    for entry in entries:
        entry.sequence, entry.previous_hash = last.sequence + 1, last.hash
        entry.hash = chain.hash_of(_canonical(entry))
        entry.seal = chain.seal_of(entry.hash, key)
        last = Head(entry.sequence, entry.hash)
    LedgerEntry.objects.bulk_create(entries)
    _refuse_vanished(entries)


def _refuse_vanished(entries: Sequence[LedgerEntry]) -> None:
    """A trigger or a rule may have let them vanish without an error: then the act is undone."""
    last = entries[-1]
    written = LedgerEntry.objects.filter(sequence__gte=entries[0].sequence)
    stored = set(written.values_list("sequence", "hash"))
    if not stored.issuperset((entry.sequence, entry.hash) for entry in entries):
        raise IntegrityError(
            f"The database did not keep what was appended to the ledger up to {last.sequence}: "
            "a trigger or a rule stands on its table. See manage.py check --database default."
        )


def _lock_head() -> None:
    """Wait until no other act appends. The row is made by the first to need it."""
    heads = LedgerHead.objects.select_for_update()
    if heads.first() is None:
        LedgerHead.objects.bulk_create([LedgerHead(pk=1)], ignore_conflicts=True)
        heads.get()


def _canonical(entry: LedgerEntry) -> str:
    return chain.canonical(
        sequence=entry.sequence,
        at=chain.instant(entry.at),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        facts=entry.facts,
        previous_hash=entry.previous_hash,
    )


def _key() -> bytes:
    return str(settings.LEDGER_SEAL_KEY).encode()


def head() -> Head:
    """The last entry's place and hash: what reports print, anchors keep, and nearly every page reads."""
    with connection.cursor() as cursor:
        cursor.execute(*_query_of_head(connection.vendor))
        last = cursor.fetchone()
    return Head(last[0], str(last[1])) if last else Head()


@cache
def _query_of_head(vendor: str) -> tuple[str, tuple[Any, ...]]:
    last = _placed().order_by("-sequence").values_list("sequence", "hash")[:1]
    return last.query.sql_with_params()


def _placed() -> LedgerEntryQuerySet:
    """The entries whose number is one: SQLite stores any type in any column."""
    if connection.vendor != "sqlite":
        return LedgerEntry.objects.all()
    stored_as = Func("sequence", function="typeof", output_field=TextField())
    return LedgerEntry.objects.alias(stored_as=stored_as).filter(stored_as="integer")


def _is_any_unplaced() -> bool:
    return LedgerEntry.objects.count() != _placed().count()


def legible(read: Callable[[], T]) -> T:
    """What `read` answers. A text in SQLite need not be UTF-8: then it is read again, with signs
    in the place of what cannot be decoded."""
    try:
        return read()
    except OperationalError:
        if connection.vendor != "sqlite":
            raise
    stored, strict = connection.connection, connection.connection.text_factory
    stored.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        return read()
    finally:
        stored.text_factory = strict


@dataclass(frozen=True)
class Verdict:
    """What a verification found.

    guards         the triggers that refuse changes are in place
    since          the entry from which on it was read; 0: the whole ledger
    anchors        how many anchors it was held against
    anchors_whole  no line of the anchor file is missing or cannot be read, as far as is known
    """

    sound: bool
    entries: int
    head: Head
    guards: bool
    first_fault: Fault | None
    since: int = 0
    anchors: int = 0
    anchors_whole: bool = True


def verify(*anchors: Head, since: Head | None = None) -> Verdict:
    """Check every entry's hash, seal, place and link, and name the first that is at fault.

    A tail that was cut off shows only against an anchor: a head noted down outside the database.
    With `since`, a head up to which all was found sound, what came before it is only counted; and
    if anything is not as it should be the whole is read to name it. What others append meanwhile
    is left to the next verification.
    """
    return legible(partial(_verify, anchors, since))


def _verify(anchors: Sequence[Head], since: Head | None) -> Verdict:
    last = head()
    if since and since.sequence and _continues(since, last, anchors):
        fault = None
    else:
        since = None
        fault = chain.first_fault(partial(_stored, 1, last.sequence), _key(), anchors)
        if fault is None and _is_any_unplaced():
            fault = Fault(last.sequence + 1, FaultKind.INSERTED)
    return Verdict(
        sound=fault is None,
        entries=_up_to(last),
        head=last,
        guards=guards.present(connection),
        first_fault=fault,
        since=since.sequence if since else 0,
        anchors=len(anchors),
    )


def _up_to(last: Head) -> int:
    return _placed().filter(sequence__lte=last.sequence).count()


def _continues(since: Head, last: Head, anchors: Sequence[Head]) -> bool:
    """None is missing, every anchor is met, and all from that head on is as it was written."""
    held = {(head.sequence, head.hash) for head in (since, *anchors) if head.sequence}
    met = _placed().filter(sequence__in={sequence for sequence, _hash in held})
    return (
        held <= set(met.values_list("sequence", "hash"))
        and _up_to(last) == last.sequence
        and not _is_any_unplaced()
        and not chain.suspect(
            _stored(since.sequence, last.sequence), _key(), after=since.sequence - 1
        )
    )


def stored(last: Head) -> Iterator[chain.StoredEntry]:
    """Every entry up to that head, in order, as it is stored."""
    return _stored(1, last.sequence)


def genuine(action: str, subject: str = "") -> Iterator[chain.StoredEntry]:
    """The entries of an action that the portal wrote, in order: hash and seal are right."""
    entries = _placed().filter(action=action)
    return _genuine(entries.filter(subject=subject) if subject else entries)


def genuine_about(model: type[Model]) -> Iterator[chain.StoredEntry]:
    """The entries that the portal wrote, in order, of all actions whose facts ever name a record of
    the model."""
    return genuine_with(f'"{model._meta.label}:')


def genuine_with(text: str) -> Iterator[chain.StoredEntry]:
    """The entries that the portal wrote, in order, of all actions whose facts ever hold the text."""
    telling = _placed().annotate(facts_text=Cast("facts", TextField()))
    telling = telling.filter(facts_text__contains=text)
    actions = legible(lambda: set(telling.values_list("action", flat=True)))
    return _genuine(_placed().filter(action__in=actions))


def _genuine(entries: LedgerEntryQuerySet) -> Iterator[chain.StoredEntry]:
    key = _key()
    found = legible(
        lambda: [e for e in _as_stored(entries) if chain.is_genuine(e, e.sequence, key)]
    )
    return iter(found)


def _stored(first: int, last: int) -> Iterator[chain.StoredEntry]:
    """Entries in order, as text: what a forger has stored need not be a date or JSON."""
    places = _placed().filter(sequence__lte=last)
    if first > 1:
        places = places.filter(sequence__gte=first)
    return _as_stored(places)


def _as_stored(places: LedgerEntryQuerySet) -> Iterator[chain.StoredEntry]:
    rows = (
        places.order_by("sequence")
        .annotate(at_text=Cast("at", TextField()), facts_text=Cast("facts", TextField()))
        .values_list(
            "sequence",
            "at_text",
            "actor",
            "action",
            "subject",
            "facts_text",
            "previous_hash",
            "hash",
            "seal",
        )
    )
    return (chain.StoredEntry(*row) for row in rows.iterator(chunk_size=AT_A_TIME))
