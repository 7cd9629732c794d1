"""Sealed parts: what was changed, moved or repeated does not open, and says so."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as aead

from whistleblower.crypto import sealing
from whistleblower.crypto.sealing import Label, SealBrokenError

KEY = bytes(range(32))
LABEL = Label("case-1", 3, 1, "content", date(2026, 11, 9))


def test_library_gives_the_known_answer() -> None:
    """Draft-irtf-cfrg-xchacha-03, appendix A.3.1."""
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        b"future, sunscreen would be it."
    )
    sealed = aead(
        text,
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
        bytes(range(0x40, 0x58)),
        bytes(range(0x80, 0xA0)),
    )
    assert sealed[:16].hex() == "bd6d179d3e83d43b9576579493c0e939"
    assert sealed[-16:].hex() == "c0875924c1c7987947deafd8780acf49"


@given(st.binary(max_size=20_000))
def test_what_was_sealed_opens_again(text: bytes) -> None:
    assert sealing.unseal(KEY, sealing.seal(KEY, text, LABEL), LABEL) == text


@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 2_048), (2_044, 2_048), (2_045, 16_384), (16_380, 16_384), (100_000, 131_072)],
)
def test_only_a_few_sizes_are_ever_stored(length: int, size: int) -> None:
    assert len(sealing.seal(KEY, b"x" * length, LABEL)) == 1 + 24 + size + 16


def test_text_beyond_the_largest_size_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than the largest part"):
        sealing.seal(KEY, b"x" * 1_048_573, LABEL)


@pytest.mark.parametrize(
    "moved",
    [
        replace(LABEL, case="case-2"),
        replace(LABEL, number=4),
        replace(LABEL, generation=2),
        replace(LABEL, key="name"),
        replace(LABEL, on=date(2026, 11, 10)),
    ],
    ids=["another case", "another number", "another generation", "another key", "another date"],
)
def test_part_that_was_moved_does_not_open(moved: Label) -> None:
    sealed = sealing.seal(KEY, b"text", LABEL)
    with pytest.raises(SealBrokenError):
        sealing.unseal(KEY, sealed, moved)


@pytest.mark.parametrize("place", [0, 1, 24, 25, 60, -1])
def test_part_that_was_changed_does_not_open(place: int) -> None:
    sealed = bytearray(sealing.seal(KEY, b"text", LABEL))
    sealed[place] ^= 1
    with pytest.raises(SealBrokenError):
        sealing.unseal(KEY, bytes(sealed), LABEL)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(30), b"\x02" + bytes(90)])
def test_part_that_was_cut_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBrokenError):
        sealing.unseal(KEY, sealed, LABEL)


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBrokenError):
        sealing.unseal(sealing.new_key(), sealing.seal(KEY, b"text", LABEL), LABEL)
