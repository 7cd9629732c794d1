"""References of clauses: R-1a, M-0, MT-3. Each is given once in a charter.

The section gives the prefix; top-level clauses are numbered (lettered in the purpose), what
stands under them is lettered, what stands deeper is numbered after a point: R-1a.1.
"""

import re
from itertools import count

from charters.reading.headings import section_kind
from charters.reading.markers import letter

UNNAMED = "C"
LONGEST_PREFIX = 5
LONGEST_PARENT = 14
RESERVED = ("P", "M", "R", "MT")
LESSER_WORDS = {"of", "the", "and", "to", "for", "in", "on", "a", "an", "with", "by", "or", "other"}


class References:
    """The references of one charter, as they are given out."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.given: set[str] = set()
        self.reached: dict[str, int] = {}

    def prefix(self, section: str, above: str = "") -> str:
        """The section's prefix. A sub-heading with no kind of its own keeps the one above it."""
        if kind := section_kind(section):
            return kind
        if above:
            return above
        if section not in self.prefixes:
            self.prefixes[section] = self._new_prefix(section)
        return self.prefixes[section]

    def top(self, prefix: str, own: int = 0) -> str:
        """The next top-level reference; the clause's own number where it leads further."""
        place = max(own, self.reached.get(prefix, 0) + 1)
        self.reached[prefix] = place
        reference = f"{prefix}-{letter(place) if prefix == 'P' else place}"
        return self.top(prefix) if reference in self.given else self._give(reference)

    def before_list(self, prefix: str) -> str:
        """For prose with a requirement before a section's list: 0, then 0.1, 0.2."""
        if self.reached.get(prefix, 0):
            return self.top(prefix)
        if f"{prefix}-0" not in self.given:
            return self._give(f"{prefix}-0")
        return self.below(f"{prefix}-0", 1, pointed=True)

    def below(self, parent: str, place: int, pointed: bool = False) -> str:
        """The reference of the n-th clause under another. Very deep ones stand side by side."""
        while len(parent) > LONGEST_PARENT and "." in parent:
            parent = parent.rpartition(".")[0]
        lettered = parent[-1].isdigit() and "." not in parent and not pointed
        places = (letter(each) if lettered else f".{each}" for each in count(place))
        return self._give(
            next(f"{parent}{at}" for at in places if f"{parent}{at}" not in self.given)
        )

    def _give(self, reference: str) -> str:
        self.given.add(reference)
        return reference

    def _new_prefix(self, section: str) -> str:
        words = [
            word for word in re.findall(r"[^\W\d_]+", section) if word.lower() not in LESSER_WORDS
        ]
        if not words:
            return self._unused([UNNAMED])
        initials = "".join(word[0] for word in words[:4]).upper()
        longer = [words[0][:length].upper() for length in range(2, LONGEST_PREFIX + 1)]
        return self._unused([initials, *longer])

    def _unused(self, wanted: list[str]) -> str:
        taken = {*RESERVED, *self.prefixes.values()}
        numbered = (f"{wanted[0]}{number}" for number in range(2, 1000))
        return next(each for each in (*wanted, *numbered) if each not in taken)
