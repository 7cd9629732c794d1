"""The reporter's code: more than 100 random bits in ten numbered words, kept by nobody but the reporter.

Two hashes with different purposes come from it: one finds the case, one encrypts the reporter's
private key. There is no pepper: a lost key of the environment locks no reporter out.
"""

import re
import unicodedata
from hashlib import blake2b
from itertools import pairwise

from whistleblower.crypto import words

PARTS = 10
# Two consecutive parts have so many letters at least, or ordinary words ("you will") would be taken
# for a piece of the code. It costs 3 of the 110 bits.
PAIR = 10
FINDS, UNLOCKS = b"concern-find-1", b"concern-unlock-1"
# The page numbers and spells the parts for who listens, and somebody may copy that too.
LABEL = re.compile(r"\b(?:part|parte)\s*\d+\s*(?:of|de)\s*\d+\b", re.IGNORECASE)
SPELT = re.compile(r",\s*\w(?: \w){2,}(?!\w)")


def new_code(language: str) -> str:
    """A new code, its parts separated by spaces."""
    while True:
        drawn = words.draw(PARTS, language)
        if all(len(first) + len(second) >= PAIR for first, second in pairwise(drawn)):
            return " ".join(drawn)


def parts(code: str) -> tuple[str, ...]:
    return tuple(code.split())


def is_code(code: str) -> bool:
    """Whether this is a code as `new_code` makes them."""
    found = words.split(code)
    return found is not None and len(found) == PARTS


def language_of(code: str) -> str:
    """The language whose word list holds every part, for `lang` on the page."""
    for language in words.LISTS:
        if set(parts(code)) <= set(words.word_list(language)):
            return language
    return "en"


def locator(code: str) -> bytes:
    """Finds the case, and tells nothing of the code."""
    return _hash(code, FINDS)


def unlocking_key(code: str) -> bytes:
    """Encrypts the reporter's private key."""
    return _hash(code, UNLOCKS)


def _hash(code: str, purpose: bytes) -> bytes:
    typed = words.normalize(as_listed(code))
    return blake2b(typed.encode(), digest_size=32, person=purpose).digest()


def as_listed(text: str) -> str:
    """A text without the labels of the parts and their spelling, where it was copied from the list on
    the page."""
    without, labels = LABEL.subn(" ", text)
    return SPELT.sub(" ", unicodedata.normalize("NFC", without)) if labels else text


def stands_in(code: str, *texts: str) -> bool:
    """Whether two consecutive parts of the code stand in one of the texts, however written."""
    pieces = [words.normalize(part) for part in parts(code)]
    pairs = [first + second for first, second in pairwise(pieces)]
    plain = [words.normalize(as_listed(text)) for text in texts]
    return any(pair in text for pair in pairs for text in plain)
