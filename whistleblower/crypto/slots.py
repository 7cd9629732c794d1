"""Slots: the two keys of a case for one reader, always 113 bytes, whoever the reader is.

A slot of somebody without a key holds random bytes for a key that was thrown away. No table tells
the two apart; only the reader's own private key does.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b
from secrets import token_bytes

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from whistleblower.crypto.sealing import KEY, SealBrokenError, Stored, new_key

# Whole, and of the conversation alone.
VERSION, TALK = b"\x01", b"\x02"
CONVERSATION, DESK = b"case-talk-1", b"case-desk-1"
SIZE = 1 + 2 * KEY + 48


@dataclass(frozen=True)
class CaseKeys:
    """What a generation of a case is sealed under. `name` is random for who may not see the name.
    Keys that are not whole open the conversation alone: `content` is its key, from which that of the
    desk cannot be computed. Such are those that the reporter hands on."""

    content: bytes
    name: bytes
    is_whole: bool = True

    @classmethod
    def new(cls) -> "CaseKeys":
        return cls(new_key(), new_key())

    @property
    def conversation(self) -> bytes:
        """Seals what the reporter may read."""
        if not self.is_whole:
            return self.content
        return blake2b(self.content, digest_size=KEY, person=CONVERSATION).digest()

    @property
    def desk(self) -> bytes | None:
        """Seals what only readers may read; None where the keys are not whole."""
        if not self.is_whole:
            return None
        return blake2b(self.content, digest_size=KEY, person=DESK).digest()

    def for_reporter(self) -> "CaseKeys":
        """What the reporter's slot holds: the key of the conversation, from which that of the
        desk cannot be computed, and the key of the name."""
        return CaseKeys(self.conversation, self.name)

    def without_name(self) -> "CaseKeys":
        """The keys of a reader who may not see the name: the second opens nothing."""
        return replace(self, name=new_key())


def slot(keys: CaseKeys, opens: bytes) -> bytes:
    """The keys sealed to a reader's public key."""
    version = VERSION if keys.is_whole else TALK
    return bytes(SealedBox(PublicKey(opens)).encrypt(version + keys.content + keys.name))


def dummy() -> bytes:
    """As long as a slot, and opens for nobody."""
    return thrown_away(VERSION + token_bytes(2 * KEY))


def thrown_away(text: bytes) -> bytes:
    """As long as the text sealed to somebody, under a key that nobody holds."""
    return bytes(SealedBox(PrivateKey.generate().public_key).encrypt(text))


def try_slot(sealed: Stored, private: PrivateKey) -> CaseKeys | None:
    """The keys, or None where the slot is not this reader's. Raises SealBrokenError for a format
    that is not known: that is no dummy."""
    try:
        text = bytes(SealedBox(private).decrypt(bytes(sealed)))
    except (CryptoError, ValueError, TypeError):
        return None
    if text[:1] not in (VERSION, TALK) or len(text) != 1 + 2 * KEY:
        raise SealBrokenError("The format of the slot is not known.")
    return CaseKeys(text[1 : 1 + KEY], text[1 + KEY :], text[:1] == VERSION)
