"""The ledger as files that anybody can verify anywhere: its entries, its anchors, and a verifier.

The verifier is `verify.py`, handed out as it stands here. Seals are left out: without the key they
say nothing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, mkdtemp
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from records import anchors, chain, ledger, verify
from records.anchors import Anchor

ENTRIES = "ledger.jsonl"
VERIFIER = Path(verify.__file__)


def write(folder: Path, at: datetime) -> ledger.Head:
    """Write the whole ledger into a folder; answers the head up to which it is written.

    What others append meanwhile is left out. The head is the last of the anchors, so that a file
    that was cut later shows it.
    """
    last = ledger.head()
    ledger.legible(partial(_write_entries, folder / ENTRIES, last))
    with (folder / anchors.NAME).open("wb") as file:
        file.writelines(anchors.line(anchor) for anchor in _anchors(last, at))
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)
    return last


def _write_entries(path: Path, last: ledger.Head) -> None:
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(f"{chain.exported(entry)}\n" for entry in ledger.stored(last))


def archive(at: datetime) -> tuple[IO[bytes], ledger.Head]:
    """The same as a ZIP, in a file that is gone once it is closed."""
    packed = TemporaryFile()  # noqa: SIM115  (whoever hands it out closes it)
    with TemporaryDirectory() as folder, ZipFile(packed, "w", ZIP_DEFLATED) as file:
        head = write(Path(folder), at)
        for path in sorted(Path(folder).iterdir()):
            file.write(path, f"ledger/{path.name}")
    packed.seek(0)
    return packed, head


def _anchors(last: ledger.Head, at: datetime) -> Iterator[Anchor]:
    noted = anchors.read().anchors
    yield from noted
    if last.sequence and last not in [anchor.head for anchor in noted[-1:]]:
        yield Anchor(last.sequence, last.hash, chain.instant(at))


@contextmanager
def whole_or_not_at_all(folder: Path) -> Iterator[Path]:
    """A folder to be filled, which takes its name only once it is: nobody finds half of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield unfinished
        unfinished.replace(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def is_taken(folder: Path) -> bool:
    """Whether something is there already; an empty folder is nothing."""
    return folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
