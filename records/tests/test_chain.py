"""The chain's law, without a database: what was written verifies, all else is found and named."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import chain
from records.chain import NO_HASH, Fault, FaultKind, Head, StoredEntry

KEY = b"a key that only the portal holds"
FORGED_KEY = b"a key that a forger made up"
FIELDS = ("at", "actor", "action", "subject", "facts", "previous_hash", "hash", "seal")


def written(previous: Head, key: bytes = KEY, **contents: object) -> StoredEntry:
    """An entry as the portal appends it; with another key, as a forger would."""
    sequence = previous.sequence + 1
    entry = StoredEntry(
        sequence=sequence,
        at=str(contents.get("at", "2026-02-03 04:05:06.000007")),
        actor=str(contents.get("actor", "user:1 roles=secretary")),
        action=str(contents.get("action", "duty.completed")),
        subject=str(contents.get("subject", f"charters.Duty:{sequence}")),
        facts=json.dumps(contents.get("facts", {"fiscal_year": sequence})),
        previous_hash=previous.hash,
        hash="",
        seal="",
    )
    return sealed(entry, sequence, key)


def sealed(entry: StoredEntry, sequence: int, key: bytes) -> StoredEntry:
    text = chain.contents(entry, sequence)
    digest = chain.hash_of(text) if text is not None else "f" * 64
    return entry._replace(hash=digest, seal=chain.seal_of(digest, key))


def ledger_of(length: int) -> list[StoredEntry]:
    entries: list[StoredEntry] = []
    for _ in range(length):
        entries.append(written(head_of(entries)))
    return entries


def head_of(entries: Sequence[StoredEntry]) -> Head:
    return Head(entries[-1].sequence, entries[-1].hash) if entries else Head()


def fault(entries: Iterable[StoredEntry], anchor: Head | None = None) -> Fault | None:
    """The verdict on what is stored, read in the order in which a database gives it."""
    stored = sorted(entries, key=lambda entry: entry.sequence)
    return chain.first_fault(lambda: iter(stored), KEY, [anchor] if anchor else ())


def rehashed(entries: list[StoredEntry], start: int) -> list[StoredEntry]:
    """What a forger without the key can do: recompute everything from a place on."""
    forged = entries[:start]
    for entry in entries[start:]:
        last = head_of(forged)
        moved = entry._replace(sequence=last.sequence + 1, previous_hash=last.hash)
        forged.append(sealed(moved, moved.sequence, FORGED_KEY))
    return forged


def renumbered(entries: list[StoredEntry]) -> list[StoredEntry]:
    return [entry._replace(sequence=place) for place, entry in enumerate(entries, start=1)]


words = st.text(max_size=12)
facts = st.dictionaries(words, st.none() | st.booleans() | st.integers() | words | st.lists(words))


@given(st.lists(st.fixed_dictionaries({"actor": words, "subject": words, "facts": facts})))
def test_chain_of_any_entries_is_sound(contents: list[dict[str, object]]) -> None:
    entries: list[StoredEntry] = []
    for each in contents:
        entries.append(written(head_of(entries), **each))

    assert fault(entries) is None
    assert fault(entries, head_of(entries)) is None


lengths = st.integers(min_value=1, max_value=8)


@st.composite
def chains_and_places(draw: st.DrawFn) -> tuple[list[StoredEntry], int]:
    length = draw(lengths)
    return ledger_of(length), draw(st.integers(min_value=0, max_value=length - 1))


@given(chains_and_places(), st.sampled_from(FIELDS), words, st.booleans())
def test_change_of_any_field_is_named(
    ledger: tuple[list[StoredEntry], int], field: str, value: str, is_rehashed: bool
) -> None:
    entries, place = ledger
    if getattr(entries[place], field) == value:
        value += "x"
    entries[place] = entries[place]._replace(**{field: value})
    if is_rehashed and field not in {"previous_hash", "hash", "seal"}:
        entries = rehashed(entries, place)

    assert fault(entries) == Fault(place + 1, FaultKind.CHANGED)


@given(chains_and_places(), st.integers(min_value=1, max_value=20))
def test_entry_given_another_number_is_named(
    ledger: tuple[list[StoredEntry], int], away: int
) -> None:
    entries, place = ledger
    entries[place] = entries[place]._replace(sequence=len(entries) + away)

    assert fault(entries) == Fault(place + 1, FaultKind.REORDERED)


@given(chains_and_places(), st.sampled_from(["left open", "closed up", "rehashed"]))
def test_removal_is_named(ledger: tuple[list[StoredEntry], int], cover: str) -> None:
    entries, place = ledger
    anchor = head_of(entries)
    is_tail = place == len(entries) - 1
    del entries[place]
    if cover == "closed up":
        entries = renumbered(entries)
    if cover == "rehashed":
        entries = rehashed(entries, place)

    named = FaultKind.CHANGED if cover == "rehashed" and not is_tail else FaultKind.REMOVED
    assert fault(entries, anchor) == Fault(place + 1, named)
    assert (fault(entries) is None) == is_tail


@given(chains_and_places(), st.sampled_from(["pushed aside", "rehashed"]))
def test_insertion_is_named(ledger: tuple[list[StoredEntry], int], cover: str) -> None:
    entries, place = ledger
    forged = written(head_of(entries[:place]), key=FORGED_KEY, actor="user:2 roles=none")
    entries.insert(place, forged)
    entries = rehashed(entries, place) if cover == "rehashed" else renumbered(entries)

    named = FaultKind.CHANGED if cover == "rehashed" else FaultKind.INSERTED
    assert fault(entries) == Fault(place + 1, named)


def test_forged_last_entry_cannot_be_told_from_a_changed_one() -> None:
    entries = ledger_of(3)
    entries.append(written(head_of(entries), key=FORGED_KEY))

    assert fault(entries) == Fault(4, FaultKind.CHANGED)


@given(st.data())
def test_swap_is_named(data: st.DataObject) -> None:
    entries = ledger_of(data.draw(st.integers(min_value=2, max_value=8)))
    places = st.integers(min_value=0, max_value=len(entries) - 1)
    one, other = data.draw(st.lists(places, min_size=2, max_size=2, unique=True))
    entries[one], entries[other] = entries[other], entries[one]

    assert fault(renumbered(entries)) == Fault(min(one, other) + 1, FaultKind.REORDERED)
    assert fault(rehashed(entries, min(one, other))) == Fault(
        min(one, other) + 1, FaultKind.CHANGED
    )


@given(chains_and_places(), st.permutations(range(8)))
def test_any_other_order_is_named(ledger: tuple[list[StoredEntry], int], order: list[int]) -> None:
    entries, _ = ledger
    mixed = [entries[place] for place in order if place < len(entries)]

    first = next((n for n, entry in enumerate(mixed, start=1) if entry.sequence != n), None)
    expected = Fault(first, FaultKind.REORDERED) if first else None
    assert fault(renumbered(mixed)) == expected


@pytest.mark.parametrize(
    "tampering",
    [
        lambda entry: entry._replace(at="yesterday"),
        lambda entry: entry._replace(at=""),
        lambda entry: entry._replace(at=None),
        lambda entry: entry._replace(at="9999-12-31 23:59:59+00:00"),
        lambda entry: entry._replace(facts="{"),
        lambda entry: entry._replace(facts=None),
        lambda entry: entry._replace(facts='{"fiscal_year": NaN}'),
        lambda entry: entry._replace(facts="[" * 100_000),
        lambda entry: entry._replace(actor=b"\xff"),
        lambda entry: entry._replace(seal=None),
        lambda entry: entry._replace(seal="é"),
        lambda entry: entry._replace(hash=7),
    ],
)
def test_entry_that_cannot_be_read_is_changed(
    tampering: Callable[[StoredEntry], StoredEntry],
) -> None:
    entries = ledger_of(3)
    entries[1] = tampering(entries[1])

    assert fault(entries) == Fault(2, FaultKind.CHANGED)


def test_number_below_one_is_inserted() -> None:
    entries = [*ledger_of(2), written(Head())._replace(sequence=0)]

    assert fault(entries) == Fault(1, FaultKind.INSERTED)


def test_genuine_entry_of_another_history_is_inserted() -> None:
    ours, theirs = ledger_of(2), [written(Head(), actor="user:9 roles=none")]
    theirs.append(written(head_of(theirs)))

    assert fault([ours[0], theirs[1]]) == Fault(2, FaultKind.INSERTED)


def test_another_history_shows_against_the_anchor() -> None:
    anchor = head_of(ledger_of(2))
    theirs = [written(Head(), actor="user:9 roles=none")]
    theirs.append(written(head_of(theirs)))

    assert fault(theirs) is None
    assert fault(theirs, anchor) == Fault(2, FaultKind.CHANGED)


def test_cut_tail_shows_against_the_anchor_only() -> None:
    entries = ledger_of(5)

    assert fault(entries[:2]) is None
    assert fault(entries[:2], head_of(entries)) == Fault(3, FaultKind.REMOVED)


def test_first_of_several_faults_is_named() -> None:
    entries = ledger_of(5)
    entries[3] = entries[3]._replace(actor="clock")
    del entries[1]

    assert fault(entries) == Fault(2, FaultKind.REMOVED)


def test_entry_without_the_key_is_changed() -> None:
    entries = rehashed(ledger_of(3), 0)

    assert fault(entries) == Fault(1, FaultKind.CHANGED)


def test_canonical_text_is_what_the_documentation_says() -> None:
    text = chain.canonical(
        sequence=1,
        at=chain.instant(datetime(2026, 8, 4, 12, 0, tzinfo=UTC)),
        actor="operator",
        action="charter.adopted",
        subject="charters.CharterVersion:1",
        facts={"on": "2026-08-04", "é": None},
        previous_hash=NO_HASH,
    )

    assert text == (
        '{"action":"charter.adopted","actor":"operator","at":"2026-08-04T12:00:00.000000Z",'
        '"facts":{"on":"2026-08-04","\\u00e9":null},"previous_hash":"' + NO_HASH + '",'
        '"sequence":1,"subject":"charters.CharterVersion:1"}'
    )
