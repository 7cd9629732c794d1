#!/usr/bin/env python3
"""Verify an export of the charter portal's ledger, without the portal and without its key.

    python3 verify.py [FOLDER] [--anchor SEQ:HASH]

FOLDER holds ledger.jsonl and anchors.jsonl; left out, it is the folder of this file. Needs Python
3.9 or newer and nothing else. Exits with 0 if all is as it was written, with 1 if not, and names
the first entry at fault.

An entry's hash is the SHA-256 of the entry as JSON (keys sorted, no blanks, ASCII) without its
`hash`; `previous_hash` is the hash of the entry before, 64 zeros for the first. An
anchor is an entry's number and hash, noted down at the time. What this cannot show: a history that
was rewritten from some entry on, hashes and all, after the last anchor that you hold yourself.
The seals that would show it can be checked only by who holds the portal's key.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_HASH = "0" * 64
HORIZON = 10_000
FIELDS = ("action", "actor", "at", "facts", "hash", "previous_hash", "sequence", "subject")
PLACE = "\x00"


class Anchor(NamedTuple):
    sequence: int
    hash: str


class Fault(NamedTuple):
    """The first entry that is not as it was written; `anchor` where only an anchor shows it."""

    sequence: int
    kind: str
    anchor: Anchor | None = None


class Outcome(NamedTuple):
    entries: int
    head: Anchor
    fault: Fault | None


Entry = dict[str, Any]


def encode(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def contents(entry: Entry, place: Any) -> str:
    """What the hash covers, were the entry to stand at that place."""
    covered = {name: entry[name] for name in FIELDS if name != "hash"}
    return encode({**covered, "sequence": place})


def is_whole(entry: Entry | None, place: int) -> bool:
    """The entry has the hash that it would have at that place."""
    return entry is not None and hash_of(contents(entry, place)) == entry["hash"]


def written_for(entry: Entry | None, last: int) -> int | None:
    """The place for which the entry was hashed, wherever it stands now."""
    if entry is None:
        return None
    before, _, after = contents(entry, PLACE).rpartition(encode(PLACE))
    begun = hashlib.sha256(before.encode("ascii"))
    for place in range(1, last + HORIZON):
        attempt = begun.copy()
        attempt.update(f"{place}{after}".encode("ascii"))
        if attempt.hexdigest() == entry["hash"]:
            return place
    return None


def read(path: Path) -> Iterator[Entry | None]:
    """The entries, line by line; None for a line that is not an entry in its one written form."""
    with path.open("rb") as lines:
        for line in lines:
            yield parsed(line)


def parsed(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
        is_entry = isinstance(entry, dict) and tuple(sorted(entry)) == FIELDS
        is_entry = is_entry and type(entry["sequence"]) is int
        # Not one byte more or less: of a name that stands twice a reader would see another value.
        return entry if is_entry and encode(entry).encode("ascii") + b"\n" == line else None
    except (ValueError, RecursionError):
        return None


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors of the folder. Raises ValueError for a line that cannot be read."""
    anchors = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            noted = json.loads(line)
            anchors.append(anchor(f"{noted['sequence']}:{noted['hash']}"))
        except (KeyError, TypeError, ValueError, RecursionError, argparse.ArgumentTypeError):
            raise ValueError(f"Line {number} of {path.name} cannot be read.") from None
    return anchors


def verify(path: Path, anchors: list[Anchor]) -> Outcome:
    """Read the ledger once; only where it is at fault read it again to say what happened."""
    held: dict[int, list[Anchor]] = {}
    for one in anchors:
        held.setdefault(one.sequence, []).append(one)
    place, previous = 0, NO_HASH
    for entry in read(path):
        place += 1
        before = Anchor(place - 1, previous)
        if entry is None or entry["sequence"] != place or not is_whole(entry, place):
            return Outcome(place - 1, before, named(path, place, entry))
        if entry["previous_hash"] != previous:
            return Outcome(place - 1, before, Fault(stranger(path, place), "changed"))
        for one in held.get(place, ()):
            if one.hash != entry["hash"]:
                return Outcome(place - 1, before, Fault(place, "changed", one))
        previous = entry["hash"]
    beyond = [one for one in anchors if one.sequence > place]
    fault = Fault(place + 1, "removed", max(beyond)) if beyond else None
    return Outcome(place, Anchor(place, previous), fault)


def named(path: Path, place: int, standing: Entry | None) -> Fault:
    """What happened where an entry is not the one that was written for its place.

    If that one is found elsewhere, it was moved, or pushed aside by one that nobody wrote. If it
    is not found, it was removed (a later entry stands in its place) or changed.
    """
    last, is_elsewhere, previous = 0, False, None
    for entry in read(path):
        last += 1
        is_elsewhere = is_elsewhere or is_whole(entry, place)
        previous = entry if last == place - 1 else previous
    place_of_standing = written_for(standing, last)
    if place_of_standing == place - 1 and follow_the_same(standing, previous):
        # Two entries for the place before: one of them pushed the other aside.
        return Fault(place - 1, "inserted")
    if is_elsewhere:
        return Fault(place, "inserted" if place_of_standing is None else "reordered")
    return Fault(place, "changed" if place_of_standing is None else "removed")


def follow_the_same(one: Entry | None, other: Entry | None) -> bool:
    if one is None or other is None:
        return False
    return bool(one["previous_hash"] == other["previous_hash"])


def stranger(path: Path, place: int) -> int:
    """Which of two entries that do not follow each other was changed: the later one, if the entry
    after it does not follow it either."""
    later = after = None
    for number, entry in enumerate(read(path), start=1):
        later = entry if number == place else later
        after = entry if number == place + 1 else after
    is_followed = after is None or later is None or after["previous_hash"] == later["hash"]
    return place - 1 if is_followed and place > 1 else place


def anchor(text: str) -> Anchor:
    match = re.fullmatch(r"([1-9]\d{0,17}):([0-9a-f]{64})", text.strip().lower())
    if not match:
        raise argparse.ArgumentTypeError("write an entry's number, a colon and its hash")
    return Anchor(int(match[1]), match[2])


def said(outcome: Outcome, anchors: int) -> str:
    fault = outcome.fault
    if fault is None:
        return (
            f"The ledger is sound: {outcome.entries} entries. Anchors met: {anchors}.\n"
            f"Head: {outcome.head.sequence}:{outcome.head.hash}"
        )
    sentence = f"Entry {fault.sequence} was {fault.kind}."
    if fault.anchor is None:
        return sentence
    if fault.kind == "removed":
        why = "is missing: the tail was cut off, or an old ledger was put in its place."
    else:
        why = "is another one: an old ledger was written on, or the history was rewritten."
    return f"{sentence}\nEntry {fault.anchor.sequence} was anchored and {why}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify an export of the ledger.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--anchor", action="append", type=anchor, default=[], metavar="SEQ:HASH")
    options = parser.parse_args(arguments)
    try:
        anchors = [*read_anchors(options.folder / "anchors.jsonl"), *options.anchor]
        outcome = verify(options.folder / "ledger.jsonl", anchors)
    except (OSError, ValueError) as fault:
        print(fault)
        return 1
    print(said(outcome, len(anchors)))
    return 1 if outcome.fault else 0


if __name__ == "__main__":
    sys.exit(main())
