"""A reader's seed and what comes of it: one pair to open, one pair to sign.

The seed is stored under argon2id of a passphrase and of the desk key, which stands in the
environment. The recovery sheet holds the seed itself as 24 words and needs neither.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from secrets import token_bytes

from mnemonic import Mnemonic
from nacl import pwhash
from nacl.exceptions import BadSignatureError
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey

from whistleblower.crypto import sealing, words
from whistleblower.crypto.sealing import SealBrokenError, Stored

SEED, SALT = 32, pwhash.argon2id.SALTBYTES
PASSPHRASE_WORDS = 6
# 64 MiB and three passes: some 70 ms on the machines this was measured on.
MEMORY, PASSES = 64 * 1024 * 1024, 3
# For the demonstration, whose passphrase is printed.
LEAST = 8 * 1024, 1
OPENS, SIGNS, LOCKS = b"reader-open-1", b"reader-sign-1", b"reader-seed-1"


class WrongPassphraseError(Exception):
    """The passphrase, or the desk key of this machine, does not open the seed."""


class WrongSheetError(Exception):
    """These words are no recovery sheet."""


def new_seed() -> bytes:
    return token_bytes(SEED)


def new_passphrase(language: str = "en") -> str:
    """Six random words. The portal makes it; nobody chooses one."""
    return " ".join(words.draw(PASSPHRASE_WORDS, language))


@dataclass(frozen=True)
class ReaderKeys:
    """Both pairs of a reader, from the seed alone."""

    seed: bytes

    @cached_property
    def private(self) -> PrivateKey:
        return PrivateKey(_derived(self.seed, OPENS))

    @cached_property
    def signing(self) -> SigningKey:
        return SigningKey(_derived(self.seed, SIGNS))

    @property
    def opens(self) -> bytes:
        """The public key to which slots are sealed."""
        return bytes(self.private.public_key)

    @property
    def signs(self) -> bytes:
        """The public key that checks signatures."""
        return bytes(self.signing.verify_key)

    def sign(self, message: bytes) -> bytes:
        return bytes(self.signing.sign(message).signature)


def is_signed(message: bytes, signature: bytes, signs: bytes) -> bool:
    try:
        VerifyKey(signs).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def _derived(seed: bytes, purpose: bytes) -> bytes:
    return blake2b(seed, digest_size=32, person=purpose).digest()


def seal_seed(seed: bytes, passphrase: str, desk_key: str) -> bytes:
    """Salt and sealed seed. Needs passphrase and desk key to open."""
    salt = token_bytes(SALT)
    return salt + sealing.seal(_stretched(passphrase, salt, desk_key), seed, LOCKS)


def open_seed(sealed: Stored, passphrase: str, desk_key: str) -> ReaderKeys:
    """Raises WrongPassphraseError. Takes some 70 ms either way."""
    salt, box = bytes(sealed)[:SALT], bytes(sealed)[SALT:]
    try:
        return ReaderKeys(sealing.unseal(_stretched(passphrase, salt, desk_key), box, LOCKS))
    except SealBrokenError as error:
        raise WrongPassphraseError from error


def _stretched(passphrase: str, salt: bytes, desk_key: str) -> bytes:
    typed = words.normalize(passphrase).encode()
    stretched = pwhash.argon2id.kdf(32, typed, salt, opslimit=PASSES, memlimit=MEMORY)
    pepper = blake2b(desk_key.encode(), digest_size=32, person=b"desk-key-1").digest()
    return blake2b(stretched, key=pepper, digest_size=32, person=LOCKS).digest()


def sheet(seed: bytes) -> str:
    """The recovery sheet: the seed as 24 words with a checksum."""
    return str(Mnemonic("english").to_mnemonic(seed))


def from_sheet(text: str) -> ReaderKeys:
    """The keys of a recovery sheet as somebody typed it. Raises WrongSheetError."""
    found = words.split(text, ("en",))
    try:
        seed = bytes(Mnemonic("english").to_entropy(list(found or ())))
    except (ValueError, LookupError) as error:
        raise WrongSheetError from error
    if len(seed) != SEED:
        raise WrongSheetError
    return ReaderKeys(seed)
