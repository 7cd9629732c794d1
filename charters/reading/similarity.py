"""How alike two wordings are: by their words, the rare ones weighing more.

Words are brought to stems and to one name where people say the same thing in several ways (the
auditor is "the independent registered public accounting firm"); slips of the pen are forgiven.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from charters.rules.catalogue import lowered

PHRASES = (
    (r"quality[\s-]+control", "qualitycontrol"),
    (r"non[\s-]?audit", "nonaudit"),
    (r"pre[\s-]?approv", "approv"),
    (r"non-?gaap", "nongaap"),
    (
        r"chief audit executive|general auditor"
        r"|(?:head|director|vice president) of internal audit(?:ing)?",
        "internalaudit",
    ),
    (r"internal(?:ly)? audit(?:ors?|ing)?(?: (?:functions?|department))?", "internalaudit"),
    (
        r"(?:independent |outside |external )?(?:registered )?(?:public )?"
        r"(?:accounting firms?|audit(?:ing)? firms?|accountants?)",
        "theauditor",
    ),
    (r"(?:independent|outside|external) auditors?\b", "theauditor"),
    (r"auditors?\b", "theauditor"),
    (r"public company accounting oversight board", "pcaob"),
    (r"board of directors", "board"),
    (r"shareholders?", "stockholder"),
    (r"chief executive(?: officer)?|chief financial(?: officer)?|\bceo\b|\bcfo\b", "officer"),
    (r"executive sessions?|\bprivately\b|\bin private\b", "session separately"),
    (r"'s\b|\u2019s\b", ""),
)
SAME = {
    "appoint": "appoint select choose hire retain retention engage nominate",
    "replace": "terminate termination replace dismiss discharge remove",
    "evaluate": "evaluate assess appraise judge reassess evaluation assessment judgment",
    "compensation": "compensation fee remuneration pay",
    "oversee": "oversee supervise monitor watch oversight supervision",
    "obtain": "obtain receive get take",
    "year": "year annual annually yearly",
    "discuss": "discuss dialogue discussion",
    "employee": "employee staff personnel",
    "law": "law legal regulatory regulation regulator regulators",
    "adviser": "adviser advisor advisers advisors",
    "confidential": "confidential confidentially confidence confidentiality",
    "resource": "resource resources staffing",
    "fund": "fund funding funds",
    "meet": "meet meeting met",
    "find": "finding findings",
    "comply": "compliance comply complies obedience adherence",
    "reliable": "reliable reliability integrity",
    "set": "set setting fix determine decide",
    "consist": "consist comprise comprised compose composed",
    "few": "few fewer less minimum",
    "establish": "establish maintain keep",
}
STOP_WORDS = {
    "a", "an", "and", "any", "all", "as", "at", "be", "been", "by", "for", "from", "has", "have",
    "in", "including", "is", "it", "its", "may", "must", "of", "on", "or", "other", "shall", "such",
    "that", "the", "their", "them", "these", "they", "this", "those", "to", "under", "which",
    "will", "with", "each", "every", "committee", "audit", "company", "corporation", "are", "was",
    "whether", "where", "when", "what", "who", "than", "not", "no", "do", "does", "also",
}  # fmt: skip
UNKNOWN = 3.0
MOST_TOTALS = 10_000
FORGIVEN = 86.0  # of 100: from here on two words count as one with a slip in it
EXTRA = 0.2  # what words beyond the wording cost, per weight, and never more than it weighs


def _shortened(word: str) -> str:
    for endings in (("ies", "es", "s", "ly"), ("ing", "ed")):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word[:6]


ONE_NAME = {_shortened(word): name for name, group in SAME.items() for word in group.split()}


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words of a text that tell it from others, brought to their stems."""
    lower = lowered(text)
    for phrase, name in PHRASES:
        lower = re.sub(phrase, name, lower)
    found = (word for word in re.findall(r"[a-z0-9]+", lower) if word not in STOP_WORDS)
    return frozenset(ONE_NAME.get(short := _shortened(word), short) for word in found)


class Weights:
    """How much a word says, learnt from the wordings it may occur in."""

    def __init__(self, texts: Iterable[str]) -> None:
        documents = [stems(text) for text in texts]
        seen = Counter(word for each in documents for word in each)
        self.known: Mapping[str, float] = {
            word: math.log((len(documents) + 1) / (times + 0.5)) for word, times in seen.items()
        }
        self.totals: dict[frozenset[str], float] = {}

    def of(self, word: str) -> float:
        return self.known.get(word, UNKNOWN)

    def total(self, words: frozenset[str]) -> float:
        if words not in self.totals:
            if len(self.totals) > MOST_TOTALS:
                self.totals.clear()
            self.totals[words] = sum(map(self.of, words))
        return self.totals[words]

    def likeness(self, wording: str, text: str, context: str = "") -> float:
        """0 to 1: how far the text says what the wording says.

        `context` is what the text stands under; it may supply words the text takes for granted.
        """
        wanted, own, above = stems(wording), stems(text), stems(context)
        shared = taken = same = 0.0
        for word in wanted:
            weight = self.of(word)
            if word in own:
                same += weight
            elif grade := _found(word, own):
                shared += weight * grade
            elif word in above:
                taken += weight
        shared += same
        total, extra = self.total(wanted), self.total(own) - same
        common = shared + min(taken, shared)
        return common / (total + EXTRA * min(extra, total)) if total else 0.0

    def resemblance(self, first: str, second: str) -> float:
        """0 to 1, the same both ways: how much of their words two texts share."""
        one, other = stems(first), stems(second)
        shared = sum(self.of(word) for word in one & other)
        total = sum(self.of(word) for word in one | other)
        return shared / total if total else 0.0


@lru_cache(maxsize=65536)
def _found(word: str, words: frozenset[str]) -> float:
    """1 if the word is among these, something less if only a misspelt one is, else 0."""
    if word in words:
        return 1.0
    if len(word) < 6:
        return 0.0
    near = (each for each in words if len(each) >= 5)
    return max((fuzz.ratio(word, each, score_cutoff=FORGIVEN) for each in near), default=0.0) / 100
