"""Random words that people can write down: from the word lists of BIP 39, 11 bits a word."""

import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache

from mnemonic import Mnemonic

BITS = 11
LISTS = {"en": "english", "es": "spanish"}


@cache
def word_list(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language, each letter with its mark as one; English where the language
    has no list."""
    found = Mnemonic(LISTS.get(language, "english")).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in found)


def draw(count: int, language: str = "en") -> tuple[str, ...]:
    """So many random words, 11 bits each."""
    return tuple(secrets.choice(word_list(language)) for _ in range(count))


def normalize(text: str) -> str:
    """What counts of words that somebody typed: the letters a to z, without case, marks or spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def as_words(digest: bytes, count: int) -> tuple[str, ...]:
    """The first bits of a digest as English words, to be compared by eye."""
    number, words = int.from_bytes(digest, "big"), word_list("en")
    spare = len(digest) * 8 - count * BITS
    if spare < 0:
        raise ValueError("The digest is too short for so many words.")
    number >>= spare
    return tuple(words[(number >> BITS * place) & 2047] for place in reversed(range(count)))


def split(text: str, lists: Sequence[str] = tuple(LISTS)) -> tuple[str, ...] | None:
    """The words of a text that holds nothing but words of one list, separated in any way."""
    typed = [normalize(word) for word in text.split()]
    for language in lists:
        known = {normalize(word): word for word in word_list(language)}
        if typed and all(word in known for word in typed):
            return tuple(known[word] for word in typed)
    return None
