"""Sealed parts: XChaCha20-Poly1305 over padded bytes, bound to a label of where they belong."""

from dataclasses import dataclass
from datetime import date
from secrets import token_bytes
from typing import TypeAlias

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

# Bytes as a database hands them out.
Stored: TypeAlias = "bytes | memoryview[int]"

VERSION = b"\x01"
KEY, NONCE = 32, 24
# What a part is padded to, in bytes.
SIZES = (2_048, 16_384, 131_072, 1_048_576)
LENGTH = 4


class SealBrokenError(Exception):
    """What was stored does not open: changed, moved, or another's. Never to be passed over."""


def new_key() -> bytes:
    return token_bytes(KEY)


def pad(text: bytes) -> bytes:
    """The text with its length before it, filled up to the next size. Raises ValueError if too long."""
    needed = LENGTH + len(text)
    size = next((size for size in SIZES if needed <= size), None)
    if size is None:
        raise ValueError("The text is longer than the largest part.")
    return len(text).to_bytes(LENGTH, "big") + text + bytes(size - needed)


def unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:LENGTH], "big")
    return padded[LENGTH : LENGTH + length]


@dataclass(frozen=True)
class Label:
    """Where sealed bytes belong. `key` says under which of the case's keys they are sealed."""

    case: str
    number: int
    generation: int
    key: str
    on: date

    def as_bytes(self) -> bytes:
        fields = (self.case, str(self.number), str(self.generation), self.key, self.on.isoformat())
        return b"charter-portal.concerns\x00" + VERSION + "\x00".join(fields).encode()


def seal(key: bytes, text: bytes, label: Label | bytes) -> bytes:
    """Version, nonce and ciphertext; padded to a few sizes."""
    nonce = token_bytes(NONCE)
    return (
        VERSION
        + nonce
        + crypto_aead_xchacha20poly1305_ietf_encrypt(pad(text), _bytes(label), nonce, key)
    )


def unseal(key: bytes, sealed: Stored, label: Label | bytes) -> bytes:
    """Raises SealBrokenError where key, label or bytes are not those that were sealed."""
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise SealBrokenError("The format of the sealed part is not known.")
    nonce, text = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(text, _bytes(label), nonce, key)
    except (CryptoError, ValueError, TypeError) as error:
        raise SealBrokenError("The sealed part does not open.") from error
    return unpad(padded)


def _bytes(label: Label | bytes) -> bytes:
    return label.as_bytes() if isinstance(label, Label) else VERSION + label
