"""The nightly anchor: one digest of all sealed rows under a fresh salt, entered in the activity log.

Salt, digest and how far each case went are sealed to every reader. At the next opening of the desk the
cases of that reader are compared with them: entries that were dropped, and cases that are gone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from django.db import models
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from records import ledger
from records.models import LedgerEntry
from whistleblower import casefile
from whistleblower.crypto.roster import Roster
from whistleblower.models import Case, Night, Part, Slot

SEALED: tuple[type[models.Model], ...] = (Case, Part, Slot)
ACTION = "channel.anchored"
# By case: the number of its last entry, and the digest of that entry.
Heads: TypeAlias = "dict[str, tuple[int, str]]"


def make(on: date, roster: Roster | None) -> Night:
    """Nobody but the readers can tell two nights apart. Only the last night is compared with, so that
    the boxes of those before are let go."""
    salt, heads = secrets.token_hex(16), heads_now()
    rows = _digest_of_rows()
    digest = _bound(salt, rows, heads)
    said = json.dumps({"salt": salt, "rows": rows, "heads": heads, "digest": digest}).encode()
    boxes = {
        each.uid: SealedBox(PublicKey(bytes.fromhex(each.opens))).encrypt(said).hex()
        for each in (roster.entries if roster else ())
    }
    Night.objects.exclude(sealed={}).update(sealed={})
    return Night.objects.create(on=on, digest=digest, sealed=boxes)


def digest_of(salt: str) -> str:
    """The digest of all sealed rows under a salt."""
    return _bound(salt, _digest_of_rows(), heads_now())


def _bound(salt: str, rows: str, heads: Mapping[str, Any]) -> str:
    text = json.dumps([salt, rows, sorted((k, *v) for k, v in heads.items())])
    return sha256(text.encode()).hexdigest()


def heads_now() -> Heads:
    found: Heads = {}
    for part in Part.objects.order_by("case", "number").iterator():
        found[part.case_id] = (part.number, casefile.digest_of(part.sealed))
    return found


def _digest_of_rows() -> str:
    sums = sha256()
    for line in _rows():
        sums.update(line.encode())
    return sums.hexdigest()


def _rows() -> Iterator[str]:
    for model in SEALED:
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.order_by("pk").values_list(*names).iterator():
            yield json.dumps([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return sha256(bytes(value)).hexdigest()
    return value.isoformat() if isinstance(value, date) else value


# Checking.


@dataclass(frozen=True)
class Anchor:
    """What the last night sealed to a reader. `on` is None where there was no night yet; where the box
    does not agree with the activity log, `is_false`."""

    on: date | None = None
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    is_false: bool = False


def last(uid: str, private: PrivateKey) -> Anchor:
    night = Night.objects.order_by("on").last()
    if night is None or uid not in night.sealed:
        # A reader who came onto the list since.
        return Anchor()
    try:
        said = json.loads(SealedBox(private).decrypt(bytes.fromhex(night.sealed[uid])))
        heads = {case: (number, digest) for case, (number, digest) in said["heads"].items()}
        digest = _bound(said["salt"], said["rows"], heads)
    except (CryptoError, ValueError, KeyError, TypeError):
        return Anchor(night.on, is_false=True)
    entry = LedgerEntry.objects.filter(action=ACTION).order_by("sequence").last()
    noted = entry.facts.get("digest") if entry else None
    is_true = noted == str(ledger.Digest(digest)) and digest == night.digest
    return Anchor(night.on, heads, is_false=not is_true)


def agrees(parts: Collection[Part], head: tuple[int, str] | None) -> bool:
    """Whether the entries of a case go as far as its anchor says, with that entry at its place."""
    if head is None:
        return True
    number, digest = head
    return any(p.number == number and casefile.digest_of(p.sealed) == digest for p in parts)
