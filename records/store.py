"""Where the bytes of documents lie: under MEDIA_ROOT, each file by the digest of its content.

A file is written before the transaction that files it commits, and taken away after the one that
deletes it did. If either fails in between, the bytes remain and mean nothing: no row leads to them,
no address serves them, filing the same content again finds them in place, and the nightly sweep
takes them away. The other order, a row without its bytes, cannot come about.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

DIGEST = re.compile(r"[0-9a-f]{64}")
# Nobody is still writing what is older.
HALF_WRITTEN = timedelta(days=1)


class BytesLostError(Exception):
    """The stored file is missing, or is not what was filed."""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Store the content once and return its SHA-256. A damaged copy is put right."""
    sha256 = digest(content)
    try:
        fetch(sha256).close()
    except BytesLostError:
        _write(_path(sha256), content)
    return sha256


def remove(sha256: str) -> None:
    """Take the bytes away permanently. Only the sweep knows when nobody counts on them any more."""
    _path(sha256).unlink(missing_ok=True)


def every() -> Iterator[str]:
    """The digests of all files that are stored."""
    return (path.name for path in _files() if DIGEST.fullmatch(path.name))


def remove_half_written(at: datetime) -> None:
    """What a process that died while writing has left."""
    before = (at - HALF_WRITTEN).timestamp()
    for path in _files():
        if not DIGEST.fullmatch(path.name) and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.MEDIA_ROOT).glob("??/??/*") if path.is_file())


def fetch(sha256: str) -> IO[bytes]:
    """The stored file, open for reading, after its content was compared with the digest."""
    try:
        stored = _path(sha256).open("rb")
    except OSError as error:
        raise BytesLostError(sha256) from error
    if hashlib.file_digest(stored, "sha256").hexdigest() != sha256:
        stored.close()
        raise BytesLostError(sha256)
    stored.seek(0)
    return stored


def _path(sha256: str) -> Path:
    """Made of the digest alone: nothing a person typed is ever part of a path."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also with two processes at once or the power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
