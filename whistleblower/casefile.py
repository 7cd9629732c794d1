"""The sealed entries of a case: how they are sealed and opened. No database, no clock.

Each entry names the digest of the sealed entry before it. Entries of the conversation open with a
key that the reporter holds too; entries of the desk do not.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol

from whistleblower.crypto import sealing
from whistleblower.crypto.sealing import Label, SealBrokenError, Stored
from whistleblower.crypto.slots import CaseKeys
from whistleblower.enums import (
    EntryKind,
)

TALK, DESK, NAME = "conversation", "desk", "name"
# What the reporter may read.
SHARED = frozenset(
    {
        EntryKind.REPORT,
        EntryKind.NAME,
        EntryKind.KEYS,
        EntryKind.MESSAGE,
        EntryKind.REPLY,
        EntryKind.ACKNOWLEDGED,
        EntryKind.OUTCOME,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
    }
)


class Sealed(Protocol):
    """A stored part."""

    number: int
    generation: int
    on: date
    sealed: Any


@dataclass(frozen=True)
class Keys:
    """What somebody opens one generation with. The reporter has no key of the desk, nor has a reader
    for the time before the reporter let them in. `held` is what is passed on."""

    held: CaseKeys

    @classmethod
    def of_reporter(cls, keys: CaseKeys) -> Keys:
        return cls(replace(keys, is_whole=False))

    @property
    def conversation(self) -> bytes:
        return self.held.conversation

    @property
    def name(self) -> bytes:
        return self.held.name

    @property
    def desk(self) -> bytes | None:
        return self.held.desk


@dataclass(frozen=True)
class Entry:
    """What one part says: who, what, on which date."""

    number: int
    generation: int
    on: date
    kind: EntryKind
    by: str
    data: Mapping[str, Any]
    # Its place in the conversation; 0 for an entry of the desk.
    turn: int = 0


@dataclass(frozen=True)
class Draft:
    """An entry to be written. `private` keeps a kind that is usually shared at the desk."""

    kind: EntryKind
    data: Mapping[str, Any] = field(default_factory=dict)
    private: bool = False

    @property
    def domain(self) -> str:
        return TALK if self.kind in SHARED and not self.private else DESK


def digest_of(sealed: Stored) -> str:
    return blake2b(bytes(sealed), digest_size=16).hexdigest()


def seal(
    draft: Draft,
    keys: Keys,
    *,
    case: str,
    number: int,
    generation: int,
    on: date,
    by: str,
    before: str,
    turn: int,
) -> bytes:
    """The sealed entry. `before` is the digest of the entry before it; `turn` counts those of the
    conversation, so that the reporter would see that one is missing."""
    key = keys.conversation if draft.domain == TALK else keys.desk
    if key is None:
        raise ValueError("The reporter writes nothing that only readers may read.")
    said = {"kind": draft.kind, "by": by, "before": before, "turn": turn, "data": dict(draft.data)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return sealing.seal(key, text, Label(case, number, generation, draft.domain, on))


def opened(case: str, parts: Iterable[Sealed], keys: Mapping[int, Keys]) -> list[Entry]:
    """The entries that the keys open, in order. For a reader that is every one, and whatever does
    not open, is missing or out of place raises SealBrokenError. The reporter's keys open the
    conversation, whose entries are counted."""
    found: list[Entry] = []
    before, last, turns = "", 0, 0
    for part in parts:
        if part.number != last + 1:
            raise SealBrokenError("An entry is missing.")
        held = keys.get(part.generation)
        if held is None:
            raise SealBrokenError("An entry is sealed under keys that were not given.")
        said = _unsealed(case, part, held)
        if said is not None:
            if said["before"] != before:
                raise SealBrokenError("An entry does not follow the one before it.")
            kind = EntryKind(said["kind"])
            if said["turn"]:
                turns += 1
                if said["turn"] != turns:
                    raise SealBrokenError("An entry of the conversation is missing.")
            place = (part.number, part.generation, part.on)
            found.append(Entry(*place, kind, said["by"], said["data"], said["turn"]))
        before, last = digest_of(part.sealed), part.number
    return found


def _unsealed(case: str, part: Sealed, keys: Keys) -> dict[str, Any] | None:
    """What a part says; None where it is one of the desk and the keys are the reporter's."""
    domains = [(TALK, keys.conversation)] + ([(DESK, keys.desk)] if keys.desk else [])
    for domain, key in domains:
        label = Label(case, part.number, part.generation, domain, part.on)
        try:
            read: dict[str, Any] = json.loads(sealing.unseal(key, part.sealed, label))
        except SealBrokenError:
            continue
        return read
    if keys.desk is not None:
        raise SealBrokenError("An entry does not open.")
    return None


def seal_name(text: str, keys: Keys, *, case: str) -> str:
    """Name and contact under the key that only the lead, counsel and the reporter hold."""
    return b64encode(sealing.seal(keys.name, text.encode(), case.encode() + b"/name")).decode()


def open_name(sealed: str, keys: Keys, *, case: str) -> str:
    """Raises SealBrokenError where the reader holds no key of the name."""
    return sealing.unseal(keys.name, b64decode(sealed), case.encode() + b"/name").decode()
