"""What an earlier version sealed opens with this one: a sample of every format, as it was written.

A version that writes a format in another way adds a sample, and the ones before stay (O2).
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from whistleblower import casefile
from whistleblower.casefile import Entry, Keys
from whistleblower.crypto import codes, keys, roster, sealing, slots
from whistleblower.crypto.roster import SignedRoster
from whistleblower.enums import EntryKind

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))


@dataclass
class Part:
    number: int
    on: date
    sealed: bytes
    generation: int = 0


@pytest.fixture(params=SAMPLES, ids=[path.stem for path in SAMPLES])
def sample(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(json.loads(request.param.read_text(encoding="utf-8")))


def entries(sample: dict[str, Any], held: Keys) -> list[Entry]:
    on = date.fromisoformat(sample["on"])
    parts = [Part(n, on, b64decode(each)) for n, each in enumerate(sample["parts"], start=1)]
    return casefile.opened(sample["case"], parts, {0: held})


def test_there_is_a_sample() -> None:
    assert SAMPLES


def test_passphrase_and_sheet_open_the_same_keys(sample: dict[str, Any]) -> None:
    sealed = b64decode(sample["sealed_seed"])
    found = keys.open_seed(sealed, sample["passphrase"], sample["desk_key"])
    assert keys.from_sheet(sample["sheet"]) == found


def test_reader_opens_report_name_and_note(sample: dict[str, Any]) -> None:
    reader = keys.from_sheet(sample["sheet"])
    found = slots.try_slot(b64decode(sample["reader_slot"]), reader.private)
    assert found is not None
    held = Keys(found)
    report, name, __, note = entries(sample, held)
    assert report.data["texts"]["what"] == "The goods were in the yard."
    assert note.data["text"] == "Ask the yard."
    opened = casefile.open_name(name.data["sealed"], held, case=sample["case"])
    assert opened == "Rosa Reporter"


def test_reader_whom_the_reporter_let_in_opens_the_conversation(sample: dict[str, Any]) -> None:
    reader = keys.from_sheet(sample["sheet"])
    found = slots.try_slot(b64decode(sample["talk_slot"]), reader.private)
    assert found is not None
    kinds = [each.kind for each in entries(sample, Keys(found))]
    assert kinds == [EntryKind.REPORT, EntryKind.NAME, EntryKind.KEYS]


def test_code_opens_the_report(sample: dict[str, Any]) -> None:
    code, case = sample["code"], sample["case"]
    assert codes.locator(code) == b64decode(sample["locator"])
    label = b"reporter-key-1/" + case.encode()
    sealed = b64decode(sample["reporter_key"])
    private = PrivateKey(sealing.unseal(codes.unlocking_key(code), sealed, label))
    found = slots.try_slot(b64decode(sample["reporter_slot"]), private)
    assert found is not None
    kinds = [each.kind for each in entries(sample, Keys.of_reporter(found))]
    assert kinds == [EntryKind.REPORT, EntryKind.NAME, EntryKind.KEYS]


def test_signed_list_verifies(sample: dict[str, Any]) -> None:
    text = sample["list"]
    listed = SignedRoster(text, {"reader": b64decode(sample["signature"])})
    assert roster.verify([listed], roster.fingerprint(text)).entries[0].name == "Iris Counsel"
