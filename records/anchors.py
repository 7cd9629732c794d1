"""Anchors: the ledger's heads, noted down night by night in a file outside the database.

The file is only ever appended to. Against it a tail that was cut off shows, and an old copy of the
database that was put back; kept on a disk that the database's keeper cannot write, it proves more.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from records.chain import Head, instant

NAME = "anchors.jsonl"
# What has more digits is no place in any ledger, and more than a database holds.
BEYOND = 10**18
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Anchor:
    """A head and the instant at which it was noted down, as written in the file."""

    sequence: int
    hash: str
    at: str

    @property
    def head(self) -> Head:
        return Head(self.sequence, self.hash)


@dataclass(frozen=True)
class Noted:
    """What the file holds: its anchors, and the numbers of the lines that cannot be read."""

    anchors: tuple[Anchor, ...] = ()
    unreadable: tuple[int, ...] = ()

    @property
    def heads(self) -> tuple[Head, ...]:
        return tuple(anchor.head for anchor in self.anchors)


def path() -> Path:
    return Path(settings.ANCHOR_DIR) / NAME


def read() -> Noted:
    """Every anchor noted down so far; none where there is no file yet."""
    try:
        return _parsed(path().read_bytes())
    except FileNotFoundError:
        return Noted()


def note(head: Head, at: datetime) -> bool:
    """Append the head, unless the last line says the same. Answers whether a line was written.

    On the disk before this returns; two processes at once write one line. The next line begins
    afresh after one that was torn by a crash.
    """
    with _open() as file:
        written = file.read()
        anchors = _parsed(written).anchors
        if anchors and anchors[-1].head == head:
            return False
        lead = b"" if not written or written.endswith(b"\n") else b"\n"
        file.write(lead + line(Anchor(head.sequence, head.hash, instant(at))))
        file.flush()
        os.fsync(file.fileno())
    return True


def line(anchor: Anchor) -> bytes:
    return json.dumps(asdict(anchor), sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _parsed(written: bytes) -> Noted:
    lines = [(number, _anchor(text)) for number, text in enumerate(written.splitlines(), start=1)]
    return Noted(
        anchors=tuple(anchor for _number, anchor in lines if anchor),
        unreadable=tuple(number for number, anchor in lines if not anchor),
    )


def _anchor(text: bytes) -> Anchor | None:
    try:
        anchor = Anchor(**json.loads(text))
    except (TypeError, ValueError, RecursionError):
        return None
    is_place = type(anchor.sequence) is int and 0 < anchor.sequence < BEYOND
    is_hash = isinstance(anchor.hash, str) and HASH.fullmatch(anchor.hash)
    return anchor if is_place and is_hash and isinstance(anchor.at, str) else None


@contextmanager
def _open() -> Iterator[Any]:
    """The file, open for reading and appending, for one process at a time."""
    folder = path().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path().exists()
    with os.fdopen(os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    if is_new:
        _keep_name(folder)


def _keep_name(folder: Path) -> None:
    """Also the new file's name is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
