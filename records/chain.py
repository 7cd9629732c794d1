"""The ledger's law: what an entry's hash covers, and how the first fault in a chain is named.

Pure: no database, no clock. Anyone can recompute the hashes; only who holds the key can
recompute the seals. That is why a forger who recalculates the whole chain is still found.
"""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring_ascii as quote
from typing import Any, NamedTuple

# Stands where the first entry names its predecessor, and for the head of an empty ledger.
NO_HASH = "0" * 64
# How far beyond the last stored entry a renumbered one is looked for.
HORIZON = 10_000
# Holds the number's place in a canonical text, where no such sign can stand.
_PLACE = "\x00"

encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode


class FaultKind(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"


@dataclass(frozen=True)
class Head:
    """The last entry: its place and hash. An empty ledger has place 0 and the hash of zeros."""

    sequence: int = 0
    hash: str = NO_HASH


@dataclass(frozen=True)
class Fault:
    """The first place at which the ledger is not what was written, and what kind of fault it is.

    `anchor` is the head it contradicts, where nothing in the ledger itself would show the fault.
    """

    sequence: int
    kind: FaultKind
    anchor: Head | None = field(default=None, compare=False)


class StoredEntry(NamedTuple):
    """An entry as it is stored, `at` and `facts` as text: a forger need not respect types."""

    sequence: int
    at: str
    actor: str
    action: str
    subject: str
    facts: str
    previous_hash: str
    hash: str
    seal: str


def instant(at: datetime) -> str:
    """The canonical form of an instant: UTC, microseconds, Z."""
    return _in_utc(at.astimezone(UTC).replace(tzinfo=None))


def _in_utc(at: datetime) -> str:
    return f"{at.isoformat(timespec='microseconds')}Z"


def canonical(
    *,
    sequence: int | str,
    at: str,
    actor: str,
    action: str,
    subject: str,
    facts: Any,
    previous_hash: str,
) -> str:
    """The text that is hashed: JSON with sorted keys, no blanks, ASCII only.

    Put together by hand, which takes a third of the encoder's time: a million are verified.
    """
    return (
        f'{{"action":{quote(action)},"actor":{quote(actor)},"at":{quote(at)},'
        f'"facts":{encode(facts)},"previous_hash":{quote(previous_hash)},'
        f'"sequence":{sequence},"subject":{quote(subject)}}}'
    )


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def seal_of(entry_hash: str, key: bytes) -> str:
    return hmac.digest(key, entry_hash.encode(), "sha256").hex()


def contents(entry: StoredEntry, sequence: int | str) -> str | None:
    """The canonical text of a stored entry at a place, or None if it cannot even be read."""
    try:
        at = datetime.fromisoformat(entry.at)
        return canonical(
            sequence=sequence,
            at=instant(at) if at.tzinfo else _in_utc(at),
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            facts=json.loads(entry.facts),
            previous_hash=entry.previous_hash,
        )
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def exported(entry: StoredEntry) -> str:
    """An entry as it is handed out: its canonical text with the hash, to be checked by anybody.

    What cannot even be read is handed out as it is stored; its hash then tells.
    """
    text = contents(entry, entry.sequence)
    if text is None:
        stored = {name: str(value) for name, value in entry._asdict().items() if name != "seal"}
        return encode(stored | {"sequence": entry.sequence})
    before, place, after = text.rpartition(',"previous_hash":')
    return f'{before},"hash":{quote(str(entry.hash))}{place}{after}'


def is_sealed(entry: StoredEntry, key: bytes) -> bool:
    try:
        return hmac.compare_digest(seal_of(entry.hash, key), entry.seal)
    except (TypeError, AttributeError, ValueError):
        return False


def is_genuine(entry: StoredEntry, sequence: int, key: bytes) -> bool:
    """Written by the portal for this very place, and unaltered since."""
    text = contents(entry, sequence)
    return text is not None and hash_of(text) == entry.hash and is_sealed(entry, key)


def genuine_place(entry: StoredEntry, last: int, key: bytes) -> int | None:
    """The place for which the portal wrote this entry, wherever it stands now."""
    text = contents(entry, _PLACE)
    if text is None or not is_sealed(entry, key):
        return None
    before, _, after = text.encode("ascii").partition(_PLACE.encode("ascii"))
    begun = hashlib.sha256(before)
    for place in range(1, last + HORIZON):
        attempt = begun.copy()
        attempt.update(b"%d%b" % (place, after))
        if attempt.hexdigest() == entry.hash:
            return place
    return None


class Suspect(NamedTuple):
    """A place where something is wrong, what stands there, and the kind if the place tells it."""

    place: int
    standing: StoredEntry | None = None
    kind: FaultKind | None = None
    anchor: Head | None = None


def suspect(
    entries: Iterable[StoredEntry], key: bytes, anchors: Sequence[Head] = (), after: int = 0
) -> Suspect | None:
    """The first place where the chain is not as it was written.

    `after` is the place before the first entry given; what that entry follows is then not asked.
    """
    place, previous = after, None if after else NO_HASH
    held: dict[int, list[Head]] = defaultdict(list)
    for anchor in anchors:
        held[anchor.sequence].append(anchor)
    for entry in entries:
        place += 1
        if entry.sequence != place:
            is_stray = not isinstance(entry.sequence, int) or entry.sequence < place
            return Suspect(place, kind=FaultKind.INSERTED if is_stray else None)
        if not is_genuine(entry, place, key):
            return Suspect(place, entry)
        if previous is not None and entry.previous_hash != previous:
            # Written for this place, but in another history: one restored or forked.
            return Suspect(place, entry, FaultKind.INSERTED)
        for anchor in held.get(place, ()):
            if anchor.hash != entry.hash:
                return Suspect(place, entry, FaultKind.CHANGED, anchor)
        previous = entry.hash
    beyond = [anchor for anchor in anchors if anchor.sequence > place]
    if beyond:
        # Places have no gaps: the first one that is missing follows the last one stored.
        latest = max(beyond, key=lambda anchor: anchor.sequence)
        return Suspect(place + 1, None, FaultKind.REMOVED, latest)
    return None


def first_fault(
    read: Callable[[], Iterable[StoredEntry]], key: bytes, anchors: Sequence[Head] = ()
) -> Fault | None:
    """Read the chain once; only where it is faulty read it again to say what happened."""
    found = suspect(read(), key, anchors)
    if not found:
        return None
    kind = found.kind or name(read, found.place, found.standing, key)
    return Fault(found.place, kind, found.anchor)


def name(
    read: Callable[[], Iterable[StoredEntry]], place: int, standing: StoredEntry | None, key: bytes
) -> FaultKind:
    """What happened at the first place that is not genuine.

    If the entry written for the place is found elsewhere, it was moved, or pushed aside by one
    that nobody wrote. If it is not found, it was removed (nothing, or a later entry, stands in
    its place) or changed.
    """
    last, is_elsewhere = 0, False
    for entry in read():
        last = entry.sequence if isinstance(entry.sequence, int) else last
        is_elsewhere = is_elsewhere or is_genuine(entry, place, key)
    is_written = standing is None or genuine_place(standing, last, key) is not None
    if is_elsewhere:
        return FaultKind.REORDERED if is_written else FaultKind.INSERTED
    return FaultKind.REMOVED if is_written else FaultKind.CHANGED
