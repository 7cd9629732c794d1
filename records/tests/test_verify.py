"""The stand-alone verifier: it agrees with the chain's law, and finds any change to an export."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import chain, exports, verify
from records.chain import Head, StoredEntry
from records.tests.test_chain import (
    FORGED_KEY,
    KEY,
    chains_and_places,
    facts,
    head_of,
    ledger_of,
    rehashed,
    renumbered,
    words,
    written,
)

COLUMNS = ("at", "actor", "action", "subject", "facts", "previous_hash", "hash")
TEXTS = {"at": "2026-02-03 04:05:06", "facts": '{"x":1}'}


def lines_of(entries: list[StoredEntry]) -> bytes:
    return "".join(f"{chain.exported(entry)}\n" for entry in entries).encode("ascii")


def outcome(lines: bytes, *anchors: Head) -> verify.Outcome:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        path.write_bytes(lines)
        return verify.verify(path, [verify.Anchor(one.sequence, one.hash) for one in anchors])


def by_verifier(entries: list[StoredEntry], *anchors: Head) -> tuple[int, str] | None:
    fault = outcome(lines_of(entries), *anchors).fault
    return (fault.sequence, fault.kind) if fault else None


def by_portal(entries: list[StoredEntry], *anchors: Head) -> tuple[int, str] | None:
    fault = chain.first_fault(lambda: iter(entries), KEY, anchors)
    return (fault.sequence, str(fault.kind)) if fault else None


@given(st.lists(st.fixed_dictionaries({"actor": words, "subject": words, "facts": facts})))
def test_any_sound_chain_is_sound_to_both(contents: list[dict[str, Any]]) -> None:
    entries: list[StoredEntry] = []
    for each in contents:
        entries.append(written(head_of(entries), **each))
    heads = [Head(entry.sequence, entry.hash) for entry in entries]

    assert by_portal(entries, *heads) is None
    assert by_verifier(entries, *heads) is None
    assert outcome(lines_of(entries)).head == (head_of(entries).sequence, head_of(entries).hash)


@given(chains_and_places(), st.sampled_from(COLUMNS))
def test_both_name_a_changed_column_alike(
    ledger: tuple[list[StoredEntry], int], column: str
) -> None:
    entries, place = ledger
    value = TEXTS.get(column, getattr(entries[place], column)[:-1] + "~")
    entries[place] = entries[place]._replace(**{column: value})

    assert by_verifier(entries) == by_portal(entries) == (place + 1, "changed")


@given(chains_and_places(), st.booleans())
def test_both_name_a_removal_alike(
    ledger: tuple[list[StoredEntry], int], is_closed_up: bool
) -> None:
    entries, place = ledger
    head = head_of(entries)
    del entries[place]
    entries = renumbered(entries) if is_closed_up else entries

    assert by_verifier(entries, head) == by_portal(entries, head) == (place + 1, "removed")


@given(chains_and_places())
def test_both_name_an_insertion_alike(ledger: tuple[list[StoredEntry], int]) -> None:
    entries, place = ledger
    entries.insert(place, written(head_of(entries[:place]), FORGED_KEY, actor="clock"))
    entries = renumbered(entries)

    assert by_verifier(entries) == by_portal(entries) == (place + 1, "inserted")


@given(st.permutations(range(6)))
def test_both_name_another_order_alike(order: list[int]) -> None:
    entries = ledger_of(6)
    mixed = renumbered([entries[place] for place in order])

    assert by_verifier(mixed) == by_portal(mixed)
    assert (by_verifier(mixed) is None) == (order == sorted(order))


@given(chains_and_places())
def test_entry_with_a_new_hash_is_named_where_the_next_does_not_follow(
    ledger: tuple[list[StoredEntry], int],
) -> None:
    entries, place = ledger
    head = head_of(entries)
    entries[place] = written(head_of(entries[:place]), FORGED_KEY, actor="somebody else")

    assert by_verifier(entries, head) == by_portal(entries) == (place + 1, "changed")


def test_entry_that_follows_another_history_is_named() -> None:
    entries = ledger_of(4)
    entries[2] = written(Head(2, "a" * 64), FORGED_KEY)

    assert by_verifier(entries) == (3, "changed")


@given(chains_and_places())
def test_rewritten_history_shows_against_an_anchor_only(
    ledger: tuple[list[StoredEntry], int],
) -> None:
    """What the portal sees by its key, the verifier sees by anchors that somebody has kept."""
    entries, place = ledger
    anchors = [Head(entry.sequence, entry.hash) for entry in entries]
    entries[place] = entries[place]._replace(actor="somebody else")
    rewritten = rehashed(entries, place)

    assert by_portal(rewritten) == (place + 1, "changed")
    assert by_verifier(rewritten) is None
    assert by_verifier(rewritten, *anchors) == (place + 1, "changed")


def test_cut_tail_and_old_copy_show_against_an_anchor_only() -> None:
    entries = ledger_of(5)

    assert by_verifier(entries[:2]) is None
    assert by_verifier(entries[:2], head_of(entries)) == (3, "removed")
    old = [*entries[:2], written(head_of(entries[:2]), actor="clock")]
    assert by_verifier(old, Head(2, entries[1].hash), Head(3, entries[2].hash)) == (3, "changed")


@given(st.data())
def test_any_single_change_to_the_file_is_found(data: st.DataObject) -> None:
    """Any byte changed, added or taken away, in whatever column."""
    entries = ledger_of(4)
    lines = lines_of(entries)
    place = data.draw(st.integers(min_value=0, max_value=len(lines) - 1))
    new = data.draw(st.binary(max_size=2))
    mutated = lines[:place] + new + lines[place + 1 :]

    fault = outcome(mutated, head_of(entries)).fault
    assert (fault is None) == (mutated == lines)
    if fault:
        assert (
            fault.sequence == lines[:place].count(b"\n") + 1
            or b"\n" in new + lines[place : place + 1]
        )


@pytest.mark.parametrize(
    "forged",
    [
        lambda line: line.replace(b'"sequence":2', b'"sequence":true'),
        lambda line: line.replace(b'"sequence":2', b'"sequence":2.0'),
        lambda line: line.replace(b'"action":', b'"action":"duty.ended","action":'),
        lambda line: line.replace(b"{", b"{ ", 1),
        lambda line: line.replace(b'"fiscal_year":2', b'"fiscal_year":NaN'),
        lambda line: b"[" * 100_000 + b"\n",
        lambda line: b"\xff\n",
        lambda line: b"\n",
        lambda line: b"null\n",
    ],
)
def test_line_that_is_not_in_its_one_form_is_changed(forged: Callable[[bytes], bytes]) -> None:
    entries = ledger_of(3)
    lines = [lines_of([entry]) for entry in entries]
    lines[1] = forged(lines[1])

    assert outcome(b"".join(lines)).fault == (2, "changed", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of four entries, as somebody else has it."""
    entries = ledger_of(4)
    (tmp_path / "ledger.jsonl").write_bytes(lines_of(entries))
    anchors = [
        {"at": "", "hash": entry.hash, "sequence": entry.sequence} for entry in entries[1::2]
    ]
    (tmp_path / "anchors.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in anchors))
    (tmp_path / "verify.py").write_bytes(exports.VERIFIER.read_bytes())
    return tmp_path


def run(folder: Path, *args: str) -> tuple[int, str]:
    """Run it there, by a Python that sees nothing of the portal."""
    command = [sys.executable, "-I", "verify.py", *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_it_runs_alone(folder: Path) -> None:
    head = head_of(ledger_of(4))
    code, said = run(folder, "--anchor", f"{head.sequence}:{head.hash}")

    assert code == 0
    assert said == (
        f"The ledger is sound: 4 entries. Anchors met: 3.\nHead: {head.sequence}:{head.hash}\n"
    )


def test_it_names_the_entry(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    ledger.write_text(ledger.read_text().replace('"fiscal_year":3', '"fiscal_year":4'))

    assert run(folder) == (1, "Entry 3 was changed.\n")


def test_it_names_a_cut_tail(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:2]))

    code, said = run(folder)
    assert code == 1
    assert said.startswith("Entry 3 was removed.\nEntry 4 was anchored and is missing: the tail")


def test_it_says_what_is_missing_or_cannot_be_read(folder: Path) -> None:
    (folder / "anchors.jsonl").write_text("nonsense\n")
    assert run(folder) == (1, "Line 1 of anchors.jsonl cannot be read.\n")
    (folder / "anchors.jsonl").unlink()
    assert run(folder)[0] == 1
    assert run(folder)[1].startswith("[Errno 2] No such file or directory")


def test_it_imports_nothing_that_is_not_in_python() -> None:
    source = exports.VERIFIER.read_text()
    imported = {
        line.split()[1]
        for line in source.splitlines()
        if line.strip().startswith(("import ", "from "))
    }

    assert imported <= set(sys.stdlib_module_names) | {"collections.abc"}
