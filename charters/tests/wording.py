"""Words that nothing shown may use: of a responsibility nobody says so. Machines may fail."""

import re

LOADED = re.compile(
    r"\b(violat\w*|fail(s|ed|ure|ures|ing)?|breach\w*|non-?complian\w*|infring\w*"
    r"|delinquen\w*|negligen\w*|wrongdoing|default(s|ed) on|missed|overdue|unmet|neglect\w*)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\{.*?\}\}")


def found(words: re.Pattern[str], text: str) -> str:
    """The first such word, or nothing. What a placeholder is called is no word."""
    hit = words.search(PLACEHOLDER.sub("", text))
    return hit.group() if hit else ""


def loaded(text: str) -> str:
    return found(LOADED, text)
